// What is told of a place: happenings with their witnesses, copies folded under them, denials beside.

import { address, get } from "../api.js";
import { h, outside, put } from "../dom.js";
import { chip } from "../holders.js";
import { ROLES, markedParts, roleTag } from "../marked.js";
import { asked, here } from "../place_in_time.js";
import { count, day, percent } from "../words.js";
import { words } from "./section.js";

const PAGE = 10;
const eventWords = (event) => event.replaceAll("_", " ");

/** Load the first page of claims and show it; more come on demand. Null where there are none. */
export async function claims(placeId, { signal, styles, placeName }) {
  const path = `/api/places/${encodeURIComponent(placeId)}/claims`;
  const first = await get(path, { ...asked(), limit: PAGE }, { signal });
  if (!first.total) return null;
  const how = { path, styles, placeName, sides: { ...first.sides } };
  const list = h("div", { class: "happenings" }, groups(first.items, how));
  const more = h("p", { class: "noprint" });
  following(more, list, first, how, first.items.length);
  return [
    h("p", { class: "quiet" }, `${count(first.claims, "claim")} by ${count(first.witnesses, "witness", "witnesses")} on ${count(first.total, "matter")}. Claims that rest on the same words are one witness; who denies stands beside. `),
    h("p", { class: "legend small" }, "Marked in sentences: ", Object.keys(ROLES).map((role) => [roleTag(role), " "])),
    list, more,
  ];
}

function following(more, list, page, how, seen) {
  more.replaceChildren();
  if (!page.next) return;
  more.append(h("button", { type: "button", on: { click: async (event) => {
    event.target.disabled = true;
    const next = await get(page.next);
    Object.assign(how.sides, next.sides);
    const added = groups(next.items, how);
    put(list, added);
    following(more, list, next, how, seen + next.items.length);
    added.flat(9).find((one) => one instanceof HTMLElement)?.querySelector("h3")?.focus();
  } } }, `Show more (${seen} of ${page.total})`));
}

const groups = (items, how) => items.map((one) => happening(one, how));

// --------------------------------------------------------------------------------------------------------- happenings

function happening(one, how) {
  const box = h("article", { class: "happening" });
  fill(box, one, how);
  return box;
}

function fill(box, one, how) {
  const style = one.actor_id ? how.styles.get(one.actor_id) : null;
  const all = one.tells_total + one.denies_total, shown = one.tells.length + one.denies.length;
  box.replaceChildren();
  put(box, [
    h("h3", { tabindex: -1 }, style ? [chip(style), " "] : null, title(one), one.later ? h("span", { class: "tag" }, "after the day asked") : null,
      one.part ? h("span", { class: "tag" }, "a part of the place") : null, one.control || !one.event_id ? null : h("span", { class: "tag" }, "not of control")),
    one.reason ? h("p", { class: "quiet" }, `${one.event === "taken back" ? "" : "In no event: "}`, words(one.reason)) : null,
    datesTold(one.dates_told),
    one.decided_by.map((by) => h("p", { class: "small" }, "Decided: ", words(by))),
    h("div", { class: one.denies.length && one.tells.length ? "sides both" : "sides" },
      h("div", {}, one.denies.length && one.tells.length ? h("h4", {}, `Told by ${count(one.tells_total, "witness", "witnesses")}`) : null, one.tells.map((it) => witness(it, how))),
      one.denies.length ? h("div", { class: "denials" }, h("h4", {}, `Denied by ${count(one.denies_total, "witness", "witnesses")}`), one.denies.map((it) => witness(it, how))) : null),
    shown < all && one.event_id ? rest(box, one, all, how) : null,
    shown < all && !one.event_id ? h("p", { class: "quiet small" }, `and ${all - shown} more like these`) : null,
  ]);
}

/** `..2031-05-03: Lake Radio` as `by 3 May 2031: Lake Radio`. */
const datesInWords = (told) => told.replace(/(\.\.)?(\d{4}-\d{2}-\d{2})(?:\/(\d{4}-\d{2}-\d{2}))?/g,
  (_, open, first, last) => `${open ? "by " : ""}${day(first)}${last ? ` to ${day(last)}` : ""}`);

function datesTold(told) {
  if (told.length < 2) return null;
  const list = words(told.map(datesInWords).join("; "));
  if (told.length < 4 && told.join().length < 200) return h("p", { class: "quiet small" }, "Days told: ", list);
  return h("details", { class: "small" }, h("summary", {}, `${told.length} different days are told`), h("p", { class: "quiet" }, list));
}

function title(one) {
  if (one.event === "taken back") return "Taken back";
  const who = one.actor_name ? [words(one.actor_name), " · "] : null;
  const whom = one.opponent_name ? [" · against ", words(one.opponent_name)] : null;
  return [who, eventWords(one.event), whom, one.days ? ` · ${one.days}` : null];
}

function rest(box, one, all, how) {
  return h("p", { class: "noprint" }, h("button", { type: "button", on: { click: async (event) => {
    event.target.disabled = true;
    const found = await get(address(how.path), { ...asked(), event_id: one.event_id, witnesses: 200 });
    Object.assign(how.sides, found.sides);
    if (found.items.length) fill(box, found.items[0], how);
    box.querySelector("h3")?.focus();
  } } }, `Show all ${all} witnesses`));
}

// ---------------------------------------------------------------------------------------------------------- witnesses

function witness(one, how) {
  const { best } = one;
  return h("div", { class: `witness ${one.says}`, id: `claim-${best.claim_id}`, tabindex: -1, "data-claims": [best.claim_id, ...one.copies.map((it) => it.claim_id)].join(" ") },
    h("p", { class: "who-says" }, h("strong", {}, words(best.speaker)), standing(best, how),
      one.says === "tells" ? null : h("span", { class: "tag warned" }, one.says === "admits" ? "admits that it is not so" : "denies it"),
      best.stance === "asserts" || (best.stance === "denies" && one.says !== "tells") ? null : h("span", { class: "tag" }, best.stance),
      h("span", { class: "quiet" }, ` ${day(best.published, "no day of print")}`)),
    h("blockquote", { class: "told", dir: "auto" }, markedParts(best.sentence, 0, best.marks)),
    h("p", { class: "small quiet" }, facts(best, one)),
    best.reviews.map((said) => h("p", { class: "small reviewed" }, h("span", { class: "tag" }, "reviewed"), words(said))),
    copies(one), links(best));
}

function standing(best, how) {
  if (!best.side) return null;
  const style = how.styles.get(best.side);
  return [" ", style ? chip(style, `stands with ${how.sides[best.side] || best.side}`) : null, h("span", { class: "quiet" }, " stands with ", words(how.sides[best.side] || best.side))];
}

function facts(best, one) {
  const date = best.date_text ? [h("q", {}, best.date_text), ` → ${best.days}`] : [`day: ${best.days}`];
  return [
    date, best.date_how ? ` (${best.date_how})` : null, best.place_words && best.part ? [`; of a part: `, words(best.part)] : null,
    best.quantity ? ["; quantity: ", words(best.quantity)] : null, `; read rightly ${percent(best.reading)}`,
    one.independence < 1 ? [`; adds ${percent(one.independence)} of its weight`, one.leans_on ? `: ${one.leans_on}` : null] : null, ".",
  ];
}

function copies(one) {
  if (!one.copies_total) return null;
  const others = one.outlets.filter((outlet) => outlet !== one.best.publisher);
  const label = others.length ? `also in ${count(others.length, "other outlet")} (${count(one.copies_total, "claim")}, one witness)` : `${count(one.copies_total, "more claim")} of the same witness`;
  return h("details", { class: "small copies" }, h("summary", {}, label),
    h("ul", {}, one.copies.map((it) => h("li", {}, words(it.speaker), `, ${day(it.published, "no day")}: `,
      h("a", { href: here(`/claim/${encodeURIComponent(it.claim_id)}`) }, words(it.sentence)))),
    one.copies_total > one.copies.length ? h("li", { class: "quiet" }, `and ${one.copies_total - one.copies.length} more`) : null),
    one.because.length ? h("p", { class: "quiet" }, "One witness because: ", words(one.because.join("; "))) : null);
}

function links(best) {
  if (!best.article_id) return h("p", { class: "small quiet" }, "The word of a reviewer: no article carries it.");
  const id = encodeURIComponent(best.claim_id), label = `claim ${best.claim_id.slice(0, 8)}`;
  return h("p", { class: "small links" },
    h("a", { href: here(`/claim/${id}`) }, h("span", { class: "unseen" }, `${label}: `), "how it was read"),
    h("a", { href: here(`/article/${encodeURIComponent(best.article_id)}`, { claim: best.claim_id }) }, h("span", { class: "unseen" }, `${label}: `), "in its article"),
    h("a", { href: here("/review", { claim: best.claim_id }) }, h("span", { class: "unseen" }, `${label}: `), "review"),
    best.url ? outside(best.url, h("span", {}, h("span", { class: "unseen" }, `${label}: `), "where it was published")) : null);
}

/** Bring the card of a claim into view, also where it is folded under its witness; whether it is on the page. */
export function reveal(root, claimId) {
  const card = [...root.querySelectorAll(".witness")].find((one) => one.dataset.claims.split(" ").includes(claimId));
  if (!card) return false;
  if (card.id !== `claim-${claimId}`) for (const one of card.querySelectorAll("details")) one.open = true;
  const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
  card.scrollIntoView({ block: "center", behavior: quiet ? "auto" : "smooth" });
  card.focus({ preventScroll: true });
  card.classList.add("shown");
  setTimeout(() => card.classList.remove("shown"), 2500);
  return true;
}
