// The map itself: the ground, the marks above it, its buttons. It draws scenes and tells where it looks; it knows no clocks.

import { h } from "../dom.js";
import { Camera, worldX, worldY } from "./camera.js";
import { Details } from "./details.js";
import { Layer } from "./layer.js";
import { worldOutlines } from "./outlines.js";
import { PlainGround } from "./plain_ground.js";
import { colours } from "./sprites.js";

const NO_WEBGL = "This browser gives the page no WebGL, so the ground is drawn more plainly. Marks, list and clocks work as ever.";
const LAST = "The ground could not be drawn. Marks, list and clocks work as ever.";

export class Stage {
  /** `moved()` is called when the view has changed, `calm()` says whether motion is to be kept low. */
  constructor({ moved, calm }) {
    Object.assign(this, { moved, calm, ground: null, plain: null, scene: null, waiting: 0, countries: [] });
    this.camera = new Camera();
    this.ground_box = h("div", { class: "map-ground" });
    this.canvas = h("canvas", { class: "map-marks", "aria-hidden": "true" });
    this.note = h("p", { class: "map-note", role: "status" });
    const button = (words, label, run) => h("button", { type: "button", "aria-label": label, title: label, on: { click: run } }, words);
    this.box = h("div", { class: "map-box" }, this.ground_box, this.canvas, h("div", { class: "map-zoom", role: "group", "aria-label": "Zoom" },
      button("+", "Zoom in", () => this.zoom(1)), button("−", "Zoom out", () => this.zoom(-1)), button("⤢", "Show all places", () => this.fit())),
    h("p", { class: "map-credit" }, "Natural Earth · MapLibre"), this.note);
    this.layer = new Layer(this.canvas, this.camera);
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.recolour = () => { this.layer.recolour(); this.measure(); this.ground?.recolour(); this.plain?.recolour(); this.recoloured?.(); };
    this.dark.addEventListener("change", this.recolour);
    this.watch = new ResizeObserver(() => this.measure());
  }

  /** Take the places of a record; draws nothing yet. */
  place(record) {
    const { lat, lon } = record.places;
    this.xs = Float64Array.from(lon, (one, index) => (one === null || lat[index] === null ? NaN : worldX(one)));
    this.ys = Float64Array.from(lat, (one, index) => (one === null || lon[index] === null ? NaN : worldY(one)));
    this.measure();
  }

  /** Look where the address says, or so that most of the places that are `known` (by index) can be seen. */
  open(view, known) {
    const { lon, lat, zoom } = view || this.fitted(known.filter((index) => !Number.isNaN(this.xs[index])), true);
    this.camera.look(lon, lat, zoom);
  }

  /** The ground comes after the first marks, without MapLibre at first: they do not wait for it. */
  async start() {
    this.watch.observe(this.box);
    const told = { moved: () => this.follow(), rested: () => this.details?.look(), colours, calm: this.calm };
    this.plain = new PlainGround(this.box, this.camera, told);
    try {
      const world = await worldOutlines();
      this.countries = world.countries.map(labelled);
      this.plain.take(world);
      this.redraw();
      this.details = new Details(world.countries, this.camera, (key, outlines) => { this.plain?.add(key, outlines); this.ground?.add(key, outlines); });
      await this.details.look();
      await this.startGround({ ...told, world, loaded: this.details.loaded });
    } catch (error) {
      console.warn(`map: ${error.message}`);
      this.withoutGround();
    }
  }

  async startGround(told) {
    const { startGround } = await import("./ground.js");
    if (this.gone) return;
    this.ground = await startGround(this.ground_box, this.camera, told);
    if (this.gone) { this.ground.remove(); return; }
    await this.ground.ready;
    this.ground_box.classList.add("ready");
    this.plain.remove();
    this.plain = null;
  }

  withoutGround() {
    if (this.gone) return;
    this.ground_box.remove();
    this.ground = this.plain;
    this.plain.stay();
    this.note.textContent = this.plain.land ? NO_WEBGL : LAST;
  }

  /** The ground has moved: the marks follow in the same frame. */
  follow() {
    if (this.plain && this.ground !== this.plain) this.plain.draw();
    if (this.scene) this.layer.draw({ ...this.scene, countries: this.countries });
    this.moved();
  }

  measure() {
    const { clientWidth: wide, clientHeight: high } = this.box;
    if (!wide || !high) return;
    Object.assign(this.camera, { wide, high });
    this.layer.resize(wide, high);
    this.ground?.resize();
    this.plain?.resize();
    this.paint();
    this.moved();
  }

  /** Draw a scene in this frame. */
  paint(scene = this.scene) {
    this.scene = scene;
    if (scene) this.layer.draw({ ...scene, countries: this.countries });
  }

  /** Draw again with the next frame. */
  redraw() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => { this.waiting = 0; this.paint(); });
  }

  go(view) {
    if (this.ground) return this.ground.go(view);
    this.camera.look(view.lon, view.lat, view.zoom);
    return this.follow();
  }

  zoom(by) { this.go({ lon: this.camera.lon, lat: this.camera.lat, zoom: this.camera.zoom + by }); }
  fit() { this.go(this.fitted([])); }

  /** Look at one place, near enough that it stands alone or nearly so. */
  goTo(index, zoom = Math.max(this.camera.zoom, 8)) {
    const { lat, lon } = this.scene.record.places;
    if (lat[index] !== null) this.go({ lon: lon[index], lat: lat[index], zoom });
  }

  /** Whether a place stands inside the view. */
  sees(index) {
    const x = this.camera.screenX(this.xs[index]), y = this.camera.screenY(this.ys[index]);
    return x >= 0 && y >= 0 && x <= this.camera.wide && y <= this.camera.high;
  }

  /** A view of these places, or of all where they are few; with `main`, without those that lie far from all others. */
  fitted(wanted, main = false) {
    let own = wanted.length >= 5 ? wanted : Array.from(this.xs.keys()).filter((index) => !Number.isNaN(this.xs[index]));
    if (!own.length) return { lon: 20, lat: 20, zoom: 1.2 };
    if (main && own.length >= 5) own = this.near(own);
    const xs = own.map((index) => this.xs[index]), ys = own.map((index) => this.ys[index]);
    const least = (values) => values.reduce((a, b) => Math.min(a, b)), most = (values) => values.reduce((a, b) => Math.max(a, b));
    return this.camera.fitted([least(xs), least(ys), most(xs), most(ys)]);
  }

  near(own) {
    const middle = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
    const x = middle(own.map((index) => this.xs[index])), y = middle(own.map((index) => this.ys[index]));
    const far = own.map((index) => Math.hypot(this.xs[index] - x, this.ys[index] - y)), most = Math.max(0.006, 4 * middle([...far]));
    return own.filter((_, index) => far[index] <= most);
  }

  remove() {
    this.gone = true;
    this.dark.removeEventListener("change", this.recolour);
    this.watch.disconnect();
    cancelAnimationFrame(this.waiting);
    this.ground?.remove();
  }
}

const labelled = ({ name, label: [lon, lat, wide] }) => ({ words: name.toUpperCase(), x: worldX(lon), y: worldY(lat), share: wide / 360 });
