// The places in view as a list: whatever the map shows can be read and chosen here, by keyboard too.

import { h, show } from "../dom.js";
import { chip } from "../holders.js";
import { iso } from "../place_in_time.js";
import { day } from "../words.js";
import { spellOf, statusOf, statusWords } from "./verdicts.js";

const PAGE = 50;
const ORDERS = [["recent", "latest change"], ["name", "name"], ["sure", "least sure"]];
/** Kinds that a row tells: a province may have the name of its town. */
const TOLD = new Set(["country", "province", "district", "crossing"]);
const letters = new Intl.Collator("en", { sensitivity: "base", numeric: true });

export class List {
  /** `choose(index)` is called when a place is chosen, `sought()` when the words of the search change. */
  constructor(record, state, { choose, sought }) {
    Object.assign(this, { record, state, choose, order: "recent", from: 0, indexes: [], made: new Map() });
    this.search = h("input", { type: "search", value: state.words, placeholder: "Find a place", "aria-label": "Find a place", maxlength: 200, on: { input: () => { state.words = this.search.value; this.from = 0; sought(); } } });
    this.sort = h("select", { id: "list-order", on: { change: () => { this.order = this.sort.value; this.from = 0; this.fill(); } } }, ORDERS.map(([value, words]) => h("option", { value }, words)));
    this.title = h("h2", { id: "list-title" }, "Places in view");
    this.rows = h("ul", { class: "map-rows", "aria-labelledby": "list-title" });
    this.pages = h("p", { class: "map-pages" });
    this.node = h("section", { class: "map-list", "aria-labelledby": "list-title" }, this.title, this.search,
      h("p", { class: "map-order" }, h("label", { for: "list-order" }, "ordered by "), this.sort), this.rows, this.pages);
  }

  /** Show these places, as they are at the moment of `state`. */
  take(indexes, now) {
    this.indexes = indexes;
    this.now = now;
    this.fill();
  }

  /** Places in the order that is asked for; names, which take long to compare, are put in order once. */
  sorted() {
    const { record, now } = this, byName = this.ranks();
    if (this.order === "name") return [...this.indexes].sort((a, b) => byName[a] - byName[b]);
    const begun = (index) => -(spellOf(record, now, index)?.from ?? -1e9);
    const keys = new Float64Array(byName.length);
    for (const index of this.indexes) keys[index] = this.order === "sure" ? now.share[index] : begun(index);
    return [...this.indexes].sort((a, b) => keys[a] - keys[b] || byName[a] - byName[b]);
  }

  ranks() {
    const { name } = this.record.places;
    if (this.ranked?.length === name.length) return this.ranked;
    this.ranked = new Int32Array(name.length);
    Array.from(name.keys()).sort((a, b) => letters.compare(name[a], name[b]) || a - b).forEach((index, rank) => { this.ranked[index] = rank; });
    return this.ranked;
  }

  fill() {
    const sorted = this.sorted();
    if (this.from >= sorted.length) this.from = 0;
    this.title.textContent = this.state.words ? "Places found" : "Places in view";
    this.lay(sorted.slice(this.from, this.from + PAGE));
    if (this.total !== sorted.length || this.turned !== this.from) this.turn(sorted.length);
    Object.assign(this, { total: sorted.length, turned: this.from });
  }

  /** Rows in this order. A row that is there stays the same element: whoever is about to press it, or has the focus on it, keeps it. */
  lay(indexes) {
    const active = document.activeElement, old = this.made;
    this.made = new Map(indexes.map((index) => [index, old.get(index) || { node: h("li", {}), words: "" }]));
    for (const [index, { node }] of old) if (!this.made.has(index)) node.remove();
    indexes.forEach((index, order) => {
      const row = this.made.get(index), there = this.rows.children[order] || null;
      this.row(index, row);
      if (there !== row.node) this.rows.insertBefore(row.node, there);
    });
    if (document.activeElement !== active && this.rows.contains(active)) active.focus({ preventScroll: true });
  }

  /** One row as it should be now. */
  row(index, made) {
    const { record, now } = this, holder = now.holder[index], status = statusOf(record, now.status[index]), kind = record.kinds[record.places.kind[index]];
    const spell = spellOf(record, now, index), begun = spell && spell.from !== null ? day(iso(spell.from)) : "";
    const small = [TOLD.has(kind) && kind, status !== "held" && statusWords(status)].filter(Boolean).join(", "), current = this.state.place === index;
    const words = `${holder} ${small} ${begun} ${current}`;
    if (words === made.words) return;
    made.words = words;
    made.button ??= made.node.appendChild(h("button", { type: "button", "data-place": index, on: { click: () => this.choose(index) } }));
    if (current) made.button.setAttribute("aria-current", "true"); else made.button.removeAttribute("aria-current");
    show(made.button, chip(holder < 0 ? null : record.holders[holder]), h("span", { class: "map-name" }, record.places.name[index], h("small", { class: "quiet" }, ` ${small}`)),
      h("small", { class: "quiet" }, begun));
  }

  turn(total) {
    const step = (words, to, off) => h("button", { type: "button", disabled: off, on: { click: () => { this.from = to; this.fill(); this.title.scrollIntoView({ block: "nearest" }); } } }, words);
    show(this.pages, total <= PAGE ? null : [step("‹ Previous", Math.max(0, this.from - PAGE), this.from === 0),
      h("span", {}, ` ${(this.from + 1).toLocaleString("en")} to ${Math.min(total, this.from + PAGE).toLocaleString("en")} of ${total.toLocaleString("en")} `),
      step("Next ›", this.from + PAGE, this.from + PAGE >= total)]);
  }
}
