// How much became known on each day, as a strip of bars; a click begins the list on that day.

import { h, s } from "../dom.js";
import { iso, ordinal } from "../place_in_time.js";
import { count, day } from "../words.js";

const HEIGHT = 44;
const MOST = 240;

/** A strip of `[day, number]` with the days asked for marked; `pick(day)` is told of a click. Null where there is too little. */
export function strip(days, { since, until, pick }) {
  if (days.length < 3) return null;
  const first = ordinal(days[0][0]), last = ordinal(days[days.length - 1][0]);
  const step = Math.max(1, Math.ceil((last - first + 1) / MOST)), bars = Math.ceil((last - first + 1) / step);
  const sums = new Array(bars).fill(0);
  for (const [one, number] of days) sums[Math.floor((ordinal(one) - first) / step)] += number;
  const most = Math.max(...sums), begin = since ? ordinal(since) + 1 : first, end = until ? ordinal(until) : last;
  const picture = s("svg", { viewBox: `0 0 ${bars} ${HEIGHT}`, preserveAspectRatio: "none", class: "strip", "aria-hidden": "true" },
    s("rect", { class: "asked", x: Math.max((begin - first) / step, 0), y: 0, width: Math.max((Math.min(end, last) - Math.max(begin, first) + 1) / step, 0), height: HEIGHT }),
    sums.map((sum, index) => bar(sum, index, most, first + index * step, step, pick)));
  const words = `Changes by the day on which they became known, ${day(days[0][0])} to ${day(days[days.length - 1][0])}; at most ${count(most, "change")} in ${step === 1 ? "a day" : `${step} days`}. A click begins the list there.`;
  return h("figure", { class: "strip-figure" }, picture, h("figcaption", { class: "quiet" }, words));
}

function bar(sum, index, most, from, step, pick) {
  const height = sum ? Math.max((sum / most) * (HEIGHT - 4), 3) : 0;
  return s("g", { on: { click: () => pick(iso(from - 1)) } }, s("title", {}, `${day(iso(from))}${step > 1 ? ` and ${step - 1} days after` : ""}: ${count(sum, "change")}`),
    s("rect", { class: "hit", x: index, y: 0, width: 1, height: HEIGHT }), s("rect", { class: "bar", x: index + 0.08, y: HEIGHT - height, width: 0.84, height }));
}
