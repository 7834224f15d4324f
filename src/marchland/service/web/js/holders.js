// How parties are drawn: colour and letter come from the service, the same on every page.

import { about } from "./api.js";
import { h } from "./dom.js";

/** Holder id to `{id, name, letter, colour}`. */
export async function holders() {
  return new Map((await about()).holders.map((one) => [one.id, one]));
}

/** The small coloured letter that stands for a holder. */
export function chip(holder, title) {
  return holder ? h("span", { class: `chip c${holder.colour}`, title: title || holder.name }, holder.letter)
    : h("span", { class: "chip none", title: title || "unknown" }, "?");
}
