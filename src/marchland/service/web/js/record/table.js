// One list of the record as a table: filters that stand in the address, page by page.

import { address, get } from "../api.js";
import { h, show as put } from "../dom.js";
import { holders } from "../holders.js";
import { clocks, here } from "../place_in_time.js";
import { day } from "../words.js";
import { rangeWords } from "./lists.js";

const go = (url) => window.dispatchEvent(new CustomEvent("marchland:go", { detail: { url } }));

/** Fill `body` with the list that the address asks for. */
export async function table(body, list, name, words, query) {
  const limit = list.limit || 50;
  const offset = /^\d{1,7}$/.test(query.get("offset") || "") ? Number(query.get("offset")) : 0;
  const filters = [...list.filters, ...(list.holder ? [["holder", "Holder", { choices: [...(await holders()).values()].map((one) => [one.id, one.name]) }]] : [])];
  const given = Object.fromEntries(filters.map(([key]) => [key, query.get(key) || ""]));
  const asked = { ...given, ...days(list), limit, offset: offset || null };
  const told = await get(list.path, asked).catch((error) => ({ problem: error.message }));
  if (told.problem) {
    put(body, filters.length ? form(filters, given, name) : null, h("p", { class: "problem", role: "alert" }, told.problem));
    return;
  }
  const kept = { list: name, ...given };
  put(body, filters.length ? form(filters, given, name) : null,
    h("section", { "aria-label": words },
      h("p", { class: "lead quiet" }, h("strong", {}, `${words}. `), rangeWords(offset, told.items.length, told.total), clockWords(list), " ",
        h("a", { href: address(list.path, asked) }, "as JSON")),
      told.items.length ? rows(list, told.items, words) : h("p", { class: "card" }, "Nothing on record is so."),
      pager(told, offset, limit, kept)));
}

function days(list) {
  const { at, known } = clocks();
  return { ...(list.clocks.includes("at") ? { at } : {}), ...(list.clocks.includes("known_at") ? { known_at: known } : {}) };
}

function clockWords(list) {
  const { at, known } = days_(list);
  return `${at ? `, on ${day(at)}` : ""}${known ? `, as known by ${day(known)}` : ""}.`;
}

const days_ = (list) => { const found = days(list); return { at: found.at, known: found.known_at }; };

function rows(list, items, words) {
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `Table: ${words}` },
    h("table", { class: "listed" },
      h("thead", {}, h("tr", {}, list.columns.map(([heading, , kind]) => h("th", { scope: "col", class: kind || null }, heading)))),
      h("tbody", {}, items.map((row) => h("tr", {}, list.columns.map(([, cell, kind]) => h("td", { class: kind || null }, cell(row))))))));
}

function pager(told, offset, limit, kept) {
  if (!offset && !told.next) return null;
  const page = (at, words, rel) => h("a", { class: "button", rel, href: here("/record", { ...kept, offset: at || null }) }, words);
  return h("nav", { class: "pager", "aria-label": "Pages of the list" },
    offset ? page(Math.max(0, offset - limit), "Before", "prev") : null, told.next ? page(offset + limit, "Next", "next") : null);
}

function form(filters, given, name) {
  const submit = (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.target));
    go(here("/record", { list: name, ...values }));
  };
  const set = filters.some(([key, , more]) => given[key] && !more?.always);
  const made = h("form", { class: "filters", on: { submit }, "aria-label": "Filters" },
    filters.map(([key, words, more = {}]) => h("label", {}, h("span", {}, words), field(key, given[key], more))),
    h("button", { class: "main" }, "Show"), set ? h("a", { href: here("/record", { list: name }) }, "All") : null);
  const wide = matchMedia("(min-width: 821px)").matches;
  return h("details", { class: "card narrowing", open: wide || set || filters.length < 3 }, h("summary", {}, "Filters"), made);
}

function field(key, value, { choices, free, always, ...rest }) {
  if (!choices) return h("input", { name: key, value, maxlength: 200, ...rest });
  const pairs = choices.map((one) => (Array.isArray(one) ? one : [one, one.replaceAll("_", " ")]));
  const others = value && !pairs.some(([one]) => one === value) && (free || pairs.length) ? [[value, value]] : [];
  return h("select", { name: key, on: { change: (event) => event.target.form.requestSubmit() } },
    always ? null : h("option", { value: "" }, "any"),
    [...pairs, ...others].map(([one, words]) => h("option", { value: one, selected: one === value }, words)));
}
