// Names on the map, where there is room: countries first, then the chosen place, then places by rank.

const MOST = 90;
const FONT = "12px system-ui, sans-serif";
const widths = new Map();

/** Write names beside the marks of a layer; the boxes that are taken. */
export function drawNames(pen, layer, { record, countries, chosen, quiet }) {
  const taken = layer.drawn.map((one) => [one.x - one.r, one.y - one.r, one.x + one.r, one.y + one.r]);
  const grid = new Boxes(taken);
  pen.lineJoin = "round";
  countryNames(pen, layer, countries, grid);
  pen.font = FONT;
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  const alone = layer.drawn.filter((one) => one.place >= 0);
  const rank = (one) => (one.place === chosen ? 100 : 0) + (one.place === layer.hovered ? 90 : 0) + (layer.rings.has(one.place) ? 50 : 0) + one.r;
  if (alone.length > 1) alone.sort((a, b) => rank(b) - rank(a) || a.place - b.place);
  let written = 0;
  for (const one of alone.slice(0, quiet ? 40 : 400)) {
    if (written >= MOST) break;
    if (name(pen, layer, one, record.places.name[one.place], grid, one.place === chosen || one.place === layer.hovered)) written++;
  }
}

function name(pen, layer, one, words, grid, always) {
  const wide = width(pen, words), gap = one.r + (one.ringed ? 8 : 4);
  const right = [one.x + gap, one.y - 7, one.x + gap + wide, one.y + 7], left = [one.x - gap - wide, one.y - 7, one.x - gap, one.y + 7];
  const low = [one.x - wide / 2, one.y + gap - 1, one.x + wide / 2, one.y + gap + 12], high = [one.x - wide / 2, one.y - gap - 12, one.x + wide / 2, one.y - gap + 1];
  const box = [right, left, low, high].find((spot) => inside(spot, layer.camera) && grid.free(spot)) || (always && right);
  if (!box) return false;
  grid.take(box);
  write(pen, words, box[0], (box[1] + box[3]) / 2, layer.colours.ink, layer.colours.halo, 3);
  return true;
}

const inside = (box, camera) => box[0] >= 2 && box[1] >= 2 && box[2] <= camera.wide - 2 && box[3] <= camera.high - 2;

function width(pen, words) {
  let found = widths.get(words);
  if (found === undefined) {
    if (widths.size > 20000) widths.clear();
    found = pen.measureText(words).width;
    widths.set(words, found);
  }
  return found;
}

function countryNames(pen, layer, countries, grid) {
  pen.font = "11px system-ui, sans-serif";
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  for (const { words, x, y, share } of countries) {
    const wide = words.length * 9, px = layer.camera.screenX(x), py = layer.camera.screenY(y);
    const box = [px - wide / 2, py - 8, px + wide / 2, py + 8];
    if (share * layer.camera.scale < wide * 0.8 || !inside(box, layer.camera) || !grid.free(box)) continue;
    grid.take(box);
    let at = px - wide / 2;
    for (const letter of words) {
      write(pen, letter, at + (9 - pen.measureText(letter).width) / 2, py, layer.colours.quiet, layer.colours.land, 2);
      at += 9;
    }
  }
}

function write(pen, words, x, y, ink, halo, edge) {
  pen.lineWidth = edge;
  pen.strokeStyle = halo;
  pen.strokeText(words, x, y);
  pen.fillStyle = ink;
  pen.fillText(words, x, y);
}

/** Boxes on the canvas by cells of 64 pixels, so that asking for room is fast. */
class Boxes {
  constructor(boxes) {
    this.cells = new Map();
    for (const one of boxes) this.take(one);
  }

  keys([left, top, right, low]) {
    const found = [];
    for (let i = Math.floor(left / 64); i <= Math.floor(right / 64); i++) {
      for (let j = Math.floor(top / 64); j <= Math.floor(low / 64); j++) found.push(i * 4096 + j);
    }
    return found;
  }

  take(box) {
    for (const key of this.keys(box)) {
      const there = this.cells.get(key);
      if (there) there.push(box); else this.cells.set(key, [box]);
    }
  }

  free(box) {
    return this.keys(box).every((key) => (this.cells.get(key) || []).every((one) =>
      box[2] <= one[0] || box[0] >= one[2] || box[3] <= one[1] || box[1] >= one[3]));
  }
}
