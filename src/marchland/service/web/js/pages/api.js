// The guide to the API (/api): made from its own description, with examples that can be opened.

import { about, get } from "../api.js";
import { h, show as put } from "../dom.js";
import { endpoint, endpoints, prose, slug } from "../guide/endpoint.js";
import { manners } from "../guide/manners.js";

const TAGS = {
  places: "Who holds what", map: "The map", place: "One place", claims: "Claims and articles", lists: "Lists", search: "Search", changes: "Changes and briefs",
  exports: "Exports", review: "Review", access: "Access", record: "The record",
};

/** Show the guide. */
export async function show(root) {
  document.title = "API · Marchland";
  const [described, told] = await Promise.all([get("/api/schema/openapi.json"), about()]);
  const found = endpoints(described);
  const tags = [...new Set([...Object.keys(TAGS), ...found.map((one) => one.tag)])].filter((tag) => found.some((one) => one.tag === tag));
  const sample = await samples(told);
  put(root, h("div", { class: "sheet guide-page" }, h("h1", {}, "API"),
    h("p", {}, prose(described.info.description), " ", h("a", { href: "/api/schema/openapi.json" }, "The whole description (OpenAPI, JSON)"), "."),
    h("div", { class: "guide" }, contents(tags, found),
      h("div", {}, manners(told), tags.map((tag) => h("section", { "aria-labelledby": `tag-${slug(tag)}` },
        h("h2", { id: `tag-${slug(tag)}` }, TAGS[tag] || tag), found.filter((one) => one.tag === tag).map((one) => endpoint(one, described, sample))))))));
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  return null;
}

function contents(tags, found) {
  const wide = matchMedia("(min-width: 821px)").matches;
  return h("nav", { "aria-label": "Contents" }, h("details", { open: wide }, h("summary", {}, "Contents"), h("p", {}, h("a", { href: "#manners" }, "How to ask")),
    tags.map((tag) => [h("p", {}, h("a", { href: `#tag-${slug(tag)}` }, h("strong", {}, TAGS[tag] || tag))),
      h("ul", {}, found.filter((one) => one.tag === tag).map((one) => h("li", {}, h("a", { href: `#${one.id}` }, one.path.replace("/api", "")))))])));
}

/** Ids that are on record, so that the examples can be opened. */
async function samples(told) {
  const claims = await get("/api/claims", { limit: 1 }).catch(() => ({ items: [] }));
  const [one] = claims.items;
  const crossing = await get("/api/crossings", { limit: 1 }).catch(() => ({ items: [] }));
  return {
    claim_id: one?.claim_id, article_id: one?.article_id, place_id: one?.place_id, place: one?.place_name, crossing: crossing.items[0]?.place_id,
    name: "holdings.csv", q: one?.place_name, from: told.first_day, to: told.last_day, since: told.first_day, event_id: one?.event_id,
  };
}
