// The form that makes the address of an export, to be opened or pasted into a script.

import { address } from "../api.js";
import { h, show as put } from "../dom.js";
import { notice } from "../notice.js";
import { clocks } from "../place_in_time.js";

const KINDS = {
  claims: "Claims: every sentence that says something, coded",
  events: "Events: happenings, told by one claim or more",
  holdings: "Holdings: who held what, since when",
  crossings: "Crossings: what passed, and who held the posts",
  changes: "Changes: what is said otherwise since a day of knowledge",
  counts: "Counts of smaller places, beside the record",
  consequences: "Consequences of a period: money, traffic, people",
};
const FORMATS = { jsonl: "JSON Lines", csv: "CSV", geojson: "GeoJSON", plover: "PLOVER (claims only)" };
/** Which days each kind of row takes; those with a star are needed. */
const DAYS = { changes: ["since*", "at", "known_at"], consequences: ["from*", "to*", "known_at"] };
const WORDS = { at: "Held on (at)", known_at: "Known by (known_at)", since: "Since (since)", from: "First day (from)", to: "Last day (to)" };

/** The form; the clocks of the page are filled in. */
export function exportForm(about, query) {
  const { at, known } = clocks();
  const first = { at, known_at: known, since: query.get("since"), from: about.first_day, to: about.last_day };
  const days = h("div", { class: "filters" });
  const out = h("div", { class: "made", "aria-live": "polite" });
  const kind = choice("kind", KINDS, query.get("kind"));
  const form = h("form", { class: "card export", "aria-label": "Export" },
    h("h2", {}, "Export by address"),
    h("p", {}, "The file has the same bytes as ", h("code", {}, "marchland export"), " gives. The address can be pasted into a script; while nothing changes, its ETag stays."),
    h("div", { class: "filters" }, h("label", {}, h("span", {}, "What"), kind), h("label", {}, h("span", {}, "Format"), choice("format", FORMATS, query.get("format")))),
    days, out);
  const layDays = () => put(days, (DAYS[kind.value] || ["at", "known_at"]).map((one) => dayField(one, first)));
  const make = () => put(out, ...made(new FormData(form), kind.value));
  form.addEventListener("submit", (event) => event.preventDefault());
  kind.addEventListener("change", () => { layDays(); make(); });
  form.addEventListener("input", make);
  layDays();
  make();
  return form;
}

const choice = (name, choices, value) => h("select", { name }, Object.entries(choices).map(([one, words]) => h("option", { value: one, selected: one === value }, words)));

function dayField(name, first) {
  const plain = name.replace("*", "");
  const needed = name.endsWith("*");
  return h("label", {}, h("span", {}, WORDS[plain], needed ? " – needed" : ""), h("input", { type: "date", name: plain, value: first[plain] || "", required: needed }));
}

function made(values, kind) {
  const format = values.get("format");
  if (format === "plover" && kind !== "claims") return [h("p", { class: "problem" }, "PLOVER holds claims only.")];
  const wanted = (DAYS[kind] || []).filter((one) => one.endsWith("*") && !values.get(one.slice(0, -1)));
  if (wanted.length) return [h("p", { class: "problem" }, `${kind} need ${wanted.map((one) => WORDS[one.slice(0, -1)]).join(" and ")}.`)];
  const days = Object.fromEntries([...values].filter(([name]) => name in WORDS));
  const url = new URL(address(`/api/export/${kind}.${format}`, days), location.href).href;
  const options = Object.entries(days).filter(([, one]) => one).map(([name, one]) => ` --${name.replace("_", "-")} ${one}`).join("");
  return [
    h("label", {}, h("span", {}, "Address"), h("input", { class: "address", readonly: true, value: url, name: "address", on: { focus: (event) => event.target.select() } })),
    h("p", { class: "doors" }, h("a", { class: "button main", href: url, download: "" }, "Download"),
      h("button", { type: "button", on: { click: () => copy(url) } }, "Copy address"), h("a", { href: "/api" }, "More of the API")),
    h("p", { class: "quiet" }, "In a terminal: ", h("code", {}, `curl -OJ "${url}"`), " or ", h("code", {}, `marchland export ${kind} --format ${format}${options}`)),
  ];
}

function copy(url) {
  const done = navigator.clipboard ? navigator.clipboard.writeText(url) : Promise.reject(new Error("no clipboard"));
  done.then(() => notice("The address is in the clipboard."), () => notice("This browser does not let pages write to the clipboard; select the address instead."));
}
