"use strict";
// The record is data, never markup: every word of a report reaches the page through textContent.
(() => {
  const record = JSON.parse(document.getElementById("record").textContent);
  const { places, holders, claims, holdings, crossings, known, outlines } = record;
  const byId = (id) => document.getElementById(id);
  const SVG = "http://www.w3.org/2000/svg";
  const DAY = 86400000;
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const DARK_LETTERS = new Set([3, 4, 5, 6]);

  // ------------------------------------------------------------------------------------------------ small helpers
  function make(tag, attributes = {}, ...children) {
    return fill(document.createElement(tag), attributes, children);
  }
  function draw(tag, attributes = {}, ...children) {
    return fill(document.createElementNS(SVG, tag), attributes, children);
  }
  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else node.setAttribute(name, value);
    }
    node.append(...children.filter((one) => one !== null && one !== undefined && one !== ""));
    return node;
  }
  const toDay = (iso) => Math.round(Date.parse(iso + "T00:00:00Z") / DAY);
  const toIso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  function words(iso) {
    if (!iso) return "?";
    const [year, month, date] = iso.split("-").map(Number);
    return `${date} ${MONTHS[month - 1]} ${year}`;
  }
  const percent = (share) => (share >= 0.995 && share < 1 ? "> 99 %" : `${Math.round(share * 100)} %`);
  const count = (number, one, many) => `${number} ${number === 1 ? one : many || one + "s"}`;
  const web = (url) => (/^https?:\/\//i.test(url || "") ? url : null);
  const hue = (holder) => (holder === null ? "none" : `h${Math.min(holder, 7)}`);
  const letter = (holder) => (holder === null ? "?" : holders[holder].letter);
  const dark = (holder) => (holder !== null && DARK_LETTERS.has(Math.min(holder, 7)) ? " dark" : "");

  // ------------------------------------------------------------------------------------------------ what held when
  const first = toDay(record.first), last = toDay(record.last);
  const state = { held: last, known: known.length - 1, place: null, query: "" };

  const within = (row, iso) => (!row.from || row.from <= iso) && (!row.until || iso < row.until);
  function latest(rows, iso) {
    let best = null;
    for (const row of rows) if (within(row, iso) && (!best || (row.from || "") >= (best.from || ""))) best = row;
    return best;
  }
  let known_rows = new Map(), known_gates = new Map();
  function takeKnown() {
    const view = known[state.known];
    known_rows = group(view.holdings.map((index) => holdings[index]));
    known_gates = group(view.crossings.map((index) => crossings[index]));
  }
  function group(rows) {
    const found = new Map();
    for (const row of rows) found.set(row.place, [...(found.get(row.place) || []), row]);
    return found;
  }
  const holdingOf = (place) => latest(known_rows.get(place) || [], toIso(state.held));
  function gatesOf(place) {
    const iso = toIso(state.held), best = new Map();
    for (const row of known_gates.get(place) || []) {
      const key = row.direction + "/" + row.traffic;
      const rival = best.get(key);
      if (within(row, iso) && (!rival || (row.from || "") >= (rival.from || ""))) best.set(key, row);
    }
    return [...best.values()];
  }
  function passage(place) {
    const gates = gatesOf(place);
    const states = new Set(gates.map((row) => row.state).filter((one) => one !== "unknown"));
    if (!states.size) return "unknown";
    if (states.size > 1 || states.has("restricted")) return "restricted";
    return [...states][0];
  }
  function changes() {
    const rows = [];
    for (const list of known_rows.values())
      for (const row of list) if (row.from && row.holder !== null && row.status !== "unknown") rows.push(row);
    return rows.sort((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : a.place - b.place));
  }

  // ------------------------------------------------------------------------------------------------ marks
  const SIZES = { country: 12, province: 11, capital: 11, city: 10, crossing: 11.5, district: 8.5, town: 8.5, village: 8 };
  const AREAS = new Set(["country", "province", "district"]);
  function shape(kind, size, className) {
    if (!AREAS.has(kind)) return draw("circle", { r: size, class: className });
    return draw("rect", { x: -size, y: -size, width: 2 * size, height: 2 * size, rx: 2.5, class: className });
  }
  function half(size, side) {
    const sweep = side === "left" ? 0 : 1;
    return draw("path", { d: `M0 ${-size}A${size} ${size} 0 0 ${sweep} 0 ${size}Z` });
  }
  function buildMark(kind) {
    const size = SIZES[kind] || 9;
    const node = draw("g", { class: "mark" });
    node.append(shape(kind, size + 5, "hit"), shape(kind, size, "back"));
    const parts = { node, size, kind, two: kind === "crossing" };
    parts.left = parts.two ? half(size, "left") : shape(kind, size, "");
    node.append(parts.left);
    if (parts.two) node.append((parts.right = half(size, "right")));
    node.append(shape(kind, size, "edge"), shape(kind, size + 3, "ring"));
    if (parts.two) {
      node.append((parts.bar = draw("line", { y1: -size - 3, y2: size + 3, class: "bar unknown" })));
      node.append((parts.gate = draw("path", { class: "gate" })));
      parts.letterRight = draw("text", { class: "letter", x: size / 2, y: 0.5 });
      node.append(parts.letterRight);
    }
    parts.letter = draw("text", { class: "letter", x: parts.two ? -size / 2 : 0, y: 0.5 });
    node.append(parts.letter);
    return parts;
  }
  function paint(part, text, holder, probability) {
    const opacity = holder === null ? 0 : Math.max(0.18, Math.min(1, 0.18 + ((probability - 0.4) / 0.55) * 0.82));
    part.setAttribute("class", hue(holder));
    part.setAttribute("fill-opacity", opacity.toFixed(2));
    text.textContent = letter(holder);
    text.setAttribute("class", "letter" + (opacity > 0.7 ? " on" + dark(holder) : ""));
  }
  function setPassage(mark, passes) {
    mark.bar.setAttribute("class", "bar " + passes);
    const y = mark.size + 6;
    mark.gate.setAttribute("d", passes === "open" ? `M-7 ${-y}H7M4 ${-y - 3}L7 ${-y}L4 ${-y + 3}M-4 ${-y - 3}L-7 ${-y}L-4 ${-y + 3}` : "");
  }
  function holderNamed(name) {
    const index = holders.findIndex((one) => one.name === name);
    return index < 0 ? null : index;
  }
  function setMark(mark, index) {
    const row = holdingOf(index), place = places[index];
    const holder = row && row.status !== "unknown" ? row.holder : null;
    const status = row ? row.status : "unknown";
    mark.node.setAttribute("class", `mark ${status}${state.place === index ? " chosen" : ""}`);
    mark.node.setAttribute("aria-label", `${place.name}: ${row ? verdict(row) : "no report"}`);
    mark.fresh = row && row.from ? row.from : "";
    if (!mark.two) return paint(mark.left, mark.letter, holder, row ? row.probability : 0);
    const gate = gatesOf(index)[0];
    const a = gate && gate.a_holder ? holderNamed(gate.a_holder) : holder;
    const far = gate ? gate.b_holder || gate.b_presumed : null;
    const b = far ? holderNamed(far) : null;
    paint(mark.left, mark.letter, a, row && a === holder ? row.probability : 1);
    paint(mark.right, mark.letterRight, b, 1);
    if (b === null) mark.letterRight.textContent = "";
    setPassage(mark, passage(index));
  }

  // ------------------------------------------------------------------------------------------------ the map
  const map = byId("map");
  const [west, south, east, north] = outlines.box.map((value) => value / outlines.unit);
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const view = { x: 0, y: 0, scale: 1, wide: 800, high: 500 };
  const ground = draw("g");
  const labels = draw("g");
  const layer = draw("g");
  map.append(ground, labels, layer);
  const toX = (lon) => lon * squeeze, toY = (lat) => -lat;
  const screenX = (x) => (x - view.x) * view.scale + view.wide / 2;
  const screenY = (y) => (y - view.y) * view.scale + view.high / 2;

  function drawGround() {
    const at = ([x, y]) => `${((x / outlines.unit) * squeeze).toFixed(3)} ${(-y / outlines.unit).toFixed(3)}`;
    const onEdge = ([ax, ay], [bx, by]) => {
      const [w, s, e, n] = outlines.box;
      return (ax === bx && (ax === w || ax === e)) || (ay === by && (ay === s || ay === n));
    };
    let land = "", lines = "";
    for (const country of outlines.countries) {
      for (const flat of country.rings) {
        const points = unfold(flat);
        land += "M" + points.map(at).join("L") + "Z";
        let pen = false;
        points.forEach((point, index) => {
          const before = points[index - 1] || points[points.length - 1];
          const hidden = onEdge(before, point);
          if (!hidden) lines += (pen ? "" : "M" + at(before)) + "L" + at(point);
          pen = !hidden;
        });
      }
      const text = draw("text", { class: "country" }, country.name);
      text.land = (country.label[2] / outlines.unit) * squeeze;
      text.spot = [toX(country.label[0] / outlines.unit), toY(country.label[1] / outlines.unit)];
      labels.append(text);
    }
    ground.append(draw("path", { d: land, class: "land" }), draw("path", { d: lines, class: "lines" }));
  }
  function unfold(flat) {
    const points = [];
    let x = 0, y = 0;
    for (let index = 0; index < flat.length; index += 2) points.push([(x += flat[index]), (y += flat[index + 1])]);
    return points;
  }

  const marks = [];
  function drawMarks() {
    places.forEach((place, index) => {
      if (place.lat === null) return;
      const mark = buildMark(place.kind);
      mark.index = index;
      mark.x = toX(place.lon);
      mark.y = toY(place.lat);
      mark.name = draw("text", { class: "name" }, place.name);
      mark.node.append(mark.name);
      mark.node.setAttribute("tabindex", "0");
      mark.node.setAttribute("role", "button");
      mark.node.addEventListener("click", () => { if (!moved) choose(index); });
      mark.node.addEventListener("focus", () => bringIn(mark));
      mark.node.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        choose(index);
      });
      marks.push(mark);
    });
    const rank = (mark) => -mark.size;
    layer.append(...[...marks].sort((a, b) => rank(a) - rank(b)).map((mark) => mark.node));
  }

  let asked = false;
  function lay() {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; layNow(); });
  }
  function layNow() {
    const shift = `translate(${screenX(0)} ${screenY(0)}) scale(${view.scale})`;
    ground.setAttribute("transform", shift);
    const taken = [[view.wide - 54, 0, view.wide, 132]];
    for (const mark of marks) {
      mark.px = screenX(mark.x);
      mark.py = screenY(mark.y);
      mark.seen = mark.px > -20 && mark.py > -20 && mark.px < view.wide + 20 && mark.py < view.high + 20;
    }
    const crowd = marks.filter((mark) => mark.seen).length || 1;
    const shrink = Math.min(view.wide < 500 ? 0.82 : 1, Math.max(0.5, Math.sqrt((view.wide * view.high) / (crowd * 1400))));
    for (const mark of marks) {
      mark.node.setAttribute("transform", `translate(${mark.px.toFixed(1)} ${mark.py.toFixed(1)}) scale(${shrink.toFixed(3)})`);
      mark.name.setAttribute("transform", `scale(${(1 / shrink).toFixed(3)})`);
      mark.reach = mark.size * shrink;
      taken.push([mark.px - mark.reach, mark.py - mark.reach - (mark.two ? 9 * shrink : 0), mark.px + mark.reach, mark.py + mark.reach]);
    }
    const order = [...marks].sort((a, b) => (b.index === state.place) - (a.index === state.place) || b.two - a.two || (a.fresh < b.fresh ? 1 : a.fresh > b.fresh ? -1 : a.index - b.index));
    let named = 0;
    for (const mark of order) named += layName(mark, named < MOST_NAMES, taken);
    for (const text of labels.children) layCountry(text, taken);
    layScale();
  }
  const MOST_NAMES = 130;
  const clash = (box, taken) => taken.some((one) => box[0] < one[2] && one[0] < box[2] && box[1] < one[3] && one[1] < box[3]);
  function layName(mark, room, taken) {
    const wide = mark.name.textContent.length * 6.7, gap = mark.reach + 4;
    const spots = [[gap, 4, "start", 0], [-gap, 4, "end", -wide], [0, gap + 10, "middle", -wide / 2], [0, -gap - (mark.two ? 12 : 3), "middle", -wide / 2]];
    for (const [x, y, anchor, left] of mark.seen && room ? spots : []) {
      const start = mark.px + (anchor === "start" ? x : anchor === "end" ? x + left : left);
      const box = [start - 2, mark.py + y - 11, start + wide + 2, mark.py + y + 4];
      const outside = box[0] < 0 || box[2] > view.wide;
      if (mark.index !== state.place && (outside || clash(box, taken))) continue;
      taken.push(box);
      for (const [name, value] of Object.entries({ x, y, "text-anchor": anchor, visibility: "visible" })) mark.name.setAttribute(name, value);
      return 1;
    }
    mark.name.setAttribute("visibility", "hidden");
    return 0;
  }
  function layCountry(text, taken) {
    const x = screenX(text.spot[0]), y = screenY(text.spot[1]), wide = text.textContent.length * 9;
    const box = [x - wide / 2, y - 11, x + wide / 2, y + 4];
    const seen = text.land * view.scale > wide * 0.7 && x > 0 && x < view.wide && y > 0 && y < view.high && !clash(box, taken);
    if (seen) taken.push(box);
    text.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    text.setAttribute("visibility", seen ? "visible" : "hidden");
  }
  function layScale() {
    const per = 111.2 / view.scale, most = per * 110;
    const power = 10 ** Math.floor(Math.log10(most));
    const nice = [5, 2, 1].map((step) => step * power).find((step) => step <= most);
    byId("scale-bar").style.width = `${nice / per}px`;
    byId("scale-words").textContent = `${nice} km`;
  }

  const spots = places.filter((place) => place.lat !== null);
  const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  function mainSpots() {
    // One place far from all others must not shrink the map that opens; the button shows everything.
    if (spots.length < 5) return spots;
    const x = middle(spots.map((place) => toX(place.lon))), y = middle(spots.map((place) => toY(place.lat)));
    const far = spots.map((place) => Math.hypot(toX(place.lon) - x, toY(place.lat) - y));
    const most = Math.max(2, 4 * middle(far));
    return spots.filter((_, index) => far[index] <= most);
  }
  function fitAll(spots) {
    const xs = spots.map((place) => toX(place.lon)), ys = spots.map((place) => toY(place.lat));
    if (!spots.length) { xs.push(toX(west), toX(east)); ys.push(toY(south), toY(north)); }
    const [left, right, top, low] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    view.x = (left + right) / 2;
    view.y = (top + low) / 2;
    const pad = Math.min(70, view.wide * 0.12);
    view.scale = Math.min((view.wide - 2 * pad) / Math.max(right - left, 0.8), (view.high - 2 * Math.min(pad, 45)) / Math.max(low - top, 0.8));
    keepInside();
  }
  function keepInside() {
    const least = Math.max(view.wide / (toX(east) - toX(west)), view.high / (north - south));
    view.scale = Math.max(least, Math.min(view.scale, 900));
    const halfWide = view.wide / 2 / view.scale, halfHigh = view.high / 2 / view.scale;
    view.x = Math.min(Math.max(view.x, toX(west) + halfWide), toX(east) - halfWide);
    view.y = Math.min(Math.max(view.y, toY(north) + halfHigh), toY(south) - halfHigh);
    lay();
  }
  function zoom(factor, px = view.wide / 2, py = view.high / 2) {
    const x = (px - view.wide / 2) / view.scale + view.x, y = (py - view.high / 2) / view.scale + view.y;
    view.scale *= factor;
    keepInside();
    view.x = x - (px - view.wide / 2) / view.scale;
    view.y = y - (py - view.high / 2) / view.scale;
    keepInside();
  }
  function move(dx, dy) {
    view.x -= dx / view.scale;
    view.y -= dy / view.scale;
    keepInside();
  }
  function bringIn(mark) {
    const x = screenX(mark.x), y = screenY(mark.y);
    if (x > 20 && y > 20 && x < view.wide - 20 && y < view.high - 20) return;
    view.x = mark.x;
    view.y = mark.y;
    keepInside();
  }
  function measure() {
    const box = map.getBoundingClientRect(), before = view.wide;
    view.wide = box.width;
    view.high = box.height;
    map.setAttribute("viewBox", `0 0 ${view.wide} ${view.high}`);
    return before !== view.wide;
  }

  const fingers = new Map();
  let moved = false;
  function watchMap() {
    map.addEventListener("wheel", (event) => {
      event.preventDefault();
      const box = map.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });
    map.addEventListener("pointerdown", (event) => { fingers.set(event.pointerId, [event.clientX, event.clientY]); moved = false; });
    window.addEventListener("pointermove", onMove);
    for (const name of ["pointerup", "pointercancel"])
      window.addEventListener(name, (event) => { fingers.delete(event.pointerId); map.classList.remove("moving"); });
    map.addEventListener("keydown", onKey);
    byId("zoom-in").addEventListener("click", () => zoom(1.6));
    byId("zoom-out").addEventListener("click", () => zoom(1 / 1.6));
    byId("zoom-all").addEventListener("click", () => fitAll(spots));
  }
  function onMove(event) {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = [event.clientX, event.clientY], dx = now[0] - before[0], dy = now[1] - before[1];
    if (!moved && Math.hypot(dx, dy) < 4) return;
    moved = true;
    map.classList.add("moving");
    if (fingers.size === 2) {
      const other = [...fingers.entries()].find(([id]) => id !== event.pointerId)[1];
      const box = map.getBoundingClientRect(), reach = (a) => Math.hypot(a[0] - other[0], a[1] - other[1]) || 1;
      zoom(reach(now) / reach(before), other[0] - box.left, other[1] - box.top);
    } else move(dx, dy);
    fingers.set(event.pointerId, now);
  }
  function onKey(event) {
    const steps = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    if (steps[event.key]) move(...steps[event.key]);
    else if (event.key === "+" || event.key === "=") zoom(1.4);
    else if (event.key === "-") zoom(1 / 1.4);
    else if (event.key === "0") fitAll(spots);
    else if (event.key === "Escape" && state.place !== null) choose(null);
    else return;
    event.preventDefault();
  }

  // ------------------------------------------------------------------------------------------------ clocks
  const strip = byId("strip");
  function drawStrip() {
    const wide = Math.max(40, strip.getBoundingClientRect().width), high = 34;
    strip.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    const span = Math.max(1, last - first), bins = Math.min(span + 1, Math.floor(wide / 3));
    const x = (day) => ((day - first) / span) * wide;
    const stacks = Array.from({ length: bins }, () => []);
    for (const row of changes()) {
      const day = toDay(row.from);
      if (day >= first && day <= last) stacks[Math.min(bins - 1, Math.floor(((day - first) / (span + 1)) * bins))].push(row.holder);
    }
    const tallest = Math.max(4, ...stacks.map((one) => one.length)), step = (high - 4) / tallest, each = wide / bins;
    const bars = stacks.flatMap((stack, index) => stack.sort((a, b) => a - b).map((holder, level) =>
      draw("rect", { class: hue(holder), x: index * each + 0.5, width: Math.max(1, Math.min(each - 1, 14)), y: high - 1 - (level + 1) * step, height: Math.max(1, step - 0.8) })));
    const now = x(state.held);
    strip.replaceChildren(draw("line", { class: "axis", x1: 0, x2: wide, y1: high - 0.5, y2: high - 0.5 }), ...bars, draw("line", { class: "now", x1: now, x2: now, y1: 0, y2: high }));
  }
  function watchClocks() {
    const held = byId("held"), knownBy = byId("known"), follow = byId("follow");
    held.max = last - first;
    held.value = state.held - first;
    knownBy.max = known.length - 1;
    knownBy.value = state.known;
    knownBy.disabled = known.length < 2;
    held.addEventListener("input", () => { state.held = first + Number(held.value); if (follow.checked) followHeld(); update(); });
    knownBy.addEventListener("input", () => { state.known = Number(knownBy.value); follow.checked = false; takeKnown(); update(); });
    follow.addEventListener("change", () => { if (follow.checked) followHeld(); update(); });
    strip.addEventListener("pointerdown", (event) => {
      const box = strip.getBoundingClientRect();
      setHeld(first + Math.round(((event.clientX - box.left) / box.width) * (last - first)));
    });
  }
  function setHeld(day) {
    state.held = Math.max(first, Math.min(last, day));
    byId("held").value = state.held - first;
    if (byId("follow").checked) followHeld();
    update();
  }
  function followHeld() {
    const iso = toIso(state.held);
    let index = 0;
    known.forEach((one, place) => { if (one.day <= iso) index = place; });
    state.known = index;
    byId("known").value = index;
    takeKnown();
  }

  // ------------------------------------------------------------------------------------------------ panel
  const panel = byId("panel");
  function verdict(row) {
    const name = row.holder === null ? "nobody named" : holders[row.holder].name;
    const said = { held: "held by", claimed: "claimed only by its own side for", contested: "contested, most likely", besieged: "besieged, held by" };
    if (row.status === "unknown" || (row.holder === null && row.status === "held")) return "holder unknown";
    if (row.status === "abandoned") return "abandoned";
    return `${said[row.status] || row.status} ${name}`;
  }
  const chip = (holder) => make("span", { class: `chip ${hue(holder)}${dark(holder)}` }, letter(holder));
  const about = (place) => [place.kind, place.admin1, place.country].filter(Boolean).join(", ");
  function choose(index) {
    state.place = index;
    const mark = marks.find((one) => one.index === index);
    if (mark) bringIn(mark);
    update();
    if (index !== null && matchMedia("(max-width: 899px)").matches) panel.scrollIntoView({ behavior: "smooth", block: "nearest" });
  }
  function showPanel() {
    const nodes = state.place === null ? overview() : detail(state.place);
    const typing = document.activeElement === byId("find");
    panel.replaceChildren(...nodes);
    if (typing && byId("find")) { byId("find").focus(); byId("find").setSelectionRange(99, 99); }
  }
  function overview() {
    const iso = toIso(state.held);
    const find = make("input", { id: "find", type: "search", placeholder: "Find a place", "aria-label": "Find a place", oninput: (event) => { state.query = event.target.value; showPanel(); } });
    find.value = state.query;
    const wanted = state.query.trim().toLowerCase();
    if (wanted) return [find, make("ul", { class: "rows" }, ...matching(wanted).map((index) => item(index, holdingOf(index), about(places[index]))))];
    const recent = changes().filter((row) => row.from <= iso).slice(0, 40);
    const title = recent.length ? `Changes up to ${words(iso)}` : `No change on record up to ${words(iso)}`;
    return [find, make("h3", {}, title), make("ul", { class: "rows" }, ...recent.map((row) => item(row.place, row, words(row.from))))];
  }
  const matching = (wanted) => places.map((_, index) => index)
    .filter((index) => [places[index].name, ...places[index].aliases, places[index].admin1 || ""].some((name) => name.toLowerCase().includes(wanted))).slice(0, 40);
  function item(index, row, note) {
    const name = make("span", {}, places[index].name, make("small", {}, row && row.status !== "held" ? ` ${row.status}` : ""));
    return make("li", {}, make("button", { type: "button", onclick: () => choose(index) }, chip(row && row.status !== "unknown" ? row.holder : null), name, make("small", {}, note)));
  }
  function detail(index) {
    const place = places[index], row = holdingOf(index);
    const nodes = [make("button", { type: "button", class: "back-button", onclick: () => choose(null) }, "← All places"), make("h2", {}, place.name), make("p", { class: "about" }, about(place))];
    nodes.push(...(row ? holdingNodes(row) : [make("p", { class: "verdict" }, `Nothing on record for ${words(toIso(state.held))}, as known by ${words(known[state.known].day)}.`)]));
    nodes.push(...gateNodes(gatesOf(index), row), ...history(index, row));
    return nodes;
  }
  function holdingNodes(row) {
    const share = make("div", { class: "meter" }, make("i"));
    share.firstChild.style.width = `${row.probability * 100}%`;
    const facts = [["since", row.from ? sinceWords(row) : "before the first report"], ["until", row.until && words(row.until)], ["probability", percent(row.probability)],
      ["last confirmed", row.last_confirmed && words(row.last_confirmed)], ["witnesses", String(row.witnesses)]];
    const list = make("dl", {}, ...facts.filter((one) => one[1]).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
    const nodes = [make("p", { class: "verdict" }, chip(row.status === "unknown" ? null : row.holder), " ", make("b", {}, verdict(row))), share, list];
    nodes.push(...evidence("Evidence", row.claims, ""), ...evidence("Against", row.contradicted_by, "against"));
    return nodes;
  }
  function sinceWords(row) {
    if (row.from_earliest && row.from_latest && row.from_earliest !== row.from_latest) return `${words(row.from)} (between ${words(row.from_earliest)} and ${words(row.from_latest)})`;
    return words(row.from);
  }
  function evidence(title, indices, className) {
    if (!indices.length) return [];
    return [make("h3", {}, title), ...indices.map((index) => quote(claims[index], className))];
  }
  function quote(claim, className) {
    const link = web(claim.url);
    const outlet = link ? make("a", { href: link, rel: "noopener noreferrer", target: "_blank" }, claim.publisher || "source") : claim.publisher;
    const foot = make("footer", {}, make("span", { class: "stance" }, claim.stance), claim.source);
    if (outlet) foot.append(claim.source ? ", " : "", outlet);
    foot.append(`, ${words(claim.published)}`);
    if (claim.date_text) foot.append(` · “${claim.date_text}”`);
    return make("blockquote", { class: className }, make("p", {}, `“${claim.sentence}”`), foot);
  }
  const standsAt = (holder, presumed) => holder || (presumed ? `unknown (presumably ${presumed})` : "unknown");
  function gateNodes(gates, holding) {
    if (!gates.length) return [];
    const row = (gate) => make("tr", {}, make("td", {}, gate.direction === "both" ? "both ways" : gate.direction.replace(">", " → ")), make("td", {}, gate.traffic), make("td", {}, make("b", {}, gate.state)), make("td", {}, gate.from && gate.state !== "unknown" ? words(gate.from) : ""));
    const posts = make("dl", {}, make("dt", {}, gates[0].a), make("dd", {}, standsAt(gates[0].a_holder, gates[0].a_presumed)), make("dt", {}, gates[0].b), make("dd", {}, standsAt(gates[0].b_holder, gates[0].b_presumed)));
    const head = make("tr", {}, ...["direction", "traffic", "state", "since"].map((name) => make("th", {}, name)));
    const shown = new Set(holding ? [...holding.claims, ...holding.contradicted_by] : []);
    const quoted = [...new Set(gates.flatMap((gate) => gate.claims))].filter((claim) => !shown.has(claim));
    return [make("h3", {}, "Posts"), posts, make("h3", {}, "Passage"), make("table", { class: "gates" }, head, ...gates.map(row)), ...quoted.map((index) => quote(claims[index], ""))];
  }
  function history(index, current) {
    const rows = (known_rows.get(index) || []).filter((row) => row !== current);
    if (!rows.length) return [];
    const line = (row) => make("li", {}, make("button", { type: "button", onclick: () => row.from && setHeld(toDay(row.from)) }, chip(row.status === "unknown" ? null : row.holder), make("span", {}, verdict(row)), make("small", {}, `${row.from ? words(row.from) : "…"} to ${row.until ? words(row.until) : "…"}`)));
    return [make("h3", {}, "At other times"), make("ul", { class: "rows" }, ...rows.map(line))];
  }

  // ------------------------------------------------------------------------------------------------ legend
  function sample(kind, status, holder, probability, passes) {
    const mark = buildMark(kind);
    mark.node.setAttribute("class", `mark ${status}`);
    paint(mark.left, mark.letter, holder, probability);
    if (mark.two) { paint(mark.right, mark.letterRight, null, 1); setPassage(mark, passes); mark.letter.textContent = mark.letterRight.textContent = ""; }
    return draw("svg", { viewBox: "-15 -15 30 30", "aria-hidden": "true" }, mark.node);
  }
  function drawLegend() {
    const used = holders.map((_, index) => index).slice(0, 12);
    const entries = used.map((index) => [sample("town", "held", index, 1), holders[index].name]);
    const one = holders.length ? 0 : null;
    entries.push([sample("town", "held", one, 0.55), "less sure"], [sample("town", "claimed", one, 0.9), "only claimed"], [sample("town", "contested", one, 0.7), "contested"]);
    entries.push([sample("town", "besieged", one, 0.9), "besieged"], [sample("town", "unknown", null, 0), "unknown"], [sample("district", "held", one, 1), "area"]);
    if (crossings.length) for (const passes of ["open", "restricted", "closed"]) entries.push([sample("crossing", "held", one, 1, passes), `crossing, ${passes}`]);
    byId("legend").replaceChildren(...entries.map(([mark, name]) => make("span", {}, mark, name)));
  }

  // ------------------------------------------------------------------------------------------------ all together
  function update() {
    byId("held-words").textContent = words(toIso(state.held));
    byId("known-words").textContent = words(known[state.known].day);
    byId("held").setAttribute("aria-valuetext", words(toIso(state.held)));
    byId("known").setAttribute("aria-valuetext", words(known[state.known].day));
    for (const mark of marks) setMark(mark, mark.index);
    drawStrip();
    showPanel();
    lay();
  }
  byId("facts").textContent = [count(places.length, "place"), count(record.total_claims, "claim"), count(record.pages, "page"), `${words(record.first)} to ${words(record.last)}`].join(" · ");
  takeKnown();
  drawGround();
  drawMarks();
  drawLegend();
  watchMap();
  watchClocks();
  measure();
  fitAll(mainSpots());
  update();
  new ResizeObserver(() => { if (measure()) fitAll(mainSpots()); else keepInside(); drawStrip(); }).observe(map);
})();
