// Rate and distortion: bytes for the same luma PSNR, against native x264 veryfast (BD-rate), on lossless sources.
import { join } from "node:path";
import { attempt, encodeIn, enter, takeFile } from "../lib/arena.mjs";
import { bdRate } from "../lib/bd-rate.mjs";
import { launch } from "../lib/browser.mjs";
import { quietly } from "../lib/command.mjs";
import { content, FPS, rawFrames, workFolder } from "../lib/content.mjs";
import { KEYFRAME_INTERVAL } from "../lib/contenders.mjs";
import { quality } from "../lib/quality.mjs";
import { statSync } from "node:fs";

const SIZE = "720p";
/** The curve's points: framereel's four named qualities and two between them, and factors that cover the same PSNR. */
const QPS = [17, 20, 23, 28, 31, 34];
const CRFS = [12, 16, 20, 24, 28, 32];
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
  const result = { frames, size: SIZE, anchor: ANCHOR };
  for (const kind of contents) {
    const source = content(kind, SIZE, frames, { lossless: true });
    console.log(`\n${kind}`);
    const curves = {
      [ANCHOR]: { label: "x264 veryfast, native", points: x264(source, "veryfast") },
      "x264-ultrafast": { label: "x264 ultrafast, native", points: x264(source, "ultrafast") },
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

/** Native x264 at each rate factor: the same raw pictures, keyframe interval and container. */
function x264(source, preset) {
  const { width, height } = source;
  const raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${width}x${height}`, "-framerate", FPS];
  return CRFS.map((crf) => {
    const file = join(workFolder, "out", `rd-${source.kind}-x264-${preset}-${crf}.mp4`);
    const rate = ["-preset", preset, "-crf", crf, "-g", KEYFRAME_INTERVAL * FPS, "-threads", 1];
    quietly("ffmpeg", [...raw, "-i", rawFrames(source), "-c:v", "libx264", ...rate, file]);
    return measured(file, source, { crf }, ["bt709"]);
  });
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

function measured(file, source, setting, matrices) {
  const { psnrY, psnr, ssim, frames } = quality(file, source, matrices);
  if (frames !== source.frames) throw new Error(`${frames} pictures came out of ${source.frames}`);
  const bytes = statSync(file).size;
  console.log(`  ${file.split("/").at(-1)}  ${bytes} bytes  ${psnrY.toFixed(2)} dB`);
  return { ...setting, bytes, psnr: psnrY, psnrAll: psnr, ssim };
}

const percent = (share) => (share === null ? "no common quality" : `${(share * 100).toFixed(0)} %`);
