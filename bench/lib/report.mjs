// The results as Markdown and as a chart, for the README and for whoever reads the terminal.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "../../scripts/lib/project.mjs";
import { barChart } from "./chart.mjs";
import { table } from "./table.mjs";
import { targetRows } from "./targets.mjs";

const HEADINGS = { camera: "Camera-like, JPEG files", screen: "Screen-like, PNG files" };

/** Writes docs/bench.md and docs/bench.svg, and prints the table of targets. */
export function writeReport(results) {
  mkdirSync(inRoot("docs"), { recursive: true });
  const targets = targetTable(results);
  writeFileSync(join(inRoot("docs"), "bench.md"), markdown(results, targets));
  const chart = chartOf(results.speed);
  if (chart) writeFileSync(join(inRoot("docs"), "bench.svg"), chart);
  console.log(`\n${targets}\n\nwritten: docs/bench.md${chart ? ", docs/bench.svg" : ""}`);
}

function targetTable(results) {
  const said = { true: "yes", false: "**no**", null: "" };
  const rows = targetRows(results).map(({ measure, target, text, reached, command }) => [
    measure,
    target,
    text ?? `not measured; \`npm run bench -- ${command}\``,
    said[reached],
  ]);
  return table(["measure", "target", "measured: median (min to max)", "reached"], rows);
}

function markdown(results, targets) {
  const { speed, stages, rd, settings, size, memory, scale, workers } = results;
  return `${[
    "# Benchmark",
    "Written by `npm run bench`; the numbers are the last run's of each command. Ratios are taken round by round, as the",
    "contenders take turns, so what else the machine did weighs on both sides. Frames per second are medians.\n",
    targets,
    ...(speed ? speedSections(speed) : []),
    ...(stages ? stageSection(stages) : []),
    ...(rd ? rdSections(rd) : []),
    ...(settings ? settingsSection(settings) : []),
    ...(workers ? workerSection(workers) : []),
    ...(scale ? scaleSection(scale) : []),
    ...(memory ? memorySection(memory) : []),
    ...(size ? sizeSection(size) : []),
  ].join("\n")}\n`;
}

const on = ({ date, machine }) => `Measured on ${date}; ${machine}.\n`;
const heading = (text) => `\n## ${text}\n`;
const mega = (bytes) => (bytes === null || bytes === undefined ? "" : `${(bytes / 1e6).toFixed(1)}`);
const rate = (found) =>
  found ? `${found.median.toFixed(1)} (${found.min.toFixed(1)} to ${found.max.toFixed(1)})` : "";
const times = (found) =>
  found ? `${found.median.toFixed(2)} (${found.min.toFixed(2)} to ${found.max.toFixed(2)})` : "";
const percent = (share) => `${share >= 0 ? "+" : ""}${(share * 100).toFixed(0)} %`;
const decibels = (value) => (typeof value === "number" ? value.toFixed(2) : "");

function speedSections({ data, ...where }) {
  const kinds = Object.keys(HEADINGS).filter((kind) => data[kind]);
  return kinds.flatMap((kind) => [
    heading(`${HEADINGS[kind]}: end to end`),
    `${on(where)}${data.frames} pictures of ${data.size} at 30 frames/s, files in memory to an MP4 Blob; ${data.rounds} rounds. First: seconds of`,
    "the first encode of a fresh browser, loading included. Memory: the page's peak in it.\n",
    table(
      ["", "frames/s", "framereel is faster by", "first, s", "bytes", "PSNR Y, dB", "SSIM", "memory, MB"],
      rows(data[kind].endToEnd, (row) => [
        rate(row.framesPerSecond),
        times(row.ratio),
        row.coldSeconds.toFixed(1),
        row.bytes.toLocaleString("en"),
        decibels(row.psnrY),
        row.ssim.toFixed(4),
        mega(row.peakMemory),
      ]),
    ),
    heading(`${HEADINGS[kind]}: encoding alone`),
    "Raw I420 in, one thread where the encoder has threads of its own to choose; same settings as above.\n",
    table(
      ["", "frames/s", "framereel is faster by", "bytes"],
      rows(data[kind].encodeOnly, (row) => [
        rate(row.framesPerSecond),
        times(row.ratio),
        row.bytes.toLocaleString("en"),
      ]),
    ),
  ]);
}

/** A row per contender; of one that failed, its words. */
function rows(contenders, cells) {
  return Object.values(contenders).map((row) => [
    row.label,
    ...(row.failure ? [`failed: ${row.failure}`] : cells(row)),
  ]);
}

function rdSections({ data, ...where }) {
  const kinds = Object.keys(HEADINGS).filter((kind) => data[kind]);
  const ids = [...new Set(kinds.flatMap((kind) => Object.keys(data[kind].curves)))];
  const cell = (curve) => {
    if (!curve || curve.failure) return curve?.failure ?? "";
    return curve.bdRate === null ? "no common quality" : percent(curve.bdRate);
  };
  const label = (id) => kinds.map((kind) => data[kind].curves[id]?.label).find(Boolean);
  return [
    heading("Bytes for the same quality"),
    `${on(where)}BD-rate (Bjontegaard, piecewise cubic) over luma PSNR against native x264 veryfast, ${data.frames} pictures of ${data.size} from`,
    "lossless files, keyframes every two seconds; x264 at constant rate factors, default tuning. Less is better.\n",
    table(
      ["", ...kinds],
      ids.map((id) => [label(id), ...kinds.map((kind) => cell(data[kind].curves[id]))]),
    ),
    heading("Named qualities"),
    "Of the same pictures.\n",
    table(
      ["quality", ...kinds.flatMap((kind) => [`${kind}: kB a picture`, "PSNR Y, dB", "SSIM"])],
      Object.keys(kinds.map((kind) => data[kind].qualities).find(Boolean) ?? {}).map((name) => [
        `\`"${name}"\``,
        ...kinds.flatMap((kind) => {
          const row = data[kind].qualities?.[name];
          return row
            ? [(row.bytes / data.frames / 1000).toFixed(1), decibels(row.psnr), row.ssim.toFixed(4)]
            : ["", "", ""];
        }),
      ]),
    ),
  ];
}

function settingsSection({ data, ...where }) {
  const kinds = Object.keys(HEADINGS).filter((kind) => data[kind]);
  return [
    heading("OpenH264's own settings, natively"),
    `${on(where)}BD-rate as above, frames per second at QP 23 with assembly, one run each; ${data.frames} pictures of 720p.\n`,
    table(
      ["usage, complexity, temporal layers", ...kinds.flatMap((kind) => [`${kind}: BD-rate`, "frames/s"])],
      data[kinds[0]].map(({ usage, complexity, layers }, at) => [
        `${usage}, ${complexity}, ${layers}`,
        ...kinds.flatMap((kind) => [percent(data[kind][at].bdRate), data[kind][at].framesPerSecond.toFixed(0)]),
      ]),
    ),
  ];
}

function stageSection({ data, ...where }) {
  const kinds = Object.keys(HEADINGS).filter((kind) => data[kind]);
  return [
    heading("Where a picture's time goes"),
    `${on(where)}Milliseconds of a 720p picture in one worker, at QP 23: reading the Blob, decoding the file, fitting and`,
    "converting to YCbCr, encoding.\n",
    table(
      ["", ...Object.keys(data[kinds[0]])],
      kinds.map((kind) => [kind, ...Object.values(data[kind]).map(rate)]),
    ),
  ];
}

const workerSection = ({ data, ...where }) => [
  heading("Two workers against one"),
  `${on(where)}${data.frames} pictures of 720p, camera-like, end to end: one worker ${rate(data.one)} frames/s, two ${rate(data.two)}, ratio ${times(data.ratio)}.`,
];

const scaleSection = ({ data, ...where }) => [
  heading("2160p against 720p"),
  `${on(where)}One worker, camera-like, end to end: ${(data["720p"].median * 1000).toFixed(0)} ms and ${(data["2160p"].median * 1000).toFixed(0)} ms a picture, ratio ${times(data.ratio)}; nine times the pixels.`,
];

const memorySection = ({ data, ...where }) => [
  heading("Memory"),
  `${on(where)}The page's own memory at its peak, encoding 1080p files from disk.\n`,
  table(
    ["", ...data.lengths.map((length) => `${length.toLocaleString("en")} pictures, MB`), "ratio"],
    ["toBlob", "writeTo"].map((way) => [
      `\`${way}\``,
      ...data[way].peaks.map(({ peak }) => mega(peak)),
      data[way].ratio.toFixed(3),
    ]),
  ),
];

const sizeSection = ({ data }) => [
  heading("Package size"),
  "Code and wasm that a page loads; each file after brotli.\n",
  table(
    ["", "kB", "brotli, kB"],
    rows(data, ({ bytes, brotli }) => [bytes, brotli].map((value) => Math.round(value / 1000).toLocaleString("en"))),
  ),
];

function chartOf(speed) {
  const contenders = speed?.data.camera?.endToEnd;
  if (!contenders) return null;
  const bars = Object.values(contenders)
    .filter(({ framesPerSecond }) => framesPerSecond)
    .map(({ label, framesPerSecond, psnrY, bytes }) => ({
      label: label.replaceAll(/[*`]/g, ""),
      ...framesPerSecond,
      note: `${(bytes / 1e6).toFixed(1)} MB, ${psnrY.toFixed(1)} dB`,
      ours: label.includes("framereel"),
    }));
  return barChart(`${speed.data.frames} pictures (JPEG, ${speed.data.size}) to an MP4, frames per second`, bars);
}
