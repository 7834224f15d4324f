// What changed between two days of knowledge: since the last visit, by place or by day, with the sentences that did it.

import { about, get } from "../api.js";
import { chips, choice, countryName, dayInput, field, move, narrowing, progress, values } from "../changes/filters.js";
import { grouped, kinds } from "../changes/list.js";
import { strip } from "../changes/strip.js";
import { lastVisit } from "../changes/visit.js";
import { h, put, show as fill } from "../dom.js";
import { holders } from "../holders.js";
import { iso, ordinal } from "../place_in_time.js";
import { count, day } from "../words.js";

const PAGE = 60;
const NAMES = ["since", "known", "at", "by", "country", "place", "party", "kind", "late"];

/** Show the changes that the address asks for; without a day in it, since the last visit, else of the last week. */
export async function show(root, { query }) {
  document.title = "Changes - Marchland";
  const told = await about(), visit = lastVisit(told), styles = await holders();
  const asked = Object.fromEntries(NAMES.map((name) => [name, query.get(name)]));
  asked.known ||= query.get("known_at") || query.get("until");
  const last = asked.known || told.last_day;
  asked.since ||= last ? since(visit, last) : null;
  const page = { asked, styles, told, next: null, items: [], timer: 0, closed: false };
  page.head = h("p", { class: "changes-count", role: "status" });
  page.note = h("div");
  page.strip = h("div");
  page.list = h("div", { class: "changes-list", "aria-busy": "true" });
  page.more = h("p");
  page.legend = h("p", { class: "quiet" }, "Figures beside a sentence: by how much it moved the log-odds of the holder. “Rests on it”: without it the change would not be there.");
  put(root, h("div", { class: "sheet changes-page" }, h("h1", {}, "What changed"), last && presets(page, visit, last), await form(page, query), chosen(query),
    page.head, page.note, page.strip, page.list, page.more, page.legend));
  if (!last) { fill(page.head, "Nothing is on record yet."); page.list.removeAttribute("aria-busy"); return null; }
  await load(page);
  return leaving(page);
}

/** The earlier day where none is asked for: that of the last visit if the record went on since, else a week before. */
const since = (visit, last) => (visit && visit.day < last ? visit.day : iso(ordinal(last) - 7));

function presets(page, visit, last) {
  const link = (words, value) => h("button", { type: "button", "aria-pressed": String(page.asked.since === value), on: { click: () => move("/changes", { ...page.asked, since: value }) } }, words);
  const ago = (days) => iso(ordinal(last) - days);
  const seen = visit && visit.day <= last && link(`Since your last visit on ${day(visit.when)}`, visit.day);
  const earlier = visit && visit.day === last && visit.revision !== page.told.revision
    ? h("p", { class: "quiet" }, `Since then the record changed without reaching a later day than ${day(last)}: reports of earlier days came in, or people corrected it. Choose an earlier day to see these.`) : null;
  return h("div", { class: "presets" }, h("p", {}, seen, " ", link("Since the day before", ago(1)), " ", link("Last week", ago(7)), " ", link("Last month", ago(30)), " ",
    link("From the beginning", "0001-01-01")), earlier);
}

async function form(page, query) {
  const { asked, told } = page;
  const made = h("form", { class: "filters", "aria-label": "Which changes" },
    field("Known after", dayInput("since", asked.since === "0001-01-01" ? "" : asked.since)),
    field("Known by", dayInput("known", asked.known)),
    field("Only what held on", dayInput("at", asked.at)),
    field("List", choice("by", [["", "by place"], ["day", "by the day told of"], ["known", "by the day it became known"]], asked.by)),
    await narrowing(query),
    field("Kind", choice("kind", [["", "every kind"], ...kinds], asked.kind)),
    h("label", { class: "field tick" }, h("input", { type: "checkbox", name: "late", value: "true", checked: asked.late === "true" }), " late reports only"),
    h("button", { class: "main" }, "Show"));
  const send = async () => { const found = await values(made); if (found) move("/changes", { since: "0001-01-01", ...found, ...(found.since ? {} : { since: "0001-01-01" }) }); };
  made.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  made.addEventListener("change", (event) => { if (event.target.matches("select, input[type=checkbox]")) send(); });
  return h("details", { class: "filters-box", open: innerWidth > 700 || null }, h("summary", {}, "Days and filters"), made);
}

const chosen = (query) => chips("/changes", query, { at: (one) => `what held on ${day(one)}`, country: countryName, place: (one) => one, party: (one) => `what ${one} gained or lost`, kind: (one) => Object.fromEntries(kinds)[one] || one, late: () => "late reports" });

function params(page) {
  const { since: from, known, at, by, country, place, party, kind, late } = page.asked;
  return { since: from, until: known, at, by: by || "place", country, place, party, kind, late, limit: PAGE };
}

/** The first page of the list; asked again while an earlier day is still being worked out. */
async function load(page) {
  clearTimeout(page.timer);
  page.list.setAttribute("aria-busy", "true");
  if (!page.items.length) fill(page.head, h("span", { class: "busy" }, " The two days are being compared."));
  const found = await get("/api/changes", params(page));
  if (page.closed) return;
  page.items = found.items;
  page.next = found.next;
  summary(page, found);
  draw(page);
  if (found.waiting) {
    progress(page.note, found.waiting, found.places_on_record, `What was known on ${day(found.since || found.until)} is being worked out; places with news come first`);
    page.timer = setTimeout(() => load(page).catch(() => {}), 3000);
  } else fill(page.note);
  days(page, found).catch(() => {});
}

function summary(page, found) {
  const span = found.since ? `after ${day(found.since)}, up to ${day(found.until)}` : `up to ${day(found.until)}`;
  const head = found.total ? `${count(found.total, "change")} at ${count(found.places, "place")} became known ${span}` : `Nothing that became known ${span} changed the record`;
  const late = found.late ? `; ${count(found.late, "late report")} of earlier days` : "";
  fill(page.head, `${head}${late}.`);
}

function draw(page) {
  const open = new Set([...page.list.querySelectorAll("details[open]")].map((one) => one.parentElement.id));
  fill(page.list, grouped(page.items, page.asked.by || "place", page.styles));
  for (const id of open) page.list.querySelector(`#${CSS.escape(id)} > details`)?.setAttribute("open", "");
  page.list.removeAttribute("aria-busy");
  const all = [...page.list.querySelectorAll(".changes details")];
  const unfold = (value) => { for (const one of page.list.querySelectorAll(".changes details")) one.open = value; };
  fill(page.more, page.next && h("button", { type: "button", on: { click: () => more(page) } }, "Show more"), " ",
    all.length > 0 && h("button", { type: "button", on: { click: () => unfold(true) } }, "Open all sentences"), " ", all.length > 0 && h("button", { type: "button", on: { click: () => unfold(false) } }, "Close all"), " ",
    h("a", { class: "button", href: brief(page) }, "As a brief"));
}

function brief(page) {
  const { country, place, party, since: from, known } = page.asked;
  const query = new URLSearchParams();
  const first = from && from !== "0001-01-01" ? iso(ordinal(from) + 1) : page.told.first_day;
  for (const [name, value] of Object.entries({ from: first, to: known || page.told.last_day, country, place, party })) if (value) query.set(name, value);
  return `/brief?${query}`;
}

async function more(page) {
  const found = await get(page.next);
  page.items = [...page.items, ...found.items];
  page.next = found.next;
  draw(page);
}

/** The strip of days, from the beginning of the record. */
async function days(page, found) {
  const { country, place, party } = page.asked;
  const told = await get("/api/changes/days", { country, place, party });
  if (!page.closed) fill(page.strip, strip(told.known, { since: found.since, until: found.until, pick: (one) => move("/changes", { ...page.asked, since: one }) }));
}

/** Listen until the page is left: to the record, and to printing, which opens all sentences. */
function leaving(page) {
  const changed = () => load(page).catch(() => {});
  const print = () => { for (const one of page.list.querySelectorAll("details")) one.open = true; };
  window.addEventListener("marchland:changed", changed);
  window.addEventListener("beforeprint", print);
  return () => {
    page.closed = true;
    clearTimeout(page.timer);
    window.removeEventListener("marchland:changed", changed);
    window.removeEventListener("beforeprint", print);
  };
}
