// The dialogs: why it is rejected, what is corrected, which claims belong together. Each shows what will change first.

import { get, post, Problem } from "../api.js";
import { h, show as put } from "../dom.js";
import { day } from "../words.js";
import { changes, eventWords } from "./said.js";

const QUICK = {
  reject: ["Not what the sentence says", "Wrong place", "A plan, not a deed", "Old news told again", "About something else"],
  correct: ["Wrong place", "Wrong day", "Wrong party", "Wrong event", "Hedged, not said outright"],
  split: ["Two happenings", "Different days", "Different parts of the place"],
  merge: ["One happening", "The same assault told twice"],
};
const TITLES = { reject: "Reject this claim", correct: "Correct this claim", split: "These are different happenings", merge: "These are one happening" };
const EVENTS = ["captures", "recaptures", "controls", "contests", "attacks", "besieges", "repels", "withdraws_from",
  "surrenders", "hands_over", "closes", "restricts", "reopens", "flees_across", "displaces"];

/** Ask for what a verb needs; the review to send, or null where nothing is to be done. */
export function ask(verb, told) {
  return new Promise((resolve) => {
    const made = dialog(verb, told, (answer) => { made.close(); made.remove(); resolve(answer); });
    document.body.append(made);
    made.showModal();
    (made.querySelector("[data-first]") || made.querySelector("textarea")).focus();
  });
}

function dialog(verb, told, done) {
  const preview = h("div", { class: "review-preview", "aria-live": "polite" });
  const because = h("textarea", { name: "because", rows: 2, maxlength: 2000, required: true });
  const fields = verb === "correct" ? corrections(told) : verb === "reject" ? null : together(verb, told);
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const answer = () => ({
    verb, because: because.value.trim(),
    claims: [told.item.claim_id, ...(fields && fields.claims ? fields.claims() : [])],
    ...(verb === "correct" ? { changes: fields.changes() } : {}),
  });
  let seen = "";
  const soon = later(() => foresee(preview, answer()));
  const look = () => {
    const asked = JSON.stringify({ ...answer(), because: "" });
    if (asked !== seen) { seen = asked; preview.setAttribute("aria-busy", "true"); soon(); }
  };
  const send = (event) => {
    event.preventDefault();
    const made = answer();
    const lacks = !made.because ? "Say why, in a few words." : verb === "correct" && !Object.keys(made.changes).length ? "Change something first."
      : (verb === "merge" || verb === "split") && made.claims.length < 2 ? "Choose another claim." : "";
    if (lacks) { problem.hidden = false; put(problem, lacks); return; }
    done(made);
  };
  const form = h("form", { on: { submit: send, input: look, change: look } },
    h("h2", { id: "decide-title" }, TITLES[verb]),
    h("blockquote", { dir: "auto" }, told.sentence.text),
    fields,
    h("fieldset", {}, h("legend", {}, "Why?"),
      h("div", { class: "review-quick" }, QUICK[verb].map((words) => h("button", { type: "button", on: { click: () => { because.value = words; because.focus(); } } }, words))),
      h("label", {}, h("span", { class: "unseen" }, "Reason"), because)),
    h("h3", {}, "What will change"), preview, problem,
    h("p", { class: "doors" }, h("button", { type: "submit", class: "main" }, "Send"),
      h("button", { type: "button", on: { click: () => done(null) } }, "Cancel")));
  because.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send(event); });
  look();
  return h("dialog", { class: "review-dialog", "aria-labelledby": "decide-title", on: { cancel: (event) => { event.preventDefault(); done(null); } } }, form);
}

let turn = 0;

/** Ask the service what would change, and show it; only the last question's answer is shown. */
async function foresee(preview, made) {
  const mine = ++turn;
  preview.removeAttribute("aria-busy");
  const lacks = (made.verb === "correct" && !Object.keys(made.changes).length) || (/merge|split/.test(made.verb) && made.claims.length < 2);
  if (lacks) { put(preview, h("p", { class: "quiet" }, made.verb === "correct" ? "Nothing yet: change something." : "Choose the other claims.")); return; }
  preview.setAttribute("aria-busy", "true");
  try {
    const found = await post("/api/reviews/preview", made);
    if (mine === turn) put(preview, changes(found.changed, "No answer would change."));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (mine === turn) put(preview, h("p", { class: "problem" }, error.message));
  } finally {
    if (mine === turn) preview.removeAttribute("aria-busy");
  }
}

/** The same as a function that waits until nothing has happened for a moment; only the last call counts. */
function later(run, wait = 350) {
  let timer = 0;
  return () => { clearTimeout(timer); timer = setTimeout(run, wait); };
}

function corrections({ claim }) {
  const place = input("place", claim.place_name || "", "name or id");
  const actor = input("actor", claim.actor_name || "", "name or id of a party");
  typeahead(place, "place");
  typeahead(actor, "party");
  const event = select("event", EVENTS.map((one) => [one, eventWords(one)]), claim.event);
  const stance = select("stance", ["asserts", "hedges", "denies", "plans"].map((one) => [one, one]), claim.stance);
  const first = h("input", { type: "date", name: "date_from", value: claim.date_from || "" });
  const last = h("input", { type: "date", name: "date_to", value: claim.date_to || "" });
  place.dataset.first = "";
  const made = h("div", { class: "review-fields" },
    row("Place", place, claim.place_id ? `as written: “${claim.place}”` : `no place was chosen for “${claim.place}”`),
    row("Who did it", actor), row("Event", event), row("Stance", stance),
    row("First day", first, "empty: on or before the last"), row("Last day", last));
  made.changes = () => {
    const found = {};
    for (const [field, was] of [[place, claim.place_name], [actor, claim.actor_name]]) {
      if (field.value.trim() && field.value.trim() !== (was || "")) found[field.name] = field.known?.get(field.value) || field.value.trim();
    }
    if (event.value !== claim.event) found.event = event.value;
    if (stance.value !== claim.stance) found.stance = stance.value;
    if (first.value !== (claim.date_from || "") || last.value !== (claim.date_to || "")) {
      if (first.value) found.date_from = first.value;
      if (last.value || first.value) found.date_to = last.value || first.value;
    }
    return found;
  };
  return made;
}

const input = (name, value, placeholder) => h("input", { name, value, placeholder, maxlength: 200, autocomplete: "off", list: `known-${name}` });
const select = (name, choices, value) => h("select", { name }, choices.map(([one, words]) => h("option", { value: one, selected: one === value }, words)));
const row = (words, field, hint) => h("label", {}, h("span", {}, words), field, field.getAttribute("list") ? h("datalist", { id: field.getAttribute("list") }) : null,
  hint ? h("small", { class: "quiet" }, hint) : null);

/** Offer names while somebody types: those on record, and for places those of the gazetteer. */
function typeahead(field, kind) {
  field.known = new Map();
  field.addEventListener("input", later(async () => {
    const name = field.value.trim();
    if (name.length < 2 || field.known.has(field.value)) return;
    const named = await get("/api/suggest", { q: name, kind, limit: 8 }).then((it) => it.items, () => []);
    const places = kind === "place" ? await get("/api/review/places", { name }).catch(() => []) : [];
    const ids = new Map();
    for (const one of named) ids.set(one.id, [one.name, one.what, one.within, one.country]);
    for (const one of places) ids.set(one.place_id, [one.name, one.kind, one.admin1, one.country]);
    field.known = new Map([...ids].map(([id, [words, ...about]]) => [about.filter(Boolean).length ? `${words} (${about.filter(Boolean).join(", ")})` : words, id]));
    put(field.parentElement.querySelector("datalist"), [...field.known].map(([words]) => h("option", { value: words })));
  }, 200));
}

function together(verb, { others }) {
  const boxes = others.map((one) => h("label", { class: "review-other" },
    h("input", { type: "checkbox", value: one.claim_id }),
    h("span", {}, h("strong", {}, `${eventWords(one.event)}, ${one.date_to ? day(one.date_to) : "no day"}`), " ",
      h("bdi", { class: "quiet" }, one.publisher || ""), one.together ? h("span", { class: "tag" }, "same happening now") : null,
      h("br"), h("span", { dir: "auto" }, one.sentence))));
  const shown = verb === "split" ? boxes.filter((_, at) => others[at].together) : boxes.filter((_, at) => !others[at].together);
  const made = h("fieldset", { class: "review-choose" },
    h("legend", {}, verb === "split" ? "Which claims tell of another happening?" : "Which claims tell of the same happening?"),
    shown.length ? shown : h("p", { class: "quiet" }, verb === "split" ? "No other claim is taken for the same happening." : "Every other claim is taken for the same happening already."));
  made.claims = () => [...made.querySelectorAll("input:checked")].map((one) => one.value);
  return made;
}
