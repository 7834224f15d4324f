// What the record says of a place on a day, in words.

import { day, percent } from "../words.js";
import { iso } from "../place_in_time.js";

const SAID = { held: "held by", claimed: "claimed only by its own side for", contested: "contested, most likely", besieged: "besieged, held by" };
const STATUS_WORDS = { held: "held", claimed: "only claimed", contested: "contested", besieged: "besieged", abandoned: "abandoned", unknown: "unknown", waiting: "being worked out" };
const NOT_YET = 255, WAITING = 254;

/** Status of a place in words of the record; "waiting" while it is worked out, null where nothing was on record then. */
export const statusOf = (record, code) => (code === NOT_YET ? null : code === WAITING ? "waiting" : record.statuses[code]);

/** `held by …`, `contested, most likely …`, `holder unknown`. */
export function verdict(record, state, index) {
  const status = statusOf(record, state.status[index]), holder = state.holder[index];
  if (status === null) return "nothing on record";
  if (status === "waiting") return "still being worked out";
  if (status === "abandoned") return "abandoned";
  if (status === "unknown" || holder < 0) return "holder unknown";
  return `${SAID[status] || status} ${record.holders[holder].name}`;
}

export const statusWords = (status) => STATUS_WORDS[status] || status;

/** `Town in Kunduz, AF`, as far as known. */
export function about(record, index) {
  const { kind, admin1, country } = record.places;
  const words = record.kinds[kind[index]] || "place";
  return [words.charAt(0).toUpperCase() + words.slice(1), admin1[index], country[index]].filter(Boolean).join(", ");
}

/** The spell in which a place is, with its days; null where none covers the day. */
export const spellOf = (record, state, index) => (state.spell[index] < 0 ? null : record.spellAt(state.spell[index]));

const date = (ordinal) => day(iso(ordinal));

/** Since when a spell stands, with the days between which it began. */
export function since(spell) {
  if (!spell || spell.from === null) return "before the first report";
  if (spell.early !== null && spell.late !== null && spell.early !== spell.late) {
    return `${date(spell.from)} (between ${date(spell.early)} and ${date(spell.late)})`;
  }
  return date(spell.from);
}

/** The end of a spell; null while it lasts, and for one that only silence would end after the `last` day that is known of. */
const until = (spell, last) => (!spell || spell.until === null || spell.until > last ? null : date(spell.until));

/** Facts of a spell as `[name, words]`, from what is known up to the `last` day. */
export function facts(spell, share, last) {
  return [
    ["since", since(spell)], ["until", until(spell, last)],
    ["probability", percent(share)], ["last confirmed", spell?.confirmed === null || !spell ? null : date(spell.confirmed)],
  ].filter(([, words]) => words);
}

/** Whether one may pass a crossing, from its lanes: open, closed, restricted or unknown. */
export function passage(lanes) {
  const states = new Set(lanes.map((lane) => lane.state).filter((state) => state !== "unknown"));
  if (!states.size) return "unknown";
  return states.size > 1 || states.has("restricted") ? "restricted" : [...states][0];
}

/** The far post of a crossing and its passage. The near post is held as the place is, on every day; the far one may be presumed only. */
export function crossingFaces(lanes) {
  const first = lanes[0];
  if (!first) return { far: -1, presumed: false, passage: "unknown" };
  const presumed = first.b_holder < 0;
  return { far: presumed ? first.b_presumed : first.b_holder, presumed, passage: passage(lanes) };
}
