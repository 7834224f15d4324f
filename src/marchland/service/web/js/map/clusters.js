// Which places are drawn as one mark at which zoom. The groups belong to the world, not to the view: they stay where they are
// while the map moves, and change only from one whole zoom to the next.

const TILE = 512;
/** Pixels within which places are grouped, where there are many of them and where there are few. */
const NEAR = { many: 40, few: 15 };
const FEW = 160;
const APART = 12;

export class Clusters {
  /** `xs`, `ys`: shares of the world; NaN where a place has no point. `ranks`: the lower, the sooner it leads a group. */
  constructor(xs, ys, ranks) {
    this.xs = xs;
    this.ys = ys;
    this.order = Array.from(xs.keys()).filter((index) => !Number.isNaN(xs[index])).sort((a, b) => ranks[a] - ranks[b] || a - b);
    this.levels = new Map();
  }

  /** The groups at a zoom: `{group: Int32Array by place (-1: no point), x, y, size: by group}`. */
  at(zoom) {
    const level = Math.max(0, Math.floor(zoom + 0.01));
    if (!this.levels.has(level)) this.levels.set(level, this.grouped(level));
    return this.levels.get(level);
  }

  reach(level) {
    const pixels = this.order.length <= FEW || level >= APART ? NEAR.few : NEAR.many;
    return pixels / (TILE * 2 ** level);
  }

  grouped(level) {
    const reach = this.reach(level), leaders = [], cells = new Map(), group = new Int32Array(this.xs.length).fill(-1);
    for (const index of this.order) {
      const x = this.xs[index], y = this.ys[index], column = Math.floor(x / reach), row = Math.floor(y / reach);
      let best = this.nearest(cells, leaders, column, row, x, y, reach);
      if (best < 0) {
        best = leaders.push(index) - 1;
        const key = column * 67108864 + row;
        const there = cells.get(key);
        if (there) there.push(best); else cells.set(key, [best]);
      }
      group[index] = best;
    }
    return this.middles(group, leaders.length);
  }

  nearest(cells, leaders, column, row, x, y, reach) {
    let best = -1, least = reach * reach;
    for (let i = column - 1; i <= column + 1; i++) {
      for (let j = row - 1; j <= row + 1; j++) {
        for (const one of cells.get(i * 67108864 + j) || []) {
          const dx = this.xs[leaders[one]] - x, dy = this.ys[leaders[one]] - y, far = dx * dx + dy * dy;
          if (far < least) { least = far; best = one; }
        }
      }
    }
    return best;
  }

  middles(group, count) {
    const x = new Float64Array(count), y = new Float64Array(count), size = new Int32Array(count);
    for (const index of this.order) {
      x[group[index]] += this.xs[index];
      y[group[index]] += this.ys[index];
      size[group[index]]++;
    }
    for (let one = 0; one < count; one++) { x[one] /= size[one]; y[one] /= size[one]; }
    return { group, x, y, size };
  }
}
