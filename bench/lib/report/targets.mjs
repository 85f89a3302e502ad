// What framereel must reach, what it aims at, and what was measured: one row per measure.
import { NEAR_VMAF } from "../match.mjs";
import { differences, overall } from "../rd-summary.mjs";
import { summary } from "../stats.mjs";
import { inOrder, rdRows } from "./clips.mjs";
import { fixed, percent, signed, times } from "./format.mjs";

const atLeast = (target) => (value) => value >= target;
const atMost = (target) => (value) => value <= target;

/** A spread as "median (min to max)". */
const spread = (found) => found && { value: found.median, text: times(found) };

const single = (value, show) => (value === undefined || value === null ? null : { value, text: show(value) });

/** @param {Record<string, { data: object }>} results - by command */
export function targetRows(results) {
  const data = Object.fromEntries(Object.entries(results).map(([name, { data: found }]) => [name, found]));
  return [...qualityRows(results.rd), ...costRows(results), ...speedRows(data.speed), ...otherRows(data)];
}

/** Bytes for a quality, on the clips of every kind. */
function qualityRows(result) {
  const rows = rdRows(result);
  const all = rows.length > 0 ? overall(rows) : null;
  const named = ({ kind, clip }) => `${kind} ${clip}`;
  const high = all?.names.high;
  const camera = rows.find(({ kind, others }) => kind === "camera" && others?.["mp4-h264"]?.points);
  const againstPeer = camera && differences(camera.others["mp4-h264"].points, camera.curves.auto).psnr;
  return [
    row(
      "rd",
      "mean BD-rate (of PSNR and VMAF) against x264 veryfast, all clips",
      "+15 %",
      "0 %",
      atMost(0.15),
      single(all?.mean, percent),
    ),
    row(
      ...["rd", "... worst clip; flicker apart", "+35 %", "+15 %", atMost(0.35)],
      all?.worstSteady && {
        value: all.worstSteady.value,
        text: `${percent(all.worstSteady.value)} (${named(all.worstSteady)})`,
      },
    ),
    row(
      ...["rd", '`"auto"` beyond the better manual choice, worst clip', "+3 %", undefined, atMost(0.03)],
      all && { value: all.beyondManual.value, text: `${percent(all.beyondManual.value)} (${named(all.beyondManual)})` },
    ),
    row(
      "rd",
      "default file / x264 medium CRF 23, bytes, geometric mean",
      "1.2",
      "1.0",
      atMost(1.2),
      single(high?.ratio, (value) => value.toFixed(2)),
    ),
    row(
      ...["rd", "... its VMAF above (+) or below, worst clip", "-1.0", undefined, atLeast(-1)],
      high && { value: -high.lowest.value, text: `${fixed(-high.lowest.value, 1)} (${named(high.lowest)})` },
    ),
    row(
      "rd --others",
      "BD-rate by PSNR against mp4-h264, camera",
      "below 0 %",
      undefined,
      (value) => value < 0,
      single(againstPeer, percent),
    ),
  ];
}

/** What limits and new builds cost: medians of the clips' medians, and the worst clip. */
function costRows(results) {
  const over = (values) => (values.length > 0 ? summary(values) : null);
  const limits = inOrder(results.maxbytes).flatMap(({ limits: found }) => found.filter(({ failure }) => !failure));
  const slowest = over(limits.map(({ ratio }) => ratio.median));
  const fills = over(limits.map(({ fill }) => fill));
  const builds = over(inOrder(results.builds).map(({ ratio }) => ratio.median));
  const share = (value) => `${(value * 100).toFixed(1)} %`;
  return [
    row(
      "maxbytes",
      "`maxBytes` / plain encode, time; the clips' medians, the slowest decides",
      "2.5",
      "2",
      atMost(2.5),
      slowest && { value: slowest.max, text: times(slowest) },
    ),
    row(
      "maxbytes",
      "... share of the limit that is used, the least",
      "95 %",
      undefined,
      (value) => value >= 0.95 && fills.max <= 1,
      fills && { value: fills.min, text: `${share(fills.min)} to ${share(fills.max)}` },
    ),
    row(
      "builds --old=REV",
      "end to end, new / old build; the clips' medians, the slowest decides",
      "1.0",
      "1.3",
      atLeast(1),
      builds && { value: builds.min, text: times(builds) },
    ),
  ];
}

/** End to end beside others, camera. */
function speedRows(speed) {
  const endToEnd = speed?.camera?.endToEnd;
  const ratio = (id) => {
    const other = endToEnd?.[id];
    const found = spread(other?.ratio);
    if (!found) return null;
    const off = other.vmaf - endToEnd.framereel.vmaf;
    return Math.abs(off) <= NEAR_VMAF ? found : { ...found, text: `${found.text}, its VMAF ${signed(off, 1)}` };
  };
  return [
    row(
      "speed",
      "end to end at equal VMAF, 720p camera, default options: / mp4-h264",
      "2.0",
      "2.5",
      atLeast(2),
      ratio("mp4-h264"),
    ),
    row("speed", "... / WebCodecs, software, by mediabunny", "1.1", "1.3", atLeast(1.1), ratio("webcodecs")),
    row("speed", "... / @ffmpeg/core veryfast", "8", undefined, atLeast(8), ratio("ffmpeg-veryfast")),
    row(
      "speed",
      "encoding alone, one thread, 720p camera: wasm / native with assembly",
      "0.65",
      undefined,
      atLeast(0.65),
      spread(speed?.camera?.encodeOnly?.native?.ratio),
    ),
  ];
}

function otherRows({ workers, scale, memory, size }) {
  const kilobytes = (value) => `${(value / 1000).toFixed(0)} kB`;
  return [
    row("workers", "two workers / one, end to end", "1.85", undefined, atLeast(1.85), spread(workers?.ratio)),
    row(
      "memory",
      "memory of the page, 3,000 pictures of 1080p / 300",
      "1.05",
      undefined,
      atMost(1.05),
      memory && single(memory.toBlob.ratio, (value) => value.toFixed(3)),
    ),
    row(
      "size",
      "code and wasm together, brotli",
      "450 kB",
      undefined,
      atMost(450_000),
      single(size?.framereel?.brotli, kilobytes),
    ),
    row("scale", "cost of a picture at 2160p / at 720p", "9.5", undefined, atMost(9.5), spread(scale?.ratio)),
  ];
}

function row(command, measure, must, aim, reached, found) {
  return { command, measure, must, aim, text: found?.text ?? null, reached: found ? reached(found.value) : null };
}
