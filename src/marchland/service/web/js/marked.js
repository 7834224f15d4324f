// Text with some of its characters marked. Offsets of the API count characters (code points), as Array.from does.

import { h } from "./dom.js";

/** Parts of a claim in the order in which they take precedence where one mark must do for two, with their colour. */
export const ROLES = {
  event: 0, place: 2, actor: 1, opponent: 3, speaker: 5, date: 4, "said on": 6, stance: 3, quantity: 7,
};

/** Words of a stranger without the characters that turn a line around or have no form; joiners that scripts need stay. */
export const calm = (text) => (text || "").replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufeff]/g, "");

/** Pieces of `letters` from `start` to `end`, cut where a range begins or ends; each has the ranges that cover it. */
export function pieces(letters, start, end, ranges, first = 0) {
  const inside = ranges.filter((one) => one.start < end && one.end > start);
  const cuts = [...new Set([start, end, ...inside.flatMap((one) => [one.start, one.end])])]
    .filter((cut) => cut >= start && cut <= end).sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, number) => ({
    start: from, end: cuts[number + 1], text: calm(letters.slice(from - first, cuts[number + 1] - first).join("")),
    ranges: inside.filter((one) => one.start <= from && cuts[number + 1] <= one.end),
  }));
}

/** The roles of a piece that `spans` of a claim give it, in order of precedence. */
const rolesOf = (piece) => Object.keys(ROLES).filter((role) => piece.ranges.some((one) => one.role === role));

/** A word for a part of a claim with its colour; the colour is never alone. */
export const roleTag = (role) => h("span", { class: `role r${ROLES[role] ?? 7}` }, role);

/** Characters of a text with the parts of a claim marked and labelled: `[event] captured`. */
export function markedParts(text, start, spans) {
  const letters = Array.from(text);
  return pieces(letters, start, start + letters.length, spans, start).map((piece) => markedPiece(piece, spans));
}

/** One piece: a mark with its label where a part of the claim begins, plain text where none is. */
export function markedPiece(piece, spans) {
  const roles = rolesOf(piece);
  if (!roles.length) return piece.text;
  const begins = spans.filter((one) => one.start === piece.start && roles.includes(one.role)).map((one) => one.role);
  const label = roles.filter((role) => begins.includes(role));
  return h("mark", { class: `role-mark r${ROLES[roles[0]]}`, title: roles.join(", ") },
    label.length ? h("span", { class: "role-label" }, `${label.join(" + ")} `) : null, piece.text);
}

/** Paragraphs of a text as ranges: stretches between line breaks. */
export function paragraphs(letters, first = 0) {
  const found = [];
  let start = 0;
  for (let at = 0; at <= letters.length; at += 1) {
    if (at < letters.length && letters[at] !== "\n") continue;
    if (letters.slice(start, at).some((one) => one.trim())) found.push({ start: start + first, end: at + first });
    start = at + 1;
  }
  return found;
}
