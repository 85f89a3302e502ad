// What framereel must reach, and what was measured: one row per measure.
import { bdRate } from "./bd-rate.mjs";

const times = (digits) => (value) => value.toFixed(digits);
const percent = (value) => `${value >= 0 ? "+" : ""}${(value * 100).toFixed(0)} %`;

/** A spread as "median (min to max)". */
function spread(found, show) {
  return found && { value: found.median, text: `${show(found.median)} (${show(found.min)} to ${show(found.max)})` };
}

const single = (value, show) => (value === undefined || value === null ? null : { value, text: show(value) });

const atLeast = (target) => (value) => value >= target;
const atMost = (target) => (value) => value <= target;

/** The ratio of framereel to another contender, camera content. */
const ratioTo = (data, kind, id) => spread(data?.camera?.[kind]?.[id]?.ratio, times(2));

/** The fastest pure-wasm peer: the one that framereel leads by the least. */
function bestPurePeer(data) {
  const ids = ["mp4-h264", "h264-mp4-encoder", "h264-mp4-encoder-10"];
  const found = ids.map((id) => data?.camera?.endToEnd?.[id]?.ratio).filter(Boolean);
  return spread(found.sort((a, b) => a.median - b.median)[0], times(2));
}

/** @param {Record<string, { data: object }>} results - by command */
export function targetRows(results) {
  const { speed, rd, workers, scale, memory, size } = Object.fromEntries(
    Object.entries(results).map(([name, { data }]) => [name, data]),
  );
  const bytes = (kind, id = "framereel") => single(rd?.[kind]?.curves?.[id]?.bdRate, percent);
  const memoryRatio = memory && single(memory.toBlob.ratio, times(3));
  const peerBytes = rd?.camera && single(againstPeer(rd.camera), percent);
  return [
    row(
      "encoding alone, one thread, 720p camera: wasm / native with assembly",
      "at least 0.65",
      atLeast(0.65),
      ratioTo(speed, "encodeOnly", "native"),
      "speed",
    ),
    row(
      "end to end, 720p camera, default options: / best pure-wasm peer",
      "at least 2.0",
      atLeast(2),
      bestPurePeer(speed),
      "speed",
    ),
    row("... bytes for the same PSNR against mp4-h264 (BD-rate)", "below 0 %", (value) => value < 0, peerBytes, "rd"),
    row(
      "... / @ffmpeg/core veryfast",
      "at least 8",
      atLeast(8),
      ratioTo(speed, "endToEnd", "ffmpeg-veryfast"),
      "speed",
    ),
    row(
      "... / WebCodecs, software, by mediabunny",
      "at least 1.0",
      atLeast(1),
      ratioTo(speed, "endToEnd", "webcodecs"),
      "speed",
    ),
    row("BD-rate against native x264 veryfast, camera", "at most +30 %", atMost(0.3), bytes("camera"), "rd"),
    row("BD-rate against native x264 veryfast, screen", "at most +30 %", atMost(0.3), bytes("screen"), "rd"),
    row("two workers / one, end to end", "at least 1.85", atLeast(1.85), spread(workers?.ratio, times(2)), "workers"),
    row("memory of the page, 3,000 pictures of 1080p / 300", "at most 1.05", atMost(1.05), memoryRatio, "memory"),
    row(
      "code and wasm together, brotli",
      "at most 450 kB",
      atMost(450_000),
      single(size?.framereel?.brotli, (value) => `${(value / 1000).toFixed(0)} kB`),
      "size",
    ),
    row("cost of a picture at 2160p / at 720p", "at most 9.5", atMost(9.5), spread(scale?.ratio, times(2)), "scale"),
  ];
}

function row(measure, target, reached, found, command) {
  return { measure, target, command, text: found?.text ?? null, reached: found ? reached(found.value) : null };
}

/** How many more bytes framereel takes than the fastest pure-wasm peer for the same quality. */
function againstPeer({ curves }) {
  const [ours, theirs] = [curves.framereel?.points, curves["mp4-h264"]?.points];
  return ours && theirs ? bdRate(theirs, ours) : null;
}
