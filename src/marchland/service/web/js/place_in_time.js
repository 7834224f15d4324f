// The two clocks, which stand in the address: `at`, what held then; `known`, using what was known by then.

import { address } from "./api.js";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The clocks of the present address; null where one is not set. */
export function clocks() {
  const query = new URLSearchParams(location.search);
  const day = (name) => (DAY.test(query.get(name) || "") ? query.get(name) : null);
  return { at: day("at"), known: day("known") };
}

/** The clocks as parameters of the API. */
export const asked = () => ({ at: clocks().at, known_at: clocks().known });

/** An address of this site that keeps the clocks. */
export const here = (path, params = {}) => address(path, { ...clocks(), ...params });

const EPOCH = Date.UTC(1970, 0, 1);
/** Days since 1970-01-01 of an ISO day, and back. */
export const ordinal = (day) => Math.round((Date.parse(`${day}T00:00:00Z`) - EPOCH) / 86400000);
export const iso = (number) => new Date(EPOCH + number * 86400000).toISOString().slice(0, 10);

/** Set the clocks in the address without leaving the page; those who show them hear "marchland:clocks" on `window`. */
export function setClocks(wanted, { replace = false } = {}) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(wanted)) if (value) query.set(name, value); else query.delete(name);
  const text = query.toString();
  history[replace ? "replaceState" : "pushState"](null, "", text ? `${location.pathname}?${text}` : location.pathname);
  window.dispatchEvent(new CustomEvent("marchland:clocks", { detail: clocks() }));
}
