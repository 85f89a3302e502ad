// Rate and distortion: bytes for the same luma PSNR, against native x264 veryfast (BD-rate), on lossless sources.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { attempt, encodeIn, enter, takeFile } from "../lib/arena.mjs";
import { bdRate } from "../lib/bd-rate.mjs";
import { launch } from "../lib/browser.mjs";
import { content, FPS, workFolder } from "../lib/content.mjs";
import { measured, QPS, x264Curve } from "../lib/x264.mjs";

const SIZE = "720p";
const ANCHOR = "x264-veryfast";

/** The named qualities by their QP, for the table of the docs. */
const QUALITIES = ["low", "medium", "high", "best"];

const framereel = (id, label, encode = {}) => ({
  id: `framereel${id}`,
  label: `framereel${label}`,
  page: "framereel",
  points: QPS,
  at: (qp) => ({ encode: { ...encode, qp } }),
});

const minih264 = (id, label, page, speed) => ({
  id,
  label,
  page,
  points: QPS,
  at: (qp) => ({ qp, ...(speed !== undefined && { speed }) }),
});

const ENCODERS = [
  framereel("", " (default)"),
  framereel("-fast", ', `speed: "fast"`', { speed: "fast" }),
  framereel("-small", ', `speed: "small"`', { speed: "small" }),
  framereel("-screen", ', `content: "screen"`', { content: "screen" }),
  framereel("-baseline", ', `profile: "baseline"`', { profile: "baseline" }),
  minih264("mp4-h264", "mp4-h264, speed 8", "mp4-h264", 8),
  minih264("h264-mp4-encoder", "h264-mp4-encoder", "h264-mp4-encoder"),
  // It knows bit rates only: those that framereel came to.
  { id: "webcodecs", label: "WebCodecs (software)", page: "webcodecs", points: QPS, needsBitrate: true },
];

export async function rd(server, { frames, contents, only }) {
  mkdirSync(join(workFolder, "out"), { recursive: true });
  const result = { frames, size: SIZE, anchor: ANCHOR };
  for (const kind of contents) {
    const source = content(kind, SIZE, frames, { lossless: true });
    console.log(`\n${kind}`);
    const curves = {
      [ANCHOR]: { label: "x264 veryfast, native", points: x264Curve(source, "veryfast") },
      "x264-ultrafast": { label: "x264 ultrafast, native", points: x264Curve(source, "ultrafast") },
    };
    const failures = new Map();
    for (const encoder of ENCODERS) {
      if (only && !only.includes(encoder.id) && encoder.id !== "framereel") continue;
      await attempt(encoder, failures, async () => {
        const points = await inBrowser(server, encoder, source, curves.framereel?.points);
        curves[encoder.id] = { label: encoder.label, points };
      });
    }
    for (const curve of Object.values(curves)) curve.bdRate = bdRate(curves[ANCHOR].points, curve.points);
    for (const [id, { bdRate: more }] of Object.entries(curves)) console.log(`  ${id}  ${percent(more)}`);
    for (const [id, failure] of failures) curves[id] = { label: id, failure };
    result[kind] = { curves, qualities: failures.has("framereel") ? null : await named(server, source) };
  }
  return result;
}

async function inBrowser(server, { id, page: name, points, at, needsBitrate }, source, reference) {
  const browser = await launch(server);
  try {
    const page = await enter(browser, server, { page: name }, source);
    const result = [];
    for (const [index, point] of points.entries()) {
      const bitrate = needsBitrate ? Math.round((reference[index].bytes * 8 * FPS) / source.frames) : undefined;
      const options = needsBitrate ? { bitrate } : at(point);
      await encodeIn(page, { options }, source);
      const file = await takeFile(page, `rd-${source.kind}-${id}-${point}`);
      result.push(measured(file, source, needsBitrate ? { bitrate } : { qp: point }));
    }
    return result;
  } finally {
    await browser.close();
  }
}

/** Each named quality's bytes and PSNR. */
async function named(server, source) {
  const browser = await launch(server);
  try {
    const page = await enter(browser, server, { page: "framereel" }, source);
    const rows = {};
    for (const name of QUALITIES) {
      await encodeIn(page, { options: { encode: { quality: name } } }, source);
      rows[name] = measured(await takeFile(page, `rd-${source.kind}-quality-${name}`), source, {});
    }
    return rows;
  } finally {
    await browser.close();
  }
}

const percent = (share) => (share === null ? "no common quality" : `${(share * 100).toFixed(0)} %`);
