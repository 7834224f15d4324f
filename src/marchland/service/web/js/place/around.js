// What lies around a place and what follows from it: neighbours, events, counts, consequences.

import { get } from "../api.js";
import { h, put } from "../dom.js";
import { chip } from "../holders.js";
import { asked, here } from "../place_in_time.js";
import { count, day, percent } from "../words.js";
import { claimLink } from "./evidence.js";
import { table, words } from "./section.js";

const path = (placeId, part) => `/api/places/${encodeURIComponent(placeId)}/${part}`;
export const placeLink = (id, name) => h("a", { href: here(`/place/${encodeURIComponent(id)}`) }, words(name));

/** A holder with its letter; the words say when it is only presumed. */
export function holder(one, styles) {
  const style = one.holder_id ? styles.get(one.holder_id) : null;
  if (!one.holder_name) return [chip(null), one.status === "abandoned" ? " nobody (abandoned)" : " unknown"];
  const presumed = one.presumed ?? one.status === "unknown";
  return [chip(style || { letter: "•", colour: 7, name: one.holder_name }), " ", words(one.holder_name), presumed ? h("span", { class: "quiet" }, " (presumed)") : null];
}

// ----------------------------------------------------------------------------------------------------------- neighbours

const RELATION = { parent: "part of it", neighbour: "neighbour", "": "" };

/** Places near by with their holders, and what of the surroundings bears on this place. */
export async function neighbours(placeId, { signal, styles, reveal }) {
  const found = await get(path(placeId, "neighbours"), asked(), { signal });
  if (!found.items.length && !found.bears.length) return null;
  return [
    found.items.length ? table({ label: "Places near by", numbers: ["sure"], headers: ["place", "where", "what it is to this place", "held by", "since", "sure"], rows: found.items.map((one) => [
      [placeLink(one.place_id, one.name), h("span", { class: "quiet" }, ` ${one.kind}`)], one.where || "–",
      one.relation === "parent" ? "this place is part of it" : RELATION[one.relation] || "–", holder(one, styles), one.holder_id ? day(one.since, "before the first report") : "–",
      one.holder_id && one.status !== "unknown" ? percent(one.probability) : "–",
    ]) }) : null,
    found.bears.length ? [h("h3", {}, "What bears on this place from outside"), h("ul", {}, found.bears.slice(0, 12).map((one) => bearing(one, reveal)), found.bears.length > 12 ? h("li", {}, `and ${found.bears.length - 12} more`) : null)]
      : h("p", { class: "quiet" }, "Nothing around it bears on who holds this place."),
  ];
}

function bearing(one, reveal) {
  const days = one.first_day === one.last_day ? day(one.first_day) : `${day(one.first_day)} to ${day(one.last_day)}`;
  const effect = one.ratio ? `${one.ratio >= 1 ? one.ratio.toFixed(1) : (1 / one.ratio).toFixed(1)} times as likely where ${one.side_name || "that side"} ${one.ratio >= 1 ? "holds" : "does not hold"} it`
    : `an unreported change to ${one.side_name || "that side"} is likelier on these days (${(one.rate * 100).toFixed(1)} % a day)`;
  return h("li", {}, words(one.sentence), h("span", { class: "quiet" }, ` · ${days} · `), words(effect),
    one.claims.length ? [" · ", one.claims.slice(0, 3).map((id, index) => [index ? ", " : null, claimLink(id, `claim ${id.slice(0, 8)}`, reveal)])] : null);
}

// --------------------------------------------------------------------------------------------------------------- events

/** What happened here, the latest first. */
export async function events(placeId, { signal, styles }) {
  const first = await get(path(placeId, "events"), { ...asked(), limit: 40 }, { signal });
  if (!first.total) return null;
  const shown = table({ label: "Events", numbers: ["witnesses", "outlets"], headers: ["when", "event", "who", "against", "witnesses", "outlets", "denied by"], rows: first.items.map((one) => eventRow(one, styles)) });
  const body = shown.querySelector("tbody"), more = h("p", { class: "noprint" });
  const follow = (page, seen) => {
    more.replaceChildren();
    if (!page.next) return;
    more.append(h("button", { type: "button", on: { click: async () => {
      const next = await get(page.next);
      put(body, [...table({ label: "", headers: ["when", "event", "who", "against", "witnesses", "outlets", "denied by"], numbers: ["witnesses", "outlets"], rows: next.items.map((one) => eventRow(one, styles)) }).querySelectorAll("tbody tr")]);
      follow(next, seen + next.items.length);
    } } }, `Show more (${seen} of ${page.total})`));
  };
  follow(first, first.items.length);
  return [shown, more];
}

function eventRow(one, styles) {
  const when = one.date_from === one.date_to ? day(one.date_to, "no date") : one.date_from ? `${day(one.date_from)} to ${day(one.date_to, "?")}` : `by ${day(one.date_to)}`;
  const style = one.actor_id ? styles.get(one.actor_id) : null;
  return [when, [one.event.replaceAll("_", " "), one.part ? h("span", { class: "quiet" }, " (a part)") : null],
    one.actor_name ? [style ? [chip(style), " "] : null, words(one.actor_name)] : "–", words(one.opponent_name || "–"), String(one.witnesses), String(one.outlets), words([...one.denied_by, ...(one.admitted_by || []).map((by) => `${by} (admits)`)].join("; ") || "–")];
}

// --------------------------------------------------------------------------------------------------------------- counts

/** Counts of smaller places: of this place's parts, and those in which it is counted. */
export async function counts(placeId, { signal, reveal }) {
  const found = await get(path(placeId, "counts"), { ...asked(), limit: 60 }, { signal });
  if (!found.total) return null;
  return [table({ label: "Counts", numbers: ["on record", "likely", "short"], headers: ["day", "count", "of", "for", "claimed by", "on record", "likely", "short", "members"], rows: found.items.map((one) => [
    day(one.day), claimLink(one.claims[0], words(one.text || `${one.part}`), reveal), placeLink(one.place_id, one.place_name), words(one.holder_name),
    [words(one.claimant), one.interested ? h("span", { class: "quiet" }, " (own gain)") : null],
    one.members ? `${one.on_record} of ${one.members}` : "–", one.members ? `${one.expected_low} to ${one.expected_high}` : "–", one.shortfall === null ? "–" : one.shortfall > 0 ? `+${one.shortfall}` : String(one.shortfall),
    members(one),
  ]) }), h("p", { class: "quiet small" }, "On record: members that the record has for that side. Likely: four fifths of the probability lie there. Short: the count less those on record.", found.total > found.items.length ? ` ${found.total - found.items.length} older counts are not shown.` : "")];
}

function members(one) {
  const groups = [["for it", one.held], ["fought over", one.contested], ["with others", one.not_held], ["unknown", one.unknown]].filter(([, names]) => names.length);
  if (!groups.length) return one.note || "–";
  return h("details", {}, h("summary", {}, one.counted ? "this place among them" : "by name"), groups.map(([label, names]) =>
    h("p", { class: "small" }, h("strong", {}, `${label} (${names.length}): `), words(names.slice(0, 40).join(", ")), names.length > 40 ? ` and ${names.length - 40} more` : null)),
  one.note ? h("p", { class: "small quiet" }, words(one.note)) : null);
}

// --------------------------------------------------------------------------------------------------------- consequences

/** What follows from who held the crossings here over a period, in words and tables. */
export async function consequences(placeId, { signal }) {
  const found = await get(path(placeId, "consequences"), asked(), { signal });
  const parts = found.told.filter((one) => typeof one !== "string" || !/^consequences, /.test(one));
  if (!found.items.length && !parts.some((one) => typeof one !== "string")) return null;
  return [
    h("p", { class: "quiet" }, `Over ${day(found.first)} to ${day(found.last)}. Amounts: best (low to high).`),
    parts.filter((one) => !aside(one)).map(sheet),
    folded("Notes", parts.filter((one) => typeof one === "string" && aside(one))),
    folded("Figures left out, and why", parts.filter((one) => typeof one !== "string" && aside(one))),
    h("p", { class: "small noprint" }, h("a", { href: `${path(placeId, "consequences")}?${new URLSearchParams(Object.entries(asked()).filter(([, value]) => value))}` }, `${count(found.items.length, "row")} as JSON`)),
  ];
}

/** Whether a part only explains the others. */
const aside = (one) => (typeof one === "string" ? one.startsWith("note: ") : one.minor);

function sheet(one) {
  if (typeof one === "string") return h("p", { class: "quiet small" }, words(one));
  return [one.title ? h("h3", {}, capital(one.title)) : null,
    table({ label: one.title || "consequences", headers: one.headers, numbers: one.right, rows: one.rows.map((row) => row.map((cell) => words(cell || "–"))) })];
}

const folded = (title, parts) => (parts.length ? h("details", {}, h("summary", {}, `${title} (${parts.length})`), parts.map(sheet)) : null);

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
