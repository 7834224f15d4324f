// What the map shows, as it stands in the address: both clocks, the view, the chosen place, the filters.

import { address } from "../api.js";
import { iso, ordinal } from "../place_in_time.js";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const number = (query, name, least, most) => {
  const value = Number.parseFloat(query.get(name));
  return Number.isFinite(value) && value >= least && value <= most ? value : null;
};
const many = (query, name) => new Set(query.getAll(name).filter(Boolean).map((one) => one.slice(0, 200)));

/** The state that an address asks for; what is missing or makes no sense is null or empty. */
export function read(query) {
  const day = (name) => (DAY.test(query.get(name) || "") ? ordinal(query.get(name)) : null);
  const lat = number(query, "lat", -85, 85), lon = number(query, "lon", -180, 180), zoom = number(query, "zoom", 0, 22);
  return {
    at: day("at"), known: day("known"), follow: query.get("follow") === "1",
    view: lat !== null && lon !== null && zoom !== null ? { lat, lon, zoom } : null, place: query.get("place"),
    holders: many(query, "holder"), statuses: many(query, "status"), kind: query.get("kind") || "", country: query.get("country") || "",
    words: (query.get("q") || "").slice(0, 200),
  };
}

/** The address of a state; the clocks only where they are set back. */
export function write(state, record, view) {
  const id = state.place === null ? null : record.places.id[state.place];
  return address("/", {
    at: state.at === record.horizon ? null : iso(state.at), known: state.known === null ? null : iso(state.known), follow: state.follow ? "1" : null,
    lat: view && view.lat.toFixed(4), lon: view && view.lon.toFixed(4), zoom: view && view.zoom.toFixed(2), place: id,
    holder: [...state.holders], status: [...state.statuses], kind: state.kind, country: state.country, q: state.words,
  });
}

/**
 * A function that calls `run` at most every `rest` milliseconds, and once more at the end; `.stop()` forgets what waits.
 * Where a run takes long, the next waits longer: a slider that moves must not wait for what stands beside it.
 */
export function throttled(run, rest) {
  let last = -Infinity, waiting = 0, cost = 0;
  const act = () => {
    const begun = performance.now();
    waiting = 0;
    run();
    last = performance.now();
    cost = last - begun;
  };
  const soon = () => { waiting ||= setTimeout(act, Math.max(0, Math.max(rest, 5 * cost) - (performance.now() - last))); };
  soon.stop = () => { clearTimeout(waiting); waiting = 0; };
  return soon;
}

/** A function that calls `run` once nothing has called it for `rest` milliseconds; `.stop()` forgets what waits. */
export function settled(run, rest) {
  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(run, rest); };
  soon.stop = () => clearTimeout(waiting);
  return soon;
}
