// The search: one field with suggestions, what was found kind by kind, and counts by which it can be narrowed. All of
// the question stands in the address.

import { Problem, about, get } from "../api.js";
import { h, show as put } from "../dom.js";
import { here } from "../place_in_time.js";
import { count } from "../words.js";
import { lifted, narrowing } from "../search/narrow.js";
import { LABELS, asksAnything, bare, link, parameters, question } from "../search/question.js";
import { kinds, paging, results } from "../search/results.js";
import { suggesting } from "../search/suggest.js";

const AGAIN = 1500;

/** Show the search of the address. */
export async function show(root) {
  document.title = "Search · Marchland";
  const page = { asked: question(new URLSearchParams(location.search)), turn: 0, waiting: 0, stopped: null };
  const input = h("input", { type: "search", name: "q", id: "search-words", maxlength: 200, value: page.asked.q, placeholder: "Place, party, outlet, or words of a report" });
  page.input = input;
  page.narrow = h("details", { class: "narrow card noprint" }, h("summary", {}, "Filters"), page.filters = h("div"));
  page.narrow.open = matchMedia("(min-width: 900px)").matches;
  page.status = h("p", { class: "found quiet", role: "status", "aria-live": "polite" });
  page.body = h("div", { class: "found-body" });
  const form = h("form", { class: "ask", role: "search", "aria-label": "The record", on: { submit: (event) => { event.preventDefault(); move(page, link(page.asked, { q: input.value.trim() })); } } },
    h("label", { for: "search-words", class: "unseen" }, "Words to search for"),
    h("div", { class: "field" }, input, suggesting(input, (url) => taken(url))), h("button", { class: "main", type: "submit" }, "Search"),
    h("p", { class: "hint quiet" }, "All words must be there. ", h("code", {}, '"words in a row"'), ", ", h("code", {}, "begin*"), ", ", h("code", {}, "-without"), "; accents and case make no difference."));
  put(root, h("div", { class: "sheet search-page" }, h("h1", {}, "Search the record"), form,
    h("div", { class: "columns" }, page.narrow, h("div", { class: "main-column" }, page.status, page.body))));
  root.addEventListener("click", page.clicked = (event) => stay(page, event));
  if (!asksAnything(page.asked)) input.focus();
  await load(page);
  return listening(page, root);
}

const taken = (url) => window.dispatchEvent(new CustomEvent("marchland:go", { detail: { url } }));

/** Ask what the address asks, and show it. */
async function load(page) {
  const mine = ++page.turn;
  clearTimeout(page.waiting);
  page.stopped?.abort();
  page.stopped = new AbortController();
  const { asked } = page;
  if (!asksAnything(asked)) { await welcome(page, mine); return; }
  page.body.setAttribute("aria-busy", "true");
  try {
    const found = await get("/api/search", parameters(asked), { signal: page.stopped.signal });
    if (mine === page.turn) present(page, found);
  } catch (error) {
    if (error.name === "AbortError" || mine !== page.turn) return;
    if (!(error instanceof Problem)) throw error;
    put(page.status);
    put(page.body, h("p", { class: "problem", role: "alert" }, error.message));
  } finally {
    if (mine === page.turn) page.body.removeAttribute("aria-busy");
  }
}

function present(page, found) {
  const { asked } = page;
  const focused = document.activeElement?.dataset?.stay;
  document.title = `${asked.q || "Search"} · Marchland`;
  page.narrow.hidden = false;
  put(page.filters, narrowing(found, asked, (changes) => move(page, link(page.asked, changes))));
  const total = Object.values(found.totals).reduce((sum, one) => sum + one, 0);
  put(page.status, total ? told(found, asked) : "Nothing found.");
  put(page.body, unfinished(found), lifted(found, asked), total ? instead(found, asked) : null, kinds(found, asked), results(found, asked), paging(found, asked), found.totals.claim || found.totals.article ? null : nothing(found, asked, total));
  if (focused) [...page.narrow.querySelectorAll("[data-stay]"), ...page.body.querySelectorAll("[data-stay]")].find((one) => one.dataset.stay === focused)?.focus({ preventScroll: true });
  if (!found.index.complete) page.waiting = setTimeout(() => load(page), AGAIN);
}

function told(found, asked) {
  const parts = [["place", "place"], ["party", "party", "parties"], ["claim", "claim"], ["article", "report"]];
  return `Found ${parts.filter(([kind]) => found.totals[kind]).map(([kind, one, many]) => count(found.totals[kind], one, many)).join(", ")}${asked.q ? ` for “${asked.q}”` : ""}.`;
}

const unfinished = (found) => (found.index.complete ? null : h("p", { class: "problem", role: "status" },
  `The index of words is being made: ${found.index.articles.toLocaleString("en")} of ${count(found.index.of, "report")} so far. More may be found in a moment.`));

/** What to do where nothing was found. */
function nothing(found, asked, total) {
  const ways = [];
  if (asked.at || asked.known) ways.push(h("li", {}, h("a", { href: link(asked, { at: "", known: "" }) }, "search without the clocks"), ": only what had happened, or was known, by a day is searched"));
  if (asked.q.includes('"')) ways.push(h("li", {}, h("a", { href: link(asked, { q: asked.q.replaceAll('"', "") }) }, "search for the words anywhere"), ", not in a row"));
  if (asked.q.trim().includes(" ")) ways.push(h("li", {}, "use fewer words: all of them must stand in one sentence, or in one report"));
  ways.push(h("li", {}, "end a word with * for everything that begins so"), h("li", {}, "the record has only what reports that were read say; ", h("a", { href: here("/record") }, "what was not read, and why")));
  return h("div", { class: "card" }, total ? null : instead(found, asked), h("h2", {}, total ? "No claim and no report fits" : "Nothing found"), h("p", {}, "What may help:"), h("ul", {}, ways));
}

/** Other questions that find something. */
function instead(found, asked) {
  return found.instead.map((one) => h("p", { class: "instead" }, one.why === "filters"
    ? ["Without the filters: ", h("a", { href: link(asked, bare) }, `${one.q} (${one.claims.toLocaleString("en")})`)]
    : ["Did you mean ", h("a", { href: link(asked, { q: one.q }) }, h("strong", {}, one.q)), ` (${one.claims.toLocaleString("en")})?`]));
}

/** Before anything is asked: what can be. */
async function welcome(page, mine) {
  const record = await about();
  if (mine !== page.turn) return;
  document.title = "Search · Marchland";
  page.narrow.hidden = true;
  put(page.status, `${count(record.claims, "claim")} in ${count(record.articles, "report")} about ${count(record.places, "place")}.`);
  const all = (name, value, shown) => h("li", {}, h("a", { class: "filter", href: link(page.asked, { [name]: [value] }) }, h("bdi", {}, shown || value)));
  const group = (label, items) => (items.length ? h("section", { class: "begin" }, h("h2", {}, label), h("ul", { class: "lifted" }, items)) : null);
  put(page.body, h("div", { class: "card" },
    group("Denied, doubted, planned", [all("stance", "denies", "denials"), all("stance", "hedges", "hedged claims"), all("stance", "plans", "plans")]),
    group("By what happened", ["captures", "controls", "besieges", "withdraws_from", "closes", "reopens"].map((one) => all("event", one, one.replaceAll("_", " ")))),
    group(LABELS.party, record.holders.slice(0, 12).map((one) => all("party", one.id, one.name))),
    group(LABELS.country, record.countries.slice(0, 30).map((one) => all("country", one)))));
}

// ------------------------------------------------------------------------------------------------------------ addresses

/** Go to another question on this page, with a step in the history. */
function move(page, url) {
  history.pushState(null, "", url);
  renewed(page);
}

function renewed(page) {
  page.asked = question(new URLSearchParams(location.search));
  page.input.value = page.asked.q;
  load(page);
}

/** Links that ask something else of this page change the results alone: what has the focus keeps it. */
function stay(page, event) {
  const found = event.target.closest?.("a[href]");
  if (!found || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(found.href);
  if (url.origin !== location.origin || url.pathname !== "/search") return;
  event.preventDefault();
  move(page, url.pathname + url.search);
  if (!found.dataset.stay || found.rel) scrollTo(0, 0);
}

function listening(page, root) {
  const again = () => load(page);
  const clocks = () => renewed(page);
  window.addEventListener("marchland:changed", again);
  window.addEventListener("marchland:clocks", clocks);
  return () => {
    page.turn += 1;
    clearTimeout(page.waiting);
    page.stopped?.abort();
    root.removeEventListener("click", page.clicked);
    window.removeEventListener("marchland:changed", again);
    window.removeEventListener("marchland:clocks", clocks);
  };
}
