import assert from "node:assert/strict";
import { test } from "node:test";
import { byteStream, configurationRecord, levelled, makeChunk } from "./chunk.js";

/** From x264's High and Baseline streams. */
const HIGH = Uint8Array.of(0x67, 0x64, 0x00, 0x28, 0xac, 0xd9, 0x40, 0x78);
const BASELINE = Uint8Array.of(0x67, 0x42, 0xc0, 0x1e, 0xd9, 0x00, 0xa0, 0x47);
const PPS = Uint8Array.of(0x68, 0xeb, 0xe3, 0xcb);

test("the configuration record is laid out as ISO/IEC 14496-15 says, with the High profile's fields where it is one", () => {
  const record = (sps: Uint8Array): string => Buffer.from(configurationRecord({ sps, pps: PPS })).toString("hex");
  const sets = (sps: Uint8Array): string =>
    `e10008${Buffer.from(sps).toString("hex")}010004${Buffer.from(PPS).toString("hex")}`;
  assert.equal(record(HIGH), `01640028ff${sets(HIGH)}fdf8f800`);
  assert.equal(record(BASELINE), `0142c01eff${sets(BASELINE)}`);
});

test("the level is the asked one, and no lower than the encoder's", () => {
  const level = (sps: Uint8Array, asked: number): number[] => [...levelled({ sps, pps: PPS }, asked).sps.slice(2, 4)];
  assert.deepEqual(level(HIGH, 51), [0, 51]);
  assert.deepEqual(level(HIGH, 31), [0, 40]);
  // Level 1b is not what is asked for, nor is it any other.
  assert.deepEqual(level(Uint8Array.of(0x67, 0x42, 0xd0, 11), 11), [0xc0, 11]);
  assert.equal(HIGH[3], 40);
});

test("a byte stream has a start code before each NAL unit, and the parameter sets in front", () => {
  const sample = Uint8Array.of(0, 0, 0, 2, 0x65, 1, 0, 0, 0, 1, 0x65);
  assert.deepEqual([...byteStream(sample, undefined)], [0, 0, 0, 1, 0x65, 1, 0, 0, 0, 1, 0x65]);
  const whole = [...byteStream(sample, { sps: HIGH, pps: PPS })];
  assert.deepEqual(whole, [0, 0, 0, 1, ...HIGH, 0, 0, 0, 1, ...PPS, 0, 0, 0, 1, 0x65, 1, 0, 0, 0, 1, 0x65]);
  // The sample is as it was.
  assert.equal(sample[3], 2);
});

test("without EncodedVideoChunk a chunk has its shape, and a copy of its bytes", () => {
  const data = Uint8Array.of(1, 2, 3);
  const chunk = makeChunk({ type: "delta", timestamp: 5, duration: null, data });
  data[0] = 9;
  assert.deepEqual([chunk.type, chunk.timestamp, chunk.duration, chunk.byteLength], ["delta", 5, null, 3]);
  const into = new Uint8Array(5);
  chunk.copyTo(into.subarray(1));
  assert.deepEqual([...into], [0, 1, 2, 3, 0]);
  const buffer = new ArrayBuffer(3);
  chunk.copyTo(buffer);
  assert.deepEqual([...new Uint8Array(buffer)], [1, 2, 3]);
  assert.throws(() => chunk.copyTo(new ArrayBuffer(2)), TypeError);
});
