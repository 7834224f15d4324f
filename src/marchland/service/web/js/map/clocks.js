// The two clocks: what held on a day, using what was known by a day. Sliders, buttons and the strip of changes.

import { h } from "../dom.js";
import { iso } from "../place_in_time.js";
import { count, day } from "../words.js";
import { Strip } from "./strip.js";

const MONTH = 30;
const SPEEDS = [["1", "a day a second"], ["4", "4 days a second"], ["10", "10 days a second"], ["30", "30 days a second"]];
const date = (ordinal) => day(iso(ordinal));

export class Clocks {
  /** `state`: `{at, known (null: all), follow}`, changed in place; `changed()` is called after each change. */
  constructor(record, state, changed, calm) {
    Object.assign(this, { record, state, changed, calm, playing: 0 });
    this.days = record.days.length ? Array.from(record.days) : [record.horizon];
    this.build();
    this.show();
  }

  build() {
    const { record } = this;
    this.held = slider("held-on", "Held on", record.first, record.horizon, () => this.setAt(Number(this.held.input.value)));
    this.knownBy = slider("known-by", "Known by", record.first, record.horizon, () => this.slideKnown(Number(this.knownBy.input.value)));
    this.knownBy.input.disabled = this.days.length < 2;
    for (const { input } of [this.held, this.knownBy]) input.addEventListener("keydown", (event) => this.page(event, input));
    this.strip = new Strip(record, (ordinal) => this.setAt(ordinal));
    this.held.track.prepend(this.strip.canvas);
    this.play = h("button", { type: "button", class: "map-play", on: { click: () => (this.playing ? this.stop() : this.start()) } }, "Play");
    this.speed = h("select", { id: "play-speed" }, SPEEDS.map(([value, words]) => h("option", { value, selected: value === "4" }, words)));
    this.follows = h("input", { type: "checkbox", id: "known-follows", on: { change: () => this.setFollow(this.follows.checked) } });
    this.waiting = h("span", { class: "quiet map-history", role: "status" });
    this.node = h("section", { class: "map-clocks", "aria-label": "Clocks" }, this.held.node, this.knownBy.node, h("div", { class: "map-tools" },
      h("button", { type: "button", on: { click: () => this.step(-1) } }, "‹ Earlier change"), this.play,
      h("button", { type: "button", on: { click: () => this.step(1) } }, "Later change ›"),
      h("label", { for: "play-speed", class: "unseen" }, "Speed"), this.speed,
      h("label", { class: "map-follow" }, this.follows, " known by follows held on"), this.waiting));
  }

  /** Page keys move a clock by about a month; the arrow keys by one step are the browser's own. */
  page(event, input) {
    if (event.key !== "PageUp" && event.key !== "PageDown") return;
    event.preventDefault();
    const by = event.key === "PageUp" ? 1 : -1, goal = Number(input.value) + by * MONTH;
    if (input === this.held.input) return this.setAt(goal);
    const next = by > 0 ? this.days.findIndex((one) => one >= goal) : this.indexOf(goal);
    this.setKnown(next < 0 ? this.days.length - 1 : next);
  }

  setAt(ordinal) {
    const { state, record } = this;
    state.at = Math.max(record.first, Math.min(record.horizon, ordinal));
    if (state.follow) this.followHeld();
    this.tell();
  }

  /** Known by the last day up to this one on which anything became known; a step by one goes to the next such day. */
  slideKnown(ordinal) {
    const now = this.state.known ?? this.days[this.days.length - 1], index = this.indexOf(now);
    if (ordinal === now + 1) this.setKnown(index + 1);
    else if (ordinal === now - 1) this.setKnown(this.days[index] < now ? index : index - 1);
    else this.setKnown(this.indexOf(ordinal));
  }

  setKnown(index) {
    this.state.follow = false;
    this.state.known = index >= this.days.length - 1 ? null : this.days[Math.max(0, index)];
    this.tell();
  }

  setFollow(on) {
    this.state.follow = on;
    if (on) this.followHeld();
    this.tell();
  }

  /** What was known by the day that is shown: that day itself, not only the days on which something became known. */
  followHeld() { this.state.known = this.state.at >= this.days[this.days.length - 1] ? null : this.state.at; }

  tell() {
    this.show();
    this.changed();
  }

  /** Place of the last day of knowledge up to a day. */
  indexOf(ordinal) {
    let low = 0, high = this.days.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.days[middle] <= ordinal) low = middle; else high = middle - 1;
    }
    return low;
  }

  /** Sliders and words as the state is. */
  show() {
    const { state, held, knownBy } = this;
    const known = state.known ?? this.days[this.days.length - 1];
    set(held, state.at, date(state.at));
    set(knownBy, known, date(known));
    this.follows.checked = state.follow;
    this.strip.mark(state.at);
  }

  /** Days and their changes anew, after the record has grown. */
  renew() {
    this.days = this.record.days.length ? Array.from(this.record.days) : [this.record.horizon];
    for (const { input } of [this.held, this.knownBy]) Object.assign(input, { min: this.record.first, max: this.record.horizon });
    this.knownBy.input.disabled = this.days.length < 2;
    this.show();
  }

  /** How far the service is with what was known on earlier days. */
  tellHistory() {
    const { done, of } = this.record.history || {};
    this.waiting.textContent = of && done < of && this.state.known !== null ? `Earlier knowledge: ${count(done, "place")} of ${of.toLocaleString("en")} worked out so far` : "";
  }

  /** To the next day, or the one before, on which anything changed. */
  step(by) {
    const next = this.strip.neighbour(this.state.at, by);
    if (next !== null) this.setAt(next);
  }

  start() {
    const { state, record } = this;
    if (state.at >= record.horizon) this.setAt(record.first);
    this.play.textContent = "Pause";
    let last = performance.now(), rest = 0;
    const tick = (now) => {
      const speed = Number(this.speed.value);
      rest += ((now - last) / 1000) * speed;
      last = now;
      // Those who asked for less motion see one step a second.
      if (rest >= (this.calm() ? speed : 1)) {
        const whole = Math.floor(rest);
        rest -= whole;
        this.setAt(state.at + whole);
        if (state.at >= record.horizon) return this.stop();
      }
      this.playing = requestAnimationFrame(tick);
    };
    this.playing = requestAnimationFrame(tick);
  }

  stop() {
    cancelAnimationFrame(this.playing);
    this.playing = 0;
    this.play.textContent = "Play";
  }
}

function slider(id, words, min, max, moved) {
  const input = h("input", { type: "range", id, min, max, step: 1, on: { input: moved } });
  const output = h("output", { for: id }), track = h("div", { class: "map-track" }, input);
  return { input, output, track, node: h("div", { class: "map-clock" }, h("label", { for: id }, words), output, track) };
}

function set({ input, output }, value, words) {
  if (input.value !== String(value)) input.value = value;
  if (output.textContent === words) return;
  output.textContent = words;
  input.setAttribute("aria-valuetext", words);
}
