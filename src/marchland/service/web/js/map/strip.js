// Changes by day, as bars above the slider; a click goes to a day.

import { h } from "../dom.js";
import { colours } from "./sprites.js";

const HIGH = 34;
const THUMB = 8; // the thumb of a slider stands this many pixels inside its ends

export class Strip {
  constructor(record, chosen) {
    this.record = record;
    this.at = record.horizon;
    this.days = [];
    this.canvas = h("canvas", { class: "map-strip", role: "img", "aria-label": "Changes by day", on: { pointerdown: (event) => chosen(this.dayAt(event)) } });
    this.watch = new ResizeObserver(() => this.draw());
    this.watch.observe(this.canvas);
  }

  /** Take the changes of the record as known by a day. */
  take(known) {
    const found = this.record.changes(known), pairs = found instanceof Map ? [...found] : Object.entries(found);
    this.days = pairs.map(([ordinal, many]) => [Number(ordinal), Number(many)]).sort((a, b) => a[0] - b[0]);
    const total = this.days.reduce((sum, [, many]) => sum + many, 0);
    this.canvas.setAttribute("aria-label", `Changes by day: ${total.toLocaleString("en")} on ${this.days.length.toLocaleString("en")} days`);
    this.base = null;
    this.draw();
  }

  mark(at) {
    this.at = at;
    this.draw();
  }

  neighbour(at, by) {
    const found = by > 0 ? this.days.find(([one]) => one > at) : this.days.findLast(([one]) => one < at);
    return found ? Math.max(this.record.first, Math.min(this.record.horizon, found[0])) : null;
  }

  dayAt(event) {
    const box = this.canvas.getBoundingClientRect(), share = (event.clientX - box.left - THUMB) / Math.max(1, box.width - 2 * THUMB);
    return Math.round(this.record.first + share * (this.record.horizon - this.record.first));
  }

  draw() {
    const wide = this.canvas.clientWidth, dense = Math.min(3, window.devicePixelRatio || 1);
    if (!wide) return;
    if (this.canvas.width !== Math.round(wide * dense)) {
      this.canvas.width = Math.round(wide * dense);
      this.canvas.height = HIGH * dense;
      this.base = null;
    }
    this.base ??= this.bars(wide, dense);
    const pen = this.canvas.getContext("2d"), x = this.x(this.at, wide);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    pen.drawImage(this.base, 0, 0);
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    pen.fillStyle = this.colours.accent;
    pen.fillRect(x - 1, 0, 2, HIGH);
  }

  x(ordinal, wide) {
    const span = Math.max(1, this.record.horizon - this.record.first);
    return THUMB + ((ordinal - this.record.first) / span) * (wide - 2 * THUMB);
  }

  bars(wide, dense) {
    this.colours = colours();
    const base = document.createElement("canvas"), pen = base.getContext("2d"), bins = new Map();
    base.width = this.canvas.width;
    base.height = this.canvas.height;
    pen.scale(dense, dense);
    const each = Math.max(2, Math.min(14, (wide - 2 * THUMB) / Math.max(1, this.record.horizon - this.record.first)) - 1);
    for (const [ordinal, many] of this.days) {
      if (ordinal < this.record.first || ordinal > this.record.horizon) continue;
      const bin = Math.floor(this.x(ordinal, wide) / (each + 1));
      bins.set(bin, (bins.get(bin) || 0) + many);
    }
    // Square roots: one day with a thousand changes must not flatten all others.
    const tallest = Math.sqrt(Math.max(4, ...bins.values()));
    pen.fillStyle = this.colours.quiet;
    for (const [bin, many] of bins) {
      const high = Math.max(2, (Math.sqrt(many) / tallest) * (HIGH - 4));
      pen.fillRect(bin * (each + 1), HIGH - 1 - high, each, high);
    }
    pen.fillStyle = this.colours.rule;
    pen.fillRect(THUMB, HIGH - 1, wide - 2 * THUMB, 1);
    return base;
  }
}
