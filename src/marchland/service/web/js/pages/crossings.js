// Every crossing on record: both posts with their holders, and what passes in each direction, on both clocks.

import { about, get } from "../api.js";
import { h, show as put } from "../dom.js";
import { holders } from "../holders.js";
import { asked, clocks } from "../place_in_time.js";
import { count, day, percent } from "../words.js";
import { holder, placeLink } from "../place/around.js";
import { clockForm } from "../place/head.js";
import { idOf, stateWord, trafficWords } from "../place/passage.js";
import { section, table, words } from "../place/section.js";

/** Crossings that are asked for at once. */
const PAGE = 150;
const STATES = ["open", "restricted", "closed", "unknown"];

/** Show all crossings; `state` in the address leaves only those with a lane in that state. */
export async function show(root, { query }) {
  document.title = "Crossings · Marchland";
  const form = clockForm();
  const wanted = query.get("state");
  const page = { state: STATES.includes(wanted) ? wanted : "", rows: null, styles: new Map() };
  const list = section({ id: "crossings", title: "Posts and passage", nothing: () => (page.rows?.length ? `No crossing is ${page.state} on that day.` : `No crossing is on record${clocks().known ? ` by ${day(clocks().known)}` : ""}.`), load: (signal) => loaded(page, signal) });
  put(root, h("div", { class: "sheet place-page" },
    h("header", { class: "card place-head" }, h("h1", {}, "Crossings"),
      h("p", { class: "quiet" }, "Who holds the post on each side, and whether travellers, trade and aid pass; one row for each direction and kind of traffic that anything is told of."),
      form.element, chooser(page, list)), list));
  const again = async () => {
    const told = await about();
    form.update({ at: clocks().at || clocks().known || told.last_day });
    list.refresh();
  };
  await again();
  for (const name of ["marchland:clocks", "marchland:changed"]) window.addEventListener(name, again);
  return () => { for (const name of ["marchland:clocks", "marchland:changed"]) window.removeEventListener(name, again); };
}

function chooser(page, list) {
  const select = h("select", { id: "state" }, h("option", { value: "" }, "any state"), STATES.map((one) => h("option", { value: one, selected: one === page.state }, one)));
  select.addEventListener("change", () => {
    page.state = select.value;
    const query = new URLSearchParams(location.search);
    if (page.state) query.set("state", page.state); else query.delete("state");
    history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}`);
    list.refresh();
  });
  return h("p", { class: "noprint" }, h("label", { for: "state" }, "Show crossings with "), select);
}

async function loaded(page, signal) {
  page.styles = await holders();
  const first = await get("/api/crossings", { ...asked(), limit: PAGE }, { signal });
  Object.assign(page, { rows: first.items, next: first.next, total: first.total, seen: Math.min(PAGE, first.total) });
  if (!page.rows.length && !page.next) return null;
  const box = h("div", {});
  fill(box, page);
  return box;
}

function fill(box, page) {
  const shown = page.rows.filter((one) => !page.state || one.state === page.state);
  const places = new Set(shown.map((one) => one.place_id)).size;
  put(box, shown.length ? [h("p", { class: "quiet" }, `${count(places, "crossing")}, ${count(shown.length, "row")}.`), grid(shown, page.styles)]
    : h("p", { class: "quiet" }, page.state ? `No crossing is ${page.state} on that day.` : "Nothing was known of these crossings."),
  page.next ? h("p", { class: "noprint" }, h("button", { type: "button", on: { click: async (event) => {
    event.currentTarget.disabled = true;
    const part = await get(page.next);
    Object.assign(page, { rows: [...page.rows, ...part.items], next: part.next, seen: Math.min(page.seen + PAGE, page.total) });
    fill(box, page);
  } } }, `Show more (${page.seen} of ${page.total} crossings looked at)`)) : null);
}

function grid(rows, styles) {
  const ordered = [...rows].sort((a, b) => a.place_name.localeCompare(b.place_name) || a.place_id.localeCompare(b.place_id) || a.direction.localeCompare(b.direction) || a.traffic.localeCompare(b.traffic));
  const headers = ["crossing", "first post", "second post", "direction", "traffic", "state", "since", "sure", "last told"];
  const lanes = grouped(ordered);
  return table({ label: "Crossings", numbers: ["sure"], headers, rows: [...lanes.values()].flatMap((own) => own.map((one, index) => [
    [placeLink(one.place_id, one.place_name), index ? h("span", { class: "quiet" }, ` (${index + 1} of ${own.length})`) : null],
    index ? same() : post(one, "a", styles), index ? same() : post(one, "b", styles), words(one.direction_words), trafficWords(one.traffic),
    stateWord(one.state), day(one.from, "–"), one.state === "unknown" ? "–" : percent(one.probability), day(one.last_told, "–"),
  ])) });
}

const same = () => h("span", { class: "quiet" }, "as above");

function grouped(rows) {
  const found = new Map();
  for (const one of rows) found.set(one.place_id, [...(found.get(one.place_id) || []), one]);
  return found;
}

function post(row, side, styles) {
  const name = row[`post_${side}_holder`] || row[`post_${side}_presumed`];
  const held = { holder_id: idOf(name, styles), holder_name: name, presumed: !row[`post_${side}_holder`] };
  return [h("span", { class: "quiet" }, row[`post_${side}`] ? [words(row[`post_${side}`]), ": "] : null), holder(held, styles)];
}
