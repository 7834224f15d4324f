// A claim (/claim/ID): how its sentence was read, part by part. An article (/article/ID): its text with every claim.

import { get } from "../api.js";
import { showArticle } from "../article/whole.js";
import { showClaim } from "../article/claim.js";
import { h, show as put } from "../dom.js";

/** Show the claim or the article of the address; shown anew when the record changes. */
export async function show(root, asked) {
  if (!asked.id) {
    put(root, h("div", { class: "sheet" }, h("h1", {}, "Claims and articles"),
      h("p", {}, "An address needs the id of a claim or an article: /claim/ID or /article/ID. The pages of places, the search and the exports have them.")));
    return null;
  }
  const render = asked.kind === "claim" ? claim : article;
  await render(root, asked, true);
  const again = () => render(root, asked, false).catch(() => null);
  window.addEventListener("marchland:changed", again);
  return () => window.removeEventListener("marchland:changed", again);
}

async function claim(root, { id }) {
  showClaim(root, await get(`/api/claims/${encodeURIComponent(id)}`));
}

const WINDOW = 200000;

async function article(root, { id, query }, first) {
  const wanted = query.get("claim");
  const told = wanted ? await get(`/api/claims/${encodeURIComponent(wanted)}`).catch(() => null) : null;
  const at = told && told.sentence.start > WINDOW - 5000 ? told.sentence.start - 5000 : 0;
  const start = /^\d{1,9}$/.test(query.get("start") || "") ? Number(query.get("start")) : at;
  showArticle(root, await get(`/api/articles/${encodeURIComponent(id)}`, { start: start || null }), told, first);
}
