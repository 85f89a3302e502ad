// The screen-like recipe: an editor with code that scrolls in bursts and is typed, a side bar, a terminal, a pointer.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { random } from "./random.mjs";

/** Lines of code, of log, and names in the side bar. */
const CODE_LINES = 400;
const LOG_LINES = 400;
const NAMES = 40;

const WORDS =
  "frame image width height buffer encode slice sample index return const result error value table offset length queue worker signal".split(
    " ",
  );

/** A scroll: from picture `from` to `to`, `step` pixels of 720p each. A reader scrolls, stops, and scrolls on. */
const SCROLLS = [
  { from: 10, to: 40, step: 6 },
  { from: 65, to: 80, step: 18 },
  { from: 95, to: 115, step: 3 },
];

/** Pictures until the scrolling starts over. */
const PERIOD = 120;

/** ffmpeg's inputs and graph for pictures of a size. Text files are written to `folder`. */
export function screenGraph(width, height, folder) {
  const scale = width / 1280;
  const px = (length) => Math.round(length * scale);
  const texts = writeTexts(folder);
  const text = (name, { x, y, size, color, font = "DejaVu Sans Mono" }) =>
    `drawtext=font='${font}':textfile='${texts[name]}':fontsize=${px(size)}:fontcolor=${color}:line_spacing=${px(5)}:x=${px(x)}:y=${y}`;
  const box = (x, y, w, h, color, more = "") => {
    const place = [x, y, w, h].map((length) => (typeof length === "number" ? px(length) : length)).join(":");
    return `drawbox=${place}:${color}:t=fill${more}`;
  };
  // Each scroll adds its whole way once it is over.
  const scrolled = SCROLLS.map(
    ({ from, to, step }) => `clip(mod(n\\,${PERIOD})-${from}\\,0\\,${to - from})*${px(step)}`,
  ).join("+");
  const filters = [
    text("code", { x: 236, y: `${px(48)}-(${scrolled})`, size: 15, color: "0xd4d4d4" }),
    box(180, 36, 44, 484, "0x1e1e1e"),
    text("numbers", { x: 188, y: `${px(48)}-(${scrolled})`, size: 15, color: "0x858585" }),
    box(0, 0, 180, 720, "0x252526"),
    text("names", { x: 16, y: `${px(48)}`, size: 14, color: "0xcccccc", font: "DejaVu Sans" }),
    box(180, 520, 1100, 176, "0x181818"),
    // The terminal gains a line every four pictures.
    text("log", { x: 192, y: `${px(680)}-${px(19)}*floor(n/4)`, size: 12, color: "0x89d185" }),
    box(180, 520, 1100, 26, "0x2d2d2d"),
    box(0, 0, 1280, 36, "0x3c3c3c"),
    text("title", { x: 520, y: `${px(10)}`, size: 14, color: "0xcccccc", font: "DejaVu Sans" }),
    box(0, 696, 1280, 24, "0x007acc"),
    // The text cursor blinks, and moves as someone types while nothing scrolls.
    box(480, 300, 2, 18, "0xaeafad", `:enable='lt(mod(n\\,30)\\,15)'`),
    ...Array.from({ length: 12 }, (_, at) =>
      box(300 + at * 10, 404, 8, 14, "0x9cdcfe", `:enable='gte(mod(n\\,${PERIOD})\\,${42 + at * 2})'`),
    ),
    box(0, 0, 1, 1, "0x252526"),
  ];
  const pointer = `[c]overlay=x='${px(640)}+${px(300)}*sin(n/23)':y='${px(360)}+${px(160)}*sin(n/31)'`;
  const base = `color=c=0x1e1e1e:s=${width}x${height}:r=30,format=rgb24`;
  return {
    inputs: [],
    graph: `color=c=white:s=${px(10)}x${px(16)}:r=30[c];${base},${filters.join(",")}[ui];[ui]${pointer},format=rgb24`,
  };
}

/** The texts, from a seed: the same on every machine. */
function writeTexts(folder) {
  mkdirSync(folder, { recursive: true });
  const { below, pick } = random(264);
  const phrase = (words) => Array.from({ length: words }, () => pick(WORDS)).join(" ");
  const code = Array.from({ length: CODE_LINES }, () => {
    if (below(6) === 0) return " ";
    const indent = "    ".repeat(below(4));
    return `${indent}${pick(["let", "if", "for", "match", "//"])} ${phrase(1 + below(3))} = ${pick(WORDS)}(${phrase(1 + below(4)).replaceAll(" ", ", ")});`;
  });
  const contents = {
    code,
    numbers: code.map((_, at) => String(at + 1).padStart(3)),
    names: Array.from({ length: NAMES }, () => `${"  ".repeat(below(3))}${pick(WORDS)}_${pick(WORDS)}.rs`),
    log: Array.from(
      { length: LOG_LINES },
      (_, at) => `[${String(at).padStart(4, "0")}] ok ${phrase(6)} ${below(9999)} us`,
    ),
    title: ["frame_index.rs - editor"],
  };
  return Object.fromEntries(
    Object.entries(contents).map(([name, lines]) => {
      const file = join(folder, `screen-${name}.txt`);
      writeFileSync(file, lines.join("\n"));
      return [name, file];
    }),
  );
}
