// What the address of the search asks for, and the addresses that ask for a little more or less.

import { address } from "../api.js";

/** Filters of claims that may have several values, in the order in which they are shown. */
export const FILTERS = ["event", "stance", "party", "outlet", "country", "class", "place", "speaker", "side"];
/** Words for each. */
export const LABELS = {
  event: "Event", stance: "Stance", party: "Party", outlet: "Outlet", country: "Country", class: "Kind of speaker",
  place: "Place", speaker: "Speaker", side: "Speaks for", from: "Published from", to: "Published to",
};
export const KINDS = [["", "All"], ["place", "Places"], ["party", "Parties"], ["claim", "Claims"], ["article", "Reports"]];
/** Results of each kind where all are shown together, and on a page of one kind. */
export const FEW = 5;
export const MANY = 20;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The question of an address. */
export function question(query) {
  const one = (name) => query.get(name) || "";
  const kind = KINDS.some(([value]) => value === one("kind")) ? one("kind") : "";
  const day = (name) => (DAY.test(one(name)) ? one(name) : "");
  return {
    q: one("q").slice(0, 200), kind, from: day("from"), to: day("to"), at: day("at"), known: day("known"),
    order: one("order") === "newest" ? "newest" : "", offset: kind ? Math.max(0, Number.parseInt(one("offset"), 10) || 0) : 0,
    ...Object.fromEntries(FILTERS.map((name) => [name, [...new Set(query.getAll(name).filter(Boolean))].slice(0, 20)])),
  };
}

/** The address of this page with some of the question changed; the first page again unless `offset` is given. */
export const link = (asked, changes = {}) => address("/search", { ...asked, ...changes, offset: changes.offset || "" });

/** The question as parameters of the API. */
export function parameters(asked) {
  const { known, ...rest } = asked;
  return { ...rest, known_at: known, limit: asked.kind ? MANY : FEW, offset: asked.offset || "" };
}

/** Whether anything is asked. */
export const asksAnything = (asked) => Boolean(asked.q.trim() || asked.from || asked.to || FILTERS.some((name) => asked[name].length));

/** The question with a value of a filter put in, or taken out where it is in. */
export const toggled = (asked, name, value) => ({
  [name]: asked[name].includes(value) ? asked[name].filter((one) => one !== value) : [...asked[name], value],
});

/** The question without filters. */
export const bare = { ...Object.fromEntries(FILTERS.map((name) => [name, []])), from: "", to: "" };
