// The evidence as a waterfall: from what was presumed, voice by voice, to the log-odds of the answer.

import { get } from "../api.js";
import { h, s } from "../dom.js";
import { chip } from "../holders.js";
import { asked, here } from "../place_in_time.js";
import { count, day, percent } from "../words.js";
import { words } from "./section.js";

const FAINT = 0.005;
const FEW = 3;
/** Rows that move nothing are shown one by one if there are no more. */
const WEIGHTLESS = ["aside", "taken back"];
const WHAT = {
  prior: "before any report", decay: "silence since", count: "a count", hazard: "a change near by", earlier: "earlier voices",
  correction: "a correction",
};
const TICKS = [0.5, 0.01, 0.99, 0.0001, 0.9999, 0.1, 0.9, 0.001, 0.999, 0.25, 0.75];
const share = (odds) => 1 / (1 + Math.exp(-odds));
export const signed = (number) => `${number < 0 ? "−" : "+"}${Math.abs(number).toFixed(2)}`;

/** Load and draw the evidence of a place; `reveal(claimId)` shows a claim further down and says whether it is there. */
export async function evidence(placeId, { signal, styles, reveal, shown }) {
  const told = await get(`/api/places/${encodeURIComponent(placeId)}/why`, asked(), { signal });
  return drawn(told, { styles, reveal, shown });
}

/** The same for an answer that is there already; `shown` is the probability that the page shows elsewhere. */
export function drawn({ answer, sides = {} }, { styles, reveal, shown }) {
  const rows = answer.rows.filter((row) => !WEIGHTLESS.includes(row.what));
  const asides = answer.rows.filter((row) => row.what === "aside");
  const taken = answer.rows.filter((row) => row.what === "taken back");
  if (!answer.rows.length) return null;
  const about = holderOf(answer);
  return [
    rows.length ? h("p", { class: "quiet" }, "Each row moves the log-odds of ", h("strong", {}, words(about)),
      " by its weight; together they make the probability. ", h("span", { class: "key for" }, "▶ for"), " ", h("span", { class: "key against" }, "◀ against")) : h("p", {}, "No claim on record tells of this by then."),
    rows.length ? chart(rows, answer, about, { styles, reveal, sides }) : null,
    shown !== undefined && rows.length && percent(shown) !== percent(answer.probability)
      ? h("p", { class: "quiet small" }, `Worked out row by row it is ${percent(answer.probability)}; the ${percent(shown)} above are read from the course of the place, which is kept day by day.`) : null,
    rivalWords(answer),
    aside("Taken back: counts no longer", taken, { reveal, sides }, true),
    aside("Says nothing of the answer", asides, { reveal, sides }, false),
  ];
}

/** Whose log-odds they are. */
function holderOf(answer) {
  if (answer.lane || answer.status === "abandoned") return answer.status;
  const name = answer.holder_name || answer.holder_id || "nobody known";
  return answer.status === "unknown" && answer.holder_id ? `${name} (presumed)` : name;
}

// ---------------------------------------------------------------------------------------------------------- the chart

/** Rows that are drawn one by one, and those that share one line: what moves nothing, where there is much of it. */
function drawnOneByOne(rows) {
  const still = rows.filter((row) => Math.abs(row.log_odds) < FAINT && !["prior", "decay"].includes(row.what));
  const later = still.filter((row) => row.later), few = still.length - later.length <= FEW;
  const folded = new Set(few ? later : still);
  return [rows.filter((row) => !folded.has(row)), [...folded]];
}

function chart(rows, answer, about, how) {
  const [told, folded] = drawnOneByOne(rows);
  const scale = scaleOf(told);
  let before = 0;
  const lines = told.map((row) => { const from = before; before += row.log_odds; return line(row, [from, before], scale, how); });
  return h("table", { class: "fall" },
    h("caption", { class: "unseen" }, `The evidence row by row: weights in log-odds of ${about}, which add up to ${signed(answer.log_odds)}, that is ${percent(answer.probability)}.`),
    h("thead", {}, h("tr", {}, h("th", { scope: "col", class: "number" }, "weight"),
      h("th", { scope: "col", class: "bar" }, h("span", { class: "unseen" }, "sum so far"), axis(scale)), h("th", { scope: "col" }, "what is told, and who says so"))),
    h("tbody", {}, lines, folded.length ? fold(folded, before, scale, how) : null),
    h("tfoot", {}, h("tr", {}, h("td", { class: "number" }, h("strong", {}, signed(answer.log_odds))),
      h("td", { class: "bar" }, bar([0, answer.log_odds], scale, "sum")),
      h("td", {}, h("strong", {}, `together: ${percent(answer.probability)} `, words(about))))));
}

/** One line for all that moves nothing: what was sure already, and what is told only of later days. */
function fold(rows, before, scale, how) {
  const weight = rows.reduce((sum, row) => sum + row.log_odds, 0);
  return h("tr", {}, h("td", { class: "number" }, step([before, before + weight])),
    h("td", { class: "bar" }, bar([before, before + weight], scale, weight >= 0 ? "for" : "against")),
    h("td", {}, h("details", {}, h("summary", {}, `${count(rows.length, "more voice")} that move nothing: they repeat what was sure already, or tell only of other days`),
      h("ul", { class: "asides" }, rows.map((row) => h("li", {}, `${signed(row.log_odds)} `, telling(row, how)))))));
}

/** A weight as the step between rounded sums, so that what is shown adds up to what is shown. */
const step = ([from, to]) => signed((Math.round(to * 100) - Math.round(from * 100)) / 100);

function line(row, ends, scale, how) {
  const kind = row.what === "prior" ? "sum" : row.log_odds >= 0 ? "for" : "against";
  return h("tr", {}, h("td", { class: "number" }, step(ends)),
    h("td", { class: "bar" }, bar(ends, scale, kind)), h("td", {}, telling(row, how)));
}

function telling(row, { styles, sides, reveal }) {
  const style = row.side ? styles.get(row.side) : null;
  const side = row.side === "" ? "nobody known" : row.side_name;
  const about = side && row.claim_id ? [h("span", { class: "quiet" }, row.against ? " speaks against " : " speaks for "), style ? [chip(style), " "] : null, words(side)] : null;
  const quote = row.quote && row.what !== "earlier" ? `“${row.quote}”` : row.sentence;
  const others = (row.claims || []).filter((one) => one !== row.claim_id);
  return [
    h("p", { class: "who-says" }, h("span", { class: "tag" }, WHAT[row.what] || row.what), row.later ? h("span", { class: "tag" }, "of a later day") : null,
      says(row, sides), about, row.day && row.what !== "decay" ? h("span", { class: "quiet" }, ` · known ${day(row.day)}`) : null),
    h("p", { class: "quote" }, row.claim_id ? claimLink(row.claim_id, words(quote), reveal) : words(quote),
      others.length ? h("small", { class: "quiet" }, " and ", count(others.length, "more claim"), ": ",
        others.slice(0, 4).map((one, index) => [index ? ", " : null, claimLink(one, one.slice(0, 8), reveal)]), others.length > 4 ? " …" : null) : null),
  ];
}

function says(row, sides) {
  const outlets = row.outlets.length > 2 ? `${row.outlets.slice(0, 2).join(", ")} and ${row.outlets.length - 2} more` : row.outlets.join(", ");
  const side = row.speaker_side ? ` (stands with ${sides[row.speaker_side] || row.speaker_side})` : "";
  const who = row.speaker ? `${row.speaker}${side}` : "";
  return words([who, outlets].filter(Boolean).join(", "));
}

/** A link to a claim; with `reveal`, first to its card on this page. */
export function claimLink(id, label, reveal) {
  const link = h("a", { href: here(`/claim/${encodeURIComponent(id)}`) }, label);
  if (reveal) link.addEventListener("click", (event) => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey && reveal(id)) event.preventDefault(); });
  return link;
}

function aside(title, rows, how, open) {
  if (!rows.length) return null;
  return h("details", { open }, h("summary", {}, `${title} (${rows.length})`),
    h("ul", { class: "asides" }, rows.map((row) => h("li", {}, says(row, how.sides), row.day ? `, ${day(row.day)}: ` : ": ",
      row.claim_id ? claimLink(row.claim_id, words(row.sentence), how.reveal) : words(row.sentence)))));
}

function rivalWords(answer) {
  const { rival } = answer;
  if (!rival) return null;
  const name = rival.holder_name || rival.holder_id || (answer.lane ? "unknown" : "nobody known");
  return h("p", {}, rival.disputed ? h("span", { class: "tag warned" }, "disputed") : null, "Second likeliest: ", h("strong", {}, words(name)),
    ` (${percent(rival.probability)}). Witnesses for the answer carry ${signed(rival.pull_for)}, those against it ${Math.abs(rival.pull_against) < FAINT ? "nothing" : signed(-rival.pull_against)}.`);
}

// ------------------------------------------------------------------------------------------------------------ drawing

function scaleOf(rows) {
  let sum = 0;
  const ends = [0, ...rows.map((row) => (sum += row.log_odds))];
  const low = Math.min(...ends), high = Math.max(...ends);
  const edge = Math.max((high - low) * 0.06, 0.5);
  return (value) => (100 * (value - low + edge)) / (high - low + 2 * edge);
}

function bar([from, to], scale, kind) {
  const [left, right] = [scale(from), scale(to)].sort((a, b) => a - b);
  const even = scale(0);
  return s("svg", { class: "fall-bar", width: "100%", height: 18, "aria-hidden": "true", focusable: "false" },
    s("line", { class: "even", x1: `${even}%`, x2: `${even}%`, y1: 0, y2: 18 }),
    s("rect", { class: kind, x: `${left}%`, width: `${Math.max(right - left, 0.4)}%`, y: 4, height: 10, rx: 1 }));
}

function axis(scale) {
  const placed = [];
  for (const chance of TICKS) {
    const at = scale(Math.log(chance / (1 - chance)));
    if (at < 6 || at > 94 || placed.some((one) => Math.abs(one.at - at) < 17)) continue;
    placed.push({ at, words: `${+(chance * 100).toFixed(2)} %` });
  }
  return s("svg", { class: "fall-bar", width: "100%", height: 16, "aria-hidden": "true", focusable: "false" },
    placed.map((one) => s("text", { x: `${one.at}%`, y: 12, "text-anchor": "middle" }, one.words)));
}

export { share };
