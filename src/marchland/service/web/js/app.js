// The frame of every page: which module shows the address, moving between addresses, and what the service tells meanwhile.

import { Problem } from "./api.js";
import { h, put, show } from "./dom.js";
import { here } from "./place_in_time.js";
import { listen } from "./live.js";

const PAGES = [
  // first part of the path, module, words in the navigation, key after "g"
  ["", "map", "Map", "m"],
  ["crossings", "crossings", "Crossings", "x"],
  ["changes", "changes", "Changes", "c"],
  ["brief", "brief", "Brief", "b"],
  ["search", "search", "Search", "s"],
  ["review", "review", "Review", "r"],
  ["record", "record", "Record", "d"],
  ["api", "api", "API", "a"],
  ["place", "place"],
  ["claim", "article"],
  ["article", "article"],
];

const main = document.getElementById("main");
let leave = null;
let turn = 0;

/** Show what the address asks for. A page module exports `show(root, {kind, id, query})`; it may return a function to leave by. */
async function render() {
  const mine = ++turn;
  const [kind = "", ...rest] = location.pathname.slice(1).split("/");
  const found = PAGES.find(([first]) => first === kind);
  mark(kind);
  if (leave) leave(); // at once: a page that is left must not write its address over the next one's
  leave = null;
  try {
    if (!found) throw new Problem(404, { detail: "there is no such page" });
    const page = await import(`./pages/${found[1]}.js`);
    if (mine !== turn) return;
    show(main);
    main.className = `page-${found[1]}`;
    const gone = await page.show(main, { kind, id: decodeURIComponent(rest.join("/")), query: new URLSearchParams(location.search) });
    if (mine === turn) leave = gone || null; else if (gone) gone();
  } catch (error) {
    if (mine === turn) failed(error);
  }
}

/** Say in the page what went wrong. */
function failed(error) {
  document.title = "Marchland";
  show(main, h("div", { class: "sheet" }, h("p", { class: "problem", role: "alert" }, error instanceof Problem ? error.message : `This page could not be shown: ${error.message}`)));
  if (!(error instanceof Problem)) console.error(error);
}

/** Move to another address of this site; with `replace`, without a step in the history. */
export function go(url, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", url);
  return render().then(() => { if (!replace) { scrollTo(0, 0); main.focus({ preventScroll: true }); } });
}

function mark(kind) {
  const nav = document.getElementById("nav");
  show(nav, PAGES.filter((one) => one[2]).map(([first, , words]) =>
    h("a", { href: here(`/${first}`), "aria-current": first === kind ? "page" : null }, words)));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || link.target) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.hash || link.hasAttribute("download") || url.pathname.startsWith("/api/")) return;
  event.preventDefault();
  go(url.pathname + url.search);
});

let first = 0;
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select") || event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.key === "/") { event.preventDefault(); document.querySelector("#quick input").focus(); return; }
  const soon = Date.now() - first < 1500;
  first = event.key === "g" ? Date.now() : 0;
  const found = soon && PAGES.find((one) => one[3] === event.key);
  if (found) { event.preventDefault(); go(here(`/${found[0]}`)); }
});

const quick = document.getElementById("quick");
quick.addEventListener("submit", (event) => {
  event.preventDefault();
  go(here("/search", { q: quick.elements.q.value.trim() }));
});
quick.elements.q.addEventListener("focus", async () => {
  const { suggesting } = await import("./search/suggest.js");
  put(quick, suggesting(quick.elements.q, (url) => { quick.elements.q.value = ""; go(url); }));
}, { once: true });

window.addEventListener("popstate", render);
// A page has moved a clock in the address: the links of the navigation keep up, and keep the focus.
window.addEventListener("marchland:clocks", () => {
  for (const link of document.querySelectorAll("#nav a, #top .brand")) link.href = here(link.pathname);
});
window.addEventListener("marchland:go", (event) => go(event.detail.url, event.detail));
listen();
render();
