// What the claims found can be narrowed by: counts as links, days, order; and what they are narrowed by already.

import { h } from "../dom.js";
import { count, day } from "../words.js";
import { FILTERS, LABELS, bare, link, toggled } from "./question.js";

/** A value of a filter as readers have it. */
export const shownValue = (name, value) => (name === "event" || name === "class" ? value.replaceAll("_", " ") : value);

/** The counts of one column, each a link that narrows by it or lifts that again. */
function facet(one, asked) {
  if (!one.values.length) return null;
  return h("section", { class: "facet" }, h("h3", {}, LABELS[one.name]), h("ul", {}, one.values.map((value) => {
    const chosen = asked[one.name].includes(value.value);
    return h("li", {}, h("a", { href: link(asked, toggled(asked, one.name, value.value)), class: chosen ? "chosen" : null, "data-stay": `${one.name}/${value.value}` },
      h("span", { class: "tick", "aria-hidden": "true" }, chosen ? "✓" : ""),
      h("span", { class: "value" }, chosen ? h("span", { class: "unseen" }, "remove ") : null, h("bdi", {}, shownValue(one.name, value.name))),
      h("span", { class: "number" }, value.count.toLocaleString("en"))));
  }), one.others ? h("li", { class: "quiet rest" }, `${count(one.others, "claim")} with others or none`) : null));
}

/** The column of filters: days and order as controls, then the counts. */
export function narrowing(found, asked, apply) {
  const dates = h("div", { class: "dates" },
    labelled(LABELS.from, h("input", { type: "date", name: "from", value: asked.from, "data-stay": "from", on: { change: (event) => apply({ from: event.target.value }) } })),
    labelled(LABELS.to, h("input", { type: "date", name: "to", value: asked.to, "data-stay": "to", on: { change: (event) => apply({ to: event.target.value }) } })),
    labelled("Order", h("select", { name: "order", "data-stay": "order", on: { change: (event) => apply({ order: event.target.value }) } },
      h("option", { value: "" }, "best first"), h("option", { value: "newest", selected: asked.order === "newest" }, "newest first"))));
  return [dates, found.facets.some((one) => one.values.length) ? h("h2", { class: "by" }, "Narrow the claims by") : null, found.facets.map((one) => facet(one, asked))];
}

const labelled = (words, control) => h("label", {}, h("span", {}, words), control);

/** The filters that are set, each with a way to lift it. */
export function lifted(found, asked) {
  const chips = FILTERS.flatMap((name) => asked[name].map((value) => chip(LABELS[name], named(found, name, value), link(asked, toggled(asked, name, value)))));
  for (const name of ["from", "to"]) if (asked[name]) chips.push(chip(LABELS[name], day(asked[name]), link(asked, { [name]: "" })));
  if (asked.at) chips.push(chip("Happened by", day(asked.at), link(asked, { at: "" })));
  if (asked.known) chips.push(chip("Known by", day(asked.known), link(asked, { known: "" })));
  const all = chips.length > 1 ? h("a", { href: link(asked, { ...bare, at: "", known: "" }), "data-stay": "all" }, "lift all") : null;
  return chips.length ? h("ul", { class: "lifted", "aria-label": "Narrowed by" }, chips.map((one) => h("li", {}, one)), all ? h("li", {}, all) : null) : null;
}

const chip = (label, value, href) => h("a", { href, class: "filter", "data-stay": `lift/${label}/${value}` },
  h("span", { class: "unseen" }, "lift "), h("span", { class: "quiet" }, `${label}: `), h("bdi", {}, value), h("span", { class: "cross", "aria-hidden": "true" }, "×"));

const named = (found, name, value) => shownValue(name, found?.names?.[value] || value);
