// Spells of places on each state of knowledge, in typed arrays: who held all places on a day takes a millisecond or two.

const NONE = -0x80000000;
const LASTS = 0x7fffffff;
/** Status of a place of which nothing was on record on that day of knowledge, and of one that is still to be worked out. */
export const NOT_YET = 255, WAITING = 254;

/** Arrays that grow together. */
class Table {
  constructor(columns, size = 1024) {
    this.length = 0;
    this.size = size;
    this.columns = columns;
    for (const [name, Kind] of Object.entries(columns)) this[name] = new Kind(size);
  }

  /** Make room for so many rows more. */
  room(more) {
    if (this.length + more <= this.size) return;
    this.size = Math.max(2 * this.size, this.length + more);
    for (const [name, Kind] of Object.entries(this.columns)) {
      const grown = new Kind(this.size);
      grown.set(this[name]);
      this[name] = grown;
    }
  }
}

/** All versions of all places: those of the past side by side for each place, and the present one. */
export class Spells {
  constructor() {
    this.spells = new Table({ holder: Int16Array, status: Uint8Array, since: Int32Array, until: Int32Array, early: Int32Array, late: Int32Array, confirmed: Int32Array, knots: Int32Array, ends: Int32Array });
    this.knots = new Table({ day: Int32Array, share: Uint16Array });
    this.versions = new Table({ known: Int32Array, first: Int32Array, end: Int32Array });
    this.places = new Table({ now: Int32Array, first: Int32Array, past: Int32Array, pastEnd: Int32Array });
    this.lanes = new Map(); // version -> lanes
    this.chosen = new Int32Array(0);
    this.chosenFor = undefined;
    this.turn = 0; // one more whenever other versions are chosen
    this.counted = {};
    this.out = null;
  }

  /** Room for places up to a number; new ones have nothing yet. */
  reach(count) {
    this.places.room(count - this.places.length);
    for (let i = this.places.length; i < count; i++) { this.places.now[i] = -1; this.places.first[i] = LASTS; this.places.past[i] = this.places.pastEnd[i] = 0; }
    this.places.length = Math.max(this.places.length, count);
    this.chosenFor = undefined;
  }

  /** Take spells and lanes out of an answer; they belong to `count` versions, whose numbers are returned from the first on. */
  take(answer, count, holderOf, known) {
    const { spells } = answer, base = this.versions.length, at = this.spells.length;
    this.versions.room(count);
    for (let i = 0; i < count; i++) { this.versions.known[base + i] = known[i] ?? NONE; this.versions.first[base + i] = this.versions.end[base + i] = 0; }
    this.versions.length += count;
    this.#rows(spells, holderOf);
    spells.place.forEach((version, i) => {
      if (this.versions.end[base + version] === 0) this.versions.first[base + version] = at + i;
      this.versions.end[base + version] = at + i + 1;
    });
    this.#lanes(answer.lanes, base, holderOf);
    this.chosenFor = undefined;
    return base;
  }

  #rows(told, holderOf) {
    const made = this.spells, knots = this.knots, count = told.place.length, start = knots.length;
    made.room(count);
    knots.room(told.knot_day.length);
    knots.day.set(told.knot_day, start);
    knots.share.set(told.knot_share, start);
    knots.length += told.knot_day.length;
    for (let i = 0, at = made.length; i < count; i++, at++) {
      made.holder[at] = told.holder[i] < 0 ? -1 : holderOf[told.holder[i]];
      made.status[at] = told.status[i];
      made.since[at] = told.since[i];
      made.until[at] = told.until[i] ?? LASTS;
      made.early[at] = told.early[i] ?? NONE;
      made.late[at] = told.late[i] ?? NONE;
      made.confirmed[at] = told.confirmed[i] ?? NONE;
      made.knots[at] = start + told.knots[i];
      made.ends[at] = start + told.knots[i + 1];
    }
    made.length += count;
  }

  #lanes(told, base, holderOf) {
    const party = (number) => (number < 0 ? -1 : holderOf[number]);
    told.place.forEach((version, i) => {
      const lane = {
        direction: told.direction[i], traffic: told.traffic[i], state: told.state[i], from: told.since[i], until: told.until[i], share: told.share[i] / 1000,
        a_holder: party(told.a_holder[i]), b_holder: party(told.b_holder[i]), a_presumed: party(told.a_presumed[i]), b_presumed: party(told.b_presumed[i]),
      };
      const list = this.lanes.get(base + version);
      if (list) list.push(lane); else this.lanes.set(base + version, [lane]);
    });
  }

  /** The version of each place on a day of knowledge (null: everything on record); NOT_YET and WAITING below 0. */
  versionsAt(known) {
    if (this.chosenFor === known && this.chosen.length === this.places.length) return this.chosen;
    if (this.chosen.length !== this.places.length) this.chosen = new Int32Array(this.places.length);
    for (let i = 0; i < this.places.length; i++) this.chosen[i] = this.#version(i, known);
    this.chosenFor = known;
    this.turn++;
    return this.chosen;
  }

  #version(place, known) {
    const { now, first, past, pastEnd } = this.places, present = now[place];
    if (present < 0) return -WAITING;
    if (known === null || known >= this.versions.known[present]) return present;
    if (known < first[place]) return -NOT_YET;
    let low = past[place], high = pastEnd[place];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.versions.known[middle] <= known) low = middle + 1; else high = middle;
    }
    return low > past[place] ? low - 1 : -WAITING;
  }

  /** Who held every place on a day, as known by another: arrays that the next call fills anew. */
  state(at, known) {
    const count = this.places.length, chosen = this.versionsAt(known);
    if (!this.out || this.out.holder.length !== count) {
      this.out = { holder: new Int16Array(count), status: new Uint8Array(count), share: new Float32Array(count), spell: new Int32Array(count) };
    }
    const { holder, status, share, spell } = this.out, { spells } = this;
    for (let i = 0; i < count; i++) {
      const found = chosen[i] < 0 ? -1 : this.covering(chosen[i], at);
      spell[i] = found;
      holder[i] = found < 0 ? -1 : spells.holder[found];
      status[i] = found >= 0 ? spells.status[found] : chosen[i] < 0 ? -chosen[i] : 0;
      share[i] = found < 0 ? 0 : this.shareOf(found, at);
    }
    return this.out;
  }

  /** The spell of a version that covers a day; -1 for none. */
  covering(version, at) {
    const { since, until } = this.spells;
    for (let i = this.versions.end[version] - 1, first = this.versions.first[version]; i >= first; i--) {
      if (since[i] <= at && at < until[i]) return i;
    }
    return -1;
  }

  /** Probability of a spell on a day, on the line between two knots. */
  shareOf(spell, at) {
    const { day, share } = this.knots, first = this.spells.knots[spell], end = this.spells.ends[spell];
    let i = first;
    while (i < end && day[i] < at) i++;
    if (i === first) return share[first] / 1000;
    if (i === end) return share[end - 1] / 1000;
    const part = (at - day[i - 1]) / (day[i] - day[i - 1]);
    return (share[i - 1] + part * (share[i] - share[i - 1])) / 1000;
  }

  /** One spell with its days; null where a day is not told. */
  spellAt(spell) {
    const { spells } = this, day = (value) => (value === NONE || value === LASTS ? null : value);
    return {
      holder: spells.holder[spell], status: spells.status[spell], from: spells.early[spell] === NONE && spells.late[spell] === NONE ? null : spells.since[spell], until: day(spells.until[spell]),
      early: day(spells.early[spell]), late: day(spells.late[spell]), confirmed: day(spells.confirmed[spell]),
    };
  }

  /** Days on which another spell began that somebody told of, with how many did, as known by a day. */
  changes(known) {
    const chosen = this.versionsAt(known);
    if (this.counted.of === chosen && this.counted.turn === this.turn) return this.counted.found;
    const found = {}, { since, early } = this.spells;
    this.counted = { of: chosen, turn: this.turn, found };
    for (const version of chosen) {
      if (version < 0) continue;
      for (let i = this.versions.first[version]; i < this.versions.end[version]; i++) {
        if (early[i] !== NONE) found[since[i]] = (found[since[i]] || 0) + 1;
      }
    }
    return found;
  }
}
