// The record as the map reads it: all places with their holders on both clocks. Days are counted from 1970-01-01.

import { get } from "../api.js";
import { Spells } from "./spells.js";

export { NOT_YET, WAITING } from "./spells.js";

const AGAIN = 2500; // ms between two looks while something is still worked out
const SOON = [1500, 6000]; // ms after a change: its neighbours are worked out a little later

/** Ask for the record; `signal` ends the asking, also for what comes later. */
export async function load({ signal } = {}) {
  const record = new MapRecord(signal);
  record.take(await get("/api/map", {}, { signal }));
  record.later();
  return record;
}

/**
 * Places in columns (`places`), `holders`, and who held what.
 *
 * Events: "history" when more of the earlier days has come, "changed" when something else has (`detail.places`).
 */
class MapRecord extends EventTarget {
  #spells = new Spells();
  #index = new Map();
  #holders = new Map();
  #crossings = new Map();
  #signal;
  #past = 0;
  #timers = new Set();

  constructor(signal) {
    super();
    this.#signal = signal;
    this.places = { id: [], name: [], kind: [], country: [], admin1: [], lat: [], lon: [], known_from: [], known_first: [] };
    this.holders = [];
    this.kinds = [];
    this.statuses = [];
    this.days = [];
    this.history = { done: 0, of: 0 };
    this.waiting = 0;
    signal?.addEventListener("abort", () => this.#timers.forEach(clearTimeout));
  }

  /** Take an answer of /api/map or /api/map/places; returns the numbers of its places. */
  take(answer) {
    for (const name of ["revision", "made", "waiting", "days", "statuses", "horizon"]) this[name] = answer[name];
    this.first = Math.min(this.first ?? answer.first, answer.first);
    const holderOf = this.#held(answer.holders);
    const kindOf = answer.kinds.map((kind) => this.#kind(kind));
    const numbers = answer.places.id.map((id, i) => this.#place(id, answer.places, i, kindOf));
    this.#spells.reach(this.places.id.length);
    const base = this.#spells.take(answer, numbers.length, holderOf, answer.places.known_from);
    numbers.forEach((number, i) => {
      if (answer.places.known_first[i] === null) return;
      this.#spells.places.now[number] = base + i;
      this.#spells.places.first[number] = answer.places.known_first[i];
    });
    answer.crossings.place.forEach((place, i) => this.#crossings.set(numbers[place], { a: answer.crossings.a[i], b: answer.crossings.b[i] }));
    return numbers;
  }

  #held(told) {
    return told.map((one) => {
      if (!this.#holders.has(one.id)) { this.#holders.set(one.id, this.holders.length); this.holders.push(one); }
      return this.#holders.get(one.id);
    });
  }

  #kind(name) {
    if (!this.kinds.includes(name)) this.kinds.push(name);
    return this.kinds.indexOf(name);
  }

  #place(id, told, i, kindOf) {
    const number = this.#index.get(id) ?? this.places.id.length;
    this.#index.set(id, number);
    for (const name of Object.keys(this.places)) this.places[name][number] = name === "kind" ? kindOf[told.kind[i]] : told[name][i];
    return number;
  }

  /** Ask for the earlier days and for what is still worked out, until all is there. */
  later() {
    this.#after(0, () => this.#askPast());
    if (this.waiting) this.#after(AGAIN, () => this.#askWaiting());
  }

  async #askWaiting() {
    await this.#askSince();
    if (this.waiting) this.#after(AGAIN, () => this.#askWaiting());
  }

  async #askPast() {
    const answer = await get("/api/map/history", { since: this.#past || null }, { signal: this.#signal });
    const { done, of } = this.history, news = answer.places.length || answer.done !== done || answer.of !== of || answer.more !== this.more;
    this.#takePast(answer);
    this.history = { done: answer.done, of: answer.of };
    this.more = answer.more; // parts that are there already
    if (news) this.dispatchEvent(new CustomEvent("history", { detail: this.history }));
    if (answer.more || answer.done < answer.of) this.#after(answer.more ? 20 : AGAIN, () => this.#askPast());
  }

  #takePast(answer) {
    const { versions, places } = answer, known = this.#spells.places;
    const base = this.#spells.take(answer, versions.place.length, this.#held(answer.holders), versions.known_from);
    const numbers = places.map((id) => this.#index.get(id));
    numbers.forEach((number) => { if (number !== undefined) known.past[number] = known.pastEnd[number] = 0; });
    versions.place.forEach((place, i) => {
      const number = numbers[place];
      if (number === undefined) return;
      if (known.pastEnd[number] === 0) known.past[number] = base + i;
      known.pastEnd[number] = base + i + 1;
    });
    this.#past = answer.made;
  }

  #after(wait, act) {
    if (this.#signal?.aborted) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      Promise.resolve(act()).catch((error) => { if (error.name !== "AbortError") this.#after(4 * AGAIN, act); });
    }, wait);
    this.#timers.add(timer);
  }

  /** Ask for some places again, and for all that have changed since; the numbers of the places. Tells of neighbours later. */
  async refresh(ids = []) {
    const numbers = await this.#askSince(ids);
    for (const wait of SOON) this.#after(wait, () => this.#askSince());
    this.#after(SOON[1], () => this.#askPast());
    return numbers;
  }

  async #askSince(ids = []) {
    const horizon = this.horizon;
    let answer = await get("/api/map/places", { id: ids.slice(0, 500), since: this.made }, { signal: this.#signal });
    if (answer.horizon !== horizon) answer = await get("/api/map", {}, { signal: this.#signal }); // what comes after the horizon was left out
    const numbers = this.take(answer);
    if (numbers.length) this.dispatchEvent(new CustomEvent("changed", { detail: { places: numbers } }));
    return numbers;
  }

  /** Number of a place by its id; -1 where it is not on record. */
  indexOf(id) { return this.#index.get(id) ?? -1; }

  /** Who held every place on a day, as known by another (null: everything on record). The next call fills the same arrays anew. */
  state(at, known = null) { return this.#spells.state(at, known); }

  /** One spell by its number in `state(...).spell`. */
  spellAt(spell) { return this.#spells.spellAt(spell); }

  /** Probability of a spell on a day. */
  shareAt(spell, at) { return this.#spells.shareOf(spell, at); }

  /** Days on which spells began, with how many did, as known by a day. */
  changes(known = null) { return this.#spells.changes(known); }

  isCrossing(place) { return this.#crossings.has(place); }

  /** Both posts of a crossing, in words. */
  crossingOf(place) { return this.#crossings.get(place) || null; }

  /** What was open at a crossing on a day, as known by another. */
  lanesOf(place, at, known = null) {
    const version = this.#spells.versionsAt(known)[place];
    return (this.#spells.lanes.get(version) || []).filter((lane) => (lane.from ?? at) <= at && at < (lane.until ?? Infinity));
  }

  /** Every spell of a place, in order of time, as known by a day. */
  spellsOf(place, known = null) {
    const version = this.#spells.versionsAt(known)[place];
    if (version < 0) return [];
    const { first, end } = this.#spells.versions;
    return Array.from({ length: end[version] - first[version] }, (_, i) => this.#spells.spellAt(first[version] + i));
  }
}
