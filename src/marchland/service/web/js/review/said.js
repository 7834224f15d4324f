// Words of reviewing that several parts of the page share.

import { h } from "../dom.js";
import { day } from "../words.js";

export const eventWords = (event) => (event || "").replaceAll("_", " ");

/** Kinds of doubt, in words. */
export const DOUBTS = {
  "left-out": "counts for nothing", reading: "unsure reading", place: "another place is close", roughly: "rough place",
  dates: "day open or wide", hedged: "hedged", speaker: "speaker unknown or interested", actor: "doer unknown", contradicted: "contradicted",
};

/** A moment as `3 May 2031, 14:05`, UTC. */
export const moment = (iso) => `${day(iso)}, ${(iso || "").slice(11, 16)} UTC`;

/** What people said of a claim, as a list. */
export function reviewList(reviews, undo = null) {
  return h("ul", { class: "review-said" }, reviews.map((one) => h("li", { class: one.in_force ? null : "withdrawn" },
    h("strong", {}, h("bdi", {}, one.by)), ": ", h("bdi", { class: "said" }, one.words), " ", h("span", { class: "quiet" }, moment(one.made)),
    one.because ? [": ", h("bdi", {}, one.because)] : null,
    one.in_force ? null : [" ", h("span", { class: "tag" }, one.withdrawn_by ? `taken back by ${one.withdrawn_by}` : "taken back")],
    undo && one.in_force && one.verb !== "withdraw" ? [" ", h("button", { type: "button", class: "small", on: { click: () => undo(one) } }, "Take back")] : null)));
}

/** Answers that change, or would: `Osterby on 3 May 2031: held by … → unknown`. */
export function changes(found, none) {
  if (!found.length) return h("p", { class: "quiet" }, none);
  return h("ul", { class: "review-moved" }, found.map((one) => h("li", { class: one.turns ? "turns" : null },
    h("strong", {}, h("bdi", {}, one.place_name)), ` on ${day(one.at)}: `,
    h("bdi", {}, one.before.words), sure(one.before), h("span", { class: "arrow", "aria-label": "becomes" }, " → "),
    h("bdi", {}, one.after.words), sure(one.after))));
}

const sure = (one) => (one.status === "unknown" ? null : h("span", { class: "quiet" }, ` (${Math.round(one.probability * 100)} %)`));
