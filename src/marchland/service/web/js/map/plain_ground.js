// The ground without WebGL: coarse land on a canvas. It stands there until MapLibre is ready, and for good where there is no WebGL;
// only then is it moved by drag, wheel and keys.

import { latOf, lonOf, worldX, worldY } from "./camera.js";
import { unfold, worldOutlines } from "./outlines.js";

export class PlainGround {
  /** A canvas in `box`; `colours()` gives the colours of the sheet. */
  constructor(box, camera, { moved, colours }) {
    Object.assign(this, { camera, moved, colours, land: null, paint: colours() });
    this.canvas = document.createElement("canvas");
    this.canvas.className = "map-plain";
    box.prepend(this.canvas);
    this.loaded = worldOutlines().then((world) => { this.land = path(world); this.draw(); });
    this.draw();
  }

  draw() { if (this.canvas.isConnected) drawLand(this.canvas, this.camera, this.land, this.paint); }

  go({ lon, lat, zoom }) {
    this.camera.look(lon, lat, zoom);
    this.draw();
    this.moved();
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

function path({ countries, unit }) {
  const made = new Path2D();
  for (const { rings } of countries) {
    for (const flat of rings) {
      unfold(flat, unit).forEach(([lon, lat], index) => (index ? made.lineTo(worldX(lon), worldY(lat)) : made.moveTo(worldX(lon), worldY(lat))));
      made.closePath();
    }
  }
  return made;
}

function drawLand(canvas, camera, land, paint) {
  const dense = window.devicePixelRatio || 1, pen = canvas.getContext("2d"), scale = camera.scale;
  canvas.width = camera.wide * dense;
  canvas.height = camera.high * dense;
  pen.scale(dense, dense);
  pen.fillStyle = paint.sea;
  pen.fillRect(0, 0, camera.wide, camera.high);
  if (!land) return;
  pen.translate(camera.wide / 2 - camera.x * scale, camera.high / 2 - camera.y * scale);
  pen.scale(scale, scale);
  pen.fillStyle = paint.land;
  pen.fill(land, "evenodd");
  pen.lineWidth = 1 / scale;
  pen.strokeStyle = paint.border;
  pen.stroke(land);
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
