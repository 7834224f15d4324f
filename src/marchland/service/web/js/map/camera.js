// Where the map looks: web Mercator, as MapLibre has it (the world is 512 pixels wide at zoom 0).

const TILE = 512;
export const MOST_ZOOM = 14;

/** Longitude and latitude as shares of the world, 0 to 1, from the west and from the north. */
export const worldX = (lon) => (lon + 180) / 360;
export function worldY(lat) {
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}
export const lonOf = (x) => x * 360 - 180;
export const latOf = (y) => (360 / Math.PI) * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - 90;

/** Middle, zoom and size of the view in CSS pixels. */
export class Camera {
  constructor() {
    this.x = 0.5;
    this.y = 0.4;
    this.zoom = 1.5;
    this.wide = 800;
    this.high = 500;
  }

  /** Pixels across the whole world. */
  get scale() { return TILE * 2 ** this.zoom; }
  get lon() { return lonOf(this.x); }
  get lat() { return latOf(this.y); }

  /** Look at a point, at a zoom between 0 and the deepest. */
  look(lon, lat, zoom) {
    this.x = worldX(lon);
    this.y = worldY(lat);
    this.zoom = Math.max(0, Math.min(MOST_ZOOM, zoom));
  }

  screenX(x) { return (x - this.x) * this.scale + this.wide / 2; }
  screenY(y) { return (y - this.y) * this.scale + this.high / 2; }

  /** Middle and zoom that show a box of world shares `[x0, y0, x1, y1]`, with room around it. */
  fitted([x0, y0, x1, y1], deepest = 9) {
    const pad = Math.min(60, this.wide * 0.1, this.high * 0.1);
    const fits = Math.min((this.wide - 2 * pad) / Math.max(x1 - x0, 1e-9), (this.high - 2 * pad) / Math.max(y1 - y0, 1e-9));
    const zoom = Math.max(0, Math.min(deepest, Math.log2(Math.max(fits, 1) / TILE)));
    return { lon: lonOf((x0 + x1) / 2), lat: latOf((y0 + y1) / 2), zoom };
  }

  /** West, south, east, north of what is seen. */
  bounds() {
    const wide = this.wide / 2 / this.scale, high = this.high / 2 / this.scale;
    return [lonOf(this.x - wide), latOf(this.y + high), lonOf(this.x + wide), latOf(this.y - high)];
  }
}
