// Outlines of countries from the files beside the pages, as GeoJSON. The files: scripts/vendor_web.py.

const FOLDER = "/static/vendor/world/";

async function file(name) {
  const answer = await fetch(`${FOLDER}${name}.json`);
  if (!answer.ok) throw new Error(`the outlines of ${name} could not be had (${answer.status})`);
  return answer.json();
}

let world = null;
/** The world: `{unit, countries: [{name, box, label, file, rings}], borders}`; asked once. */
export function worldOutlines() {
  world ??= file("world").catch((error) => { world = null; throw error; });
  return world;
}

/** One country in detail: `{unit, rings, borders, divisions}`. */
export const countryOutlines = (key) => file(encodeURIComponent(key));

/** A line of a file (first point, then the steps) as points in degrees. */
export function unfold(flat, unit) {
  const points = new Array(flat.length / 2);
  let x = 0, y = 0;
  for (let index = 0; index < points.length; index++) {
    x += flat[2 * index];
    y += flat[2 * index + 1];
    points[index] = [x / unit, y / unit];
  }
  return points;
}

/** Lines of a file as one GeoJSON feature. */
export const lineFeature = (id, flats, unit, properties = {}) => ({
  type: "Feature", id, properties, geometry: { type: "MultiLineString", coordinates: flats.map((flat) => unfold(flat, unit)) },
});

/** Land of a file as one GeoJSON feature; holes are rings inside other rings. */
export function landFeature(id, flats, unit, properties = {}) {
  const polygons = [];
  for (const flat of flats) {
    const ring = unfold(flat, unit);
    if (area(ring) > 0 && polygons.length) polygons[polygons.length - 1].push(ring); else polygons.push([ring]);
  }
  return { type: "Feature", id, properties, geometry: { type: "MultiPolygon", coordinates: polygons } };
}

/** Twice the area of a ring, positive where it runs against the clock: so run the holes. */
function area(ring) {
  let sum = 0;
  for (let index = 1; index < ring.length; index++) {
    sum += ring[index - 1][0] * ring[index][1] - ring[index][0] * ring[index - 1][1];
  }
  return sum;
}

/** The shores of a country: its rings without the cuts along the date line and around the pole. */
export function shoreFeature(id, flats, unit, properties = {}) {
  const lines = [];
  for (const flat of flats) {
    let line = [];
    for (const point of unfold(flat, unit)) {
      const before = line[line.length - 1];
      if (before && onEdge(before, point)) { lines.push(line); line = []; }
      line.push(point);
    }
    lines.push(line);
  }
  return { type: "Feature", id, properties, geometry: { type: "MultiLineString", coordinates: lines.filter((one) => one.length > 1) } };
}

const onEdge = (a, b) => (a[0] === b[0] && Math.abs(a[0]) === 180) || (a[1] < -89.9 && b[1] < -89.9);
