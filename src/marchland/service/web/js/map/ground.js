// The ground under the marks: sea, land, borders and lines between first divisions, drawn by MapLibre from files of this site.

import { MOST_ZOOM } from "./camera.js";
import { countryOutlines, landFeature, lineFeature, shoreFeature, worldOutlines } from "./outlines.js";

const LIBRARY = "/static/vendor/maplibre-gl/maplibre-gl.mjs";
const DETAIL = 4.5;
/** Countries whose detail is loaded for one view at most: the ones nearest to its middle. */
const MOST_COUNTRIES = 14;

/** Start MapLibre in `box`. `moved(camera)` is called with each of its frames. Throws where there is no WebGL. */
export async function startGround(box, camera, { moved, colours, calm }) {
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
  const details = new Details(map);
  const loaded = new Promise((done) => map.on("load", () => details.start().then(() => map.once("idle", done))));
  map.on("moveend", () => details.look());
  follow();
  return {
    go: ({ lon, lat, zoom }) => (calm() ? map.jumpTo({ center: [lon, lat], zoom }) : map.easeTo({ center: [lon, lat], zoom, duration: 350 })),
    jump: ({ lon, lat, zoom }) => map.jumpTo({ center: [lon, lat], zoom }),
    recolour: () => recolour(map, colours()),
    resize: () => map.resize(),
    loaded,
    remove: () => map.remove(),
  };
}

const EMPTY = { type: "FeatureCollection", features: [] };

/** Layers from below: `[id, source, kind, colour, properties]`. */
const LAYERS = [
  ["land", "land", "fill", "land", {}],
  ["fine-land", "fine-land", "fill", "land", {}],
  ["divisions", "divisions", "line", "border", { width: ["interpolate", ["linear"], ["zoom"], 3.5, 0.3, 8, 1], dash: [3, 2], opacity: 0.75, minzoom: 3.5 }],
  ["shores", "shores", "line", "border", { width: 0.7 }],
  ["fine-shores", "fine-shores", "line", "border", { width: 0.8 }],
  ["borders", "borders", "line", "border", { width: 1.1, maxzoom: DETAIL + 0.7 }],
  ["fine-borders", "fine-borders", "line", "border", { width: ["interpolate", ["linear"], ["zoom"], 5, 1.3, 9, 2], minzoom: DETAIL + 0.7 }],
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

/** The detail of the countries in view, loaded as they come into it. */
class Details {
  constructor(map) {
    this.map = map;
    this.countries = [];
    this.asked = new Set();
    this.shown = [];
  }

  async start() {
    try {
      const { countries, borders, unit } = await worldOutlines();
      this.countries = countries;
      const all = (made) => ({ type: "FeatureCollection", features: countries.map((one, index) => made(index, one.rings, unit, { file: one.file })) });
      this.map.getSource("land").setData(all(landFeature));
      this.map.getSource("shores").setData(all(shoreFeature));
      this.map.getSource("borders").setData(lineFeature(0, borders, unit));
      this.look();
    } catch (error) { console.warn(`map: ${error.message}`); }
  }

  look() {
    if (this.map.getZoom() < DETAIL) return;
    const view = this.map.getBounds(), middle = this.map.getCenter();
    const seen = this.countries.filter(({ box: [west, south, east, north] }) =>
      west < view.getEast() && east > view.getWest() && south < view.getNorth() && north > view.getSouth());
    const far = ({ box: [west, south, east, north] }) => Math.hypot(
      Math.max(west - middle.lng, 0, middle.lng - east), Math.max(south - middle.lat, 0, middle.lat - north));
    seen.sort((a, b) => far(a) - far(b));
    for (const one of seen.slice(0, MOST_COUNTRIES)) this.load(one.file);
  }

  async load(key) {
    if (this.asked.has(key)) return;
    this.asked.add(key);
    try {
      this.add(key, await countryOutlines(key));
    } catch (error) {
      this.asked.delete(key);
      console.warn(`map: ${error.message}`);
    }
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
