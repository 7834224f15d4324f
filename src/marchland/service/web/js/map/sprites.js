// Pictures of marks, each drawn once and then copied: the canvas holds up to thousands of them in one frame.

const SHADES = 6;
const GAP = 2.5; // between the middle of a crossing and each of its halves
const AREAS = new Set(["country", "province", "district"]);
export const SIZES = { country: 12, province: 11, capital: 11, city: 10, crossing: 12, district: 8.5, town: 8.5, village: 7.5 };
export const sizeOf = (kind) => SIZES[kind] ?? 8.5;

/** Confidence as opacity: a share of 0.4 or less is faint, 0.95 and more is full. */
export const shade = (share) => Math.max(0, Math.min(SHADES, Math.round(((share - 0.4) / 0.55) * SHADES)));
const opacity = (step) => 0.18 + (0.82 * step) / SHADES;

export class Sprites {
  /** `colours`: `{c0..c7, ink, quiet, sheet, accent, halo}` as `#rrggbb`; `dense`: device pixels in a CSS pixel. */
  constructor(colours, dense) {
    this.colours = colours;
    this.dense = dense;
    this.made = new Map();
  }

  /** The picture of a mark. `left` and `right` are `{colour (-1 none), letter, step}`; `right` only for a crossing. */
  mark({ kind, status, size, left, right, passage }) {
    const key = `${kind}|${status}|${size}|${left.colour}${left.letter}${left.step}|${right ? right.colour + right.letter + right.step + passage : ""}`;
    let found = this.made.get(key);
    if (!found) {
      if (this.made.size > 3000) this.made.clear();
      found = this.drawn({ kind, status, size, left, right, passage });
      this.made.set(key, found);
    }
    return found;
  }

  drawn({ kind, status, size, left, right, passage }) {
    const half = Math.ceil(size + 10), canvas = document.createElement("canvas");
    canvas.width = canvas.height = 2 * half * this.dense;
    const pen = canvas.getContext("2d");
    pen.scale(this.dense, this.dense);
    pen.translate(half, half);
    if (right) this.crossing(pen, status, size, left, right, passage); else this.single(pen, kind, status, size, left);
    return { canvas, half };
  }

  single(pen, kind, status, size, side) {
    const shape = () => outline(pen, kind, size);
    this.body(pen, shape, status, size, side);
    this.edge(pen, shape, status);
    if (status === "contested" || status === "besieged") this.ring(pen, kind, status, size + 3.5);
    if (status === "abandoned") this.cross(pen, size * 0.7);
    this.letter(pen, 0, side, status, size * 1.06);
  }

  /** Two half discs, each the holder of its post, and between them the bar: whether one may pass. */
  crossing(pen, status, size, left, right, passage) {
    for (const [side, way] of [[left, -1], [right, 1]]) {
      const shape = () => halfDisc(pen, size, way);
      // What is claimed or fought over is the near post; of the far one only the holder is known.
      const own = way < 0 ? status : side.colour < 0 ? "unknown" : "held";
      this.body(pen, shape, own, size, side);
      this.edge(pen, shape, own);
      this.letter(pen, way * (GAP + size * 0.46), side, own, size * 0.86);
    }
    if (status === "contested" || status === "besieged") this.ring(pen, "crossing", status, size + GAP + 3);
    this.passage(pen, size, passage);
  }

  body(pen, shape, status, size, side) {
    shape();
    pen.fillStyle = this.colours.sheet;
    pen.fill();
    if (side.colour < 0) return;
    pen.save();
    pen.clip();
    pen.globalAlpha = opacity(side.step);
    pen.fillStyle = this.colours[`c${side.colour}`];
    pen.fillRect(-2 * size, -size, 4 * size, 2 * size);
    if (status === "contested") this.stripes(pen, size);
    pen.restore();
  }

  /** Stripes of paper over the colour, beside the letter: contested. */
  stripes(pen, size) {
    pen.globalAlpha = 0.85;
    pen.strokeStyle = this.colours.sheet;
    pen.lineWidth = 2.2;
    for (let shift = -2 * size; shift <= 2 * size; shift += 5.5) {
      pen.beginPath();
      pen.moveTo(shift - size, size);
      pen.lineTo(shift + size, -size);
      pen.stroke();
    }
  }

  edge(pen, shape, status) {
    const faint = status === "unknown" || status === "abandoned" || status === "waiting";
    shape();
    pen.strokeStyle = faint ? this.colours.quiet : this.colours.ink;
    pen.lineWidth = status === "claimed" ? 1.8 : 1.2;
    pen.setLineDash(status === "claimed" ? [3.5, 2.5] : faint && status !== "abandoned" ? [1, 2.4] : []);
    pen.stroke();
    pen.setLineDash([]);
  }

  ring(pen, kind, status, size) {
    outline(pen, kind, size);
    pen.strokeStyle = this.colours.ink;
    pen.lineWidth = status === "besieged" ? 2.6 : 1.4;
    pen.setLineDash(status === "besieged" ? [2, 3.4] : []);
    pen.stroke();
    pen.setLineDash([]);
  }

  cross(pen, reach) {
    pen.lineWidth = 1.4;
    pen.beginPath();
    pen.moveTo(-reach, -reach);
    pen.lineTo(reach, reach);
    pen.moveTo(-reach, reach);
    pen.lineTo(reach, -reach);
    pen.stroke();
  }

  /** The bar between the posts: whole when closed, dotted when restricted, thin when unknown; arrows over it when open. */
  passage(pen, size, passage) {
    const { ink, quiet } = this.colours, reach = size + 3;
    pen.lineCap = "round";
    pen.strokeStyle = passage === "unknown" ? quiet : ink;
    pen.lineWidth = { closed: 3.4, restricted: 3, unknown: 1 }[passage] || 0;
    pen.setLineDash(passage === "restricted" ? [0.1, 4.6] : []);
    if (passage !== "open") line(pen, [[0, -reach], [0, reach]]);
    pen.setLineDash([]);
    if (passage !== "open") return;
    pen.lineWidth = 1.5;
    const y = -reach - 2;
    line(pen, [[-7, y], [7, y]]);
    line(pen, [[4, y - 3], [7, y], [4, y + 3]]);
    line(pen, [[-4, y - 3], [-7, y], [-4, y + 3]]);
  }

  letter(pen, x, side, status, high) {
    if (!side.letter || status === "abandoned" || status === "waiting" || high < 6) return;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = `${side.colour < 0 ? 500 : 700} ${Math.max(7, Math.round(high))}px system-ui, sans-serif`;
    const ground = side.colour < 0 ? this.colours.sheet : mixed(this.colours[`c${side.colour}`], this.colours.sheet, opacity(side.step));
    pen.fillStyle = side.colour < 0 ? this.colours.quiet : bright(ground) > 0.36 ? "#14171a" : "#ffffff";
    if (status === "contested") {
      pen.lineWidth = 3;
      pen.strokeStyle = ground;
      pen.lineJoin = "round";
      pen.strokeText(side.letter, x, 0.5);
    }
    pen.fillText(side.letter, x, 0.5);
  }
}

function outline(pen, kind, size) {
  pen.beginPath();
  if (AREAS.has(kind)) pen.roundRect(-size, -size, 2 * size, 2 * size, 2.5); else pen.arc(0, 0, size, 0, 2 * Math.PI);
}

function halfDisc(pen, size, way) {
  pen.beginPath();
  pen.arc(way * GAP, 0, size, -Math.PI / 2, Math.PI / 2, way < 0);
  pen.closePath();
}

function line(pen, points) {
  pen.beginPath();
  points.forEach(([x, y], index) => (index ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.stroke();
}

const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const mixed = (over, under, share) => `#${parts(over).map((one, index) =>
  Math.round(one * share + parts(under)[index] * (1 - share)).toString(16).padStart(2, "0")).join("")}`;

/** Relative luminance of a colour, 0 to 1. */
function bright(hex) {
  const [red, green, blue] = parts(hex).map((one) => (one / 255 <= 0.03928 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const NAMES = ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "ink", "quiet", "sheet", "accent", "halo", "sea", "land", "border", "rule"];

/** The colours of the style sheet as they are now, `#rrggbb`. */
export function colours() {
  const sheet = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, long(sheet.getPropertyValue(`--${name}`).trim())]));
}

const long = (hex) => (hex.length === 4 ? `#${[...hex.slice(1)].map((one) => one + one).join("")}` : hex);
