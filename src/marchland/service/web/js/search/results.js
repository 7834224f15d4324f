// What was found, kind by kind. Words of reports are text nodes; the words asked for are marked by ranges.

import { h } from "../dom.js";
import { pieces } from "../marked.js";
import { here } from "../place_in_time.js";
import { count, day } from "../words.js";
import { FEW, KINDS, MANY, link } from "./question.js";

/** A text with the words asked for in marks. */
export function marked(text, marks) {
  const letters = Array.from(text);
  return pieces(letters, 0, letters.length, marks.map(([start, end]) => ({ start, end })))
    .map((piece) => (piece.ranges.length ? h("mark", {}, piece.text) : piece.text));
}

const snippet = (one) => h("bdi", {}, one.before ? "… " : null, marked(one.text, one.marks), one.after ? " …" : null);
const words = (value) => (value || "").replaceAll("_", " ");
const dot = (...parts) => parts.filter(Boolean).flatMap((part, at) => (at ? [" · ", part] : [part]));

/** Links to what was found of each kind. */
export function kinds(found, asked) {
  return h("nav", { class: "result-kinds", "aria-label": "Kinds of results" }, KINDS.map(([kind, label]) => {
    const number = kind ? found.totals[kind] : null;
    return h("a", { href: link(asked, { kind }), "aria-current": kind === asked.kind ? "page" : null, "data-stay": `kind/${kind}` },
      label, number === null || number === undefined ? null : h("span", { class: "number" }, ` ${number.toLocaleString("en")}`));
  }));
}

/** All results, each kind under a heading. */
export function results(found, asked) {
  const parts = [["place", found.places, name], ["party", found.parties, name], ["claim", found.claims, claim], ["article", found.articles, article]];
  return parts.filter(([kind, items]) => items.length && (!asked.kind || asked.kind === kind)).map(([kind, items, row]) => {
    const label = KINDS.find(([value]) => value === kind)[1];
    const more = !asked.kind && found.totals[kind] > FEW;
    return h("section", { class: `group of-${kind}` }, h("h2", {}, asked.kind ? `${label}, ${range(asked, items, found.totals[kind])}` : label),
      h("ol", { class: "hits" }, (kind === "claim" ? together(items) : items).map((one) => h("li", { class: "card" }, row(one, asked)))),
      more ? h("p", {}, h("a", { href: link(asked, { kind }), "data-stay": `more/${kind}` }, `All ${found.totals[kind].toLocaleString("en")} ${label.toLowerCase()}`)) : null);
  });
}

const range = (asked, items, total) => `${(asked.offset + 1).toLocaleString("en")} to ${(asked.offset + items.length).toLocaleString("en")} of ${total.toLocaleString("en")}`;

/** Links to the pages before and after. */
export function paging(found, asked) {
  if (!asked.kind || (!asked.offset && !found.next)) return null;
  return h("nav", { class: "paging", "aria-label": "Pages of results" },
    asked.offset ? h("a", { class: "button", rel: "prev", href: link(asked, { offset: Math.max(0, asked.offset - MANY) }) }, "Before") : null,
    found.next ? h("a", { class: "button", rel: "next", href: link(asked, { offset: asked.offset + MANY }) }, "After") : null);
}

function name(one, asked) {
  const isPlace = one.kind === "place";
  const about = isPlace ? dot(words(one.what), one.within !== one.name && one.within, one.country).join("") : "";
  const claims = here("/search", { [one.kind]: one.id, kind: "claim" });
  return [
    h("h3", {}, h("a", { href: isPlace ? here(`/place/${encodeURIComponent(one.id)}`) : claims }, h("bdi", {}, one.name)),
      one.near ? h("span", { class: "tag near" }, "spelled alike") : null),
    h("p", { class: "quiet" }, ...dot(about, one.spelling !== one.name && h("span", {}, "also ", h("bdi", {}, one.spelling)),
      h("a", { href: claims }, count(one.claims, "claim")), !isPlace && h("a", { href: here("/search", { side: one.id, kind: "claim" }) }, "what it says itself"))),
  ];
}

/** Claims in the same words about the same deed, as copies have them, as one result with the others beneath. */
function together(items) {
  const found = new Map();
  for (const one of items) {
    const key = JSON.stringify([one.snippet.text, one.place_id, one.event, one.stance, one.actor_id, one.date_from, one.date_to]);
    if (found.has(key)) found.get(key).others.push(one); else found.set(key, { ...one, others: [] });
  }
  return [...found.values()];
}

const others = (one) => (one.others.length ? h("p", { class: "meta quiet" }, "In the same words: ", one.others.flatMap((other, at) => [at ? ", " : null,
  h("a", { href: here(`/claim/${encodeURIComponent(other.claim_id)}`) }, h("bdi", {}, other.publisher || other.source_name)), ` ${day(other.published, "undated")}`])) : null);

function claim(one, asked) {
  const whole = `${one.stance === "asserts" ? "" : `${one.stance}: `}${dot(one.actor_name, words(one.event), one.place_name).join("")}`;
  const happened = one.date_to ? (one.date_from && one.date_from !== one.date_to ? `${day(one.date_from)} to ${day(one.date_to)}` : `${one.date_from ? "" : "by "}${day(one.date_to)}`) : "no day told";
  return [
    h("p", { class: "hit-words" }, h("a", { href: here(`/claim/${encodeURIComponent(one.claim_id)}`), "aria-label": `${whole}: the claim` }, snippet(one.snippet))),
    h("p", { class: "meta" }, h("span", { class: `tag stance-${one.stance}` }, one.stance), h("span", { class: "tag" }, words(one.event)),
      ...dot(one.actor_name && h("bdi", {}, one.actor_name), place(one), happened)),
    h("p", { class: "meta quiet" }, ...dot(h("span", {}, "says ", h("a", { href: link(asked, { speaker: [one.source_name], kind: "claim" }) }, h("bdi", {}, one.source_name || one.source_class))),
      one.publisher && one.publisher !== one.source_name && h("bdi", {}, one.publisher), `published ${day(one.published, "undated")}`,
      one.article_id && h("a", { href: here(`/article/${encodeURIComponent(one.article_id)}`) }, "the whole report"))),
    others(one),
  ];
}

const place = (one) => (one.place_id ? h("a", { href: here(`/place/${encodeURIComponent(one.place_id)}`) }, h("bdi", {}, one.place_name || one.place_id)) : "no place settled");

function article(one) {
  const title = one.headline ? marked(one.headline, one.marks) : "Report without a headline";
  return [
    h("h3", {}, h("a", { href: here(`/article/${encodeURIComponent(one.article_id)}`) }, h("bdi", {}, title))),
    h("p", { class: "meta quiet" }, ...dot(one.outlet && h("bdi", {}, one.outlet), day(one.published, "undated"), count(one.claims, "claim"))),
    h("p", { class: "piece" }, snippet(one.snippet)),
  ];
}
