// Where the text of an article comes from: credits, copies in other outlets, and versions of its page.

import { h } from "../dom.js";
import { calm } from "../marked.js";
import { here } from "../place_in_time.js";
import { count, day, percent } from "../words.js";

const link = (brief) => h("a", { href: here(`/article/${brief.article_id}`) }, h("bdi", {}, calm(brief.publisher) || "publisher not known"), `, ${day(brief.published, "no day")}`);

const KINDS = { same: "one text", part: "a part" };

/** Whose text the article says it is. */
export function credits({ credits: found }) {
  if (!found.length) return null;
  return h("section", { class: "card" }, h("h2", {}, "Credited"),
    h("ul", {}, found.map((one) => h("li", {}, h("strong", {}, h("bdi", {}, calm(one.name))), ` (${one.how}; ${one.whole ? "the whole article" : "one sentence"})`))));
}

/** The articles that are one text with this one. */
export function copies({ copies: group, article_id: mine }) {
  if (!group) return null;
  return h("section", { class: "card" }, h("h2", {}, `One text in ${count(group.total, "article")}`),
    h("p", {}, "They count as one witness, however many print it. ",
      group.agency ? ["Most credit ", h("bdi", {}, group.agency), ". "] : null,
      group.origin_id === mine ? "The text likely comes from here" : "The text likely comes from another of them",
      group.because.length ? `: ${group.because.join("; ")}.` : "; nothing tells for certain."),
    h("ul", {}, group.articles.map((one) => h("li", {}, link(one.article),
      one.article.article_id === group.origin_id ? h("span", { class: "tag chosen" }, "likely origin") : null, " ",
      h("span", { class: "quiet" }, h("bdi", {}, calm(one.article.title)), one.links.map((it) => ` · ${KINDS[it.kind] || it.kind}: ${percent(it.share)} of this one's ${it.kind === "quote" ? "quoted words" : "words"} stand there`))))));
}

/** What came into the page and what went, from one reading to the next. */
export function versions({ versions: found, article_id: mine }) {
  if (!found.length) return null;
  return h("section", { class: "card" }, h("h2", {}, "Versions of this page"), found.map((one) => h("div", { class: "version" },
    h("h3", {}, read(one.older, one.older_read, mine), " → ", read(one.newer, one.newer_read, mine)),
    one.removed.map((it) => h("p", { dir: "auto" }, h("span", { class: "tag" }, "went"), h("del", {}, calm(it.text)))),
    one.added.map((it) => h("p", { dir: "auto" }, h("span", { class: "tag" }, "came"), h("ins", {}, calm(it.text)))),
    one.corrections.map((it) => h("p", { dir: "auto" }, h("span", { class: "tag warned" }, "correction"), calm(it.text))))));
}

const read = (brief, when, mine) => (brief.article_id === mine ? h("span", {}, `this text, ${day(when, "no day")}`)
  : h("a", { href: here(`/article/${brief.article_id}`) }, day(when, "no day")));
