// The page of a place: who held it on both clocks, the band through time, the evidence, and all that is told of it.

import { Problem } from "../api.js";
import { h, show as put } from "../dom.js";
import { holders } from "../holders.js";
import { clocks } from "../place_in_time.js";
import { consequences, counts, events, neighbours } from "../place/around.js";
import { course } from "../place/band.js";
import { claims, reveal } from "../place/claims.js";
import { evidence } from "../place/evidence.js";
import { head, load } from "../place/head.js";
import { passage } from "../place/passage.js";
import { section } from "../place/section.js";
import { day } from "../words.js";

/** Show the place of the address. Its parts load by themselves, and again when a clock or the record changes. */
export async function show(root, { id }) {
  if (!id) throw new Problem(404, { detail: "the address names no place; the map and the search have them" });
  const page = { id, root, styles: new Map(), card: null, band: course() };
  page.head = head(id);
  page.parts = sections(page);
  await fresh(page);
  put(root, h("div", { class: "sheet place-page" }, page.head.element, contents(page), Object.values(page.parts)));
  for (const one of Object.values(page.parts)) one.refresh();
  return listening(page);
}

/** The card of the place and how holders are drawn, anew. */
async function fresh(page, wanted = () => true) {
  const [card, styles] = await Promise.all([load(page.id), holders()]);
  if (!wanted()) return;
  Object.assign(page, { card, styles });
  page.head.update(page.card, page.styles);
  page.parts.passage.hidden = !page.card.crossing;
  const link = page.root.querySelector('[data-to="passage"]');
  if (link) link.hidden = !page.card.crossing;
}

function sections(page) {
  const how = (signal) => ({ signal, styles: page.styles, placeName: page.card.name, reveal: (claimId) => reveal(page.root, claimId) });
  const name = () => page.card.name;
  const by = () => (clocks().known ? ` by ${day(clocks().known)}` : "");
  return {
    passage: section({ id: "passage", title: "Both posts, and what passes", nothing: "Nothing is told of this crossing.", hidden: true,
      load: (signal) => (page.card.crossing ? passage(page.id, how(signal)) : null) }),
    band: section({ id: "band", title: "Who held it through time", nothing: () => `No claim on record${by()} tells who held ${name()}.`,
      load: (signal) => page.band.load(page.id, { signal, styles: page.styles, card: page.card }) }),
    evidence: section({ id: "evidence", title: "The evidence, row by row", nothing: () => `No claim on record${by()} bears on who held ${name()}.`,
      load: (signal) => evidence(page.id, { ...how(signal), shown: page.card.probability }) }),
    claims: section({ id: "claims", title: "What is told of it, and by whom", nothing: () => `No claim on record${by()} is about ${name()}.`,
      load: (signal) => claims(page.id, how(signal)) }),
    events: section({ id: "events", title: "What happened here", nothing: () => `No event here is on record${by()}, up to ${day(page.card.at)}.`,
      load: (signal) => events(page.id, how(signal)) }),
    neighbours: section({ id: "neighbours", title: "Around it", nothing: "No place on record lies near it.",
      load: (signal) => neighbours(page.id, how(signal)) }),
    counts: section({ id: "counts", title: "Counts that bear on it", nothing: () => `No count of smaller places on record${by()} concerns ${name()}.`,
      load: (signal) => counts(page.id, how(signal)) }),
    consequences: section({ id: "consequences", title: "What follows", nothing: () => `Nothing on record${by()} follows from who held ${name()}.`,
      load: (signal) => consequences(page.id, how(signal)) }),
  };
}

/** Buttons to the parts of the page. */
function contents(page) {
  const jump = (one) => () => {
    const title = one.querySelector("h2");
    title.scrollIntoView({ block: "start" });
    title.focus({ preventScroll: true });
  };
  return h("nav", { class: "contents noprint", "aria-label": "Parts of this page" }, Object.values(page.parts).map((one) =>
    h("button", { type: "button", "data-to": one.id, hidden: one.hidden, on: { click: jump(one) } }, one.querySelector("h2").textContent)));
}

function listening(page) {
  let turn = 0;
  const again = async () => {
    const mine = ++turn;
    page.head.element.setAttribute("aria-busy", "true");
    try {
      await fresh(page, () => mine === turn);
      if (mine === turn) for (const one of Object.values(page.parts)) one.refresh();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      page.head.failed(error.message);
    } finally {
      if (mine === turn) page.head.element.removeAttribute("aria-busy");
    }
  };
  const changed = (event) => {
    const places = event.detail?.places;
    if (!places?.length || places.includes(page.id)) again();
  };
  const opened = [];
  const before = () => { for (const one of page.root.querySelectorAll("#evidence details, .copies, .spells")) if (!one.open) { one.open = true; opened.push(one); } };
  const after = () => { for (const one of opened.splice(0)) one.open = false; };
  const heard = { "marchland:clocks": again, "marchland:changed": changed, beforeprint: before, afterprint: after };
  for (const [name, listener] of Object.entries(heard)) window.addEventListener(name, listener);
  return () => {
    page.band.leave();
    for (const [name, listener] of Object.entries(heard)) window.removeEventListener(name, listener);
  };
}
