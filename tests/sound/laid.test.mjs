// How long a sound is heard: cut or ended with the pictures, from an offset on, again and again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "./support/harness.mjs";
import { assertClicks, facts, mean, packetHashes, packets, playedSound, timedSound } from "./support/judge.mjs";
import { CLICKS, SECONDS, sound, soundPath } from "./support/sounds.mjs";

const browser = harness();

/** `packet` are the samples of a packet. */
const KINDS = [
  { kind: "AAC", name: "laid.m4a", args: ["-c:a", "aac", "-b:a", "128k"], packet: 1024 },
  { kind: "MP3", name: "laid.mp3", args: ["-c:a", "libmp3lame", "-b:a", "128k"], packet: 1152 },
];

/** One and a half milliseconds: ffmpeg shifts a repetition of MP3 by up to one, as it skips whole frames only. */
const LOOP_TOLERANCE = 0.0015;

async function made({ name, args }, file, seconds, audio, options) {
  const bytes = sound(name, args);
  const { stats, failure } = await browser.make({ name, bytes, file, seconds, audio, options });
  assert.equal(failure, undefined);
  return stats;
}

/** The clicks that fall into `seconds` of the sound from `offset` on, `SECONDS` later each time that it begins again. */
function heard(seconds, offset, times = 1) {
  return Array.from({ length: times }, (_, pass) => CLICKS.map((click) => click - offset + pass * SECONDS))
    .flat()
    .filter((click) => click > 0 && click < seconds);
}

for (const sample of KINDS) {
  test(`${sample.kind} longer than the video is cut with it`, async () => {
    const file = `cut-${sample.kind}.mp4`;
    await made(sample, file, 3);
    const { audio, video, format } = facts(file);
    assert.ok(Math.abs(Number(audio.duration) - 3) < 0.001, audio.duration);
    assert.deepEqual([Number(video.duration), Number(format.duration)], [3, 3]);
    assertClicks(playedSound(file), heard(3, 0));
    // In the index; of packets that the edit list leaves out ffprobe shows none.
    const copied = Number(audio.nb_frames);
    const heardOf = (3 * 44_100) / sample.packet;
    // One before the beginning, which decoders need, and one that is cut in its midst.
    assert.ok(copied <= heardOf + 2, `what is not heard is not copied: ${copied} packets for ${heardOf}`);
  });

  test(`${sample.kind} begins at the offset`, async () => {
    const file = `offset-${sample.kind}.mp4`;
    await made(sample, file, 2.2, { offset: 1.3 });
    assertClicks(playedSound(file), heard(2.2, 1.3));
    const [ours, theirs] = [packetHashes(file), packetHashes(soundPath(sample.name))];
    // Silent samples are alike: only all of them together have one place.
    const first = theirs.findIndex((_, at) => ours.every((hash, index) => hash === theirs[at + index]));
    assert.ok(first > 30, `copied from sample ${first} on: what lies before the offset is not needed`);
  });

  test(`${sample.kind} that loops is in time at every repetition, without a gap`, async () => {
    const file = `loop-${sample.kind}.mp4`;
    await made(sample, file, 15, { loop: true, offset: 0.6 });
    const { audio } = facts(file);
    assert.ok(Math.abs(Number(audio.duration) - 15) < 0.001, audio.duration);
    assertClicks(timedSound(file), heard(15, 0.6, 4), LOOP_TOLERANCE);
  });
}

test("a tone of whole periods goes on over the seams of a loop", async () => {
  // 441 Hz in 2 s: 882 periods of 100 samples.
  const tone = { times: [], seconds: 2, tone: 441 };
  const bytes = sound("tone.m4a", ["-c:a", "aac", "-b:a", "192k"], tone);
  const { failure } = await browser.make({
    name: "tone.m4a",
    bytes,
    file: "tone.mp4",
    seconds: 7,
    audio: { loop: true },
  });
  assert.equal(failure, undefined);
  const { samples, rate } = timedSound("tone.mp4");
  const level = (from, to) => Math.sqrt(mean(samples.subarray(from, to).map((sample) => sample ** 2)));
  const usual = level(rate / 2, rate);
  for (const seam of [2, 4, 6]) {
    for (let at = seam * rate - 2000; at < seam * rate + 2000; at += 200) {
      const off = Math.abs(20 * Math.log10(level(at, at + 200) / usual));
      assert.ok(off < 1, `${off.toFixed(2)} dB off at ${(at / rate).toFixed(3)} s`);
    }
  }
});

test("sound and pictures alternate in the file, so that a player that streams has both", async () => {
  await made(KINDS[0], "interleaved.mp4", 4.4, {}, { keyframeInterval: 1 });
  const inFile = packets("interleaved.mp4").map(({ codec_type: type, pos, pts_time: time }) => ({
    type,
    pos: Number(pos),
    time: Number(time),
  }));
  assertClicks(playedSound("interleaved.mp4"), heard(4.4, 0));
  inFile.sort((a, b) => a.pos - b.pos);
  const [video, audio] = ["video", "audio"].map((type) => inFile.filter((packet) => packet.type === type));
  assert.equal(video.length, 2);
  assert.equal(inFile[0].type, "video");
  // The second picture begins at 2.2 s: no more than a second of sound lies before it that is heard later.
  const before = audio.filter(({ pos }) => pos < video[1].pos);
  assert.ok(before.at(-1).time < 3.2 && before.at(-1).time > 1.2, `${before.at(-1).time} s`);
});

test("an offset behind the sound's end is refused, and told how long the sound is", async () => {
  const bytes = sound(KINDS[0].name, KINDS[0].args);
  const order = { name: "laid.m4a", bytes, file: "none.mp4", seconds: 2, audio: { offset: 5 } };
  const { failure } = await browser.make(order);
  assert.deepEqual([failure.code, failure.isFramereelError], ["invalid-option", true]);
  assert.match(
    failure.message,
    /options\.audio\.offset must be less than the sound's length of 4\.400 seconds, but is 5/,
  );
});
