// Hovering over marks and choosing them with the pointer; the list beside the map does the same for the keyboard.

import { h, show } from "../dom.js";
import { count } from "../words.js";

const STILL = 6; // pixels that a click may move

/** Watch `box` for hovers and clicks on the marks of a layer. `chosen(mark)` gets what was clicked, or null. */
export function watchPointer(box, layer, { words, chosen, redraw }) {
  const tip = h("div", { class: "map-tip", hidden: true, "aria-hidden": "true" });
  box.append(tip);
  let down = null;
  const at = (event) => { const edge = box.getBoundingClientRect(); return [event.clientX - edge.left, event.clientY - edge.top]; };
  const onMarks = (event) => !event.target.closest("button, a");
  box.addEventListener("pointerdown", (event) => { down = onMarks(event) ? at(event) : null; hide(); });
  box.addEventListener("pointerup", (event) => {
    if (!down || !event.isPrimary) return;
    const [x, y] = at(event), still = Math.hypot(x - down[0], y - down[1]) < STILL;
    down = null;
    if (still) chosen(layer.hit(x, y, event.pointerType === "touch" ? 14 : 4));
  });
  box.addEventListener("pointermove", (event) => {
    if (down || event.pointerType === "touch") return;
    const [x, y] = at(event), found = onMarks(event) ? layer.hit(x, y) : null;
    box.classList.toggle("over", Boolean(found));
    hover(found ? found.place : -1);
    if (found) lay(found); else hide();
  });
  box.addEventListener("pointerleave", () => { hide(); hover(-1); });

  function hover(place) {
    if (layer.hovered === place) return;
    layer.hovered = place;
    redraw();
  }
  function hide() { tip.hidden = true; }
  function lay(found) {
    show(tip, words(found).map((line, index) => h(index ? "div" : "strong", {}, line)));
    tip.hidden = false;
    const right = found.x + found.r + 10, wide = tip.offsetWidth, most = box.clientWidth - 8;
    tip.style.left = `${right + wide < most ? right : Math.max(8, found.x - found.r - 10 - wide)}px`;
    tip.style.top = `${Math.max(8, Math.min(found.y - 14, box.clientHeight - tip.offsetHeight - 8))}px`;
  }
}

/** Lines that tell of a group: how many places, and how many of each holder. */
export function groupWords(record, counts, total) {
  const rows = counts.map((many, slot) => [many, slot]).filter(([many]) => many).sort((a, b) => b[0] - a[0]);
  const name = (slot) => (slot === counts.length - 1 ? "unknown" : slot === counts.length - 2 ? "other holders" : record.holders[slot].name);
  return [count(total, "place"), ...rows.slice(0, 8).map(([many, slot]) => `${many.toLocaleString("en")} ${name(slot)}`)];
}
