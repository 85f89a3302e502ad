// What ffmpeg and ffprobe make of a file's sound.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { receivedFolder } from "../../browser/support/server.mjs";
import { CLICK } from "./sounds.mjs";

/** What is quieter cannot be the middle of a click, which has a level of 0.8. */
const QUIET = 0.1;

/** Loudest is 1; what is not this loud is no click. */
const THRESHOLD = 0.3;

/**
 * The sound of a file as ffmpeg decodes it, edit list and all: one channel. Fails if ffmpeg has anything to say while it decodes all
 * tracks, even of small faults.
 */
export function playedSound(name) {
  const rate = 44_100;
  const input = ["-v", "warning", "-err_detect", "explode", "-i", join(receivedFolder, name)];
  const sound = ["-map", "0:a:0", "-f", "f32le", "-ac", "1", "-ar", String(rate), "-"];
  const output = run("ffmpeg", [...input, ...sound, "-map", "0:v:0", "-f", "null", "-"]);
  const bytes = output.buffer.slice(output.byteOffset, output.byteOffset + (output.length & ~3));
  return { samples: new Float32Array(bytes), rate };
}

/**
 * The same with every decoded block at its own time, as players do that keep to the edit list: a block ends where the next one
 * begins.
 */
export function timedSound(name) {
  const { samples, rate } = playedSound(name);
  const entries = ["-select_streams", "a:0", "-show_entries", "frame=pts_time,nb_samples"];
  const { frames } = JSON.parse(run("ffprobe", ["-v", "error", ...entries, "-of", "json", join(receivedFolder, name)]));
  const timed = new Float32Array(samples.length);
  let [read, end] = [0, 0];
  for (const { pts_time: time, nb_samples: count } of frames) {
    const at = Math.round(Number(time) * rate);
    timed.set(samples.subarray(read, read + count), at);
    read += count;
    end = at + count;
  }
  assert.equal(read, samples.length, "ffprobe and ffmpeg decode the same blocks");
  return { samples: timed.subarray(0, end), rate };
}

/** The same for fragmented files, of which ffmpeg decodes what lies before the pictures too: it begins before zero, and is cut here. */
export function shiftedSound(name) {
  const { samples, rate } = playedSound(name);
  const first = packets(name).find(({ codec_type: type }) => type === "audio");
  assert.ok(Number(first.pts_time) <= 0, `the sound begins at ${first.pts_time} s`);
  return { samples: samples.subarray(Math.round(-Number(first.pts_time) * rate)), rate };
}

export function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** Seconds of the clicks in a sound: where a filter that is matched to them answers most. */
export function clicksIn({ samples, rate }) {
  const half = Math.round((CLICK.seconds / 2) * rate);
  const turn = (2 * Math.PI * CLICK.frequency) / rate;
  const energy = Float32Array.from(samples, (sample, centre) => {
    // The middle of a click is its loudest sample; most of the sound is silence.
    if (Math.abs(sample) < QUIET) return 0;
    let [real, imaginary] = [0, 0];
    for (let at = -half; at <= half; at++) {
      const weighted = (samples[centre + at] ?? 0) * Math.cos((Math.PI * at) / (2 * half + 1)) ** 2;
      real += weighted * Math.cos(turn * at);
      imaginary += weighted * Math.sin(turn * at);
    }
    return Math.hypot(real, imaginary);
  });
  const most = energy.reduce((a, b) => Math.max(a, b), 0);
  const apart = Math.round(0.05 * rate);
  const found = [];
  for (let centre = 0; centre < energy.length; centre++) {
    if (energy[centre] < THRESHOLD * most) continue;
    const near = energy.subarray(Math.max(0, centre - apart), centre + apart);
    if (energy[centre] === near.reduce((a, b) => Math.max(a, b), 0)) found.push(centre / rate);
  }
  return found;
}

/** Fails unless the clicks are these, each within `tolerance` seconds. */
export function assertClicks(sound, expected, tolerance = 0.001) {
  const found = clicksIn(sound);
  const shown = found.map((seconds) => seconds.toFixed(4)).join(" ");
  assert.equal(found.length, expected.length, `clicks at ${shown} instead of ${expected.join(" ")}`);
  for (const [index, seconds] of expected.entries()) {
    assert.ok(Math.abs(found[index] - seconds) <= tolerance, `clicks at ${shown} instead of ${expected.join(" ")}`);
  }
}

/** Everything that ffprobe says of a file's streams and format. */
export function facts(name) {
  const args = ["-v", "error", "-show_streams", "-show_format", "-of", "json", join(receivedFolder, name)];
  const { streams, format } = JSON.parse(run("ffprobe", args));
  const of = (type) => streams.find(({ codec_type: kind }) => kind === type);
  return { video: of("video"), audio: of("audio"), format };
}

/** The packets of all streams in the order of the file: stream, place, time. */
export function packets(name) {
  const entries = ["-show_entries", "packet=codec_type,pos,pts_time,size"];
  return JSON.parse(run("ffprobe", ["-v", "error", ...entries, "-of", "json", join(receivedFolder, name)])).packets;
}

/** A hash of each sound packet's bytes, of a file that a page sent or of one at an address. */
export function packetHashes(name) {
  const entries = ["-select_streams", "a:0", "-show_data_hash", "md5", "-show_entries", "packet=data_hash"];
  const output = run("ffprobe", ["-v", "error", ...entries, "-of", "json", resolve(receivedFolder, name)]);
  return JSON.parse(output).packets.map(({ data_hash: hash }) => hash);
}

function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { maxBuffer: 2 ** 30 });
  assert.equal(String(stderr), "", `${command} ${args.join(" ")}`);
  assert.equal(status, 0);
  return stdout;
}
