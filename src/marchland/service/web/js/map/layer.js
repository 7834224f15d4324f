// The marks: every place in view on one canvas above the ground, alone or as a group with its counts by holder.

import { Sprites, colours as sheetColours, shade, sizeOf } from "./sprites.js";
import { drawNames } from "./names.js";
import { statusOf } from "./verdicts.js";

const OTHERS = 15; // the tally for all holders but the first fifteen
const NONE = 16; // the tally for "nobody known"
const SLOTS = 17;
const PRESUMED = 0.55; // drawn as faint as this share: nobody told of that post
const RING_MS = 7000;
const ROOM = 30; // pixels beyond the edge in which marks are still drawn
const FAN = 8, FAN_ZOOM = 11;

export class Layer {
  constructor(canvas, camera) {
    this.canvas = canvas;
    this.camera = camera;
    this.pen = canvas.getContext("2d");
    this.drawn = [];
    this.rings = new Map();
    this.hovered = -1;
    this.recolour();
  }

  recolour() {
    this.dense = Math.min(3, window.devicePixelRatio || 1);
    this.colours = sheetColours();
    this.sprites = new Sprites(this.colours, this.dense);
  }

  resize(wide, high) {
    this.canvas.width = Math.round(wide * this.dense);
    this.canvas.height = Math.round(high * this.dense);
  }

  /** Ring places for some seconds: what just changed. */
  ring(indexes) {
    for (const index of indexes) this.rings.set(index, performance.now() + RING_MS);
  }

  /** Draw a scene: `{record, xs, ys, state, shown (Uint8Array), clusters, chosen, faces, countries}`. */
  draw(scene) {
    const { pen, camera } = this;
    pen.setTransform(this.dense, 0, 0, this.dense, 0, 0);
    pen.clearRect(0, 0, camera.wide, camera.high);
    const groups = scene.clusters.at(camera.zoom);
    this.tally(scene, groups);
    this.drawn = this.placed(scene, groups);
    this.size = this.shrink(this.drawn.length);
    for (const one of this.drawn) if (one.count > 1) this.cluster(one, scene);
    // Places of which nobody knows who holds them stand behind the others.
    const alone = this.drawn.filter((one) => one.count === 1), unknown = (one) => scene.state.holder[one.place] < 0;
    for (const one of alone) if (unknown(one)) this.mark(one, scene);
    for (const one of alone) if (!unknown(one)) this.mark(one, scene);
    this.emphasis(scene, groups);
    this.taken = drawNames(pen, this, scene);
  }

  /** Count shown places by group and holder, and keep the last member of each group. */
  tally({ state, shown, xs }, { group, size }) {
    if (!this.counts || this.counts.length < size.length * SLOTS) {
      this.counts = new Int32Array(size.length * SLOTS);
      this.totals = new Int32Array(size.length);
      this.member = new Int32Array(size.length);
    } else {
      this.counts.fill(0);
      this.totals.fill(0);
    }
    for (let index = 0; index < xs.length; index++) {
      const own = group[index];
      if (own < 0 || !shown[index]) continue;
      const holder = state.holder[index];
      this.counts[own * SLOTS + (holder < 0 ? NONE : Math.min(holder, OTHERS))]++;
      this.totals[own]++;
      this.member[own] = index;
    }
  }

  placed(scene, groups) {
    const { xs, ys, record } = scene, { x, y, size } = groups, { camera } = this;
    const scale = camera.scale, left = camera.x * scale - camera.wide / 2, top = camera.y * scale - camera.high / 2, found = [], fans = new Map();
    const put = (px, py, count, place, group) => {
      if (px < -ROOM || py < -ROOM || px > camera.wide + ROOM || py > camera.high + ROOM) return false;
      return found.push({ x: px, y: py, count, place, group, r: place < 0 ? radius(count) : sizeOf(record.kinds[record.places.kind[place]]) });
    };
    for (let own = 0; own < size.length; own++) {
      const count = this.totals[own], place = count === 1 ? this.member[own] : -1;
      if (!count) continue;
      if (count > 1 && count <= FAN && camera.zoom >= FAN_ZOOM) fans.set(own, []);
      else put((place < 0 ? x[own] : xs[place]) * scale - left, (place < 0 ? y[own] : ys[place]) * scale - top, count, place, own);
    }
    if (fans.size) this.fan(scene, groups, fans, (own, place, dx, dy) => put(x[own] * scale - left + dx, y[own] * scale - top + dy, 1, place, own));
    return found;
  }

  /** Near the ground, a small group that still stands on one spot is spread around it. */
  fan({ shown }, { group }, fans, put) {
    for (let index = 0; index < group.length; index++) if (shown[index] && fans.has(group[index])) fans.get(group[index]).push(index);
    for (const [own, members] of fans) {
      members.forEach((place, order) => {
        const turn = (2 * Math.PI * order) / members.length, far = 8 + 4 * members.length;
        put(own, place, -far * Math.cos(turn), -far * Math.sin(turn));
      });
    }
  }

  /** Marks are smaller where many share the view. */
  shrink(crowd) {
    const fits = Math.sqrt((this.camera.wide * this.camera.high) / (Math.max(1, crowd) * 1400));
    return Math.min(this.camera.wide < 500 ? 0.85 : 1, Math.max(0.72, fits));
  }

  mark(one, scene) {
    const { record, state } = scene, index = one.place, status = statusOf(record, state.status[index]);
    const kind = record.kinds[record.places.kind[index]];
    one.r = Math.round(one.r * this.size * (state.holder[index] < 0 ? 0.8 : 1) * 2) / 2;
    one.ringed = status === "contested" || status === "besieged" || record.isCrossing(index);
    const face = this.face(record, state.holder[index], state.share[index]);
    const picture = this.sprites.mark({ kind, status, size: one.r, left: face, ...(record.isCrossing(index) && this.sides(scene, index, face)) });
    this.copy(picture, one.x, one.y);
  }

  face(record, holder, share) {
    return holder < 0 ? { colour: -1, letter: "?", step: 0 } : { colour: record.holders[holder].colour, letter: record.holders[holder].letter, step: shade(share) };
  }

  /** The two sides of a crossing, each with the holder of its post, and whether one may pass. */
  sides({ record, faces }, index, face) {
    const { far, presumed, passage } = faces(index);
    const right = far < 0 ? { colour: -1, letter: "", step: 0 } : this.face(record, far, presumed ? PRESUMED : 1);
    return { left: face, right, passage };
  }

  copy({ canvas, half }, x, y) {
    // Whole device pixels keep letters sharp.
    const left = Math.round((x - half) * this.dense) / this.dense, top = Math.round((y - half) * this.dense) / this.dense;
    this.pen.drawImage(canvas, left, top, 2 * half, 2 * half);
  }

  /** A group: a ring with a part for each holder by count, and the count in the middle. */
  cluster(one, { record }) {
    const { pen, colours } = this, { x, y, r, count, group } = one;
    pen.beginPath();
    pen.arc(x, y, r, 0, 2 * Math.PI);
    pen.fillStyle = colours.sheet;
    pen.fill();
    let from = -Math.PI / 2;
    pen.lineWidth = 5;
    for (let slot = 0; slot < SLOTS; slot++) {
      const many = this.counts[group * SLOTS + slot];
      if (!many) continue;
      const to = from + (2 * Math.PI * many) / count;
      pen.beginPath();
      pen.arc(x, y, r - 2.5, from, to);
      pen.strokeStyle = slot === NONE ? colours.rule : colours[`c${record.holders[slot].colour}`];
      pen.stroke();
      from = to;
    }
    pen.beginPath();
    pen.arc(x, y, r, 0, 2 * Math.PI);
    pen.lineWidth = 1;
    pen.strokeStyle = colours.ink;
    pen.stroke();
    this.number(x, y, r, count, this.leading(group, record));
  }

  number(x, y, r, count, letter) {
    const { pen, colours } = this, words = count > 9999 ? `${Math.round(count / 1000)}k` : String(count);
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillStyle = colours.ink;
    pen.font = `650 ${r < 15 ? 10 : 11.5}px system-ui, sans-serif`;
    pen.fillText(words, x, y - (r >= 14 ? 3.5 : -0.5));
    if (r < 14) return;
    pen.font = "700 8.5px system-ui, sans-serif";
    pen.fillText(letter, x, y + 6.5);
  }

  /** The letter of the holder of most places of a group. */
  leading(group, record) {
    let best = NONE;
    for (let slot = 0; slot < SLOTS; slot++) if (this.counts[group * SLOTS + slot] > this.counts[group * SLOTS + best]) best = slot;
    return best === NONE ? "?" : record.holders[best].letter;
  }

  /** Counts of a group by holder; then those of all others, and last of nobody known. */
  countsOf(one) { return Array.from(this.counts.subarray(one.group * SLOTS, one.group * SLOTS + SLOTS)); }

  /** Rings around what is chosen, hovered or has just changed; around its group where it stands in one. */
  emphasis({ chosen, xs, ys }, { group }) {
    const now = performance.now(), places = new Map(), groups = new Map();
    for (const one of this.drawn) if (one.place >= 0) places.set(one.place, one); else groups.set(one.group, one);
    const around = (index, wide, more) => {
      const alone = { x: this.camera.screenX(xs[index]), y: this.camera.screenY(ys[index]), r: 9 };
      const { x, y, r } = places.get(index) || groups.get(group[index]) || alone;
      if (!Number.isNaN(x)) this.circle(x, y, r + more, wide);
    };
    for (const [index, until] of this.rings) if (until < now) this.rings.delete(index); else around(index, 4, 9);
    if (this.hovered >= 0) around(this.hovered, 2.5, 6);
    if (chosen !== null) around(chosen, 2.5, 6);
  }

  circle(x, y, r, wide) {
    this.pen.beginPath();
    this.pen.arc(x, y, r, 0, 2 * Math.PI);
    this.pen.strokeStyle = this.colours.accent;
    this.pen.lineWidth = wide;
    this.pen.stroke();
  }

  /** What is drawn at a point of the canvas: `{x, y, r, count, place, group}` or null. */
  hit(x, y, slack = 4) {
    let best = null, least = Infinity;
    for (const one of this.drawn) {
      const far = Math.hypot(one.x - x, one.y - y) - one.r;
      if (far < slack && far < least) { least = far; best = one; }
    }
    return best;
  }
}

const radius = (count) => 11 + 3.2 * Math.log10(count) + (count > 99 ? 2 : 0);
