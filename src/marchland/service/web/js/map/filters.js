// Legend and filters in one: each holder and status shows how it is drawn, and shows only its own places when pressed.

import { h, show } from "../dom.js";
import { chip } from "../holders.js";
import { count } from "../words.js";
import { statusWords } from "./verdicts.js";

const FIRST_HOLDERS = 8;

export class Filters {
  /** `state` has `holders`, `statuses` (sets), `kind`, `country`; `changed()` is called after each change. */
  constructor(record, state, layer, changed, open) {
    Object.assign(this, { record, state, layer, changed });
    this.body = h("div", { class: "map-filters-body" });
    this.node = h("section", { class: "map-filters", "aria-label": "Legend and filters" }, h("details", { open }, h("summary", {}, "Legend and filters"), this.body));
    this.build();
  }

  /** Holders that hold anything on record, in the order of the record; others stand only at the far post of a crossing. */
  holding() {
    const { record } = this, found = new Set(), real = new Set(["held", "claimed", "contested", "besieged"]);
    for (let index = 0; index < record.places.id.length; index++) {
      for (const spell of record.spellsOf(index)) if (spell.holder >= 0 && real.has(record.statuses[spell.status])) found.add(spell.holder);
    }
    return record.holders.filter((one, index) => found.has(index) || this.state.holders.has(one.id));
  }

  /** Holders at the posts of crossings that hold nothing else: the map draws them, too. */
  posted(holding) {
    const { record } = this, found = new Set();
    for (let index = 0; index < record.places.id.length; index++) {
      if (record.isCrossing(index)) for (const lane of record.lanesOf(index, record.horizon)) found.add(lane.b_holder < 0 ? lane.b_presumed : lane.b_holder);
    }
    return record.holders.filter((one, index) => found.has(index) && !holding.includes(one));
  }

  build() {
    const { record, state } = this, all = this.holding(), posted = this.posted(all), shown = all.slice(0, FIRST_HOLDERS), others = all.slice(FIRST_HOLDERS);
    const holders = shown.map((one) => this.toggle("holders", one.id, [chip(one), " ", one.name]));
    const nobody = this.toggle("holders", "none", [chip(null), " unknown"]);
    this.reset = h("button", { type: "button", class: "map-reset", on: { click: () => this.clear() } }, "Show all");
    show(this.body,
      h("fieldset", {}, h("legend", {}, "Holder"), holders, others.length ? this.more(others) : null, nobody),
      posted.length ? h("fieldset", {}, h("legend", {}, "Only at crossings"), posted.map((one) => h("span", { class: "map-post" }, chip(one), " ", one.name))) : null,
      h("fieldset", {}, h("legend", {}, "Status"), record.statuses.map((one) => this.toggle("statuses", one, [this.sample(one), statusWords(one)]))),
      h("div", { class: "map-selects" }, this.select("kind", "Kind", used(record.places.kind).map((one) => [record.kinds[one], record.kinds[one]])),
        this.select("country", "Country", used(record.places.country).filter(Boolean).map((one) => [one, countryName(one)])), this.reset),
      this.key());
    this.reset.hidden = !(state.holders.size || state.statuses.size || state.kind || state.country);
  }

  toggle(field, value, words) {
    const set = this.state[field];
    return h("button", { type: "button", class: "map-toggle", "aria-pressed": String(set.has(value)), on: { click: (event) => {
      if (set.has(value)) set.delete(value); else set.add(value);
      event.currentTarget.setAttribute("aria-pressed", String(set.has(value)));
      this.tell();
    } } }, words);
  }

  /** The holders that are not among the first, one of them at a time. */
  more(others) {
    const chosen = others.find((one) => this.state.holders.has(one.id));
    const options = others.map((one) => h("option", { value: one.id, selected: one === chosen }, `${one.letter} ${one.name}`));
    const change = (event) => {
      for (const one of others) this.state.holders.delete(one.id);
      if (event.target.value) this.state.holders.add(event.target.value);
      this.tell();
    };
    return h("label", {}, h("span", { class: "unseen" }, "Other holder"), h("select", { on: { change } }, h("option", { value: "" }, count(others.length, "other holder")), options));
  }

  select(field, words, options) {
    const change = (event) => { this.state[field] = event.target.value; this.tell(); };
    return options.length < 2 && !this.state[field] ? null : h("label", {}, `${words} `, h("select", { on: { change } }, h("option", { value: "" }, "all"),
      options.sort((a, b) => a[1].localeCompare(b[1])).map(([value, name]) => h("option", { value, selected: value === this.state[field] }, name))));
  }

  clear() {
    Object.assign(this.state, { holders: new Set(), statuses: new Set(), kind: "", country: "" });
    this.build();
    this.changed();
    this.node.querySelector("button")?.focus();
  }

  tell() {
    const { holders, statuses, kind, country } = this.state;
    this.reset.hidden = !(holders.size || statuses.size || kind || country);
    this.changed();
  }

  /** How a status is drawn, with the first holder's colour. */
  sample(status) {
    const nobody = status === "unknown" || status === "abandoned" || !this.record.holders.length;
    const left = nobody ? { colour: -1, letter: "?", step: 0 } : { ...this.first(), step: 6 };
    return picture(this.layer, { kind: "town", status, size: 8, left });
  }

  first() { return { colour: this.record.holders[0]?.colour ?? -1, letter: this.record.holders[0]?.letter ?? "?" }; }

  /** What else the map draws. */
  key() {
    const own = { ...this.first(), step: 6 }, faint = { ...own, step: 1 };
    const rows = [[{ kind: "town", status: "held", size: 8, left: faint }, "less sure"], [{ kind: "district", status: "held", size: 8, left: own }, "area"]];
    if (this.record.places.id.some((_, index) => this.record.isCrossing(index))) {
      for (const passage of ["open", "restricted", "closed"]) rows.push([{ kind: "crossing", status: "held", size: 8, left: { ...own, letter: "" }, right: { ...own, letter: "" }, passage }, `crossing, ${passage}`]);
    }
    return h("p", { class: "map-key" }, rows.map(([one, words]) => h("span", {}, picture(this.layer, one), words)));
  }
}

/** A mark as an element of the page. */
function picture(layer, mark) {
  const { canvas, half } = layer.sprites.drawn(mark);
  canvas.setAttribute("aria-hidden", "true");
  canvas.style.width = canvas.style.height = `${2 * half}px`;
  canvas.className = "map-sample";
  return canvas;
}

const used = (column) => [...new Set(column)];
const regions = typeof Intl.DisplayNames === "function" ? new Intl.DisplayNames(["en"], { type: "region", fallback: "code" }) : null;
function countryName(code) {
  try { return regions ? regions.of(code) : code; } catch { return code; }
}
