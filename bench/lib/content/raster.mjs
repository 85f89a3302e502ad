// A picture in memory and the few shapes that recipes draw: anti-aliased, in pixels, colours as [red, green, blue].

/** Lines of coverage in a pixel's height; across, coverage is exact. */
const SUBLINES = 4;

export class Picture {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    /** Red, green, blue; row by row. */
    this.data = new Uint8ClampedArray(width * height * 3);
    this.coverage = new Float32Array(width * height);
  }

  fill([red, green, blue]) {
    const { data } = this;
    for (let at = 0; at < data.length; at += 3) {
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
    }
  }

  /** Mixes a colour into one pixel; outside is fine. */
  blend(x, y, [red, green, blue], share) {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const { data } = this;
    const at = (y * this.width + x) * 3;
    data[at] += (red - data[at]) * share;
    data[at + 1] += (green - data[at + 1]) * share;
    data[at + 2] += (blue - data[at + 2]) * share;
  }

  /** A rectangle of whole pixels. */
  rectangle(x, y, width, height, [red, green, blue]) {
    const [left, top] = [Math.max(0, Math.round(x)), Math.max(0, Math.round(y))];
    const right = Math.min(this.width, Math.round(x + width));
    const bottom = Math.min(this.height, Math.round(y + height));
    const { data } = this;
    for (let row = top; row < bottom; row++) {
      let at = (row * this.width + left) * 3;
      for (let column = left; column < right; column++) {
        data[at++] = red;
        data[at++] = green;
        data[at++] = blue;
      }
    }
  }

  /** Colours from bottom to top of a rectangle change evenly. */
  gradient(x, y, width, height, top, bottom) {
    for (let row = 0; row < height; row++) {
      this.rectangle(x, y + row, width, 1, mix(top, bottom, row / Math.max(1, height - 1)));
    }
  }

  /** Another picture's pixels, its top left corner at (x, y). */
  paste({ data, width, height }, x, y) {
    const left = Math.max(0, x);
    const right = Math.min(this.width, x + width);
    if (left >= right) return;
    for (let row = Math.max(0, y); row < Math.min(this.height, y + height); row++) {
      const from = ((row - y) * width + left - x) * 3;
      this.data.set(data.subarray(from, from + (right - left) * 3), (row * this.width + left) * 3);
    }
  }

  /**
   * A filled polygon, even-odd.
   *
   * @param {[number, number][]} points
   * @param {number[] | ((x: number, y: number) => number[])} colour
   */
  polygon(points, colour, share = 1) {
    const ys = points.map(([, y]) => y);
    const top = Math.max(0, Math.floor(Math.min(...ys)));
    const bottom = Math.min(this.height - 1, Math.floor(Math.max(...ys)));
    const row = new Float32Array(this.width);
    for (let y = top; y <= bottom; y++) {
      row.fill(0);
      for (let line = 0; line < SUBLINES; line++) addSpans(row, crossings(points, y + (line + 0.5) / SUBLINES));
      for (let x = 0; x < this.width; x++) {
        if (row[x] > 0) this.blend(x, y, typeof colour === "function" ? colour(x, y) : colour, row[x] * share);
      }
    }
  }

  ellipse(x, y, radiusX, radiusY, colour, share = 1) {
    this.polygon(ellipsePoints(x, y, radiusX, radiusY), colour, share);
  }

  /** A line through points, round where it bends. */
  stroke(points, width, colour, share = 1) {
    const reach = width / 2 + 0.5;
    let [left, top, right, bottom] = [this.width, this.height, -1, -1];
    for (let at = 1; at < points.length; at++) {
      const [[x0, y0], [x1, y1]] = [points[at - 1], points[at]];
      const from = [
        Math.max(0, Math.floor(Math.min(x0, x1) - reach)),
        Math.max(0, Math.floor(Math.min(y0, y1) - reach)),
      ];
      const to = [
        Math.min(this.width - 1, Math.ceil(Math.max(x0, x1) + reach)),
        Math.min(this.height - 1, Math.ceil(Math.max(y0, y1) + reach)),
      ];
      for (let y = from[1]; y <= to[1]; y++) {
        for (let x = from[0]; x <= to[0]; x++) {
          const covered = reach - segmentDistance(x + 0.5, y + 0.5, x0, y0, x1, y1);
          const index = y * this.width + x;
          if (covered > this.coverage[index]) this.coverage[index] = Math.min(1, covered);
        }
      }
      [left, top] = [Math.min(left, from[0]), Math.min(top, from[1])];
      [right, bottom] = [Math.max(right, to[0]), Math.max(bottom, to[1])];
    }
    // A line thinner than a pixel covers no more than its width.
    const most = Math.min(1, width) * share;
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const index = y * this.width + x;
        if (this.coverage[index] === 0) continue;
        this.blend(x, y, colour, this.coverage[index] * most);
        this.coverage[index] = 0;
      }
    }
  }
}

/** Between two colours: 0 is the first, 1 the second. */
export const mix = (a, b, share) => a.map((value, at) => value + (b[at] - value) * share);

export function ellipsePoints(x, y, radiusX, radiusY, corners = 48) {
  return Array.from({ length: corners }, (_, at) => {
    const angle = (at / corners) * 2 * Math.PI;
    return [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)];
  });
}

/** Where a polygon's edges cross a line, in order. */
function crossings(points, y) {
  const found = [];
  for (let at = 0; at < points.length; at++) {
    const [[x0, y0], [x1, y1]] = [points[at], points[(at + 1) % points.length]];
    if (y0 <= y !== y1 <= y) found.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
  }
  return found.sort((a, b) => a - b);
}

/** Adds the share of each pixel that lies between every other pair of crossings. */
function addSpans(row, xs) {
  for (let at = 0; at + 1 < xs.length; at += 2) {
    const [from, to] = [Math.max(0, xs[at]), Math.min(row.length, xs[at + 1])];
    for (let x = Math.floor(from); x < to; x++) {
      row[x] += (Math.min(to, x + 1) - Math.max(from, x)) / SUBLINES;
    }
  }
}

function segmentDistance(x, y, x0, y0, x1, y1) {
  const [across, down] = [x1 - x0, y1 - y0];
  const length = across * across + down * down;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * across + (y - y0) * down) / length));
  return Math.hypot(x - x0 - t * across, y - y0 - t * down);
}
