// The queue as a list, the foremost first, with what it can be narrowed by.

import { h, show as put } from "../dom.js";
import { count, day, percent } from "../words.js";
import { eventWords, DOUBTS } from "./said.js";

const EVENTS = ["captures", "recaptures", "controls", "contests", "attacks", "besieges", "repels", "withdraws_from",
  "surrenders", "hands_over", "closes", "restricts", "reopens", "flees_across", "displaces"];
const STANCES = ["asserts", "hedges", "denies", "plans"];

/** What the queue may be narrowed by: name in the address and the API, and words. */
export const FILTERS = [
  { name: "place", words: "Place" }, { name: "country", words: "Country", size: 3, hint: "two letters" },
  { name: "event", words: "Event", choices: EVENTS.map((one) => [one, eventWords(one)]) },
  { name: "stance", words: "Stance", choices: STANCES.map((one) => [one, one]) },
  { name: "outlet", words: "Outlet" },
  { name: "doubt", words: "Kind of doubt", choices: Object.entries(DOUBTS) },
  { name: "reviewer", words: "Judged by", hint: "name of a reviewer" },
];

/** The form that narrows the queue; `change(values)` is called with what is asked for. */
export function filters(asked, change) {
  const set = FILTERS.filter((one) => asked[one.name]);
  const form = h("form", { class: "review-filters", on: { submit: (event) => { event.preventDefault(); change(values(form)); } } },
    FILTERS.map((one) => h("label", {}, h("span", {}, one.words), field(one, asked[one.name], () => change(values(form))))),
    h("p", { class: "doors" }, h("button", { type: "submit", class: "main" }, "Narrow"),
      set.length ? h("button", { type: "button", on: { click: () => change({}) } }, "Show all") : null));
  return h("details", { open: set.length > 0 }, h("summary", {}, set.length ? `Narrowed by ${set.map((one) => one.words.toLowerCase()).join(", ")}` : "Narrow"), form);
}

function field({ name, choices, size, hint }, value, changed) {
  if (!choices) return h("input", { name, value: value || "", maxlength: size ? 2 : 200, size: size || 16, placeholder: hint || null, autocomplete: "off" });
  const made = h("select", { name, on: { change: changed } }, h("option", { value: "" }, "any"),
    choices.map(([one, words]) => h("option", { value: one, selected: one === value }, words)));
  return made;
}

const values = (form) => Object.fromEntries(FILTERS.map(({ name }) => [name, form.elements[name].value.trim()]).filter(([, one]) => one));

/** The rows of the list; `open(claimId)` is called for the one that is chosen. Rows that would be the same stay. */
export function rows(list, items, chosen, open) {
  const key = JSON.stringify(items.map((one) => [one.claim_id, one.score, one.doubts.length, one.changed.length]));
  if (list.dataset.key === key) {
    for (const one of list.querySelectorAll("[data-claim]")) {
      if (one.dataset.claim === chosen) one.setAttribute("aria-current", "true"); else one.removeAttribute("aria-current");
    }
    return;
  }
  list.dataset.key = key;
  put(list, items.map((one) => h("li", {}, h("button", {
    type: "button", class: "queue-row", "aria-current": one.claim_id === chosen ? "true" : null,
    "data-claim": one.claim_id, on: { click: () => open(one.claim_id) },
  },
  h("span", { class: "queue-head" },
    h("strong", {}, h("bdi", {}, one.place_name || one.place)),
    one.refused ? h("span", { class: "tag warned" }, "no place") : null,
    h("span", { class: "queue-score", title: `effect ${percent(one.effect)} × doubt ${percent(one.doubt)}` }, bar(one), h("span", { class: "unseen" }, `effect ${percent(one.effect)}, doubt ${percent(one.doubt)}`))),
  h("span", { class: "queue-deed" }, deed(one)),
  h("span", { class: "queue-why" }, why(one))))));
}

/** `Taliban · captures · 8 Jul 2021`. */
export const deed = (one) => h("bdi", {}, [one.actor_name, one.stance === "asserts" ? eventWords(one.event) : `${eventWords(one.event)} (${one.stance})`,
  one.date_to ? day(one.date_to) : null].filter(Boolean).join(" · "));

function why(one) {
  const turns = one.changed.filter((it) => it.turns).length;
  const kinds = one.doubts.map((it) => DOUBTS[it.kind] || it.kind);
  return [turns ? `${count(turns, "answer")} would turn` : null, ...kinds.slice(0, 2)].filter(Boolean).join(" · ") || "a look may help";
}

const bar = (one) => h("span", { class: "queue-bar", "aria-hidden": "true" }, h("span", { style: { width: `${Math.max(4, Math.round(Math.min(one.score * 1.6, 1) * 100))}%` } }));
