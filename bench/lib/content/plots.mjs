// A run of an experiment as figures: lines that grow by a point a picture, axes and text, bars, and a heat map that
// jumps to the next state. Drawn as plotting programs draw: thin anti-aliased lines on one colour.
import { textWidth, write } from "./glyphs.mjs";
import { fractalNoise, gaussian } from "./noise.mjs";
import { mix } from "./raster.mjs";

/** Colours of the lines, one after the other. */
const CYCLE = [
  [31, 119, 180],
  [214, 90, 30],
  [44, 150, 60],
  [190, 40, 60],
  [130, 95, 180],
  [120, 80, 70],
];

/** A map of colours from low to high values. */
const HEAT = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
];

/** Picture numbers in the layout are pixels of 720p: x, y, width, height of the axes. */
const CLIPS = {
  a: {
    seed: 17,
    page: [255, 255, 255],
    ink: [0, 0, 0],
    grid: [224, 224, 224],
    panels: [
      { kind: "lines", box: [80, 70, 520, 250], title: "training loss", series: 3, width: 1.5, falling: true },
      { kind: "heat", box: [720, 70, 420, 250], title: "attention", cells: [28, 16], hold: 12 },
      { kind: "lines", box: [80, 410, 520, 240], title: "signal", series: 1, width: 1, falling: false },
      { kind: "bars", box: [720, 410, 420, 240], title: "histogram", bins: 24 },
    ],
  },
  b: {
    seed: 53,
    page: [22, 24, 30],
    ink: [216, 220, 226],
    grid: [52, 56, 64],
    panels: [
      { kind: "lines", box: [90, 60, 720, 590], title: "sensors", series: 6, width: 2, falling: false },
      { kind: "heat", box: [890, 60, 330, 270], title: "field", cells: [11, 9], hold: 7 },
      { kind: "scatter", box: [890, 420, 330, 230], title: "samples", width: 2 },
    ],
  },
};

export function plots({ width, frames, clip }) {
  const look = CLIPS[clip];
  const scale = width / 1280;
  const panels = look.panels.map((panel, at) => ({
    ...panel,
    data: makeData(panel, look.seed + at * 13, frames),
    box: panel.box.map((length) => Math.round(length * scale)),
  }));
  return (picture, n) => {
    picture.fill(look.page);
    for (const panel of panels) DRAW[panel.kind](picture, n, panel, look, scale);
    write(
      picture,
      `step ${String(n).padStart(4, "0")}`,
      width / 2 - textWidth("step 0000", 12 * scale) / 2,
      16 * scale,
      { size: 12 * scale, colour: look.ink },
    );
  };
}

function makeData({ kind, series = 1, falling, cells }, seed, frames) {
  const next = gaussian(seed);
  if (kind === "heat") {
    const field = fractalNoise(seed, 3);
    return (state) =>
      Array.from({ length: cells[0] * cells[1] }, (_, at) =>
        field((at % cells[0]) / 4, Math.floor(at / cells[0]) / 4, state * 3.7),
      );
  }
  if (kind === "bars") return Array.from({ length: frames * 12 }, next);
  if (kind === "scatter") return Array.from({ length: frames * 4 }, () => [next(), next()]);
  return Array.from({ length: series }, (_, line) => {
    let walk = 0;
    return Array.from({ length: frames }, (_, n) => {
      walk += next() * 0.35;
      if (falling) return (4 + line) * Math.exp(-n / (18 + 9 * line)) + 0.4 + 0.16 * Math.abs(next());
      return 2.2 * Math.sin(n / (5 + 2.3 * line)) + walk;
    });
  });
}

const DRAW = { lines: drawLines, heat: drawHeat, bars: drawBars, scatter: drawScatter };

/** The frame, the grid, ticks with their numbers, the title. Gives the way from values to pixels. */
function axes(picture, { box: [x, y, w, h], title }, [left, right], [low, high], { ink, grid }, scale) {
  const toX = (value) => x + ((value - left) / (right - left)) * w;
  const toY = (value) => y + h - ((value - low) / (high - low)) * h;
  const size = Math.round(8 * scale);
  for (const value of ticks(left, right)) {
    const at = Math.round(toX(value)) + 0.5;
    picture.stroke(
      [
        [at, y],
        [at, y + h],
      ],
      1,
      grid,
    );
    picture.stroke(
      [
        [at, y + h],
        [at, y + h + 5 * scale],
      ],
      1,
      ink,
    );
    write(picture, label(value), at - textWidth(label(value), size) / 2, y + h + 9 * scale, { size, colour: ink });
  }
  for (const value of ticks(low, high)) {
    const at = Math.round(toY(value)) + 0.5;
    picture.stroke(
      [
        [x, at],
        [x + w, at],
      ],
      1,
      grid,
    );
    picture.stroke(
      [
        [x - 5 * scale, at],
        [x, at],
      ],
      1,
      ink,
    );
    write(picture, label(value), x - textWidth(label(value), size) - 8 * scale, at - size / 2, { size, colour: ink });
  }
  write(picture, title, x + w / 2 - textWidth(title, 11 * scale) / 2, y - 20 * scale, {
    size: Math.round(11 * scale),
    colour: ink,
  });
  return {
    toX,
    toY,
    frame: () =>
      picture.stroke(
        [
          [x + 0.5, y + 0.5],
          [x + w + 0.5, y + 0.5],
          [x + w + 0.5, y + h + 0.5],
          [x + 0.5, y + h + 0.5],
          [x + 0.5, y + 0.5],
        ],
        1,
        ink,
      ),
  };
}

/** About five round numbers in a range. */
function ticks(from, to) {
  const rough = (to - from) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((times) => times * power >= rough) ?? 10);
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, at) => (first + at) * step);
}

const label = (value) => String(Number(value.toFixed(2)));

/** The axis grows in jumps, as autoscaling does. */
const grown = (n) => Math.max(20, 20 * Math.ceil((n + 1) / 20));

function drawLines(picture, n, panel, look, scale) {
  const shown = panel.data.map((line) => line.slice(0, n + 1));
  const values = shown.flat();
  const [low, high] = [Math.floor(Math.min(0, ...values)), Math.ceil(Math.max(1, ...values))];
  const { toX, toY, frame } = axes(picture, panel, [0, grown(n)], [low, high], look, scale);
  for (const [at, line] of shown.entries()) {
    picture.stroke(
      line.map((value, step) => [toX(step), toY(value)]),
      panel.width * scale,
      CYCLE[at % CYCLE.length],
    );
  }
  frame();
  const [x, y, w] = panel.box;
  const [left, top] = [x + w - 110 * scale, y + 8 * scale];
  picture.rectangle(left, top, 102 * scale, (8 + 16 * shown.length) * scale, look.page);
  for (const [at] of shown.entries()) {
    const row = Math.round(top + (12 + at * 16) * scale);
    picture.stroke(
      [
        [left + 6 * scale, row + 0.5],
        [left + 28 * scale, row + 0.5],
      ],
      panel.width * scale,
      CYCLE[at % CYCLE.length],
    );
    write(picture, `run ${at + 1}`, left + 36 * scale, row - 4 * scale, {
      size: Math.round(8 * scale),
      colour: look.ink,
    });
  }
}

function drawHeat(picture, n, panel, look, scale) {
  const {
    box: [x, y, w, h],
    cells: [columns, rows],
    hold,
    data,
  } = panel;
  const { frame } = axes(picture, panel, [0, columns], [0, rows], look, scale);
  const values = data(Math.floor(n / hold));
  const edge = (at, count, length) => Math.round((at / count) * length);
  for (const [at, value] of values.entries()) {
    const [column, row] = [at % columns, Math.floor(at / columns)];
    const [left, top] = [x + edge(column, columns, w), y + edge(row, rows, h)];
    picture.rectangle(
      left,
      top,
      x + edge(column + 1, columns, w) - left,
      y + edge(row + 1, rows, h) - top,
      heat(value * 1.8 - 0.4),
    );
  }
  frame();
  const [bar, wide] = [x + w + 18 * scale, Math.round(16 * scale)];
  for (let line = 0; line < h; line++) picture.rectangle(bar, y + line, wide, 1, heat(1 - line / h));
}

function heat(value) {
  const place = Math.min(0.9999, Math.max(0, value)) * (HEAT.length - 1);
  return mix(HEAT[Math.floor(place)], HEAT[Math.floor(place) + 1], place % 1);
}

function drawBars(picture, n, panel, look, scale) {
  const counts = new Array(panel.bins).fill(0);
  for (const value of panel.data.slice(0, (n + 1) * 12)) {
    const bin = Math.floor(((value + 3) / 6) * panel.bins);
    if (bin >= 0 && bin < panel.bins) counts[bin]++;
  }
  const high = 20 * Math.ceil((Math.max(...counts) + 1) / 20);
  const { toX, toY, frame } = axes(picture, panel, [-3, 3], [0, high], look, scale);
  for (const [bin, count] of counts.entries()) {
    const [left, right] = [bin, bin + 1].map((at) => Math.round(toX(-3 + (6 * at) / panel.bins)));
    const top = toY(count);
    picture.polygon(
      [
        [left + 1, top],
        [right, top],
        [right, toY(0)],
        [left + 1, toY(0)],
      ],
      CYCLE[0],
    );
  }
  frame();
}

function drawScatter(picture, n, panel, look, scale) {
  const { toX, toY, frame } = axes(picture, panel, [-3, 3], [-3, 3], look, scale);
  for (const [at, [x, y]] of panel.data.slice(0, (n + 1) * 4).entries()) {
    if (Math.abs(x) > 2.9 || Math.abs(y) > 2.9) continue;
    picture.ellipse(toX(x), toY(y), panel.width * scale, panel.width * scale, CYCLE[at % 3], 0.8);
  }
  frame();
}
