// AAC and MP3 are copied beside the pictures, sample by sample, and are heard when they should be.
import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "./support/harness.mjs";
import { assertClicks, facts, packetHashes, playedSound } from "./support/judge.mjs";
import { CLICKS, SECONDS, sound, soundPath, withoutHeaders } from "./support/sounds.mjs";

const browser = harness();

const AAC = ["-c:a", "aac", "-b:a", "128k"];
const MP3 = ["-c:a", "libmp3lame"];
const PICTURE = ["-f", "lavfi", "-i", "testsrc=size=64x48:rate=10:duration=4.4"];

/** Name, ffmpeg's arguments, and what must come out. `late` are samples that no player can know of. */
const FILES = [
  { name: "behind.m4a", args: AAC, codec: "aac", rate: 44_100 },
  { name: "front.m4a", args: [...AAC, "-movflags", "+faststart"], codec: "aac", rate: 44_100 },
  { name: "mono.m4a", args: AAC, channels: 1, codec: "aac", rate: 44_100 },
  { name: "48.m4a", args: [...AAC, "-ar", "48000"], codec: "aac", rate: 48_000 },
  { name: "96.m4a", args: [...AAC, "-ar", "96000"], codec: "aac", rate: 96_000 },
  { name: "surround.m4a", args: AAC, channels: 6, codec: "aac", rate: 44_100 },
  { name: "tagged.m4a", args: [...AAC, "-metadata", "title=abc"], codec: "aac", rate: 44_100 },
  { name: "quicktime.mov", args: AAC, codec: "aac", rate: 44_100 },
  { name: "film.mp4", args: [...PICTURE, "-map", "0", "-map", "1", ...AAC, "-ac", "2"], codec: "aac", rate: 44_100 },
  { name: "stream.aac", args: AAC, codec: "aac", rate: 44_100, end: "unknown" },
  { name: "constant.mp3", args: [...MP3, "-b:a", "128k"], codec: "mp3", rate: 44_100 },
  { name: "variable.mp3", args: [...MP3, "-q:a", "4", "-metadata", "title=abc"], codec: "mp3", rate: 44_100 },
  { name: "mono.mp3", args: [...MP3, "-b:a", "64k", "-write_id3v1", "1"], channels: 1, codec: "mp3", rate: 44_100 },
  { name: "low.mp3", args: [...MP3, "-b:a", "64k", "-ar", "22050"], codec: "mp3", rate: 22_050 },
  { name: "lowest.mp3", args: [...MP3, "-b:a", "32k", "-ar", "11025"], codec: "mp3", rate: 11_025 },
  {
    name: "untagged.mp3",
    args: [...MP3, "-b:a", "128k", "-write_xing", "0"],
    codec: "mp3",
    rate: 44_100,
    end: "unknown",
  },
  { name: "mp3.mp4", args: [...MP3, "-b:a", "128k"], codec: "mp3", rate: 44_100 },
];

for (const { name, args, codec, rate, channels = 2, end } of FILES) {
  test(`${name} is copied and heard on time, to the millisecond`, async () => {
    const file = `copied-${name}.mp4`;
    const bytes = sound(name, args, { channels });
    const { stats, failure } = await browser.make({ name, bytes, file, seconds: 5 });
    assert.equal(failure, undefined);
    assert.match(stats.codec, codec === "aac" ? /^avc1\.\w{6},mp4a\.40\.2$/ : /^avc1\.\w{6},mp4a\.6[9B]$/);
    const { video, audio, format } = facts(file);
    assert.deepEqual([audio.codec_name, audio.sample_rate, audio.channels], [codec, String(rate), channels]);
    assert.deepEqual([Number(video.duration), Number(format.duration)], [5, 5]);
    const off = Math.abs(Number(audio.duration) - SECONDS);
    assert.ok(end === "unknown" ? off < 0.03 : off < 0.001, `${audio.duration} s of sound`);
    assertClicks(playedSound(file), CLICKS);
    // The tag of an MP3 file is a frame, but no sound.
    const [theirs, ours] = [
      packetHashes(name.endsWith(".aac") ? withoutHeaders(name) : soundPath(name)),
      packetHashes(file),
    ];
    assert.deepEqual(ours, theirs.slice(-ours.length));
    assert.ok(theirs.length - ours.length <= 1);
  });
}
