// A brief on some days of knowledge: as a page that prints well, and as Markdown and DOCX files.

import { about, address, get, Problem } from "../api.js";
import { dayInput, field, move, narrowing, progress, values } from "../changes/filters.js";
import { blocks } from "../changes/brief_blocks.js";
import { h, put, show as fill } from "../dom.js";
import { iso, ordinal } from "../place_in_time.js";
import { day } from "../words.js";

/** Show the brief that the address asks for; without days in it, that of the last week on record. */
export async function show(root, { query }) {
  document.title = "Brief - Marchland";
  const told = await about();
  const asked = Object.fromEntries(["from", "to", "country", "place", "party"].map((name) => [name, query.get(name)]));
  asked.to ||= query.get("known") || told.last_day;
  asked.from ||= asked.to ? iso(ordinal(asked.to) - 6) : null;
  const page = { asked, told, closed: false, timer: 0, paper: h("article", { class: "brief", "aria-busy": "true" }), doors: h("p", { class: "brief-doors" }) };
  put(root, h("div", { class: "sheet brief-page" }, await form(page, query), page.doors, page.paper));
  if (!asked.to) { fill(page.paper, h("h1", {}, "Brief"), h("p", {}, "Nothing is on record yet.")); return null; }
  await load(page);
  const changed = () => load(page).catch(() => {});
  window.addEventListener("marchland:changed", changed);
  return () => { page.closed = true; clearTimeout(page.timer); window.removeEventListener("marchland:changed", changed); };
}

async function form(page, query) {
  const { asked, told } = page;
  const made = h("form", { class: "filters", "aria-label": "Which brief" },
    field("First day", dayInput("from", asked.from, { required: true })), field("Last day", dayInput("to", asked.to, { required: true })),
    await narrowing(query), h("button", { class: "main" }, "Make the brief"));
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    const found = await values(made);
    if (found) move("/brief", { ...found, at: query.get("at"), known: query.get("known") });
  });
  const last = told.last_day;
  const span = (words, days) => h("button", { type: "button", on: { click: () => move("/brief", { ...page.asked, from: days ? iso(ordinal(last) - days + 1) : told.first_day, to: last }) } }, words);
  return h("div", { class: "brief-form" }, made, last && h("p", { class: "presets" }, span("Last day", 1), " ", span("Last week", 7), " ", span("Last 30 days", 30), " ", span("Whole record", 0)));
}

async function load(page) {
  clearTimeout(page.timer);
  page.paper.setAttribute("aria-busy", "true");
  if (!page.paper.childNodes.length) fill(page.paper, h("p", { class: "busy" }, " The brief is being made."));
  let made = null;
  try {
    made = await get("/api/brief", page.asked);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 503 || !error.told.waiting) throw error;
    if (page.closed) return;
    progress(page.paper, error.told.waiting, error.told.places, "What was known before these days is being worked out");
    page.timer = setTimeout(() => load(page).catch(() => {}), 3000);
    return;
  }
  if (page.closed) return;
  document.title = `${made.title} - Marchland`;
  doors(page);
  draw(page.paper, made);
  page.paper.removeAttribute("aria-busy");
}

function doors(page) {
  const file = (ending, words) => h("a", { class: "button", href: address(`/api/brief.${ending}`, page.asked), download: "" }, words);
  fill(page.doors, h("button", { type: "button", class: "main", on: { click: () => print() } }, "Print"), " ", file("md", "Markdown"), " ", file("docx", "DOCX"), " ",
    h("a", { class: "button", href: address("/changes", { since: iso(ordinal(page.asked.from) - 1), known: page.asked.to, country: page.asked.country, place: page.asked.place, party: page.asked.party }) }, "As a list of changes"));
}

function draw(paper, made) {
  fill(paper, h("header", {}, h("h1", {}, made.title), made.clocks.map((one) => h("p", { class: "clocks-note" }, one))),
    h("section", { class: "brief-short" }, h("h2", {}, "In short"), h("ul", {}, made.summary.map((one) => h("li", {}, one)))), blocks(made.blocks),
    made.left_out ? h("p", { class: "quiet" }, `Told one by one: ${made.changes} changes; left out: ${made.left_out}.`) : null,
    h("footer", { class: "brief-foot quiet" }, `Marchland, knowledge of ${day(made.last)}.`));
}
