// What is on record (/record): its size and days, every list of it (?list=...), and exports by address.

import { about, get } from "../api.js";
import { h, show as put } from "../dom.js";
import { here } from "../place_in_time.js";
import { exportForm } from "../record/exports.js";
import { LISTS } from "../record/lists.js";
import { overview } from "../record/overview.js";
import { table } from "../record/table.js";

const TABS = [["", "Overview"], ...Object.entries(LISTS).map(([name, one]) => [name, one.words]), ["export", "Export"]];

/** Show the overview, one list or the form for exports; shown anew when the record changes. */
export async function show(root, { query }) {
  const list = TABS.some(([name]) => name === query.get("list")) ? query.get("list") : "";
  const words = TABS.find(([name]) => name === list)[1];
  document.title = `${list ? words : "The record"} · Marchland`;
  const body = h("div", {});
  put(root, h("div", { class: "sheet record-page" }, h("h1", {}, "The record"), tabs(list), body));
  const render = () => fill(body, list, words, query);
  await render();
  if (list === "export") return null;
  const again = () => render().catch(() => null);
  window.addEventListener("marchland:changed", again);
  return () => window.removeEventListener("marchland:changed", again);
}

function tabs(list) {
  return h("nav", { class: "tabs", "aria-label": "What is on record" }, TABS.map(([name, words]) =>
    h("a", { href: here("/record", { list: name }), "aria-current": name === list ? "page" : null }, words)));
}

async function fill(body, list, words, query) {
  if (list === "export") put(body, exportForm(await about(), query));
  else if (list) await table(body, LISTS[list], list, words, query);
  else put(body, overview(await get("/api/record")));
}
