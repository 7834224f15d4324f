// The short answer about the chosen place: who holds it, since when, how sure; and for a crossing, its posts and its lanes.

import { get } from "../api.js";
import { h, show } from "../dom.js";
import { chip } from "../holders.js";
import { here, iso } from "../place_in_time.js";
import { count, day } from "../words.js";
import { about, facts, spellOf, statusOf, verdict } from "./verdicts.js";

export class Panel {
  /** `close()` is called when the reader is done with the place. */
  constructor(record, { close, goTo }) {
    Object.assign(this, { record, goTo, close });
    this.node = h("section", { class: "map-panel", "aria-label": "Chosen place", hidden: true });
  }

  /** Show a place as it is in `state`, or nothing for null. */
  take(index, at, known, now) {
    this.node.hidden = index === null;
    const shown = index === null ? null : [index, at, known, now.status[index], now.holder[index], now.share[index], now.spell[index]].join(" ");
    if (shown === this.shown) return;
    this.shown = shown;
    if (index === null) return;
    const { record } = this, { places } = record, id = places.id[index], onRecord = statusOf(record, now.status[index]) !== null;
    const spell = onRecord ? spellOf(record, now, index) : null;
    const holder = now.holder[index], inside = this.node.contains(document.activeElement) ? document.activeElement.dataset.act : null;
    show(this.node,
      h("p", { class: "map-close" }, h("button", { type: "button", "data-act": "close", on: { click: this.close } }, "Close"),
        places.lat[index] === null ? null : h("button", { type: "button", "data-act": "show", on: { click: () => this.goTo(index) } }, "Show on the map")),
      h("h2", {}, places.name[index]), h("p", { class: "quiet" }, about(record, index)),
      onRecord ? this.answer(index, spell, holder, now, known ?? record.horizon) : h("p", {}, `Nothing on record for ${day(iso(at))}${known === null ? "" : `, as known by ${day(iso(known))}`}.`),
      onRecord && record.isCrossing(index) ? this.gates(index, holder, record.lanesOf(index, at, known)) : null,
      h("p", {}, h("a", { class: "button", "data-act": "page", href: here(`/place/${encodeURIComponent(id)}`, { at: iso(at), known: known === null ? null : iso(known) }) }, "Evidence and history")));
    if (onRecord) this.addEvidence(id, at, known);
    if (inside) this.node.querySelector(`[data-act="${inside}"]`)?.focus();
  }

  /** What was told may have changed: ask anew with the next showing. */
  forget() { this.card = this.shown = null; }

  /** Ask the service how many witnesses there are; not for every step of a slider that moves. */
  addEvidence(id, at, known) {
    const key = `${id} ${at} ${known}`, place = this.node.querySelector(".map-evidence");
    this.shownKey = key;
    if (this.card?.key === key) { show(place, told(this.card.card)); return; }
    clearTimeout(this.waiting);
    this.waiting = setTimeout(async () => {
      const card = await get(`/api/places/${encodeURIComponent(id)}`, { at: iso(at), known_at: known === null ? null : iso(known) }).catch(() => null);
      if (!card) return;
      this.card = { key, card };
      if (this.shownKey === key) show(this.node.querySelector(".map-evidence"), told(card));
    }, 250);
  }

  answer(index, spell, holder, now, last) {
    const share = now.share[index], bar = h("meter", { min: 0, max: 1, value: share.toFixed(3), "aria-label": "Probability" });
    const rows = facts(spell, share, last).flatMap(([name, words]) => [h("dt", {}, name), h("dd", {}, words)]);
    return [h("p", { class: "map-verdict" }, chip(holder < 0 ? null : this.record.holders[holder]), " ", h("strong", {}, verdict(this.record, now, index))), bar, h("dl", {}, rows), h("p", { class: "map-evidence quiet" })];
  }

  gates(index, holder, lanes) {
    const { record } = this, posts = record.crossingOf(index), first = lanes[0];
    const named = (holder, presumed) => (holder >= 0 ? record.holders[holder].name : presumed >= 0 ? `unknown (presumably ${record.holders[presumed].name})` : "unknown");
    const rows = lanes.map((lane) => h("tr", {}, h("td", {}, lane.direction === "both" ? "both ways" : lane.direction.replace(">", " → ")), h("td", {}, lane.traffic), h("td", {}, h("strong", {}, lane.state)),
      h("td", {}, lane.from !== null && lane.state !== "unknown" ? day(iso(lane.from)) : "")));
    return [h("h3", {}, "Posts"), h("dl", {}, h("dt", {}, posts?.a || "one side"), h("dd", {}, named(holder, first ? first.a_presumed : -1)),
      h("dt", {}, posts?.b || "other side"), h("dd", {}, first ? named(first.b_holder, first.b_presumed) : "unknown")),
    h("h3", {}, "Passage"), lanes.length ? h("div", { class: "scroll" }, h("table", {}, h("thead", {}, h("tr", {}, ["direction", "traffic", "state", "since"].map((one) => h("th", { scope: "col" }, one)))), h("tbody", {}, rows)))
      : h("p", {}, "No report on who may pass.")];
  }
}

/** What the service adds to it: how many tell of it and how many deny it. */
function told(card) {
  const parts = [count(card.witnesses, "independent witness", "independent witnesses"), card.denials && count(card.denials, "denial"),
    card.against && `${count(card.against, "witness", "witnesses")} for something else`, `${count(card.claims, "claim")} on record`];
  return parts.filter(Boolean).join(", ");
}
