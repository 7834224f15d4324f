// The blocks of a brief as elements: headings, sentences, changes with what was said, tables, sources.

import { h, outside } from "../dom.js";
import { here } from "../place_in_time.js";
import { day, quoted } from "../words.js";

/** All blocks, in their order. */
export const blocks = (found) => found.map((one) => DRAWN[one.type]?.(one));

const DRAWN = {
  heading: (one) => h(`h${Math.min(Math.max(one.level, 2), 6)}`, {}, one.text),
  text: (one) => h("p", {}, one.text),
  points: (one) => h("ul", {}, one.items.map((item) => h("li", {}, item))),
  change: entry,
  table: grid,
  sources: (one) => (one.items.length ? h("ol", { class: "brief-sources" }, one.items.map(source)) : h("p", {}, "No report is named.")),
};

function entry(one) {
  const place = one.place_id ? h("a", { href: here(`/place/${one.place_id}`) }, one.place) : one.place;
  return h("div", { class: `brief-entry ${one.change}` }, h("p", {}, h("strong", {}, place), `: ${one.text} `, one.tags.map((tag) => h("span", { class: "tag" }, tag))), one.quotes.map(quote));
}

function quote(one) {
  if (!one.claim_id) return h("p", { class: "quiet brief-aside" }, one.sentence);
  const against = /denies|against|denial|longer/.test(one.role);
  return h("blockquote", { class: against ? "denies" : null }, h("p", {}, quoted(one.sentence)),
    h("p", { class: "said" }, h("span", { class: "tag" }, one.role), [one.who, day(one.day, "no day"), one.weight].filter(Boolean).join(", "), " ",
      one.source > 0 && jump(one.source), " ", h("a", { class: "to-claim", href: here(`/claim/${one.claim_id}`) }, "claim")));
}

/** The number of a source; a click goes down to it, without a change of the address. */
function jump(number) {
  return h("a", { href: `#source-${number}`, class: "source-number", on: { click: (event) => {
    event.preventDefault();
    const found = document.getElementById(`source-${number}`);
    found?.scrollIntoView({ block: "center" });
    found?.focus({ preventScroll: true });
  } } }, `[${number}]`);
}

function source(one) {
  const claims = one.claims.map((id, index) => [index ? ", " : "", h("a", { href: here(`/claim/${id}`) }, id.slice(0, 8))]);
  return h("li", { id: `source-${one.number}`, value: one.number, tabindex: "-1" }, `${one.outlet}, ${day(one.day, "no day")}`, one.url ? [", ", outside(one.url, one.url)] : ", address not known",
    `; ${one.claims.length > 1 ? "claims" : "claim"} `, claims);
}

function grid(one) {
  if (!one.rows.length) return null;
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": one.title || one.headers.join(", ") },
    h("table", {}, one.title && h("caption", {}, one.title), h("thead", {}, h("tr", {}, one.headers.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, one.rows.map((row) => h("tr", {}, row.map((cell) => h("td", {}, cell)))))));
}
