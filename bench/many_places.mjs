// The page's part of bench/many_places.py: loads the record and steps both clocks. Prints milliseconds as JSON.

const [, , base, web] = process.argv;
globalThis.sessionStorage = { getItem: () => null };
const plain = globalThis.fetch;
globalThis.fetch = (url, options) => plain(new URL(url, base), options);
const { load } = await import(`${web}/js/map/record.js`);

const found = {}, stop = new AbortController();
let begun = performance.now();
const record = await load({ signal: stop.signal });
found["page: record loaded, ms"] = performance.now() - begun;
let slowest = 0, last = performance.now();
const beat = setInterval(() => { slowest = Math.max(slowest, performance.now() - last); last = performance.now(); }, 1);
let parts = 0;
await new Promise((done) => record.addEventListener("history", () => { if (++parts && !record.more) done(); }));
clearInterval(beat);
found["page: earlier days loaded, ms"] = performance.now() - begun;
found["page: longest pause meanwhile, ms"] = slowest;

function steps(name, act) {
  const times = [];
  for (let i = 0; i < 100; i++) {
    begun = performance.now();
    act(i);
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  found[`page: ${name}, ms (median)`] = times[50];
  found[`page: ${name}, ms (slowest of 100)`] = times[99];
}
const day = (i) => Math.round(record.first + ((record.horizon - record.first) * i) / 100);
steps('a step of "held when"', (i) => record.state(day(i), null));
steps('a step of "known when"', (i) => record.state(day(i), day(i)));
steps("the strip of changes", (i) => record.changes(day(i)));
console.log(JSON.stringify(found));
stop.abort();
