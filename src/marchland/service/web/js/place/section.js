// A part of a page that loads by itself, says when it has nothing, and can be loaded again without a flicker.

import { Problem } from "../api.js";
import { h, show as put } from "../dom.js";

/**
 * A card with a heading. `load(signal)` gives what to show: nodes, or null for nothing, which `nothing` then says.
 * The element has a `refresh()` of its own; what is shown stays until the new answer is there.
 */
export function section({ id, title, load, nothing, hidden = false }) {
  const body = h("div", { class: "section-body" }, h("p", { class: "busy quiet" }, "Loading"));
  const card = h("section", { class: "card place-section", id, "aria-labelledby": `${id}-title`, hidden },
    h("h2", { id: `${id}-title`, tabindex: -1 }, title), body);
  let turn = null;
  card.refresh = async () => {
    turn?.abort();
    const mine = turn = new AbortController();
    card.setAttribute("aria-busy", "true");
    try {
      const shown = await load(mine.signal);
      if (turn === mine && !(shown instanceof Node && body.contains(shown))) put(body, shown ?? h("p", { class: "quiet" }, typeof nothing === "function" ? nothing() : nothing));
    } catch (error) {
      if (turn === mine && error.name !== "AbortError") failed(body, card, error);
    } finally {
      if (turn === mine) card.removeAttribute("aria-busy");
    }
  };
  return card;
}

function failed(body, card, error) {
  if (!(error instanceof Problem)) console.error(error);
  put(body, h("p", { class: "problem" }, `This part could not be shown: ${error.message} `,
    h("button", { type: "button", on: { click: () => card.refresh() } }, "Try again")));
}

/** A table that scrolls by itself where it is too wide. `cells` are nodes or words; `numbers` names columns of figures. */
export function table({ label, headers, rows, numbers = [], stacked = true }) {
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label },
    h("table", { class: stacked ? "stacked" : null },
      h("thead", {}, h("tr", {}, headers.map((one) => h("th", { scope: "col", class: numbers.includes(one) ? "number" : null }, one)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, index) => (index
        ? h("td", { "data-head": headers[index], class: numbers.includes(headers[index]) ? "number" : null }, cell)
        : h("th", { scope: "row" }, cell))))))));
}

/** Words of a report in the direction of their own letters. */
export const words = (text) => h("bdi", {}, text);
