// One key for each thing that a reviewer does. They can be switched off: screen readers use single keys of their own.

import { h } from "../dom.js";

const KEPT = "marchland-review-keys";
export const KEYS = [
  ["j", "next claim"], ["k", "claim before"], ["a", "accept"], ["r", "reject"], ["c", "correct"], ["s", "split"], ["m", "merge"],
  ["u", "take back your last word"], ["o", "open the article"], ["?", "these keys"],
];

/** Listen to keys; `run(key)` does what one stands for and says whether it was meant. A function that ends it. */
export function keys(run) {
  const pressed = (event) => {
    if (localStorage.getItem(KEPT) === "off" || event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, dialog, [contenteditable]") || document.querySelector("dialog[open]")) return;
    if (KEYS.some(([key]) => key === event.key) && run(event.key)) event.preventDefault();
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}

/** The line that shows the keys, and the switch. */
export function keyHelp() {
  const box = h("input", { type: "checkbox", checked: localStorage.getItem(KEPT) !== "off" });
  box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));
  return h("details", { class: "review-keys" }, h("summary", {}, "Keys"),
    h("dl", {}, KEYS.map(([key, words]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, words)))),
    h("p", {}, h("label", {}, box, " single keys work")));
}
