// Sections about speed: everyone side by side, stages, workers, sizes of pictures.
import { KINDS } from "../content/index.mjs";
import { barChart } from "./chart.mjs";
import { fixed, heading, mega, on, percent, rate, rows, times } from "./format.mjs";
import { table } from "./table.mjs";

const kindsOf = (data) => Object.keys(KINDS).filter((kind) => data[kind]);
const titleOf = (kind) => `${KINDS[kind].title}, ${KINDS[kind].file === "jpg" ? "JPEG" : "PNG"} files`;

export function speedSections({ data, ...where }) {
  return kindsOf(data).flatMap((kind) => [
    heading(`End to end: ${titleOf(kind)}`),
    `${on(where)}${data.frames} pictures of ${data.size} at 30 frames/s, files in memory to an MP4 Blob; ${data.rounds} rounds. framereel at its`,
    "default options, encoders of other packages at the setting whose VMAF is nearest to its. First: seconds of the first encode of",
    "a fresh browser, loading included. Memory: the page's peak in it.\n",
    table(
      ["", "frames/s", "framereel is faster by", "first, s", "bytes", "VMAF", "PSNR Y, dB", "SSIM", "memory, MB"],
      rows(data[kind].endToEnd, (row) => [
        rate(row.framesPerSecond),
        times(row.ratio),
        row.coldSeconds.toFixed(1),
        row.bytes.toLocaleString("en"),
        fixed(row.vmaf, 1),
        fixed(row.psnrY, 2),
        fixed(row.ssim, 4),
        mega(row.peakMemory),
      ]),
    ),
    heading(`Encoding alone: ${titleOf(kind)}`),
    "Raw I420 in, one thread where the encoder has threads of its own to choose. framereel's encoder and the native one at QP 23,",
    "others at the settings of above.\n",
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

export function stageSection({ data, ...where }) {
  const kinds = kindsOf(data);
  return [
    heading("Where a picture's time goes"),
    `${on(where)}Milliseconds of a 720p picture in one worker, at QP 23: reading the Blob, decoding the file, fitting and`,
    "converting to YCbCr, encoding.\n",
    table(
      ["", ...Object.keys(data[kinds[0]])],
      kinds.map((kind) => [KINDS[kind].title, ...Object.values(data[kind]).map(rate)]),
    ),
  ];
}

export function settingsSection({ data, ...where }) {
  const kinds = kindsOf(data);
  return [
    heading("OpenH264's own settings, natively"),
    `${on(where)}BD-rate by luma PSNR as above, frames per second at QP 23 with assembly, one run each; ${data.frames} pictures of 720p.\n`,
    table(
      ["complexity", ...kinds.flatMap((kind) => [`${kind}: BD-rate`, "frames/s"])],
      data[kinds[0]].map(({ complexity }, at) => [
        complexity,
        ...kinds.flatMap((kind) => [percent(data[kind][at].bdRate), data[kind][at].framesPerSecond.toFixed(0)]),
      ]),
    ),
  ];
}

export const workerSection = ({ data, ...where }) => [
  heading("Two workers against one"),
  `${on(where)}${data.frames} pictures of 720p, hand-held camera, end to end: one worker ${rate(data.one)} frames/s, two ${rate(data.two)}, ratio ${times(data.ratio)}.`,
];

export const scaleSection = ({ data, ...where }) => [
  heading("2160p against 720p"),
  `${on(where)}One worker, hand-held camera, end to end: ${(data["720p"].median * 1000).toFixed(0)} ms and ${(data["2160p"].median * 1000).toFixed(0)} ms a picture, ratio ${times(data.ratio)}; nine times the pixels.`,
];

/** The bars of the README: the camera, end to end. */
export function speedChart(speed) {
  const contenders = speed?.data.camera?.endToEnd;
  if (!contenders) return null;
  const bars = Object.values(contenders)
    .filter(({ framesPerSecond }) => framesPerSecond)
    .map(({ label, framesPerSecond, vmaf, bytes }) => ({
      label: label.replaceAll(/[*`]/g, ""),
      ...framesPerSecond,
      note: `${(bytes / 1e6).toFixed(1)} MB, VMAF ${vmaf.toFixed(1)}`,
      ours: label.includes("framereel"),
    }));
  return barChart(`${speed.data.frames} pictures (JPEG, ${speed.data.size}) to an MP4, frames per second`, bars);
}
