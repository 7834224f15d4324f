// What the service tells while a page is open. Pages listen for "marchland:changed" on `window`.

import { forget } from "./api.js";

/** Listen to /api/stream; each change of the record is told as an event with `{revision, places, by, words}`. */
export function listen() {
  const stream = new EventSource("/api/stream");
  stream.addEventListener("changed", (event) => {
    forget();
    window.dispatchEvent(new CustomEvent("marchland:changed", { detail: JSON.parse(event.data) }));
  });
}
