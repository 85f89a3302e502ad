// Sound that is neither AAC nor MP3, in a browser that has an AAC encoder. Chromium and Firefox have none on Linux: ffmpeg's stands
// in, reached through the test's server.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { harness } from "./support/harness.mjs";
import { assertClicks, facts, playedSound } from "./support/judge.mjs";
import { CLICKS, SECONDS, sound } from "./support/sounds.mjs";

const browser = harness();

/** Gives the page an encoder, once. */
let installed;
const installEncoder = () => {
  installed ??= install();
  return installed;
};

async function install() {
  browser.server.answers.set("/aac", (request, response) => {
    const { rate, channels, bitrate } = Object.fromEntries(new URL(request.url, "http://test").searchParams);
    const input = ["-f", "f32le", "-ar", rate, "-ac", channels, "-i", "-"];
    const ffmpeg = spawn("ffmpeg", ["-v", "error", ...input, "-c:a", "aac", "-b:a", bitrate, "-f", "adts", "-"]);
    request.pipe(ffmpeg.stdin);
    response.writeHead(200, { "Content-Type": "audio/aac" });
    ffmpeg.stdout.pipe(response);
  });
  const page = await browser.shared();
  await page.evaluate(installStandIn);
}

/** Runs in the page: an AudioEncoder for AAC, as a browser's own would be. */
function installStandIn() {
  globalThis.AudioEncoder = class {
    static async isConfigSupported(config) {
      return { supported: config.codec === "mp4a.40.2" && config.numberOfChannels <= 2, config };
    }
    state = "unconfigured";
    encodeQueueSize = 0;
    #init;
    #config;
    #pieces = [];
    constructor(init) {
      this.#init = init;
    }
    configure(config) {
      this.state = "configured";
      this.#config = config;
    }
    encode(data) {
      const { numberOfFrames, numberOfChannels } = data;
      const piece = new Float32Array(numberOfFrames * numberOfChannels);
      const plane = new Float32Array(numberOfFrames);
      for (let channel = 0; channel < numberOfChannels; channel++) {
        data.copyTo(plane, { planeIndex: channel, format: "f32-planar" });
        for (let at = 0; at < numberOfFrames; at++) piece[at * numberOfChannels + channel] = plane[at];
      }
      this.#pieces.push(piece);
    }
    async flush() {
      const { sampleRate: rate, numberOfChannels: channels, bitrate } = this.#config;
      const query = new URLSearchParams({ rate, channels, bitrate });
      const response = await fetch(`/aac?${query}`, { method: "POST", body: new Blob(this.#pieces) });
      const stream = new Uint8Array(await response.arrayBuffer());
      // 48,000 Hz has index 3 (ISO/IEC 14496-3 1.6.2.1).
      const description = Uint8Array.of((2 << 3) | 1, 0x80 | (channels << 3));
      const metadata = {
        decoderConfig: { codec: "mp4a.40.2", sampleRate: rate, numberOfChannels: channels, description },
      };
      for (let at = 0, index = 0; at < stream.length; index++) {
        const size = ((stream[at + 3] & 3) << 11) | (stream[at + 4] << 3) | (stream[at + 5] >> 5);
        const data = stream.slice(at + 7, at + size);
        const timestamp = Math.round((index * 1024e6) / rate);
        this.#init.output(new EncodedAudioChunk({ type: "key", timestamp, data }), metadata);
        at += size;
      }
    }
    close() {
      this.state = "closed";
    }
  };
}

for (const [name, args, channels] of [
  ["converted.wav", [], 2],
  ["converted-mono.flac", ["-sample_fmt", "s16"], 1],
  ["converted.ogg", ["-c:a", "libvorbis", "-q:a", "6"], 2],
  ["converted-surround.wav", [], 6],
]) {
  test(`${name} becomes AAC and is heard on time`, async () => {
    await installEncoder();
    const file = `${name}.mp4`;
    const bytes = sound(name, args, { channels });
    const { stats, failure } = await browser.make({ name, bytes, file, seconds: 5 });
    assert.equal(failure, undefined);
    assert.match(stats.codec, /,mp4a\.40\.2$/);
    const { audio } = facts(file);
    const expected = ["aac", "48000", Math.min(2, channels)];
    assert.deepEqual([audio.codec_name, audio.sample_rate, audio.channels], expected);
    assert.ok(Math.abs(Number(audio.duration) - SECONDS) < 0.002, audio.duration);
    assertClicks(playedSound(file), CLICKS);
  });
}

test("a damaged file is damaged with an encoder too", async () => {
  await installEncoder();
  const bytes = Buffer.from(sound("converted.wav", [])).subarray(0, 20);
  const { failure } = await browser.make({ name: "short.wav", bytes, file: "none.mp4", seconds: 1 });
  assert.equal(failure.code, "corrupt-audio");
});
