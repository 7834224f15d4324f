// Suggestions of names on record while somebody types: places lead to their pages, the others narrow the search.

import { get } from "../api.js";
import { h } from "../dom.js";
import { clocks, here } from "../place_in_time.js";
import { count } from "../words.js";
import { combobox } from "./combobox.js";

const DOES = { place: "open the place", party: "claims by or against it", outlet: "claims it printed", speaker: "claims made by them" };

/** Give a search field suggestions; returns what is to be put behind it. `take` is told the address to go to. */
export function suggesting(input, take) {
  return combobox(input, {
    label: "Names on record",
    ask: async (text, signal) => (await get("/api/suggest", { q: text.slice(0, 200), known_at: clocks().known, limit: 8 }, { signal })).items,
    row, take: (item) => take(target(item), item),
  });
}

/** Where a name leads. */
export const target = (item) => (item.kind === "place" ? here(`/place/${encodeURIComponent(item.id)}`) : here("/search", { [item.kind]: item.id }));

function row(item) {
  const place = [item.what, item.within === item.name ? "" : item.within, item.country].filter(Boolean).join(", ");
  const alias = item.spelling !== item.name ? h("span", { class: "quiet" }, " (", h("bdi", {}, item.spelling), ")") : null;
  return [
    h("span", { class: "kind" }, item.near ? `${item.kind}?` : item.kind),
    h("span", { class: "names" }, h("bdi", {}, item.name), alias, place ? h("span", { class: "quiet" }, ` ${place}`) : null),
    h("span", { class: "does quiet" }, `${count(item.claims, "claim")} · ${DOES[item.kind]}`),
  ];
}
