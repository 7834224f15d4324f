// The ground without WebGL: coarse land on a canvas. It stands there until MapLibre is ready, and for good where there is no WebGL;
// only then is it moved by drag, wheel and keys.

import { latOf, lonOf, worldX, worldY } from "./camera.js";
import { unfold } from "./outlines.js";

export class PlainGround {
  /** A canvas in `box`; `colours()` gives the colours of the sheet. */
  constructor(box, camera, { moved, rested, colours }) {
    Object.assign(this, { camera, moved, rested, colours, land: null, fine: new Map(), paint: colours() });
    this.canvas = document.createElement("canvas");
    this.canvas.className = "map-plain";
    box.prepend(this.canvas);
    this.draw();
  }

  /** Take the world in coarse outlines. */
  take({ countries, unit }) {
    this.land = new Map(countries.map((one) => [one.file, traced(one.rings, unit, true)]));
    this.draw();
  }

  /** Take the detail of one country in place of its coarse land. */
  add(key, { unit, rings, borders, divisions }) {
    this.land?.delete(key);
    this.fine.set(key, { land: traced(rings, unit, true), borders: traced(borders, unit), divisions: traced(divisions, unit) });
    this.draw();
  }

  draw() {
    if (!this.canvas.isConnected) return;
    const pen = this.start(), { scale } = this.camera, { paint } = this;
    const line = (path, wide, dash = []) => { pen.lineWidth = wide / scale; pen.setLineDash(dash.map((one) => one / scale)); pen.stroke(path); };
    const lands = [...(this.land?.values() || []), ...Array.from(this.fine.values(), (one) => one.land)];
    pen.fillStyle = paint.land;
    pen.strokeStyle = paint.border;
    for (const one of lands) pen.fill(one, "evenodd");
    for (const one of lands) line(one, 0.8);
    for (const one of this.fine.values()) { line(one.divisions, 0.7, [3, 2]); line(one.borders, 1.3); }
  }

  /** The canvas cleared to sea, with a pen that draws in shares of the world. */
  start() {
    const { camera, canvas } = this, dense = window.devicePixelRatio || 1, pen = canvas.getContext("2d");
    canvas.width = camera.wide * dense;
    canvas.height = camera.high * dense;
    pen.scale(dense, dense);
    pen.fillStyle = this.paint.sea;
    pen.fillRect(0, 0, camera.wide, camera.high);
    pen.translate(camera.wide / 2 - camera.x * camera.scale, camera.high / 2 - camera.y * camera.scale);
    pen.scale(camera.scale, camera.scale);
    return pen;
  }

  go({ lon, lat, zoom }) {
    this.camera.look(lon, lat, zoom);
    this.draw();
    this.moved();
    this.rested();
  }

  jump(view) { this.go(view); }
  recolour() { this.paint = this.colours(); this.draw(); }
  resize() { this.draw(); }
  remove() { this.canvas.remove(); }

  /** Let it be moved by drag, wheel and keys: there will be no other ground. */
  stay() {
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "region");
    this.canvas.setAttribute("aria-label", "Map");
    watch(this.canvas, this.camera, { go: (view) => this.go(view), shift: (dx, dy) => this.shift(dx, dy) });
  }

  shift(dx, dy) {
    const { camera } = this;
    this.go({ lon: lonOf(camera.x - dx / camera.scale), lat: latOf(camera.y - dy / camera.scale), zoom: camera.zoom });
  }
}

function traced(lines, unit, closed = false) {
  const made = new Path2D();
  for (const flat of lines) {
    unfold(flat, unit).forEach(([lon, lat], index) => (index ? made.lineTo(worldX(lon), worldY(lat)) : made.moveTo(worldX(lon), worldY(lat))));
    if (closed) made.closePath();
  }
  return made;
}

function watch(canvas, camera, { go, shift }) {
  let last = null;
  canvas.addEventListener("pointerdown", (event) => { last = [event.clientX, event.clientY]; canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener("pointerup", () => { last = null; });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    shift(event.clientX - last[0], event.clientY - last[1]);
    last = [event.clientX, event.clientY];
  });
  const zoom = (by) => go({ lon: camera.lon, lat: camera.lat, zoom: camera.zoom + by });
  canvas.addEventListener("wheel", (event) => { event.preventDefault(); zoom(-Math.sign(event.deltaY) * 0.3); }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] };
    if (steps[event.key]) shift(...steps[event.key]);
    else if (event.key === "+" || event.key === "=") zoom(1);
    else if (event.key === "-") zoom(-1);
    else return;
    event.preventDefault();
  });
}
