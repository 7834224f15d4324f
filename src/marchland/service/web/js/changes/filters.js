// The form above changes and briefs: days and filters, all of which stand in the address.

import { about, get } from "../api.js";
import { h, put, show } from "../dom.js";
import { notice } from "../notice.js";

/** Move to an address with some parameters set; empty ones are left out. `replace`: without a step in the history. */
export function move(path, params, { replace = false } = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== "" && value !== false) query.set(name, value);
  }
  const url = query.toString() ? `${path}?${query}` : path;
  window.dispatchEvent(new CustomEvent("marchland:go", { detail: { url, replace } }));
}

/** A label with its control. */
export const field = (words, control, extra = "") => h("label", { class: `field ${extra}` }, h("span", {}, words), control);

/** An input for a day. */
export const dayInput = (name, value, { min = null, max = null, required = false } = {}) =>
  h("input", { type: "date", name, value: value || "", min, max, required });

/** A choice out of `[value, words]`. */
export function choice(name, options, value) {
  const made = h("select", { name }, options.map(([key, words]) => h("option", { value: key }, words)));
  made.value = options.some(([key]) => key === (value || "")) ? value || "" : "";
  return made;
}

/** Country, place and party as fields, filled from the address. */
export async function narrowing(query) {
  const told = await about();
  const countries = [["", "all countries"], ...told.countries.map((one) => [one, countryName(one)])];
  const names = h("datalist", { id: "party-names" }, told.holders.slice(0, 60).map((one) => h("option", { value: one.name })));
  const party = h("input", { type: "text", name: "party", list: "party-names", value: query.get("party") || "", maxlength: 200, placeholder: "any", autocomplete: "off" });
  const place = h("input", { type: "text", name: "place", value: query.get("place") || "", maxlength: 200, placeholder: "any", autocomplete: "off" });
  return [field("Country", choice("country", countries, query.get("country"))), field("Place", place), field("Party", party), names];
}

/** The English name of a country by its ISO code, as the browser knows it. */
export function countryName(code) {
  try { return new Intl.DisplayNames(["en"], { type: "region" }).of(code) || code; } catch { return code; }
}

/** The values of a form; a place that is given by name becomes its id. Null where there is no such place. */
export async function values(form) {
  const found = Object.fromEntries(new FormData(form).entries());
  if (!found.place || /^[a-z]+:/.test(found.place)) return found;
  try {
    found.place = (await get("/api/who", { place: found.place })).place_id;
    return found;
  } catch (error) {
    notice(error.message);
    return null;
  }
}

/** What narrows the list, each with a button that takes it away. */
export function chips(path, query, words) {
  const box = h("p", { class: "narrowed" });
  const params = Object.fromEntries(query.entries());
  const set = Object.entries(words).filter(([name]) => params[name]);
  if (!set.length) return null;
  put(box, ["Only ", set.map(([name, told]) => h("button", { type: "button", class: "tag", title: "Take this filter away",
    on: { click: () => move(path, { ...params, [name]: null }) } }, told(params[name]), h("span", { "aria-hidden": "true" }, " ×"), h("span", { class: "unseen" }, ", take away")))]);
  return box;
}

/** Something is being worked out: say how far it is. */
export function progress(box, waiting, places, words) {
  const done = Math.max(places - waiting, 0);
  show(box, h("p", { class: "problem", role: "status" }, `${words} (${done.toLocaleString("en")} of ${places.toLocaleString("en")} places so far) `,
    h("progress", { max: places, value: done, "aria-label": "Places worked out" })));
}
