// What independent programs say of a file: ffprobe of its structure, ffmpeg of its pictures.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { judge } from "../../support/judge/index.mjs";
import { receivedFolder } from "./server.mjs";

/** What the judge says of a file that a page sent. */
export const judgeFile = (name) => judge(path(name));

/** Judges every video that pages sent since the last call. */
export async function judgeReceived({ received }) {
  const names = [...received].filter((name) => name.endsWith(".mp4"));
  received.clear();
  for (const name of names) await judgeFile(name);
}

/** Facts of a file that a page sent: samples, size, times, keyframes. */
export function probe(name) {
  const entries = [
    "-show_entries",
    "stream=width,height,codec_name,profile,nb_read_packets,time_base:packet=pts,flags:format=duration",
  ];
  const output = execFileSync("ffprobe", [
    "-v",
    "error",
    "-count_packets",
    "-select_streams",
    "v:0",
    ...entries,
    "-of",
    "json",
    path(name),
  ]);
  const { packets, streams, format } = JSON.parse(output);
  const [stream] = streams;
  const [, timescale] = stream.time_base.split("/").map(Number);
  const starts = packets.map(({ pts }) => pts / timescale);
  const ends = [...starts.slice(1), Number(format.duration)];
  return {
    ...stream,
    samples: Number(stream.nb_read_packets),
    starts,
    // Not ffprobe's own: it knows the durations of fragmented files only where the H.264 stream repeats them. To the microsecond.
    seconds: starts.map((start, index) => Math.round((ends[index] - start) * 1e6) / 1e6),
    keyframes: packets.flatMap(({ flags }, index) => (flags.startsWith("K") ? [index] : [])),
    duration: Number(format.duration),
  };
}

/** Fails if ffmpeg has anything to say while it decodes the whole file. */
export function assertDecodesCleanly(name) {
  const output = execFileSync("ffmpeg", ["-v", "error", "-i", path(name), "-f", "null", "-"], {
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  assert.equal(output, "");
}

/** Every picture of the file as ffmpeg decodes it, RGB, with the matrix that the file names. */
export function decodedFrames(name, { width, height }) {
  const args = [
    "-v",
    "error",
    "-i",
    path(name),
    "-fps_mode",
    "passthrough",
    "-vf",
    "scale=in_color_matrix=bt709:in_range=tv:flags=accurate_rnd+full_chroma_int",
    "-f",
    "rawvideo",
    "-pix_fmt",
    "rgb24",
    "-",
  ];
  // What ffmpeg says of the times of its own raw pictures is not shown.
  const output = execFileSync("ffmpeg", args, { maxBuffer: 2 ** 31 - 1, stdio: ["ignore", "pipe", "pipe"] });
  const size = width * height * 3;
  return Array.from({ length: output.length / size }, (_, index) => output.subarray(index * size, (index + 1) * size));
}

/** Mean colour of the square around a point of an RGB picture. */
export function colourAt(frame, width, { x, y }, radius = 4) {
  const sums = [0, 0, 0];
  for (let row = y - radius; row < y + radius; row += 1) {
    for (let column = x - radius; column < x + radius; column += 1) {
      for (let channel = 0; channel < 3; channel += 1) sums[channel] += frame[(row * width + column) * 3 + channel];
    }
  }
  return sums.map((sum) => sum / (4 * radius * radius));
}

/** Fails unless every channel is within `tolerance` codes. */
export function assertColour(actual, expected, tolerance, what) {
  const off = Math.max(...expected.map((value, channel) => Math.abs(value - actual[channel])));
  assert.ok(off <= tolerance, `${what}: expected ${expected}, got ${actual.map((value) => value.toFixed(1))}`);
}

function path(name) {
  return join(receivedFolder, name);
}
