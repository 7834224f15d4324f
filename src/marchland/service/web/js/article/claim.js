// The page of one claim: its sentence with the parts marked, why each was read so, how sure, and what became of it.

import { h, outside, show as put } from "../dom.js";
import { calm, markedParts, roleTag } from "../marked.js";
import { clocks, here } from "../place_in_time.js";
import { count, day, percent } from "../words.js";

export const eventWords = (event) => (event || "").replaceAll("_", " ");

/** Show a claim as `/api/claims/ID` tells it. */
export function showClaim(root, told) {
  const { claim } = told;
  document.title = `${heading(claim)} · Marchland`;
  put(root, h("article", { class: "sheet claim-page" },
    head(told), sentence(told), parts(told), sureness(told), rivals(told), became(told), elsewhere(told), frame(told)));
}

const heading = (claim) => calm([claim.actor_name || "Somebody", eventWords(claim.event), claim.place_name || claim.place].join(" · "));

const late = (claim) => Boolean(clocks().known && claim.published && claim.published > clocks().known);

function head({ claim, article, became }) {
  return h("header", {},
    h("p", { class: "quiet" }, "Claim ", h("code", {}, claim.claim_id)),
    h("h1", {}, h("bdi", {}, heading(claim)), " ", h("span", { class: "tag" }, claim.stance)),
    h("p", {}, h("bdi", {}, calm(claim.publisher) || "publisher not known"), `, ${day(claim.published, "on no known day")}. `,
      became.counts ? null : h("strong", { class: "warned" }, "It counts no longer. "),
      late(claim) ? h("strong", { class: "warned" }, `On ${day(clocks().known)}, the day of knowledge asked about, it was not known yet. `) : null,
      became.claim ? h("strong", { class: "warned" }, "People have reviewed it. ") : null),
    h("p", { class: "doors" },
      h("a", { class: "button", href: here(`/article/${article.article_id}`, { claim: claim.claim_id }) }, "Whole article"),
      claim.place_id ? h("a", { class: "button", href: here(`/place/${encodeURIComponent(claim.place_id)}`) }, h("bdi", {}, claim.place_name || claim.place)) : null,
      h("a", { class: "button", href: here("/review", { claim: claim.claim_id }) }, "Review this claim"),
      article.url ? outside(article.url, "Where it was published") : null,
      h("a", { href: `/api/claims/${encodeURIComponent(claim.claim_id)}` }, "as JSON")));
}

function sentence({ sentence: own, elsewhere, spans, note }) {
  return h("section", { class: "card", "aria-label": "Sentence" },
    h("blockquote", { class: "told", dir: "auto" }, markedParts(own.text, own.start, spans)),
    elsewhere.length ? h("p", { class: "quiet" }, "And elsewhere in the article:") : null,
    elsewhere.map((one) => h("blockquote", { class: "told small", dir: "auto" }, markedParts(one.text, one.start, spans))),
    note ? h("p", { class: "problem" }, note) : null);
}

function parts({ parts: rows }) {
  return h("section", { class: "card" }, h("h2", {}, "How each part was read"),
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "How each part was read" },
      h("table", { class: "stacked" },
        h("thead", {}, h("tr", {}, ["part", "words", "read as", "because"].map((one) => h("th", { scope: "col" }, one)))),
        h("tbody", {}, rows.map((row) => h("tr", {},
          h("th", { scope: "row" }, roleTag(row.part)),
          h("td", { "data-head": "words" }, row.words ? h("q", { dir: "auto" }, calm(row.words)) : h("span", { class: "quiet" }, "–")),
          h("td", { "data-head": "read as" }, h("bdi", {}, calm(row.read_as))),
          h("td", { "data-head": "because", class: "quiet" }, calm(row.because) || "–")))))));
}

const signed = (number) => `${number < 0 ? "−" : "+"}${Math.abs(number).toFixed(2)}`;

function sureness({ reading, claim }) {
  if (!reading.rows.length) {
    return h("section", { class: "card" }, h("h2", {}, "How sure the reading is"), h("p", {}, percent(reading.probability)));
  }
  const rows = reading.rows.filter((one) => Math.abs(one.log_odds) >= 0.005);
  return h("section", { class: "card" }, h("h2", {}, "How sure the reading is"),
    h("p", { class: "quiet" }, "Weights in log-odds; they add up. This is about the reading of the words, not about whether they are true."),
    h("table", { class: "sums" },
      h("thead", {}, h("tr", {}, h("th", { class: "number", scope: "col" }, "weight"), h("th", { scope: "col" }, "what"))),
      h("tbody", {}, rows.map((one) => h("tr", {}, h("td", { class: "number" }, signed(one.log_odds)), h("td", {}, h("bdi", {}, calm(one.sentence)))))),
      h("tfoot", {}, h("tr", {}, h("td", { class: "number" }, h("strong", {}, signed(reading.log_odds))),
        h("td", {}, h("strong", {}, `that is ${percent(reading.probability)}`))))),
    claim.event_reason ? h("p", { class: "problem" }, `In no event, and moves no holder: ${claim.event_reason}`) : null);
}

function rivals({ rivals: found, claim }) {
  if (found.length < 2) return null;
  return h("section", { class: "card" }, h("h2", {}, "Places that the words may mean"),
    h("table", { class: "sums" },
      h("thead", {}, h("tr", {}, h("th", { class: "number", scope: "col" }, "score"), h("th", { scope: "col" }, "place and reasons"))),
      h("tbody", {}, found.map((one) => h("tr", {},
        h("td", { class: "number" }, signed(one.score)),
        h("td", {}, h("strong", {}, one.name), ` (${[one.kind, one.admin1, one.country].filter(Boolean).join(", ")})`,
          one.place_id === claim.place_id ? h("span", { class: "tag chosen" }, "chosen") : null,
          h("details", {}, h("summary", {}, count(one.because.length, "reason")),
            h("ul", {}, one.because.map((it) => h("li", {}, `${signed(it.weight)} `, h("bdi", {}, it.sentence)))))))))));
}

const CHANGED = ["place_name", "event", "stance", "actor_name", "opponent_name", "date_from", "date_to", "reading"];

function became({ became: after, claim }) {
  if (after.counts && !after.reviews.length) return null;
  const changed = after.claim ? CHANGED.filter((name) => after.claim[name] !== claim[name]) : [];
  return h("section", { class: "card" }, h("h2", {}, "What became of it"),
    after.counts ? null : h("p", { class: "problem" }, "This claim counts no longer."),
    after.taken_back.length ? h("ul", {}, after.taken_back.map((one) =>
      h("li", {}, `${one.reason}${one.day ? `, from ${day(one.day)} on` : ""}: `, h("bdi", {}, calm(one.words))))) : null,
    after.reviews.length ? h("ul", {}, after.reviews.map((one) => h("li", {},
      h("strong", {}, h("bdi", {}, calm(one.words))), ` by ${one.by}, ${day(one.made)}: `, h("bdi", {}, calm(one.because)),
      one.in_force ? null : h("span", { class: "tag" }, "withdrawn")))) : null,
    changed.length ? h("table", {}, h("caption", { class: "unseen" }, "What reviews changed"),
      h("thead", {}, h("tr", {}, ["", "as read", "as it counts"].map((one) => h("th", { scope: "col" }, one || h("span", { class: "unseen" }, "column"))))),
      h("tbody", {}, changed.map((name) => h("tr", {}, h("th", { scope: "row" }, eventWords(name).replace(" name", "")),
        h("td", {}, h("bdi", {}, value(name, claim))), h("td", {}, h("bdi", {}, value(name, after.claim))))))) : null,
    after.claim ? h("p", { class: "quiet" }, "As reviewed it is claim ", h("code", {}, after.claim.claim_id), ".") : null);
}

const value = (name, row) => (name === "reading" ? percent(row[name]) : name === "event" ? eventWords(row[name]) : row[name] || "–");

function elsewhere({ copies, same_witness: others, same_witnesses: total }) {
  const copied = new Set(copies.map((one) => one.claim_id));
  const rest = others.filter((one) => !copied.has(one.claim_id));
  if (!copies.length && !total) return null;
  return h("section", { class: "card" }, h("h2", {}, "Told elsewhere"),
    copies.length ? [h("h3", {}, `The same words in ${count(copies.length, "other article")}`), list(copies)] : null,
    rest.length ? [h("h3", {}, "Counts as one witness with these"), list(rest)] : null,
    total > others.length ? h("p", { class: "quiet" }, `and ${total - others.length} more`) : null);
}

const list = (claims) => h("ul", { class: "others" }, claims.map((one) => h("li", {},
  h("a", { href: here(`/claim/${one.claim_id}`) }, h("bdi", {}, calm(one.publisher) || "publisher not known"), `, ${day(one.published)}`),
  one.source_name && one.source_name !== one.publisher ? [" (", h("bdi", {}, calm(one.source_name)), ")"] : null,
  ": ", h("span", { class: "quiet", dir: "auto" }, calm(one.sentence)))));

function frame({ frame: one }) {
  return h("p", { class: "quiet" }, "Frame ", h("code", {}, one.frame_id), one.example ? `, as in: ${one.example}` : "");
}
