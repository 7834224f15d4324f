// The ground under the marks: sea, land, borders and lines between first divisions, drawn by MapLibre from files of this site.

import { MOST_ZOOM } from "./camera.js";
import { DETAIL_ZOOM } from "./details.js";
import { landFeature, lineFeature, shoreFeature } from "./outlines.js";

const LIBRARY = "/static/vendor/maplibre-gl/maplibre-gl.mjs";

/**
 * Start MapLibre in `box`. `moved()` is called with each of its frames, `rested()` when it has come to rest; `world` are the
 * coarse outlines, `loaded` the detail that has come so far, by country. Throws where there is no WebGL.
 */
export async function startGround(box, camera, { moved, rested, colours, calm, world, loaded }) {
  const { Map: MapLibre } = await import(LIBRARY);
  const map = new MapLibre({
    container: box, style: style(colours()), center: [camera.lon, camera.lat], zoom: camera.zoom, maxZoom: MOST_ZOOM, maxPitch: 0,
    dragRotate: false, pitchWithRotate: false, touchPitch: false, renderWorldCopies: false, attributionControl: false, fadeDuration: 0,
    validateStyle: false, maplibreLogo: false,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  const follow = () => {
    const middle = map.getCenter();
    camera.look(middle.lng, middle.lat, map.getZoom());
    moved();
  };
  map.on("move", follow);
  map.on("error", (event) => console.warn(`map: ${event.error?.message || event}`));
  const shapes = new Shapes(map);
  map.on("moveend", rested);
  follow();
  const ready = new Promise((done) => map.on("load", () => {
    shapes.world(world);
    for (const [key, outlines] of loaded) shapes.add(key, outlines);
    shapes.open = true;
    map.once("idle", done);
  }));
  return {
    go: ({ lon, lat, zoom }) => (calm() ? map.jumpTo({ center: [lon, lat], zoom }) : map.easeTo({ center: [lon, lat], zoom, duration: 350 })),
    jump: ({ lon, lat, zoom }) => map.jumpTo({ center: [lon, lat], zoom }),
    recolour: () => recolour(map, colours()),
    resize: () => map.resize(),
    add: (key, outlines) => { if (shapes.open) shapes.add(key, outlines); },
    ready,
    remove: () => map.remove(),
  };
}

const EMPTY = { type: "FeatureCollection", features: [] };

/** Layers from below: `[id, source, kind, colour, properties]`. */
const LAYERS = [
  ["land", "land", "fill", "land", {}],
  ["fine-land", "fine-land", "fill", "land", {}],
  ["divisions", "divisions", "line", "border", { width: ["interpolate", ["linear"], ["zoom"], 3.5, 0.4, 8, 1.1], dash: [3, 2], opacity: 0.85, minzoom: 3.5 }],
  ["shores", "shores", "line", "border", { width: 0.7 }],
  ["fine-shores", "fine-shores", "line", "border", { width: 0.8 }],
  ["borders", "borders", "line", "border", { width: 1.1, maxzoom: DETAIL_ZOOM + 0.4 }],
  ["fine-borders", "fine-borders", "line", "border", { width: ["interpolate", ["linear"], ["zoom"], 5, 1.3, 9, 2], minzoom: DETAIL_ZOOM + 0.4 }],
];

function style(colours) {
  const sources = Object.fromEntries(LAYERS.map(([, source]) => [source, { type: "geojson", data: EMPTY, tolerance: 0.4 }]));
  const layers = LAYERS.map(([id, source, type, colour, { width, dash, opacity = 1, minzoom = 0, maxzoom = 24 }]) => ({
    id, source, type, minzoom, maxzoom,
    layout: type === "line" ? { "line-join": "round" } : {},
    paint: type === "fill" ? { "fill-color": colours[colour], "fill-antialias": false }
      : { "line-color": colours[colour], "line-width": width, "line-opacity": opacity, ...(dash && { "line-dasharray": dash }) },
  }));
  return { version: 8, sources, layers: [{ id: "sea", type: "background", paint: { "background-color": colours.sea } }, ...layers] };
}

function recolour(map, colours) {
  map.setPaintProperty("sea", "background-color", colours.sea);
  for (const [id, , type, colour] of LAYERS) map.setPaintProperty(id, `${type}-color`, colours[colour]);
}

/** The world in coarse lines, and in their stead the countries whose detail has come. */
class Shapes {
  constructor(map) {
    this.map = map;
    this.shown = [];
  }

  world({ countries, borders, unit }) {
    const all = (made) => ({ type: "FeatureCollection", features: countries.map((one, index) => made(index, one.rings, unit, { file: one.file })) });
    this.map.getSource("land").setData(all(landFeature));
    this.map.getSource("shores").setData(all(shoreFeature));
    this.map.getSource("borders").setData(lineFeature(0, borders, unit));
  }

  add(key, { unit, rings, borders, divisions }) {
    const id = this.shown.push(key);
    const grow = (source, feature) => this.map.getSource(source)?.updateData({ add: [feature] });
    grow("fine-land", landFeature(id, rings, unit));
    grow("fine-shores", shoreFeature(id, rings, unit));
    if (borders.length) grow("fine-borders", lineFeature(id, borders, unit));
    if (divisions.length) grow("divisions", lineFeature(id, divisions, unit));
    const others = ["!", ["in", ["get", "file"], ["literal", this.shown]]];
    for (const layer of ["land", "shores"]) this.map.setFilter(layer, others);
  }
}
