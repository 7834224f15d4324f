// One claim with everything that is needed to decide: why it is here, its sentence in its article, rivals, what rests on it.

import { post } from "../api.js";
import { h, show as put } from "../dom.js";
import { markedParts, roleTag } from "../marked.js";
import { here } from "../place_in_time.js";
import { count, day, percent } from "../words.js";
import { changes, DOUBTS, eventWords, reviewList } from "./said.js";

/** The buttons: verb, key, words. */
export const VERBS = [
  ["accept", "a", "Accept"], ["reject", "r", "Reject"], ["correct", "c", "Correct"], ["split", "s", "Split"], ["merge", "m", "Merge"],
];

/** Show the item that `/api/review/queue/ID` tells; `act(verb)` and `undo(review)` do what is asked, `last()` takes back the last word. */
export function showItem(root, told, { act, undo, last }) {
  const { item, claim } = told;
  put(root, h("article", { class: "review-item", "aria-labelledby": "review-title" },
    head(told), actions(told, act, last), banner(told, undo), sentence(told),
    h("div", { class: "review-pair" }, why(item), accepted(told), without(told)),
    parts(told), rivals(told), reading(told), others(told)));
  return claim;
}

function head({ item, claim, article }) {
  const [first, last] = [claim.date_from, claim.date_to];
  const when = last ? (first === last ? day(last) : first ? `${day(first)} to ${day(last)}` : `on or before ${day(last)}`) : "no day told";
  return h("header", {},
    h("h2", { id: "review-title", tabindex: -1 },
      claim.place_id ? h("a", { href: here(`/place/${encodeURIComponent(claim.place_id)}`) }, h("bdi", {}, claim.place_name || claim.place))
        : h("bdi", {}, `“${claim.place}”`), claim.place_id ? null : h("span", { class: "tag warned" }, "no place chosen")),
    h("p", { class: "review-deed" }, h("strong", {}, h("bdi", {}, claim.actor_name || "nobody named")), ` ${eventWords(claim.event)} `,
      claim.opponent_name ? ["(against ", h("bdi", {}, claim.opponent_name), ") "] : null, h("span", { class: "tag" }, claim.stance), when),
    h("p", { class: "quiet" }, "Says ", h("bdi", {}, claim.source_name || claim.source), claim.source_class ? ` (${claim.source_class})` : "", ", in ",
      h("bdi", {}, article.publisher || "an outlet not known"), `, ${day(article.published, "on no known day")}`,
      item.copies.length ? `; ${count(item.copies.length, "copy", "copies")} in the same words or by the same witness` : "", ". ",
      h("a", { id: "review-article", href: here(`/article/${encodeURIComponent(article.article_id)}`, { claim: item.claim_id }) }, "Open the article")));
}

function actions(told, act, last) {
  return h("div", { class: "review-actions", role: "group", "aria-label": "Your judgement" },
    VERBS.map(([verb, key, words]) => h("button", {
      type: "button", class: verb === "accept" ? "main" : null, "data-verb": verb, on: { click: () => act(verb) },
      disabled: (verb === "split" || verb === "merge") && !told.others.length,
    }, words, " ", h("kbd", { "aria-hidden": "true" }, key))),
    last ? h("button", { type: "button", class: "review-undo", on: { click: last } }, "Undo my last ", h("kbd", { "aria-hidden": "true" }, "u")) : null);
}

function banner({ reviews: all, counts }, undo) {
  const reviews = all.filter((one) => one.verb !== "withdraw");
  if (!reviews.length && counts) return null;
  return h("section", { class: "review-banner", "aria-label": "What people have said of it" },
    counts ? null : h("p", {}, h("strong", {}, "It counts no longer.")), reviews.length ? reviewList(reviews, undo) : null);
}

function sentence({ context, sentence: own, spans }) {
  const before = Array.from(context.text).slice(0, own.start - context.start).join("");
  const after = Array.from(context.text).slice(own.end - context.start).join("");
  const close = (text) => text.replace(/\n\s*\n/g, "\n");
  return h("blockquote", { class: "told review-told", dir: "auto" },
    h("span", { class: "review-around" }, close(context.start > 0 ? `… ${before}` : before)),
    h("span", { class: "review-sentence" }, markedParts(own.text, own.start, spans)),
    h("span", { class: "review-around" }, close(after), after ? " …" : ""));
}

function why(item) {
  return h("section", { class: "review-box" }, h("h3", {}, "Why look at it"),
    h("p", { class: "review-sum" }, gauge("Effect", item.effect), h("span", { "aria-hidden": "true" }, "×"), gauge("doubt", item.doubt),
      item.exact ? null : h("span", { class: "quiet" }, item.doubts.some((one) => one.kind === "left-out") ? "(effect if it were mended)" : "(effect estimated)")),
    item.doubts.length ? h("ul", {}, item.doubts.map((one) => h("li", {}, h("span", { class: "tag" }, DOUBTS[one.kind] || one.kind), h("bdi", {}, one.words))))
      : h("p", { class: "quiet" }, "Nothing speaks against it; the record rests on it."));
}

const gauge = (words, share) => h("span", { class: "gauge" }, `${words} ${percent(share)} `,
  h("span", { class: "queue-bar", "aria-hidden": "true" }, h("span", { style: { width: `${Math.round(share * 100)}%` } })));

const WAIT = 200;

/** What would change if it were accepted: asked for once the claim has stood on the page for a moment. */
function accepted({ item }) {
  const box = h("div", { class: "review-foreseen", "aria-busy": "true" }, h("p", { class: "quiet" }, "Being worked out"));
  setTimeout(async () => {
    if (!box.isConnected) return;
    const told = await post("/api/reviews/preview", { verb: "accept", claims: [item.claim_id] }).catch((error) => error);
    put(box, told instanceof Error ? h("p", { class: "problem" }, told.message) : changes(told.changed, "No answer would change."));
    box.removeAttribute("aria-busy");
  }, WAIT);
  return h("section", { class: "review-box" }, h("h3", {}, "If you accept it"), box);
}

function without({ without: found, item, reviews }) {
  const backed = reviews.some((one) => one.in_force && (one.verb === "accept" || one.verb === "correct"));
  return h("section", { class: "review-box" }, h("h3", {}, "If you reject it"),
    changes(found, item.refused ? "Nothing changes: no place was chosen, so it counts for nothing. Correct its place, and it counts."
      : backed ? "No answer would change: others have said that it was read rightly." : "No answer would change."));
}

function parts({ parts: rows }) {
  return h("details", { class: "review-more" }, h("summary", {}, "How each part was read"),
    h("table", { class: "stacked" }, h("thead", {}, h("tr", {}, ["part", "read as", "because"].map((one) => h("th", { scope: "col" }, one)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, h("th", { scope: "row" }, roleTag(row.part)),
        h("td", { "data-head": "read as" }, h("bdi", {}, row.read_as)), h("td", { "data-head": "because", class: "quiet" }, row.because || "–"))))));
}

function rivals({ rivals: found, claim }) {
  if (!found.length) return claim.place_reason ? h("p", { class: "quiet" }, `Place: ${claim.place_reason}`) : null;
  const best = found[0].score;
  return h("details", { class: "review-more", open: found.length > 1 && best - found[1].score < 2 },
    h("summary", {}, `Places that the words may mean (${found.length})`),
    h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "place"), h("th", { scope: "col", class: "number" }, "score"), h("th", { scope: "col" }, "because"))),
      h("tbody", {}, found.map((one) => h("tr", {},
        h("th", { scope: "row" }, h("bdi", {}, one.name), h("br"), h("span", { class: "quiet" }, [one.kind, one.admin1, one.country].filter(Boolean).join(", ")),
          one.place_id === claim.place_id ? h("span", { class: "tag chosen" }, "chosen") : null),
        h("td", { class: "number" }, one.score.toFixed(1)),
        h("td", { class: "quiet" }, one.because.map((it) => it.sentence).join("; ")))))));
}

function reading({ reading: sure }) {
  if (!sure.rows.length) return null;
  return h("details", { class: "review-more" }, h("summary", {}, `How sure the reading is: ${percent(sure.probability)}`),
    h("ul", {}, sure.rows.map((one) => h("li", {}, `${one.log_odds < 0 ? "−" : "+"}${Math.abs(one.log_odds).toFixed(2)} `, h("bdi", {}, one.sentence)))));
}

function others({ others: found }) {
  if (!found.length) return null;
  return h("details", { class: "review-more" }, h("summary", {}, `Other claims on the place (${found.length})`),
    h("ul", { class: "review-others" }, found.slice(0, 12).map((one) => h("li", {}, one.together ? h("span", { class: "tag" }, "same happening") : null,
      h("a", { href: here("/review", { claim: one.claim_id }) }, h("bdi", {}, one.publisher || "outlet not known"), `, ${day(one.published)}`), ": ",
      h("span", { dir: "auto" }, one.sentence)))));
}
