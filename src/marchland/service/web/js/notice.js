// A word at the foot of the page, read aloud by screen readers; with one thing that can be done about it.

import { h, show } from "./dom.js";

let waiting = 0;

/** Show a notice for some seconds; `action` is `{words, run}`. */
export function notice(words, action = null, seconds = 8) {
  const box = document.getElementById("notice");
  clearTimeout(waiting);
  const done = () => show(box);
  show(box, words, action && h("button", { type: "button", on: { click: () => { done(); action.run(); } } }, action.words));
  waiting = setTimeout(done, seconds * 1000);
}
