// What reviewers have said, the newest first.

import { get } from "../api.js";
import { h, show as put } from "../dom.js";
import { here } from "../place_in_time.js";
import { count } from "../words.js";
import { moment } from "./said.js";

const SHOWN = 20;

/** The reviewers' log as a section with a `refresh()`; `undo(review)` takes one back. */
export function log(undo) {
  const body = h("div", {});
  const section = h("section", { class: "card review-log", "aria-labelledby": "review-log" }, h("h2", { id: "review-log" }, "What reviewers said"), body);
  let shown = SHOWN;
  section.refresh = async () => {
    const found = await get("/api/reviews", { limit: shown });
    const more = found.total > shown ? h("button", { type: "button", on: { click: () => { shown = Math.min(shown + 50, 500); section.refresh(); } } }, "More") : null;
    put(body, found.items.length ? table(found.items, undo) : h("p", { class: "quiet" }, "Nobody has said anything yet."),
      h("p", { class: "quiet" }, count(found.total, "review"), " on record; nothing is ever deleted. ", more));
  };
  return section;
}

function table(items, undo) {
  return h("table", { class: "stacked" },
    h("thead", {}, h("tr", {}, ["when", "who", "what", "about", "because", "now"].map((one) => h("th", { scope: "col" }, one)))),
    h("tbody", {}, items.map((one) => h("tr", { class: one.in_force ? null : "withdrawn" },
      h("td", { "data-head": "when" }, moment(one.made)), h("th", { scope: "row", "data-head": "who" }, h("bdi", {}, one.by)),
      h("td", { "data-head": "what" }, h("bdi", { class: "said" }, one.words)), h("td", { "data-head": "about" }, about(one)),
      h("td", { "data-head": "because" }, h("bdi", {}, one.because)), h("td", { "data-head": "now" }, state(one, undo))))));
}

function about(one) {
  const words = h("bdi", {}, one.place_name ? `${one.place_name}: ${one.about}` : one.about);
  return one.claims.length ? h("a", { href: here("/review", { claim: one.claims[0] }) }, words) : words;
}

function state(one, undo) {
  if (!one.in_force) return one.withdrawn_by ? ["taken back by ", h("bdi", {}, one.withdrawn_by)] : "taken back";
  return one.verb === "withdraw" ? "in force" : h("button", { type: "button", class: "small", on: { click: () => undo(one) } }, "Take back");
}
