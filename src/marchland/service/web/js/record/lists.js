// Every list of the record: its address, its filters and its columns.

import { h, outside } from "../dom.js";
import { calm } from "../marked.js";
import { here } from "../place_in_time.js";
import { count, day, holderWords, percent } from "../words.js";

const text = (value) => h("bdi", {}, calm(value) || "–");
const words = (value) => (value || "").replaceAll("_", " ");
const number = (value) => (value ?? 0).toLocaleString("en");
const placeLink = (row) => (row.place_id ? h("a", { href: here(`/place/${encodeURIComponent(row.place_id)}`) }, text(row.place_name || row.name)) : [text(row.place), " ", h("span", { class: "quiet" }, "(no place)")]);
const when = (row) => (row.date_from === row.date_to ? day(row.date_to, "–") : `${row.date_from ? day(row.date_from) : "by"} ${row.date_from ? "to " : ""}${day(row.date_to, "?")}`);
const articleLink = (brief) => (brief.article_id ? [h("a", { href: here(`/article/${brief.article_id}`) }, text(brief.title)), ` ${brief.publisher || ""}, ${day(brief.published, "no day")}`] : "–");
const quote = (value) => h("span", { class: "words", dir: "auto" }, calm(value));
const away = (url) => (url ? outside(url, "source") : "–");

const COUNTRY = ["country", "Country", { maxlength: 2, size: 4, pattern: "[A-Za-z]{2}" }];
const FROM = ["from", "From", { type: "date" }];
const TO = ["to", "To", { type: "date" }];
const STATUS = ["status", "Status", { choices: ["held", "claimed", "contested", "besieged", "abandoned", "unknown"] }];
const STANCE = ["stance", "Stance", { choices: ["asserts", "hedges", "denies", "plans"] }];
const EVENT = ["event", "Event", { choices: ["captures", "recaptures", "controls", "contests", "attacks", "besieges", "repels", "withdraws_from", "surrenders", "hands_over", "closes", "restricts", "reopens", "flees_across", "displaces"], free: true }];
const ORDER = ["order", "Order", { choices: ["newest", "oldest"], always: true }];

/** Columns are `[heading, cell of a row, class]`; clocks are the parameters of both clocks that a list takes. */
export const LISTS = {
  places: {
    words: "Places", path: "/api/places", clocks: ["at", "known_at"], holder: true,
    filters: [["q", "Name"], COUNTRY, ["kind", "Kind"], STATUS],
    columns: [
      ["place", (row) => placeLink({ ...row, place_name: row.name })], ["kind", (row) => [row.kind, row.admin1, row.country].filter(Boolean).join(", ")],
      ["held by", (row) => text(holderWords(row))], ["status", (row) => row.status], ["sure", (row) => percent(row.probability), "number"],
      ["since", (row) => day(row.since, "–")], ["last confirmed", (row) => day(row.last_confirmed, "–")], ["claims", (row) => number(row.claims), "number"],
    ],
  },
  claims: {
    words: "Claims", path: "/api/claims", clocks: ["known_at"],
    filters: [COUNTRY, EVENT, STANCE, ["actor", "Actor"], ["speaker", "Speaker"], ["speaker_class", "Class of speaker"], ["publisher", "Outlet (whole name)"], FROM, TO, ORDER],
    columns: [
      ["published", (row) => day(row.published, "–")], ["claim", (row) => [h("a", { href: here(`/claim/${row.claim_id}`) }, text(row.actor_name || "somebody"), " ", words(row.event)), " ", placeLink(row)], "claimed"],
      ["stance", (row) => row.stance], ["when", when], ["said by", (row) => [text(row.source_name || row.source), row.source_side ? h("small", { class: "quiet" }, " of ", text(row.source_side_name)) : null]],
      ["outlet", (row) => text(row.publisher)], ["sentence", (row) => quote(row.sentence), "wide"],
    ],
  },
  events: {
    words: "Events", path: "/api/events", clocks: ["at", "known_at"],
    filters: [COUNTRY, EVENT, ["actor", "Actor"], FROM, TO, ORDER],
    columns: [
      ["when", when], ["event", (row) => [text(row.actor_name || "somebody"), " ", h("strong", {}, words(row.event))]], ["place", placeLink],
      ["country", (row) => row.country || "–"], ["against", (row) => text(row.opponent_name)], ["witnesses", (row) => number(row.witnesses), "number"], ["outlets", (row) => number(row.outlets), "number"],
      ["claims", (row) => row.claims.slice(0, 4).map((one, at) => [at ? " " : "", h("a", { href: here(`/claim/${one}`), "aria-label": `claim ${at + 1} of ${row.event} at ${row.place_name}` }, String(at + 1))]).concat(row.claims.length > 4 ? ` of ${row.claims.length}` : "")],
      ["denied by", (row) => text(row.denied_by.join("; "))],
    ],
  },
  holdings: {
    words: "Holdings", path: "/api/holdings", clocks: ["at", "known_at"], holder: true,
    filters: [COUNTRY, ["kind", "Kind"], STATUS],
    columns: [
      ["place", placeLink], ["held by", (row) => text(holderWords(row))], ["status", (row) => row.status], ["sure", (row) => percent(row.probability), "number"],
      ["from", (row) => day(row.from, "before the first report")], ["until", (row) => day(row.until, "lasts")], ["last confirmed", (row) => day(row.last_confirmed, "–")],
      ["known from", (row) => day(row.known_from, "–")], ["witnesses", (row) => number(row.witnesses), "number"],
    ],
  },
  counts: {
    words: "Counts", path: "/api/counts", clocks: ["at", "known_at"], filters: [COUNTRY],
    columns: [
      ["day", (row) => day(row.day)], ["place", placeLink], ["count", (row) => [text(row.holder_name), ": ", h("q", {}, text(row.text))]], ["told by", (row) => [text(row.claimant), row.interested ? h("span", { class: "tag" }, "interested") : null]],
      ["on record", (row) => (row.members ? `${row.on_record} of ${row.members}` : "–"), "number"], ["likely", (row) => (row.members ? `${row.expected_low} to ${row.expected_high}` : "–"), "number"], ["note", (row) => text(row.note)],
    ],
  },
  parties: {
    words: "Parties", path: "/api/parties", clocks: [], filters: [["q", "Name"]],
    columns: [
      ["party", (row) => text(row.name)], ["id", (row) => h("small", { class: "quiet" }, h("code", {}, row.party_id))], ["side", (row) => (row.side === row.party_id ? "its own" : text(row.side_name))],
      ["acts in claims", (row) => row.acts && h("a", { href: here("/record", { list: "claims", actor: row.party_id.slice(0, 200) }) }, number(row.acts)) || "0", "number"], ["done to it", (row) => number(row.suffers), "number"],
      ["first", (row) => day(row.first, "–")], ["last", (row) => day(row.last, "–")], ["also called", (row) => h("small", { class: "quiet" }, text(row.aliases.slice(0, 8).join(", "))), "wide"],
    ],
  },
  outlets: {
    words: "Outlets", path: "/api/outlets", clocks: [], filters: [["q", "Name"]],
    columns: [
      ["outlet", (row) => (row.publisher ? h("a", { href: here("/record", { list: "claims", publisher: row.publisher.slice(0, 200) }) }, text(row.publisher)) : "not known")],
      ["articles", (row) => number(row.articles), "number"], ["claims", (row) => number(row.claims), "number"], ["first", (row) => day(row.first, "–")], ["last", (row) => day(row.last, "–")],
    ],
  },
  copies: {
    words: "Copies", path: "/api/copies", clocks: ["known_at"], filters: [], limit: 20,
    columns: [
      ["articles", (row) => number(row.total), "number"], ["credited", (row) => text(row.agency)],
      ["the one text", (row) => h("ul", { class: "plain" }, row.articles.slice(0, 12).map((one) => h("li", {}, articleLink(one), one.article_id === row.origin_id ? h("span", { class: "tag chosen" }, "likely origin") : null)), row.total > 12 ? h("li", { class: "quiet" }, `and ${row.total - 12} more`) : null), "wide"],
      ["why it likely comes from there", (row) => text(row.because.join("; ")), "wide"],
    ],
  },
  versions: {
    words: "Versions", path: "/api/versions", clocks: ["known_at"], filters: [["address", "Address of the page", { size: 36, maxlength: 2000 }]], limit: 20,
    columns: [
      ["page", (row) => [outside(row.address, row.address)]], ["from", (row) => articleRead(row.older, row.older_read)], ["to", (row) => articleRead(row.newer, row.newer_read)],
      ["went", (row) => h("del", {}, quote(row.removed.join(" … "))), "wide"], ["came", (row) => h("ins", {}, quote(row.added.join(" … "))), "wide"],
      ["corrections", (row) => quote(row.corrections.join("; ") || "–")],
    ],
  },
  skipped: {
    words: "Not read", path: "/api/skipped", clocks: [], filters: [["q", "Words of reason or file"], ["set_aside", "Set aside by triage", { choices: ["true", "false"] }]],
    columns: [
      ["run", (row) => row.run.slice(0, 16).replace("T", " ")], ["where", (row) => text(row.where)], ["why", (row) => [text(row.why), " ", row.language ? h("span", { class: "tag" }, row.language) : null, row.set_aside ? h("span", { class: "tag" }, "set aside") : null]], ["source", (row) => away(row.url)],
    ],
  },
};

const articleRead = (brief, read) => (brief.article_id ? h("a", { href: here(`/article/${brief.article_id}`) }, day(read, "no day")) : day(read, "no day"));

/** `Rows 1 to 50 of 1,234.` */
export const rangeWords = (offset, shown, total) => (total ? `Rows ${number(offset + 1)} to ${number(offset + shown)} of ${number(total)}` : count(0, "row"));
