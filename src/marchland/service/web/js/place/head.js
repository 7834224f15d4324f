// The head of a place's page: which place it is, both clocks, and who held it, in one sentence.

import { get } from "../api.js";
import { h, show as put } from "../dom.js";
import { chip } from "../holders.js";
import { asked, clocks, here, setClocks } from "../place_in_time.js";
import { count, day, percent } from "../words.js";
import { words } from "./section.js";

const STATUS = {
  held: "held by", claimed: "claimed, by its own side only, for", contested: "contested; most likely", besieged: "under siege, held by",
};
const FEW = 8;

/** The head of a place: `{element, update(card, styles)}`. */
export function head(placeId) {
  const name = h("h1", {});
  const where = h("p", { class: "quiet" });
  const names = h("div", {});
  const verdict = h("div", { class: "verdict", role: "status", "aria-live": "polite" });
  const form = clockForm();
  const onward = h("p", { class: "doors noprint" });
  const element = h("header", { class: "card place-head" },
    h("div", { class: "place-title" }, h("div", {}, name, where, names), onward), form.element, verdict);
  return {
    element,
    update(card, styles) {
      put(name, words(card.name));
      put(where, whereWords(card));
      put(names, otherNames(card));
      form.update(card);
      put(onward, doors(placeId));
      put(verdict, ...sentence(card, styles));
      document.title = `${card.name} · Marchland`;
    },
    failed: (why) => put(verdict, h("p", { class: "problem" }, why)),
  };
}

export const load = (placeId, signal) => get(`/api/places/${encodeURIComponent(placeId)}`, asked(), { signal });

const doors = (placeId) => [
  h("a", { class: "button", href: here("/", { place: placeId }) }, "On the map"),
  h("a", { class: "button", href: here("/changes", { place: placeId }) }, "What changed"),
  h("a", { class: "button", href: here("/brief", { place: placeId }) }, "Brief"),
  h("button", { type: "button", on: { click: () => window.print() } }, "Print"),
];

function whereWords(card) {
  const parts = [card.kind, card.admin1, card.country].filter(Boolean);
  const point = card.lat === null ? null : `${Math.abs(card.lat).toFixed(3)}° ${card.lat < 0 ? "S" : "N"}, ${Math.abs(card.lon).toFixed(3)}° ${card.lon < 0 ? "W" : "E"}`;
  return [words(parts.join(", ") || "place"), point ? ` · ${point}` : " · no point known", ` · ${card.place_id}`];
}

function otherNames(card) {
  const others = [...new Set(card.aliases)].filter((one) => one !== card.name);
  if (!others.length) return null;
  const list = others.flatMap((one, index) => [index ? ", " : null, words(one)]);
  if (others.length <= FEW) return h("p", { class: "quiet small" }, "also written ", list);
  return h("details", { class: "small" }, h("summary", {}, `also written in ${count(others.length, "other way")}`), h("p", { class: "quiet" }, list));
}

// ------------------------------------------------------------------------------------------------------- the verdict

function sentence(card, styles) {
  const style = card.holder_id ? styles.get(card.holder_id) : null;
  return [
    h("p", { class: "strong-word" }, mark(card, style), " ", h("span", {}, statusWords(card))),
    h("p", { class: "quiet" }, support(card)),
    card.status === "unknown" || card.ended ? null : meter(card.probability),
  ];
}

function mark(card, style) {
  if (card.ended || (card.status === "unknown" && !card.presumed)) return chip(null, "holder unknown");
  return card.holder_id ? chip(style || { letter: "•", colour: 7, name: card.holder_name }, card.holder_name) : chip(null, card.status);
}

function statusWords(card) {
  const holder = h("strong", {}, words(card.holder_name || "nobody named"));
  const on = `On ${day(card.at)}`;
  const since = sinceWords(card);
  if (card.ended) return [`${on} the holder is unknown: the last on record, `, holder, `, ended on ${day(card.ended)}.`];
  if (card.presumed) return [`${on} the holder is unknown; presumably `, holder, ` (${percent(card.probability)}): no claim on record says who stood there.`];
  if (card.status === "unknown" || (card.status === "held" && !card.holder_name)) {
    return [`${on} the holder is `, h("strong", {}, "unknown"), card.reason ? `: ${card.reason}.` : "."];
  }
  if (card.status === "abandoned") return [`${on} it was `, h("strong", {}, "abandoned: held by nobody"), since, "."];
  return [`${on} it was ${STATUS[card.status] || `${card.status},`} `, holder, since, "."];
}

function sinceWords(card) {
  const { since, from_earliest: first, from_latest: last } = card;
  if (!since && last) return [" since ", h("strong", {}, first && first !== last ? `some day between ${day(first)} and ${day(last)}` : `${day(last)} at the latest`)];
  if (!since) return ", since before the first report";
  const wide = first && last && first !== last;
  return [" since ", h("strong", {}, day(since)), wide ? ` (between ${day(first)} and ${day(last)})` : null];
}

function support(card) {
  const parts = [
    card.witnesses ? `borne out by ${count(card.witnesses, "witness", "witnesses")}` : null,
    card.last_confirmed ? `last confirmed for ${day(card.last_confirmed)}` : card.holder_id && !card.presumed ? "confirmed by nobody since" : null,
    card.denials ? `denied by ${count(card.denials, "witness", "witnesses")}` : null,
    card.against ? `${count(card.against, "other witness", "other witnesses")} against it` : null,
    `${count(card.claims, "claim")} on record${card.known_at ? ` by ${day(card.known_at)}` : ""}`,
  ].filter(Boolean).join("; ");
  return `${parts[0].toUpperCase()}${parts.slice(1)}.`;
}

function meter(share) {
  return h("p", { class: "sure" }, h("span", { class: "sure-word" }, percent(share)),
    h("meter", { min: 0, max: 1, value: share, "aria-label": `Probability ${percent(share)}` }), h("span", { class: "quiet" }, " sure"));
}

// --------------------------------------------------------------------------------------------------------- the clocks

/** Two days to choose, kept in the address: `{element, update(card)}`. */
export function clockForm() {
  const at = h("input", { type: "date", id: "clock-at", name: "at", min: "1000-01-01", max: "2999-12-31" });
  const known = h("input", { type: "date", id: "clock-known", name: "known", min: "1000-01-01", max: "2999-12-31" });
  const words = h("span", { class: "quiet" });
  const set = (name, input) => () => { if (!input.value || input.validity.valid) setClocks({ [name]: input.value || null }); };
  at.addEventListener("change", set("at", at));
  known.addEventListener("change", set("known", known));
  const now = (name, label, title) => h("button", { type: "button", title, on: { click: () => setClocks({ [name]: null }) } }, label);
  const element = h("form", { class: "clocks", "aria-label": "Clocks", on: { submit: (event) => event.preventDefault() } },
    h("span", { class: "clock" }, h("label", { for: "clock-at" }, "Held on"), at, now("at", "last day", "The last day on record")),
    h("span", { class: "clock" }, h("label", { for: "clock-known" }, "as known by"), known, now("known", "now", "Everything on record")), words);
  return {
    element,
    update(card) {
      at.value = card.at || clocks().at || "";
      known.value = clocks().known || "";
      put(words, clocks().known ? "Only what was published by that day counts." : "Everything on record counts.");
    },
  };
}
