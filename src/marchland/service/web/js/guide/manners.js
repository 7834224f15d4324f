// How to ask the API: the two days, pages of lists, ETags, errors, tokens, the stream of changes, from Python.

import { h } from "../dom.js";
import { day } from "../words.js";

const code = (...lines) => h("pre", { tabindex: 0 }, h("code", {}, lines.join("\n")));

/** The guide that stands before the endpoints. */
export function manners(told) {
  const base = location.origin;
  const last = told.last_day || "2021-08-15";
  return h("section", { id: "manners", "aria-labelledby": "manners-head" }, h("h2", { id: "manners-head" }, "How to ask"),
    h("div", { class: "card" },
      h("h3", {}, "Two days"),
      h("p", {}, h("code", {}, "at"), " asks what held on that day; ", h("code", {}, "known_at"), ` answers with only what was known by that day. Without them: the last day on record (${day(last, "none yet")}) and everything on record.`),
      code(`curl "${base}/api/places?at=${last}&known_at=${last}&limit=5"`),
      h("h3", {}, "Lists"),
      h("p", {}, "A list comes with ", h("code", {}, "items"), ", ", h("code", {}, "total"), " and ", h("code", {}, "next"), ", the address of the page that follows, or null. Each page has at most 500 rows (", h("code", {}, "limit"), "). Ask until ", h("code", {}, "next"), " is null; for everything at once take an export."),
      code("import httpx", `url, rows = "/api/claims?limit=500", []`, "while url:", `    page = httpx.get("${base}" + url).json()`, `    rows += page["items"]`, `    url = page["next"]`),
      h("h3", {}, "What has not changed"),
      h("p", {}, "Answers carry an ", h("code", {}, "ETag"), ". Sent back as ", h("code", {}, "If-None-Match"), ", the service answers 304 without a body as long as nothing on record has changed."),
      code(`curl -si "${base}/api/holdings" | grep -i etag`, `curl -si "${base}/api/holdings" -H 'If-None-Match: "…"'`),
      h("h3", {}, "Errors"),
      h("p", {}, "Errors are problem details (RFC 9457): ", h("code", {}, "status"), ", ", h("code", {}, "title"), " and ", h("code", {}, "detail"), ", which says what to do. 400: a parameter is wrong; 404: not on record; 401 and 403: a token is needed or not good for this; 429: too many questions, ask again after the seconds of ", h("code", {}, "Retry-After"), "."),
      h("h3", {}, "Tokens"),
      h("p", {}, "Reading needs none. Writing (reviews) needs one, made by ", h("code", {}, "marchland token add"), ":"),
      code(`curl -X POST "${base}/api/…" -H "Authorization: Bearer TOKEN" -H "Content-Type: application/json" -d '{…}'`),
      h("h3", {}, "Changes as they happen"),
      h("p", {}, h("code", {}, "/api/stream"), " sends Server-Sent Events. Each ", h("code", {}, "changed"), " has the new revision, the ids of the places, who did it and what, in words."),
      code(`curl -N "${base}/api/stream"`),
      h("h3", {}, "Ranges of text"),
      h("p", {}, "Offsets count characters (Unicode code points) of the article’s text, the end not included: in JavaScript index ", h("code", {}, "Array.from(text)"), ", in Python the text itself."),
      h("h3", {}, "From Python"),
      code("import marchland", `record = marchland.open("ledger.db")`, "record.holdings()  # a frame of pandas or polars where one is there")));
}
