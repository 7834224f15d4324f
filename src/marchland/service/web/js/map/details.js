// The detail of the countries in view: borders, shores and the lines between first divisions, loaded as they come into view.

import { countryOutlines } from "./outlines.js";

/** From this zoom on the world in coarse lines is not enough. */
export const DETAIL_ZOOM = 3.9;
/** Countries whose detail is loaded for one view at most: the ones nearest to its middle. */
const MOST = 14;

export class Details {
  /** `countries` of the file of the world; `came(key, outlines)` is called for each that has been loaded. */
  constructor(countries, camera, came) {
    Object.assign(this, { countries, camera, came });
    this.asked = new Set();
    this.loaded = new Map();
  }

  /** Load what the view needs and is not there yet. */
  look() {
    if (this.camera.zoom < DETAIL_ZOOM) return Promise.resolve();
    const [west, south, east, north] = this.camera.bounds(), { lon, lat } = this.camera;
    const seen = this.countries.filter(({ box }) => box[0] < east && box[2] > west && box[1] < north && box[3] > south);
    const far = ({ box }) => Math.hypot(Math.max(box[0] - lon, 0, lon - box[2]), Math.max(box[1] - lat, 0, lat - box[3]));
    return Promise.all(seen.sort((a, b) => far(a) - far(b)).slice(0, MOST).map((one) => this.load(one.file)));
  }

  async load(key) {
    if (this.asked.has(key)) return;
    this.asked.add(key);
    try {
      const outlines = await countryOutlines(key);
      this.loaded.set(key, outlines);
      this.came(key, outlines);
    } catch (error) {
      this.asked.delete(key);
      console.warn(`map: ${error.message}`);
    }
  }
}
