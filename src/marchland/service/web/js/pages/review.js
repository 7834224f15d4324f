// The review queue (/review, /review?claim=ID): what is worth a look on one side, one claim with its reasons on the other.

import { get, post, Problem } from "../api.js";
import { h, show as put } from "../dom.js";
import { notice } from "../notice.js";
import { here } from "../place_in_time.js";
import { count } from "../words.js";
import { ask } from "../review/decide.js";
import { showItem } from "../review/item.js";
import { keyHelp, keys } from "../review/keys.js";
import { FILTERS, filters, rows } from "../review/list.js";
import { log } from "../review/log.js";
import { whoami } from "../review/who.js";

const PAGE = 50;

/** Show the queue and the claim of the address. */
export async function show(root, { query }) {
  document.title = "Review · Marchland";
  const page = new Review(root, query);
  await page.begin();
  return () => page.end();
}

class Review {
  constructor(root, query) {
    this.asked = Object.fromEntries(FILTERS.map(({ name }) => [name, query.get(name)]).filter(([, one]) => one));
    this.claim = query.get("claim");
    this.items = []; this.total = 0; this.limit = PAGE; this.told = null; this.mine = []; this.me = null; this.sent = new Set();
    this.chosen = Boolean(this.claim);
    this.looks = 0;
    this.list = h("ol", { class: "queue-list" });
    this.head = h("p", { class: "quiet", role: "status" });
    this.more = h("p", {});
    this.item = h("div", { class: "card review-pane", role: "region", "aria-label": "The claim" }, h("p", { class: "busy quiet" }, "Loading"));
    this.who = whoami((name) => { this.me = name; });
    this.log = log((review) => this.takeBack(review.review_id));
    this.keys = keyHelp();
    put(root, h("div", { class: "sheet review-page" },
      h("h1", {}, "Review"), h("p", { class: "quiet" }, "Claims on which much rests and much is doubtful come first. Your word is weighed as evidence, with your name and reason, and can be taken back."),
      this.who,
      h("div", { class: "review-split" },
        h("section", { class: "card review-queue", "aria-label": "The queue" }, this.head, h("p", { class: "queue-legend quiet" }, "The bar: how much rests on a claim × how doubtful it is."), filters(this.asked, (values) => this.narrow(values)), this.list, this.more, this.keys),
        this.item),
      this.log));
  }

  async begin() {
    this.stop = keys((key) => this.key(key));
    this.changed = (event) => this.heard(event.detail);
    window.addEventListener("marchland:changed", this.changed);
    const log_ = this.log.refresh().catch((error) => this.failed(error));
    if (this.claim) await this.open(this.claim, { keep: true });
    await this.load();
    if (!this.claim) {
      if (this.items.length) await this.open(this.items[0].claim_id, { keep: true });
      else put(this.item, h("p", {}, "Nothing is waiting here."));
    }
    await log_;
  }

  end() {
    this.gone = true;
    clearTimeout(this.timer);
    this.stop();
    window.removeEventListener("marchland:changed", this.changed);
  }

  narrow(values) {
    window.dispatchEvent(new CustomEvent("marchland:go", { detail: { url: here("/review", values) } }));
  }

  /** The queue as it is now; asked again while the service still works on it. */
  async load() {
    clearTimeout(this.timer);
    const found = await get("/api/review/queue", { ...this.asked, limit: this.limit });
    if (this.gone) return;
    this.items = found.items.filter((one) => found.done || !this.sent.has(one.claim_id));
    if (found.done) this.sent.clear();
    this.total = found.total;
    put(this.head, `${count(found.total, "claim")} to look at`, found.done ? null : h("span", { class: "busy" }, " effects are being worked out"));
    put(this.more, found.next && this.limit < 500 ? h("button", { type: "button", on: { click: () => { this.limit = Math.min(this.limit + PAGE, 500); this.load(); } } }, "More") : null);
    this.mark();
    if (!this.chosen && this.items.length && this.items[0].claim_id !== this.claim && this.claim) await this.open(this.items[0].claim_id, { keep: true });
    if (found.done) await this.renew(found.revision);
    if (found.done) this.chosen = true;
    else this.timer = setTimeout(() => this.load().catch(() => null), Math.min(1200 * 1.3 ** (this.looks += 1), 15000));
  }

  /** Show the claim again from a queue that is done: what was shown before may be of an earlier state of the record. */
  async renew(revision) {
    if (this.renewed === revision || !this.told || document.querySelector("dialog[open]")) return;
    await this.open(this.claim, { keep: true, quiet: true });
    this.renewed = revision;
  }

  mark() {
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.claim : null;
    rows(this.list, this.items, this.claim, (claim) => this.open(claim).then(() => {
      if (matchMedia("(max-width: 900px)").matches) this.item.scrollIntoView({ block: "start" });
    }));
    const row = focused && this.list.querySelector(`[data-claim="${CSS.escape(focused)}"]`);
    if (row) row.focus({ preventScroll: true });
  }

  /** Show one claim; its id goes into the address. */
  async open(claim, { keep = false, quiet = false } = {}) {
    this.claim = claim;
    this.chosen ||= !keep;
    if (!keep) history.replaceState(null, "", here("/review", { ...this.asked, claim }));
    this.mark();
    if (!quiet) this.list.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
    try {
      const told = await get(`/api/review/queue/${encodeURIComponent(claim)}`);
      if (this.gone || this.claim !== claim) return;
      const same = quiet && JSON.stringify(told) === JSON.stringify(this.told);
      this.told = told;
      if (same) return;
      const focused = this.item.contains(document.activeElement) ? document.activeElement.dataset.verb || "title" : null;
      this.claim = told.item.claim_id;
      showItem(this.item, told, { act: (verb) => this.act(verb), 
        undo: (review) => this.takeBack(review.review_id), last: this.mine.length ? () => this.takeBack(this.mine[this.mine.length - 1]) : null });
      if (quiet && focused) (this.item.querySelector(`[data-verb="${focused}"]`) || this.item.querySelector("h2")).focus({ preventScroll: true });
    } catch (error) {
      this.told = null;
      if (this.claim === claim) put(this.item, h("p", { class: "problem" }, error.message));
      if (!(error instanceof Problem)) throw error;
    }
  }

  step(by) {
    const at = this.items.findIndex((one) => one.claim_id === this.claim);
    const next = this.items[Math.min(Math.max(at < 0 ? 0 : at + by, 0), this.items.length - 1)];
    if (next && next.claim_id !== this.claim) this.open(next.claim_id).then(() => this.item.querySelector("h2")?.focus({ preventScroll: true }));
  }

  key(key) {
    const verb = { a: "accept", r: "reject", c: "correct", s: "split", m: "merge" }[key];
    if (verb) { this.act(verb); return true; }
    if (key === "j" || key === "k") { this.step(key === "j" ? 1 : -1); return true; }
    if (key === "u" && this.mine.length) { this.takeBack(this.mine[this.mine.length - 1]); return true; }
    if (key === "o") { document.getElementById("review-article")?.click(); return true; }
    if (key === "?") { this.keys.open = !this.keys.open; if (this.keys.open) this.keys.scrollIntoView({ block: "nearest" }); return true; }
    return false;
  }

  /** Judge the claim that is shown. */
  async act(verb) {
    if (!this.told || this.busy) return;
    this.chosen = true;
    if (!this.me) { this.who.ask("To judge, give your token first."); return; }
    const { told } = this;
    if (/split|merge/.test(verb) && !told.others.length) { notice("There is no other claim on this place."); return; }
    const body = verb === "accept" ? { verb, claims: [told.item.claim_id] } : await ask(verb, told);
    if (body) await this.send({ ...body, key: crypto.randomUUID ? crypto.randomUUID() : String(Math.random()), expected: told.state });
  }

  async send(body) {
    this.busy = true;
    try {
      const made = await post("/api/reviews", body);
      this.mine.push(made.review.review_id);
      this.sent.add(body.claims[0]);
      const turned = made.changed.filter((one) => one.turns);
      const words = turned.length ? turned[0].words : made.changed.length ? made.changed[0].words : "No answer changed.";
      notice(`${past(body.verb)}. ${words}${made.note ? ` (${made.note})` : ""}`, { words: "Undo", run: () => this.takeBack(made.review.review_id) }, 12);
      await this.next(body.claims[0]);
    } catch (error) {
      await this.refused(error, body);
    } finally {
      this.busy = false;
    }
  }

  /** On to the claim after the one that was judged. */
  async next(judged) {
    const at = this.items.findIndex((one) => one.claim_id === judged);
    this.items = this.items.filter((one) => one.claim_id !== judged);
    const after = this.items[Math.min(Math.max(at, 0), this.items.length - 1)];
    if (after) await this.open(after.claim_id);
    else put(this.item, h("p", {}, "Nothing more is waiting here."));
    this.item.querySelector("h2")?.focus({ preventScroll: true });
    await Promise.all([this.load(), this.log.refresh()]).catch((error) => this.failed(error));
  }

  async refused(error, body) {
    if (!(error instanceof Problem)) throw error;
    if (error.status === 401 || error.status === 403) { this.who.ask(error.message); return; }
    if (error.status !== 409) { notice(error.message); return; }
    const others = (error.told.reviews || []).map((one) => `${one.by}: ${one.verb}`).join("; ");
    await this.open(body.claims[0]);
    notice(`Somebody judged it meanwhile (${others || "and took it back"}).`, { words: "Send mine too", run: () => this.send({ ...body, expected: null }) }, 20);
  }

  async takeBack(review) {
    if (!this.me) { this.who.ask("To take it back, give your token first."); return; }
    try {
      const made = await post(`/api/reviews/${encodeURIComponent(review)}/withdraw`, { because: "taken back" });
      this.mine = this.mine.filter((one) => one !== review);
      notice(`Taken back. ${made.changed.length ? made.changed[0].words : "No answer changed."}`);
      const about = (await get("/api/reviews", { limit: 500 })).items.find((one) => one.review_id === review);
      this.sent.clear();
      if (about && about.claims.length) await this.open(about.claims[0]);
      await Promise.all([this.load(), this.log.refresh()]);
    } catch (error) {
      await this.refused(error, { claims: [this.claim] });
    }
  }

  /** Somebody has written: the queue, the log and the claim that is shown may be others now. */
  heard({ by, words }) {
    clearTimeout(this.soon);
    this.looks = 0;
    this.soon = setTimeout(async () => {
      if (this.gone || this.busy) return;
      const before = this.told && this.told.state;
      await Promise.all([this.load(), this.log.refresh()]).catch(() => null);
      if (this.claim && !document.querySelector("dialog[open]")) await this.open(this.claim, { keep: true, quiet: true });
      if (by && by !== this.me && this.told && before && this.told.state !== before) notice(`${by} has just judged this claim: ${words}`, null, 12);
    }, 250);
  }

  failed(error) {
    if (!(error instanceof Problem)) { console.error(error); return; }
    notice(error.message);
  }
}

const past = (verb) => ({ accept: "Accepted", reject: "Rejected", correct: "Corrected", split: "Split", merge: "Merged" })[verb];
