// Changes as they are read: what is, what was, and under each the sentences that made it.

import { h, outside } from "../dom.js";
import { chip } from "../holders.js";
import { here } from "../place_in_time.js";
import { count, day, quoted } from "../words.js";
import { countryName } from "./filters.js";

const KINDS = {
  holder: "other holder", appeared: "new on record", gone: "no longer on record", status: "other status", date: "other day",
  crossing: "crossing", denied: "denied", admitted: "admitted", probability: "surer or less sure",
};
/** Kinds of change with the words for them, the most telling first. */
export const kinds = Object.entries(KINDS);

/** Changes under their headings, as one list of sections. */
export function grouped(items, by, styles) {
  const key = { place: (one) => one.country || "", day: (one) => one.day || "", known: (one) => one.known || "" }[by];
  const title = { place: (value) => (value ? countryName(value) : "Country not known"), day: (value) => (value ? day(value) : "No day told: only how sure it is"),
    known: (value) => (value ? `Known from ${day(value)}` : "No new report: other places, or silence") }[by];
  return runs(items, key).map(([value, rows]) => h("section", { class: "card changes-group" }, h("h2", {}, title(value)),
    by === "place" ? places(rows, styles) : h("ul", { class: "changes" }, rows.map((one) => change(one, styles, true)))));
}

/** Neighbours in a list that have the same key, together. */
export function runs(items, key) {
  const found = [];
  for (const one of items) {
    const value = key(one);
    if (found.length && found[found.length - 1][0] === value) found[found.length - 1][1].push(one); else found.push([value, [one]]);
  }
  return found;
}

function places(rows, styles) {
  return runs(rows, (one) => one.place_id).map(([, some]) => h("div", { class: "changes-place" },
    h("h3", {}, placeLink(some[0]), where(some[0])), h("ul", { class: "changes" }, some.map((one) => change(one, styles, false)))));
}

const placeLink = (one) => h("a", { href: here(`/place/${one.place_id}`) }, one.place_name);

function where(one) {
  const told = [one.kind, one.admin1 !== one.place_name && one.admin1].filter(Boolean).join(", ");
  return told ? h("span", { class: "quiet" }, ` ${told}`) : null;
}

function change(one, styles, named) {
  const claimed = one.after_status === "claimed" && one.change !== "gone";
  const tags = [one.changed_hands && !claimed ? "changed hands" : KINDS[one.change] || one.change, claimed && "claimed by one side only"].filter(Boolean);
  const late = one.late ? h("span", { class: "tag late" }, `late report: ${count(one.late, "day")} before`) : null;
  return h("li", { id: `c-${one.change_id}` }, h("details", {},
    h("summary", {}, named && [h("strong", {}, one.place_name), where(one), " "], passing(one, styles), h("span", { class: "change-words" }, one.words), " ",
      tags.map((told) => h("span", { class: "tag" }, told)), late, teaser(one.because[0])),
    h("div", { class: "because" }, named && h("p", {}, placeLink(one)), facts(one), one.because.map(sentence))));
}

/** The first sentence in one line, for as long as the change is folded up. */
function teaser(first) {
  if (!first) return null;
  const told = first.claim_id ? `${quoted(first.sentence)} ${speaker(first)}` : first.sentence;
  return h("span", { class: "teaser quiet", "aria-hidden": "true" }, told);
}

/** Who held it before and who does now, as coloured letters. */
function passing(one, styles) {
  if (one.direction || one.change === "denied" || one.change === "admitted") return null;
  const now = styles.get(one.after_holder_id), was = styles.get(one.changed_hands ? one.former_holder_id : one.before_holder_id);
  if (!one.after_status && !was) return null;
  return h("span", { class: "passing" }, (one.before_status || one.changed_hands) && one.change !== "probability" && [chip(was, was ? undefined : "unknown"), h("span", { "aria-hidden": "true" }, "→")],
    chip(now, now ? undefined : "unknown"));
}

function facts(one) {
  const told = [one.day && `tells of ${day(one.day)}`, one.known && `first known ${day(one.known)}`,
    one.former_holder_name && one.changed_hands && `before it, as the record has it now: ${one.former_holder_name}`].filter(Boolean);
  return told.length ? h("p", { class: "quiet" }, told.join("; ")) : null;
}

function sentence(one) {
  if (!one.claim_id) return h("p", { class: "quiet" }, `${one.reason}: ${one.sentence}`);
  const moved = one.log_odds ? h("span", { class: "moved" }, `${one.log_odds > 0 ? "+" : "−"}${Math.abs(one.log_odds).toFixed(2)}`) : null;
  return h("blockquote", { class: one.stance === "denies" ? "denies" : null }, h("p", {}, quoted(one.sentence)),
    h("p", { class: "said" }, h("span", { class: "tag" }, one.reason), speaker(one), one.known && `, ${day(one.known)} `, moved, " ",
      one.undoes && h("span", { class: "tag" }, "rests on it"), h("a", { href: here(`/claim/${one.claim_id}`) }, "claim"),
      one.url && [" · ", outside(one.url, "page")]));
}

function speaker(one) {
  const side = one.said_by && one.side ? ` (side of ${one.side})` : "";
  return [one.said_by && `${one.said_by}${side}`, one.publisher].filter(Boolean).join(", ") || "publisher not named";
}
