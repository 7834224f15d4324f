// The map at two clocks: what held on a day, using what was known by a day.

import { h, show as put } from "../dom.js";
import { count } from "../words.js";
import { read, settled, throttled, write } from "../map/address.js";
import { Clocks } from "../map/clocks.js";
import { Clusters } from "../map/clusters.js";
import { Filters } from "../map/filters.js";
import { List } from "../map/list.js";
import { Panel } from "../map/panel.js";
import { groupWords, watchPointer } from "../map/pointer.js";
import { load } from "../map/record.js";
import { sizeOf } from "../map/sprites.js";
import { Stage } from "../map/stage.js";
import { about, crossingFaces, since, spellOf, statusOf, verdict } from "../map/verdicts.js";

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const MOST_FOUND = 2000;

export async function show(root, { query }) {
  document.title = "Map · Marchland";
  const page = new MapPage(root, read(query));
  await page.start();
  return () => page.leave();
}

class MapPage {
  constructor(root, state) {
    this.root = root;
    this.state = state;
    this.ending = new AbortController();
    this.seldom = throttled(() => this.aside(), 200);
    this.addressSoon = settled(() => this.keep(), 300);
    this.summed = throttled(() => { this.summary.textContent = summed(this.record, this.now, this.inView); }, 700);
    this.stage = new Stage({ moved: () => { this.seldom(); this.addressSoon(); }, calm });
    this.main = h("section", { class: "map-main", "aria-label": "Map and clocks" }, h("h1", { class: "unseen" }, "Map"), this.stage.box);
    this.side = h("aside", { class: "map-side", "aria-label": "Places" }, h("p", { class: "busy" }, "Reading the record"));
    put(root, h("div", { class: "map-page" }, this.main, this.side));
  }

  async start() {
    const { state } = this, record = (this.record = await load({ signal: this.ending.signal }));
    if (!record.places.id.length) return this.empty();
    state.at = Math.max(record.first, Math.min(record.horizon, state.at ?? record.horizon));
    if (state.known !== null && state.known >= record.days[record.days.length - 1]) state.known = null;
    this.chooseFromAddress();
    this.build();
    this.stage.place(record);
    const { holder } = seen(record.state(state.at, state.known), record.statuses);
    this.stage.open(state.view, Array.from(holder.keys()).filter((index) => holder[index] >= 0));
    this.group();
    this.update();
    requestAnimationFrame(() => requestAnimationFrame(() => this.afterMarks()));
    const { signal } = this.ending;
    window.addEventListener("marchland:changed", (event) => this.told(event.detail), { signal });
    record.addEventListener("changed", (event) => this.grown(event.detail.places), { signal });
    record.addEventListener("history", () => { this.clocks.tellHistory(); if (state.known !== null) this.update(); }, { signal });
    return undefined;
  }

  /** The first marks are painted: now the ground, the filters, and all that is not needed to see them. */
  afterMarks() {
    if (this.ending.signal.aborted) return;
    performance.mark("marchland:painted");
    this.filters = new Filters(this.record, this.state, this.stage.layer, () => this.filtered(), !narrow());
    this.main.append(this.filters.node);
    this.stage.start().then(() => performance.mark("marchland:ground"));
  }

  empty() {
    put(this.root, h("div", { class: "sheet" }, h("h1", {}, "Nothing on record yet"),
      h("p", {}, "This ledger holds no places. Give it reports with ", h("code", {}, "marchland run"), ".")));
  }

  chooseFromAddress() {
    const { state, record } = this, index = state.place === null ? -1 : record.places.id.indexOf(state.place);
    state.place = index < 0 ? null : index;
    if (index >= 0 && !state.view && record.places.lat[index] !== null) state.view = { lon: record.places.lon[index], lat: record.places.lat[index], zoom: 7.5 };
  }

  build() {
    const { record, state, stage } = this;
    this.summary = h("p", { class: "map-summary", role: "status", "aria-live": "polite" });
    this.clocks = new Clocks(record, state, () => this.turn(), calm);
    this.panel = new Panel(record, { close: () => this.choose(null), goTo: (index) => stage.goTo(index) });
    this.list = new List(record, state, { choose: (index) => this.choose(index, { show: true }), sought: () => this.filtered() });
    this.main.append(this.clocks.node);
    put(this.side, this.panel.node, this.summary, this.list.node);
    this.clocks.strip.take(state.known);
    this.shown = new Uint8Array(record.places.id.length);
    this.kept = this.passing();
    stage.recoloured = () => { this.filters?.build(); this.clocks.strip.base = null; this.clocks.strip.draw(); };
    watchPointer(stage.box, stage.layer, { words: (mark) => this.tip(mark), chosen: (mark) => this.picked(mark), redraw: () => stage.redraw() });
  }

  group() {
    const { record } = this, { kind } = record.places;
    this.clusters = new Clusters(this.stage.xs, this.stage.ys, Float64Array.from(kind, (one) => -sizeOf(record.kinds[one])));
  }

  /** A clock has moved: draw at once, the rest when there is time. */
  turn() {
    if (this.state.known !== this.knownShown) this.stripSoon ??= setTimeout(() => { this.stripSoon = null; this.clocks.strip.take(this.state.known); }, 120);
    this.knownShown = this.state.known;
    this.update();
  }

  filtered() {
    this.kept = this.passing();
    this.update();
  }

  /** Places that pass the filters which no clock changes. */
  passing() {
    const { record, state } = this, { kind, country, name, id } = record.places, words = plain(state.words.trim());
    return Uint8Array.from(id, (_, index) => Number((!state.kind || record.kinds[kind[index]] === state.kind)
      && (!state.country || country[index] === state.country) && (!words || plain(name[index]).includes(words))));
  }

  update() {
    const { record, state, stage } = this;
    const now = (this.now = seen(record.state(state.at, state.known), record.statuses));
    const statuses = Uint8Array.from({ length: 256 }, (_, code) => { const one = statusOf(record, code); return one && (!state.statuses.size || state.statuses.has(one)) ? 1 : 0; });
    const holders = record.holders.map((one) => !state.holders.size || state.holders.has(one.id)), nobody = !state.holders.size || state.holders.has("none");
    for (let index = 0; index < this.shown.length; index++) {
      const status = now.status[index], holder = now.holder[index];
      this.shown[index] = this.kept[index] && statuses[status] && (holder < 0 ? nobody : holders[holder]) ? 1 : 0;
    }
    stage.paint({ record, xs: stage.xs, ys: stage.ys, state: now, shown: this.shown, clusters: this.clusters, chosen: state.place,
      faces: (index) => crossingFaces(record.lanesOf(index, state.at, state.known)), quiet: Boolean(this.clocks.playing) });
    this.seldom();
    this.addressSoon();
  }

  /** Panel, list and summary: what need not be in the same frame. */
  aside() {
    const { record, state, stage, now } = this;
    if (!now) return;
    const inView = [];
    for (let index = 0; index < this.shown.length; index++) {
      if (this.shown[index] && (state.words ? inView.length < MOST_FOUND : Number.isNaN(stage.xs[index]) || stage.sees(index))) inView.push(index);
    }
    this.inView = inView;
    this.list.take(inView, now);
    this.panel.take(state.place, state.at, state.known, now);
    this.clocks.tellHistory();
    this.summed();
  }

  keep() {
    if (location.pathname !== "/") return; // the reader is on another page by now
    const { camera } = this.stage;
    history.replaceState(null, "", write(this.state, this.record, { lat: camera.lat, lon: camera.lon, zoom: camera.zoom }));
    window.dispatchEvent(new CustomEvent("marchland:clocks"));
  }

  choose(index, { show = false } = {}) {
    const before = this.state.place;
    this.state.place = index;
    if (show && index !== null && !this.stage.sees(index)) this.stage.goTo(index);
    this.stage.scene.chosen = index;
    this.stage.paint();
    this.aside();
    this.addressSoon();
    if (index === null) this.list.node.querySelector(`[data-place="${before}"]`)?.focus();
    else if (show || narrow()) { this.panel.node.querySelector("button")?.focus({ preventScroll: true }); this.panel.node.scrollIntoView({ block: "nearest" }); }
  }

  /** A click on a mark chooses it, one on a group goes nearer. */
  picked(mark) {
    if (!mark) return this.state.place === null ? undefined : this.choose(null);
    if (mark.place >= 0) return this.choose(mark.place);
    const { stage } = this, { group } = this.clusters.at(stage.camera.zoom), box = [1, 1, 0, 0];
    for (let index = 0; index < group.length; index++) {
      if (group[index] !== mark.group || !this.shown[index]) continue;
      const x = stage.xs[index], y = stage.ys[index];
      Object.assign(box, [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)]);
    }
    const goal = stage.camera.fitted(box, 14);
    return stage.go({ ...goal, zoom: Math.min(14, Math.max(goal.zoom, stage.camera.zoom + 0.8)) });
  }

  tip(mark) {
    const { record, now, stage } = this;
    if (mark.place < 0) return groupWords(record, stage.layer.countsOf(mark), mark.count);
    const index = mark.place;
    return [record.places.name[index], verdict(record, now, index), `since ${since(spellOf(record, now, index))}`, about(record, index)];
  }

  /** Somebody wrote: ask for the places that changed. */
  told({ places }) {
    this.freshUntil = performance.now() + 8000;
    this.panel.forget();
    this.record.refresh(places).catch((error) => { if (error.name !== "AbortError") console.warn(`map: ${error.message}`); });
  }

  /** Places of the record are others now: draw them anew, and ring those that somebody has just changed. */
  grown(changed) {
    const { record, stage, state } = this;
    if (record.places.id.length !== this.shown.length) {
      stage.place(record);
      this.group();
      this.shown = new Uint8Array(record.places.id.length);
    }
    this.kept = this.passing();
    this.clocks.renew();
    this.clocks.strip.take(state.known);
    if (performance.now() < (this.freshUntil || 0)) stage.layer.ring(changed);
    this.update();
    setTimeout(() => stage.redraw(), 7100);
  }

  leave() {
    this.ending.abort();
    this.clocks?.stop();
    this.seldom.stop();
    this.addressSoon.stop();
    this.summed.stop();
    clearTimeout(this.stripSoon);
    this.stage.remove();
  }
}

const narrow = () => matchMedia("(max-width: 899px)").matches;
const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** A state without the holders that are only presumed: a mark must not show them as if they held. */
function seen(state, statuses) {
  const none = Uint8Array.from({ length: 256 }, (_, code) => (["held", "claimed", "contested", "besieged"].includes(statuses[code]) ? 0 : 1));
  const { holder, status } = state;
  for (let index = 0; index < holder.length; index++) if (none[status[index]] && holder[index] >= 0) holder[index] = -1;
  return state;
}

/** `57 places: 30 …, 12 …, 5 unknown`, by holder, the most first. */
function summed(record, now, indexes) {
  const counts = new Map();
  for (const index of indexes) counts.set(now.holder[index], (counts.get(now.holder[index]) || 0) + 1);
  const parts = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 6).map(([holder, many]) => `${many.toLocaleString("en")} ${holder < 0 ? "unknown or nobody" : record.holders[holder].name}`);
  const rest = counts.size > 6 ? [`${counts.size - 6} other holders`] : [];
  return `${count(indexes.length, "place")}${parts.length ? `: ${[...parts, ...rest].join(", ")}` : ""}`;
}
