// The page of one article: its text with every claim sentence marked, and beside it what each claim says.

import { h, outside, show as put } from "../dom.js";
import { calm, markedPiece, paragraphs, pieces } from "../marked.js";
import { here } from "../place_in_time.js";
import { day } from "../words.js";
import { eventWords } from "./claim.js";
import { copies, credits, versions } from "./origins.js";

/** Show an article as `/api/articles/ID` tells it; `asked` is the claim that is looked for, as `/api/claims/ID`. */
export function showArticle(root, told, asked, first) {
  document.title = `${calm(told.headline) || "Article"} · Marchland`;
  const letters = Array.from(told.text);
  const wanted = asked && told.claims.find((one) => one.claim_id === asked.claim.claim_id);
  put(root, h("div", { class: "sheet article-page" }, head(told, asked, wanted),
    h("section", { "aria-label": "Text of the article", class: "card story" },
      paragraphs(letters, told.text_start).map((one) => paragraph(told, letters, one, asked, wanted)), rest(told)),
    credits(told), copies(told), versions(told)));
  if (wanted && first) requestAnimationFrame(() => find(wanted));
}

function find(claim) {
  const mark = document.getElementById(`s-${claim.start}`);
  if (!mark) return;
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "center" });
}

function head(told, asked, wanted) {
  const days = told.published_from === told.published_to ? day(told.published_to, "on no known day") : `${day(told.published_from)} to ${day(told.published_to)}`;
  const facts = [
    ["Published", [days, told.published_how ? h("span", { class: "quiet" }, ` (${told.published_how})`) : null]],
    told.updated && ["Changed", day(told.updated)], told.fetched && ["Fetched", day(told.fetched)],
    told.dateline && ["Dateline", calm(told.dateline)], told.authors.length && ["By", calm(told.authors.join(", "))],
    told.agencies.length && ["Agencies", told.agencies.join(", ")], told.section && ["Section", told.section],
    ["Claims", told.claims.length ? String(told.claims.length) : "none"],
    ["Article", h("code", {}, told.article_id)], ["Page", h("code", {}, calm(told.page_id))],
  ].filter(Boolean);
  return h("header", {},
    h("h1", { dir: "auto" }, calm(told.headline) || "Article without a headline"),
    h("p", {}, h("strong", {}, h("bdi", {}, calm(told.publisher) || "Publisher not known")), told.publisher_how ? h("span", { class: "quiet" }, ` (${told.publisher_how})`) : null),
    h("dl", { class: "facts" }, facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, h("bdi", {}, value))))),
    h("p", { class: "doors" }, told.url ? outside(told.url, "Where it was published") : null,
      h("a", { href: `/api/articles/${encodeURIComponent(told.article_id)}` }, "as JSON")),
    asked && !wanted ? h("p", { class: "problem" }, "The claim of this address is not in this article.") : null,
    told.note ? h("p", { class: "problem" }, told.note) : null);
}

function rest(told) {
  const end = told.text_start + Array.from(told.text).length;
  return h("p", { class: "doors" },
    told.text_start > 0 ? h("a", { class: "button", href: here(`/article/${told.article_id}`, { start: Math.max(0, told.text_start - 200000) }) }, "Earlier text") : null,
    end < told.length ? h("a", { class: "button", href: here(`/article/${told.article_id}`, { start: end }) }, "Later text") : null);
}

function paragraph(told, letters, range, asked, wanted) {
  const begin = (one) => one.start >= range.start && one.start < range.end;
  const kind = told.parts.find((one) => one.start <= range.start && range.start < one.end)?.kind || "body";
  const notes = told.claims.filter(begin);
  return h("div", { class: `para kind-${kind}` },
    h("p", { class: "words", dir: "auto" }, kind === "body" ? null : h("span", { class: "tag kind" }, kind),
      words(told, letters, range, asked, wanted)),
    notes.length ? h("ul", { class: "margin", "aria-label": "Claims in this paragraph" }, notes.map((one) => note(one, one === wanted, told))) : null);
}

/** Characters of a paragraph: claim sentences as marks with the numbers of their notes, the asked one with its parts. */
function words(told, letters, range, asked, wanted) {
  const claims = told.claims.map((one) => ({ start: one.start, end: one.end, claim: one }));
  const parts = wanted ? asked.spans : [];
  const corrections = told.corrections.map((one) => ({ ...one, correction: true }));
  const made = [];
  let open = null;
  for (const piece of pieces(letters, range.start, range.end, [...claims, ...parts, ...corrections], told.text_start)) {
    const here_ = piece.ranges.filter((one) => one.claim).map((one) => one.claim);
    const key = here_.map((one) => one.claim_id).join();
    if (!open || open.key !== key) {
      open = { key, node: here_.length ? sentence(here_, wanted) : h("span", {}) };
      made.push(open.node);
    }
    const content = markedPiece(piece, parts);
    open.node.append(piece.ranges.some((one) => one.correction) ? h("em", { class: "correction", title: "note of correction" }, content) : content);
    const ended = here_.filter((one) => one.end === piece.end);
    if (ended.length) open.node.append(h("sup", {}, ended.map((one) => number(told, one)).join(",")));
  }
  return made;
}

const number = (told, claim) => told.claims.indexOf(claim) + 1;

function sentence(claims, wanted) {
  const asked = wanted && claims.some((one) => one.start === wanted.start && one.end === wanted.end);
  return h("mark", { class: `sentence${asked ? " asked" : ""}${claims.some((one) => one.counts) ? "" : " gone"}`,
    id: `s-${Math.max(...claims.map((one) => one.start))}`, tabindex: -1 });
}

function note(one, asked, told) {
  return h("li", { class: asked ? "asked" : null },
    h("a", { href: here(`/claim/${one.claim_id}`), "aria-current": asked ? "true" : null }, `${number(told, one)}. `,
      h("bdi", {}, one.actor_name || "somebody"), " ", h("strong", {}, eventWords(one.event)), " ", h("bdi", {}, one.place_name || one.place)),
    h("span", { class: "tag" }, one.stance), one.counts ? null : h("span", { class: "tag warned" }, "counts no longer"),
    one.corrected ? h("span", { class: "tag" }, "reviewed") : null,
    h("small", { class: "quiet" }, `${days(one)}; says `, h("bdi", {}, calm(one.source_name) || one.source_class), one.source_side_name ? [", of ", h("bdi", {}, one.source_side_name)] : null));
}

function days(one) {
  if (!one.date_from && !one.date_to) return "no day told";
  if (one.date_from === one.date_to) return day(one.date_to);
  return one.date_from ? `${day(one.date_from)} to ${one.date_to ? day(one.date_to) : "?"}` : `by ${day(one.date_to)}`;
}
