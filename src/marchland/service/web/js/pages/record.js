import { h, show as put } from "../dom.js";

export async function show(root) {
  put(root, h("div", { class: "sheet" }, h("h1", {}, "record"), h("p", {}, "This page is not there yet.")));
}
