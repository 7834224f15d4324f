// One endpoint of the API as its description tells it: what it answers, its parameters with their bounds, an example.

import { address } from "../api.js";
import { h } from "../dom.js";

export const slug = (text) => text.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");

/** Words with `code` in them as nodes. */
export const prose = (text) => text.split("`").map((one, at) => (at % 2 ? h("code", {}, one) : one));

/** Every endpoint of the description: `{path, verb, tag, id, told}`. */
export function endpoints(described) {
  return Object.entries(described.paths).flatMap(([path, verbs]) => Object.entries(verbs)
    .filter(([verb]) => ["get", "post", "put", "patch", "delete"].includes(verb))
    .map(([verb, told]) => ({ path, verb, told, tag: told.tags?.[0] || "other", id: slug(`${verb}-${path}`) })));
}

/** One endpoint. */
export function endpoint({ path, verb, told, id }, described, sample) {
  const [lead, ...rest] = (told.description || told.summary || "").split("\n\n");
  return h("article", { class: "card endpoint", id },
    h("h3", {}, h("span", { class: `verb ${verb}` }, verb.toUpperCase()), path),
    h("p", {}, prose(lead)), rest.map((one) => h("p", { class: "quiet" }, prose(one))),
    parameters(told.parameters || []), body(told, described), answer(told, described),
    verb === "get" ? example(path, told.parameters || [], sample) : null);
}

function parameters(found) {
  if (!found.length) return null;
  return h("table", {}, h("caption", { class: "unseen" }, "Parameters"),
    h("thead", {}, h("tr", {}, ["parameter", "kind and bounds", "meaning"].map((one) => h("th", { scope: "col" }, one)))),
    h("tbody", {}, found.map((one) => h("tr", {},
      h("td", {}, h("code", {}, one.name), one.required ? h("span", { class: "tag" }, one.in === "path" ? "in the path" : "needed") : null),
      h("td", { class: "quiet" }, bounds(one.schema || {})), h("td", {}, prose(one.description || ""))))));
}

/** `a day`, `number, 1 to 500, else 50`. */
export function bounds(schema) {
  const found = [schema.oneOf, schema.anyOf].flat().find((one) => one && one.type !== "null");
  const told = { ...found, ...schema, type: schema.type || found?.type };
  const words = [isDay(told) ? "a day, YYYY-MM-DD" : told.enum ? told.enum.join(", ") : NAMES[told.type] || told.type];
  if (told.minimum !== undefined || told.maximum !== undefined) words.push(`${told.minimum ?? "…"} to ${(told.maximum ?? "…").toLocaleString("en")}`);
  if (told.minLength) words.push(`at least ${told.minLength} characters`);
  if (told.maxLength) words.push(`at most ${told.maxLength} characters`);
  if (told.default !== undefined && told.default !== null && told.default !== "") words.push(`else ${told.default}`);
  return words.filter(Boolean).join(", ");
}

const NAMES = { string: "text", integer: "whole number", boolean: "true or false", array: "list, repeated" };
const isDay = (schema) => (schema.pattern || "").includes("\\d{4}-\\d{2}-\\d{2}");

function body(told, described) {
  const schema = told.requestBody?.content?.["application/json"]?.schema;
  return schema ? fields("Body (JSON)", schema, described) : null;
}

function answer(told, described) {
  const good = Object.entries(told.responses || {}).find(([status]) => status.startsWith("2"));
  const schema = good?.[1].content?.["application/json"]?.schema;
  return schema ? fields(`Answer (${good[0]}, JSON)`, schema, described) : null;
}

function fields(words, schema, described) {
  const made = resolved(schema, described);
  const rows = Object.entries(made.properties || {});
  if (!rows.length) return null;
  return h("details", {}, h("summary", {}, words),
    h("table", {}, h("tbody", {}, rows.map(([name, one]) => h("tr", {}, h("td", {}, h("code", {}, name)), h("td", { class: "quiet" }, kindOf(one, described)), h("td", {}, one.description || ""))))));
}

function resolved(schema, described) {
  const name = (schema.$ref || "").replace("#/components/schemas/", "");
  return name ? described.components.schemas[name] || {} : schema;
}

/** `text`, `text or null`, `list of PlaceRow`. */
function kindOf(schema, described) {
  if (schema.$ref) return resolved(schema, described).title || schema.$ref.split("/").at(-1);
  const some = schema.oneOf || schema.anyOf;
  if (some) return some.map((one) => (one.type === "null" ? "null" : kindOf(one, described))).join(" or ");
  if (schema.type === "array") return `list of ${kindOf(schema.items || {}, described)}`;
  return NAMES[schema.type] || schema.type || "anything";
}

/** An address that can be opened, where what is on record allows one. */
function example(path, found, sample) {
  const inPath = found.filter((one) => one.in === "path").map((one) => one.name);
  const value = (name) => {
    if (name === "place_id" && path.includes("/passage")) return sample.crossing;
    return name === "name" && !path.includes("/export") ? sample.place : sample[name];
  };
  if (inPath.some((name) => !value(name)) || path.includes("/stream") || path.includes("/audit")) return null;
  const filled = inPath.reduce((made, name) => made.replace(`{${name}}`, encodeURIComponent(value(name))), path);
  const needed = found.filter((one) => one.in === "query" && (one.required || NEEDED[path]?.includes(one.name)));
  if (needed.some((one) => !value(one.name))) return null;
  const asked = Object.fromEntries(needed.map((one) => [one.name, value(one.name)]));
  if (found.some((one) => one.name === "limit")) asked.limit = 2;
  const url = address(filled, asked);
  return h("p", {}, "Example: ", h("a", { href: url }, h("code", {}, url)));
}

const NEEDED = { "/api/consequences": ["from", "to"], "/api/changes": ["since"], "/api/changes/days": ["since"], "/api/search": ["q"], "/api/suggest": ["q"] };
