// The judge of every file that the tests make: five programs, none of them ours, must agree about it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readBoxes } from "./boxes.mjs";
import { lowestForBytes, lowestForSize, mostReferenceFrames } from "./levels.mjs";
import { decode, headers, probe, read } from "./programs.mjs";

/** nal_unit_type of a slice of an IDR picture (ITU-T H.264 table 7-1). */
const IDR = 5;
/** BT.709 in the code points of ITU-T H.273, which VUI and `colr` share. */
const BT709 = 1;

/**
 * Fails unless the file is a right MP4 of H.264: ffprobe, mp4box and the `mp4` crate read the same samples from it; ffmpeg
 * decodes it without complaint and OpenH264 to the same pictures; its sync samples are exactly the IDR pictures; pixels, VUI
 * and `colr` name one colour; and its level is the lowest that holds size, rate and bytes.
 *
 * @param {string} path
 * @returns {Promise<{ level: { idc: number, forBytes: number | undefined } }>} the level, and the lowest that holds the bytes
 */
export function judge(path) {
  const digest = createHash("sha256").update(readFileSync(path)).digest("hex");
  // Sources of many kinds and browsers of three make the same files again and again.
  const known = verdicts.get(digest) ?? look(path);
  verdicts.set(digest, known);
  return known;
}

/** By the SHA-256 of a file. */
const verdicts = new Map();

async function look(path) {
  const boxes = readBoxes(path);
  const [probed, pictures, syntax, crate] = await Promise.all([
    probe(path),
    decode(path),
    headers(path),
    read(path, boxes.samples),
  ]);
  judgeSamples({ boxes, probed, crate, syntax });
  assert.equal(pictures.length, boxes.samples.length, "ffmpeg decodes a picture of each sample");
  assert.deepEqual(crate.pictures, pictures, "OpenH264's decoder and ffmpeg's see the same pictures");
  judgeReferences(syntax);
  judgeColour({ boxes, probed, syntax });
  return { level: judgeLevel({ boxes, probed, syntax }) };
}

/** Three readers of boxes find the same samples, and the sync ones are those with an IDR picture. */
function judgeSamples({ boxes, probed, crate, syntax }) {
  const { samples, timescale } = boxes;
  assert.ok(samples.length > 0, "there are samples");
  assert.equal(probed.time_base, `1/${timescale}`, "ffprobe's timescale");
  assert.equal(crate.timescale, timescale, "the mp4 crate's timescale");
  assert.deepEqual([crate.width, crate.height], [boxes.width, boxes.height], "the mp4 crate's size");
  assert.deepEqual([probed.width, probed.height], [boxes.width, boxes.height], "ffprobe's size");
  const facts = (list) => list.map(({ start, bytes, sync }) => ({ start, bytes, sync }));
  assert.equal(crate.count, samples.length, "the mp4 crate's number of samples");
  if (!boxes.fragmented) assert.deepEqual(facts(crate.samples), facts(samples), "the mp4 crate's samples");
  const packets = probed.packets.map(({ pts, size, flags }) => {
    return { start: pts, bytes: Number(size), sync: flags.startsWith("K") };
  });
  assert.deepEqual(packets, facts(samples), "ffprobe's packets");
  assert.ok(
    samples.every(({ start, shown }) => start === shown),
    "pictures are shown in their order",
  );
  assert.deepEqual(
    syntax.samples.map((units) => units.some(({ nal_unit_type }) => nal_unit_type === IDR)),
    samples.map(({ sync }) => sync),
    "sync samples are the IDR pictures",
  );
}

/** What a decoder that follows the standard to the letter counts on, and ffmpeg forgives. */
function judgeReferences({ parameters, samples }) {
  for (const [at, [slice]] of samples.entries()) {
    const [before] = samples[at - 1] ?? [];
    if (!before) continue;
    const both = (holds) => holds(before) && holds(slice);
    if (both(({ nal_unit_type }) => nal_unit_type === IDR)) {
      assert.notEqual(slice.idr_pic_id, before.idr_pic_id, `idr_pic_id of samples ${at - 1} and ${at} (7.4.3)`);
    }
    if (parameters.pic_order_cnt_type === 2) {
      const dropped = both(({ nal_ref_idc }) => nal_ref_idc === 0);
      assert.ok(!dropped, `samples ${at - 1} and ${at} are no references, in an order of type 2 (7.4.2.1.1)`);
    }
  }
}

function judgeColour({ boxes, probed, syntax: { parameters } }) {
  const named = { primaries: BT709, transfer: BT709, matrix: BT709, fullRange: false };
  assert.deepEqual(boxes.colour, { type: "nclx", ...named }, "colr");
  const vui = {
    primaries: parameters.colour_primaries,
    transfer: parameters.transfer_characteristics,
    matrix: parameters.matrix_coefficients,
    fullRange: parameters.video_full_range_flag === 1,
  };
  assert.deepEqual(vui, named, "VUI");
  const { pix_fmt, color_range, color_space, color_transfer, color_primaries } = probed;
  assert.deepEqual(
    [pix_fmt, color_range, color_space, color_transfer, color_primaries],
    ["yuv420p", "tv", "bt709", "bt709", "bt709"],
    "ffprobe's colours",
  );
}

function judgeLevel({ boxes: { samples, timescale, config, fragmented }, probed, syntax: { parameters } }) {
  const { level_idc: idc, profile_idc: profile } = parameters;
  assert.equal(config.level, idc, "level of avcC and of the sequence parameter set");
  assert.equal(config.profile, profile, "profile of avcC and of the sequence parameter set");
  assert.equal(probed.level, idc, "ffprobe's level");
  assert.deepEqual(config.parameterSets, [1, 1], "parameter sets");

  const width = parameters.pic_width_in_mbs_minus1 + 1;
  const height = parameters.pic_height_in_map_units_minus1 + 1;
  const most = mostReferenceFrames(idc, width * height);
  assert.ok(
    parameters.max_num_ref_frames <= most,
    `${parameters.max_num_ref_frames} reference frames, at most ${most}`,
  );
  assert.ok((parameters.max_dec_frame_buffering ?? 0) <= most, "frames that a decoder keeps");

  const times = samples.map(({ start, bytes }) => ({ start: start / timescale, bytes }));
  const { least: fewest, most: busiest } = ratesOf(samples, timescale);
  const least = lowestForSize({ width, height, rate: fewest });
  const enough = lowestForSize({ width, height, rate: busiest });
  const seconds = samples.reduce((sum, { duration }) => sum + duration / timescale, 0);
  const forBytes = lowestForBytes({ profile, samples: times, seconds });
  // The header of a stream is gone before its bytes are known.
  const needed = fragmented ? least : Math.max(least, forBytes);
  assert.ok(idc >= needed, `level ${idc}, where size and rate ask for ${least} and the bytes for ${forBytes}`);
  assert.ok(idc <= Math.max(enough, forBytes), `level ${idc}, where ${Math.max(enough, forBytes)} is enough`);
  return { idc, forBytes };
}

/**
 * Pictures per second that a decoder must keep up with: those of the busiest second, or the mean where that is more. By A.3.1 a it
 * would be one over the shortest time between two; no level allows 1/172 s of that, though what decodes 60 in a second also shows
 * two of them that are closer. A second without its first picture, and the mean without the last one's time, are the bounds.
 */
function ratesOf(samples, timescale) {
  let first = 0;
  let most = 0;
  for (const [place, { start }] of samples.entries()) {
    while (start - samples[first].start >= timescale) first++;
    most = Math.max(most, place + 1 - first);
  }
  const last = samples.at(-1);
  const mean = (count, ticks) => (ticks > 0 ? (count * timescale) / ticks : 0);
  const whole = mean(samples.length, last.start + last.duration);
  return { least: Math.max(most - 1, whole), most: Math.max(most, whole, mean(samples.length - 1, last.start)) };
}
