// The record in numbers: how much, of which days, of which events, and what was not read.

import { h, s } from "../dom.js";
import { here, ordinal } from "../place_in_time.js";
import { count, day } from "../words.js";

const number = (value) => value.toLocaleString("en");

/** Everything that `/api/record` tells. */
export function overview(told) {
  return [
    h("section", { class: "card", "aria-label": "Sizes" }, h("p", {}, "Ledger ", h("code", {}, told.ledger), ": ", span(told), "."),
      h("dl", { class: "sizes" }, [
        ["articles", told.articles], ["claims", told.claims, "claims"], ["places", told.places, "places"],
        ["parties", told.parties, "parties"], ["outlets", told.outlets, "outlets"], ["reviews", told.reviews],
        ["not read", told.skipped, "skipped"],
      ].map(([words, value, list]) => h("div", {}, h("dt", {}, words),
        h("dd", {}, list && value ? h("a", { href: here("/record", { list }) }, number(value)) : number(value)))))),
    days(told), kinds(told), notRead(told),
  ];
}

function span({ first_published: first, last_published: last, last_day: known, last_recorded: recorded, undated, articles }) {
  if (!articles) return "nothing is on record yet; add reports with marchland run";
  const days_ = first === last ? `published on ${day(last, "no known day")}` : `published from ${day(first)} to ${day(last)}`;
  const told = known && known !== last ? `; claims are known up to ${day(known)}, where the map, the changes and briefs end` : "";
  return `${days_}${told}${undated ? `; ${count(undated, "article")} without a day` : ""}; last added to on ${day(recorded)}`;
}

const HEIGHT = 90;

/** Articles by day of publication as bars; the table beneath says the same in figures. */
function days({ periods }) {
  if (!periods.length) return null;
  const most = Math.max(...periods.map((one) => one.articles), 1);
  const monthly = periods[0].day.length === 7;
  const busiest = periods.reduce((best, one) => (one.articles > best.articles ? one : best));
  const place = (one) => ordinal(monthly ? `${one.day}-01` : one.day);
  const [from, span_] = [place(periods[0]), place(periods.at(-1)) - place(periods[0]) + (monthly ? 28 : 1)];
  const wide = Math.max((monthly ? 26 : 0.86) * 100 / span_, 0.4);
  return h("section", { class: "card" }, h("h2", {}, `Articles by ${monthly ? "month" : "day"} of publication`),
    s("svg", { class: "bars", viewBox: `0 0 100 ${HEIGHT}`, preserveAspectRatio: "none", role: "img",
      "aria-label": `${count(periods.length, monthly ? "month" : "day")} with reports; most on ${shown(busiest.day)}: ${count(busiest.articles, "article")}` },
    periods.map((one) => s("rect", { x: Math.min(100 * (place(one) - from) / span_, 100 - wide), width: wide, y: HEIGHT * (1 - one.articles / most), height: HEIGHT * one.articles / most },
      s("title", {}, `${shown(one.day)}: ${count(one.articles, "article")}, ${count(one.claims, "claim")}`)))),
    h("p", { class: "ends quiet" }, h("span", {}, shown(periods[0].day)), h("span", {}, `at most ${busiest.articles}`), h("span", {}, shown(periods.at(-1).day))),
    h("details", {}, h("summary", {}, "In figures"), h("div", { class: "scroll figures", tabindex: 0, role: "region", "aria-label": "Articles by day" },
      h("table", {}, h("thead", {}, h("tr", {}, [monthly ? "month" : "day", "articles", "claims"].map((one, at) => h("th", { scope: "col", class: at ? "number" : null }, one)))),
        h("tbody", {}, periods.map((one) => h("tr", {}, h("td", {}, shown(one.day)), h("td", { class: "number" }, number(one.articles)), h("td", { class: "number" }, number(one.claims)))))))));
}

const shown = (text) => (text.length === 7 ? day(`${text}-01`).replace(/^1 /, "") : day(text));

function kinds({ events, stances }) {
  if (!events.length) return null;
  const most = Math.max(...events.map((one) => one.claims));
  const all = stances.reduce((sum, one) => sum + one.claims, 0);
  return h("section", { class: "card" }, h("h2", {}, "What claims tell"),
    h("p", {}, stances.map((one, at) => [at ? " · " : null, h("a", { href: here("/record", { list: "claims", stance: one.name }) }, one.name), ` ${Math.round((100 * one.claims) / all)} %`])),
    h("ul", { class: "kinds" }, events.slice(0, 24).map((one) => h("li", {},
      h("a", { href: here("/record", { list: "claims", event: one.name }) }, one.name.replaceAll("_", " ")),
      h("span", { class: "bar", style: { "--share": `${(100 * one.claims) / most}%` }, "aria-hidden": "true" }),
      h("span", { class: "number" }, number(one.claims))))),
    events.length > 24 ? h("p", { class: "quiet" }, `and ${count(events.length - 24, "more kind")} of event`) : null);
}

function notRead({ not_read: found }) {
  if (!found.length) return null;
  return h("section", { class: "card" }, h("h2", {}, "Why things were not read"),
    h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "reason"), h("th", { scope: "col", class: "number" }, "how many"))),
      h("tbody", {}, found.map((one) => h("tr", {},
        h("td", {}, h("bdi", {}, one.why), " ", one.language ? h("span", { class: "tag" }, one.language) : null, one.set_aside ? h("span", { class: "tag" }, "set aside by triage") : null),
        h("td", { class: "number" }, h("a", { href: here("/record", { list: "skipped", q: one.why.slice(0, 200) }) }, number(one.number))))))));
}
