// A crossing: both posts side by side, what passes by direction and kind of traffic, and why.

import { get } from "../api.js";
import { h, show as put } from "../dom.js";
import { asked } from "../place_in_time.js";
import { day, percent } from "../words.js";
import { holder } from "./around.js";
import { drawn } from "./evidence.js";
import { table, words } from "./section.js";

const TRAFFIC = ["travellers", "trade", "aid", "all"];
const SIGNS = { open: "○", restricted: "◐", closed: "●", unknown: "?" };

/** The state of a lane with a sign of its own, so that no colour is needed. */
export const stateWord = (state) => h("span", { class: `state ${state}` }, h("span", { "aria-hidden": "true" }, `${SIGNS[state] || "?"} `), state);

export const trafficWords = (traffic) => (traffic === "all" ? "all traffic" : traffic);

/** Both posts and every lane on the day asked about; `byName` gives how a holder of that name is drawn. */
export async function passage(placeId, { signal, styles, reveal }) {
  const path = `/api/places/${encodeURIComponent(placeId)}/passage`;
  const found = await get(path, asked(), { signal });
  const told = found.lanes.filter((one) => one.state !== "unknown" || one.claims.length);
  return [
    h("div", { class: "posts" }, found.posts.map((post, index) => [index ? h("div", { class: "between", "aria-hidden": "true" }, "⇄") : null, onePost(post, styles)])),
    told.length ? lanes(told, { path, styles, reveal }) : h("p", { class: "quiet" }, `No claim on record tells whether anything passes on ${day(found.at)}.`),
    history(found.spells),
  ];
}

function onePost(post, styles) {
  const known = { ...post, holder_id: post.holder_id || idOf(post.holder_name, styles) };
  return h("section", { class: "post", "aria-label": `Post of ${post.country_name || "the other side"}` },
    h("h3", {}, words(post.name || "post without a name"), post.country ? h("span", { class: "quiet" }, ` · ${post.country_name} (${post.country})`) : null),
    h("p", {}, holder(known, styles), post.probability === null ? null : ` ${percent(post.probability)}`),
    h("p", { class: "quiet small" }, [post.since ? `since ${day(post.since)}` : null, post.last_confirmed ? `last confirmed ${day(post.last_confirmed)}` : null].filter(Boolean).join("; ")
      || (post.presumed ? "no claim on record tells of this post" : "")));
}

/** The id of a holder known only by name. */
export const idOf = (name, styles) => [...styles.values()].find((one) => one.name === name)?.id || null;

function lanes(rows, { path, styles, reveal }) {
  const ordered = [...rows].sort((a, b) => a.direction.localeCompare(b.direction) || TRAFFIC.indexOf(a.traffic) - TRAFFIC.indexOf(b.traffic));
  const why = h("div", { class: "lane-why", "aria-live": "polite" });
  const ask = (one) => async (event) => {
    const button = event.currentTarget;
    put(why, h("p", { class: "busy quiet" }));
    try {
      const told = await get(`${path}/why`, { ...asked(), lane: one.lane });
      put(why, h("h3", { tabindex: -1 }, `Why ${one.state}: ${trafficWords(one.traffic)}, ${one.direction_words}`), drawn(told, { styles, reveal }));
      why.querySelector("h3").focus();
    } catch (error) {
      put(why, h("p", { class: "problem" }, error.message));
      button.focus();
    }
  };
  return [table({ label: "Traffic by direction", numbers: ["sure"], headers: ["direction", "traffic", "state", "since", "sure", "last told", "evidence"], rows: ordered.map((one) => [
    words(one.direction_words), trafficWords(one.traffic), stateWord(one.state), day(one.from, "–"), one.state === "unknown" ? "–" : percent(one.probability), day(one.last_told, "–"),
    h("button", { type: "button", class: "small", on: { click: ask(one) } }, "why", h("span", { class: "unseen" }, ` ${trafficWords(one.traffic)}, ${one.direction_words}`)),
  ]) }), why];
}

function history(spells) {
  if (spells.length < 2) return null;
  return h("details", {}, h("summary", {}, `All states on record (${spells.length})`),
    table({ label: "States of passage through time", numbers: ["sure"], headers: ["from", "until", "direction", "traffic", "state", "sure"], rows: spells.map((one) => [
      day(one.from, "?"), day(one.until, "lasts"), words(one.direction_words), trafficWords(one.traffic), stateWord(one.state), percent(one.probability)]) }));
}
