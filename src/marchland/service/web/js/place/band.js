// Who held a place through time: a band of spells with uncertain edges, and below it the shares day by day.

import { get } from "../api.js";
import { h, s, show as put } from "../dom.js";
import { asked, clocks, iso, ordinal, setClocks } from "../place_in_time.js";
import { day, holderWords, percent } from "../words.js";
import { chip } from "../holders.js";
import { table, words } from "./section.js";

const BAND = 40, GAP = 8, AREA = 110, FOOT = 22, SIDE = 10;
const LONG = 900;
/** Days of the whole course from which only what is around the day asked is shown first. */
const AROUND = 180;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
let drawings = 0;

/** The course of a place: `{element, load(placeId, {signal, styles, card})}`; null is given where nothing is told. */
export function course() {
  const view = { data: null, styles: new Map(), card: null, whole: true, width: 0, seen: null };
  const figure = h("div", { class: "band-figure" });
  const readout = h("p", { class: "band-readout", id: "band-readout" });
  const slider = h("input", { type: "range", id: "band-day", "aria-describedby": "band-readout" });
  const zoom = h("span", { class: "noprint" });
  const spells = h("div", {});
  const element = h("div", {},
    h("p", { class: "quiet noprint" }, "Point at a day to read it, click to ask about it; or move the slider. Hatched: the days between which the change lies."),
    figure, readout,
    h("p", { class: "band-slider noprint" }, h("label", { for: "band-day" }, "Day"), slider, zoom), spells);
  wire(view, { figure, readout, slider, zoom });
  return {
    element,
    async load(placeId, { signal, styles, card }) {
      const data = await get(`/api/places/${encodeURIComponent(placeId)}/band`, asked(), { signal });
      if (!data.days.length) return null;
      const fresh = !view.data;
      Object.assign(view, { data, styles, card, numbers: data.days.map(ordinal), seen: null });
      if (fresh) view.whole = view.numbers.at(-1) - view.numbers[0] < LONG;
      put(spells, list(view));
      requestAnimationFrame(() => draw(view, { figure, readout, slider, zoom }));
      return element;
    },
    leave: () => view.watch?.disconnect(),
  };
}

function wire(view, parts) {
  let waiting = 0;
  const { figure, slider } = parts;
  slider.addEventListener("input", () => { view.seen = Number(slider.value); tell(view, parts); });
  slider.addEventListener("change", () => { clearTimeout(waiting); waiting = setTimeout(() => choose(view, Number(slider.value)), 600); });
  figure.addEventListener("pointermove", (event) => { view.seen = dayAt(view, figure, event); tell(view, parts); });
  figure.addEventListener("pointerleave", () => { view.seen = null; tell(view, parts); });
  figure.addEventListener("click", (event) => choose(view, dayAt(view, figure, event)));
  view.watch = new ResizeObserver(() => {
    if (view.data && Math.abs(figure.clientWidth - view.width) > 1) draw(view, parts);
  });
  view.watch.observe(figure);
}

const choose = (view, number) => { if (iso(number) !== view.card.at || !clocks().at) setClocks({ at: iso(number) }); };

function dayAt(view, figure, event) {
  const box = figure.getBoundingClientRect();
  const [first, last] = span(view);
  const part = (event.clientX - box.left - SIDE) / Math.max(box.width - 2 * SIDE, 1);
  return Math.round(first + Math.min(Math.max(part, 0), 1) * (last - first));
}

/** First and last day in view, as ordinals. */
function span(view) {
  const { numbers, whole, card } = view;
  const first = numbers[0], last = numbers.at(-1);
  if (whole) return [Math.min(first, Math.max(ordinal(card.at), first - 60)), last];
  const middle = Math.min(Math.max(ordinal(card.at), first), last);
  return [Math.max(first, middle - AROUND), Math.min(last, middle + AROUND)];
}

// -------------------------------------------------------------------------------------------------------------- drawing

function draw(view, parts) {
  const { figure, slider, zoom } = parts;
  view.width = figure.clientWidth || 600;
  const [first, last] = span(view);
  Object.assign(slider, { min: first, max: last, step: 1, value: Math.min(Math.max(ordinal(view.card.at), first), last) });
  const x = (number) => SIDE + ((Math.min(Math.max(number, first), last) - first) / Math.max(last - first, 1)) * (view.width - 2 * SIDE);
  view.x = x;
  const name = `band${++drawings}`;
  view.cross = s("line", { class: "cross", y1: 0, y2: BAND + GAP + AREA, visibility: "hidden" });
  const drawing = s("svg", { class: "band", width: view.width, height: BAND + GAP + AREA + FOOT, role: "img", "aria-label": `The course of holders from ${day(iso(first))} to ${day(iso(last))}; the table below tells the spells` },
    s("defs", {}, hatch(name)), areas(view, x, first, last), spellBars(view, x, name), axis(x, first, last), marker(view, x), view.cross);
  put(figure, drawing);
  put(zoom, zoomButton(view, parts));
  tell(view, parts);
}

const hatch = (name) => s("pattern", { id: `${name}-hatch`, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
  s("line", { class: "hatch", x1: 0, y1: 0, x2: 0, y2: 6 }));

/** The class that gives a state its colour. */
function colour(view, id, status) {
  if (!id) return status === "abandoned" ? "abandoned" : status === "contested" ? "contested" : "nobody";
  if (id === "contested" || id === "abandoned") return id;
  return `c${view.styles.get(id)?.colour ?? 7}`;
}

function letter(view, row) {
  if (!row.holder_id) return row.status === "abandoned" ? "∅" : "?";
  return (view.styles.get(row.holder_id)?.letter || "•") + (row.status === "unknown" ? "?" : "");
}

function spellBars(view, x, name) {
  const [first, last] = span(view);
  const from = (row) => (begins(row) ? ordinal(begins(row)) : first);
  const shown = view.data.spells.map((row) => [row, from(row), row.until ? ordinal(row.until) : last])
    .filter(([, start, end]) => end > first && start <= last);
  return s("g", {}, shown.map(([row, start, end]) => oneSpell(view, row, x(start), x(end))), shown.map(([row]) => edge(view, row, x, name)));
}

/** The first day of a spell, the last possible one where that is not told; null for one that always was. */
const begins = (row) => row.from || row.from_latest;

function oneSpell(view, row, left, right) {
  const width = Math.max(right - left, 1.5);
  const sign = letter(view, row);
  const kind = colour(view, row.holder_id, row.status);
  const soft = row.status === "unknown" ? "presumed" : row.status;
  const room = width > 110 ? `${sign}  ${fitted(holderWords(row), (width - 40) / 7.2)}` : width > 14 ? sign : "";
  return s("g", {},
    s("rect", { class: `spell ${kind} ${soft}`, x: left, width, y: 2, height: BAND - 4 }),
    row.status === "contested" && row.holder_id ? s("rect", { class: "striped", x: left, width, y: BAND - 8, height: 6 }) : null,
    room ? s("text", { class: `on ${kind} ${soft}`, x: left + width / 2, y: BAND / 2 + 5, "text-anchor": "middle" }, room) : null,
    s("title", {}, spellWords(row)));
}

const fitted = (text, room) => (text.length <= room ? text : `${Array.from(text).slice(0, Math.max(Math.floor(room) - 1, 1)).join("")}…`);

/** The days between which a spell began, hatched and fading in. */
function edge(view, row, x, name) {
  if (!row.from_earliest || !row.from_latest || row.from_earliest === row.from_latest) return null;
  const left = x(ordinal(row.from_earliest)), right = x(ordinal(row.from_latest));
  if (right - left < 1) return null;
  return s("g", { class: "edge" },
    s("rect", { x: left, width: right - left, y: 2, height: BAND - 4, fill: `url(#${name}-hatch)` }),
    s("line", { class: "edge-line", x1: left, x2: left, y1: 2, y2: BAND - 2 }), s("line", { class: "edge-line", x1: right, x2: right, y1: 2, y2: BAND - 2 }));
}

function areas(view, x, first, last) {
  const { numbers, data } = view;
  const top = BAND + GAP;
  const kept = numbers.map((number, index) => index).filter((index) => (numbers[index + 1] ?? last) >= first && (numbers[index - 1] ?? first) <= last);
  const y = (part) => top + AREA * (1 - part);
  const low = kept.map(() => 0);
  return s("g", {}, data.states.map((state) => {
    const high = kept.map((index, place) => low[place] + state.shares[index]);
    const over = kept.map((index, place) => `${x(numbers[index]).toFixed(1)},${y(Math.min(high[place], 1)).toFixed(1)}`);
    const under = kept.map((index, place) => `${x(numbers[index]).toFixed(1)},${y(low[place]).toFixed(1)}`).reverse();
    high.forEach((value, place) => { low[place] = value; });
    return s("polygon", { class: `area ${colour(view, state.id, "")}`, points: [...over, ...under].join(" ") });
  }), s("line", { class: "half", x1: x(first), x2: x(last), y1: y(0.5), y2: y(0.5) }), s("text", { class: "tick", x: x(first) + 3, y: y(0.5) - 3 }, "50 %"));
}

function axis(x, first, last) {
  const bottom = BAND + GAP + AREA;
  const months = (last - first) / 30.4, width = x(last) - x(first);
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 240].find((one) => (width * one) / Math.max(months, 0.1) > 62) || 480;
  const ticks = [];
  const start = new Date(first * 86400000);
  for (let month = start.getUTCFullYear() * 12 + start.getUTCMonth(); ; month += 1) {
    const at = Math.round(Date.UTC(Math.floor(month / 12), month % 12, 1) / 86400000);
    if (at > last) break;
    if (at >= first && month % step === 0) ticks.push([at, step >= 12 ? `${Math.floor(month / 12)}` : `${MONTHS[month % 12]} ${Math.floor(month / 12)}`]);
  }
  if (ticks.length < 2) ticks.splice(0, ticks.length, [first, day(iso(first))], [last, day(iso(last))]);
  return s("g", {}, ticks.map(([at, label]) => [
    s("line", { class: "tick", x1: x(at), x2: x(at), y1: bottom, y2: bottom + 5 }),
    s("text", { class: "tick", x: x(at), y: bottom + 17, "text-anchor": x(at) < 40 ? "start" : x(at) > width - 30 ? "end" : "middle" }, label),
  ]));
}

function marker(view, x) {
  const at = x(ordinal(view.card.at));
  const known = clocks().known;
  return s("g", {},
    known && ordinal(known) <= span(view)[1] ? s("line", { class: "known", x1: x(ordinal(known)), x2: x(ordinal(known)), y1: 0, y2: BAND + GAP + AREA }, s("title", {}, `known by ${day(known)}`)) : null,
    s("line", { class: "asked", x1: at, x2: at, y1: 0, y2: BAND + GAP + AREA }), s("path", { class: "asked", d: `M${at - 6},0 h12 l-6,9 z` }));
}

// ------------------------------------------------------------------------------------------------------------- reading

/** Shares on a day, the likeliest first. */
function sharesOn(view, number) {
  const { numbers, data } = view;
  const after = numbers.findIndex((one) => one >= number);
  const right = after < 0 ? numbers.length - 1 : after, left = Math.max(right - 1, 0);
  const part = numbers[right] === numbers[left] ? 1 : Math.min(Math.max((number - numbers[left]) / (numbers[right] - numbers[left]), 0), 1);
  return data.states.map((state) => ({ ...state, share: (1 - part) * state.shares[left] + part * state.shares[right] }))
    .sort((a, b) => b.share - a.share);
}

function tell(view, { readout, slider }) {
  if (!view.data || !view.x) return;
  const number = view.seen ?? Math.min(Math.max(ordinal(view.card.at), view.numbers[0]), view.numbers.at(-1));
  const told = sharesOn(view, number).filter((one) => one.share >= 0.005).slice(0, 4);
  const name = (one) => (one.id ? one.name : "nobody known");
  put(readout, h("strong", {}, day(iso(number))), ": ", told.map((one, index) => [index ? ", " : null, sign(view, one), " ", words(name(one)), ` ${percent(one.share)}`]));
  slider.setAttribute("aria-valuetext", `${day(iso(number))}: ${told.map((one) => `${name(one)} ${percent(one.share)}`).join(", ")}`);
  view.cross.setAttribute("visibility", view.seen === null ? "hidden" : "visible");
  for (const end of ["x1", "x2"]) view.cross.setAttribute(end, view.x(number));
}

const sign = (view, one) => chip(one.id && view.styles.get(one.id) ? view.styles.get(one.id) : null, one.id || "nobody known");

function zoomButton(view, parts) {
  const whole = view.numbers.at(-1) - view.numbers[0];
  if (whole < 2 * AROUND + 30) return null;
  return h("button", { type: "button", on: { click: () => { view.whole = !view.whole; draw(view, parts); } } }, view.whole ? "Only around the day" : "Whole course");
}

/** The spells as a table, for those who read rather than look. */
function list(view) {
  const rows = view.data.spells;
  if (!rows.length) return null;
  return h("details", { class: "spells", open: rows.length <= 6 }, h("summary", {}, `Spells as a table (${rows.length})`),
    table({ label: "Spells", numbers: ["sure"], headers: ["holder", "status", "from", "between", "until", "last confirmed", "sure"], rows: rows.map((row) => [
      [row.holder_id ? chip(view.styles.get(row.holder_id) || { letter: "•", colour: 7, name: row.holder_name }) : chip(null), " ", words(holderWords(row))],
      row.status === "unknown" && row.holder_id ? "presumed" : row.status, fromWords(row),
      row.from_earliest && row.from_latest && row.from_earliest !== row.from_latest ? `${day(row.from_earliest)} and ${day(row.from_latest)}` : "–",
      day(row.until, "lasts"), day(row.last_confirmed, "–"), percent(row.probability)]) }));
}

const fromWords = (row) => day(row.from, row.from_latest ? "no day told" : "before the first report");
const spellWords = (row) => `${holderWords(row)} (${row.status === "unknown" && row.holder_id ? "presumed" : row.status}), ${fromWords(row)} to ${day(row.until, "now")}, ${percent(row.probability)}`;
