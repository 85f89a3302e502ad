// Browsers play both tracks: the pictures go on, and what is heard is the sound, at its time.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";
import { receivedFolder } from "../browser/support/server.mjs";
import { harness } from "./support/harness.mjs";
import { assertClicks } from "./support/judge.mjs";
import { CLICKS, sound } from "./support/sounds.mjs";

const FIREFOX = "/usr/bin/firefox-esr";

const browser = harness();
let firefox;
before(async () => {
  // Sound needs no click first.
  const extraPrefsFirefox = { "media.autoplay.default": 0 };
  firefox = await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX, headless: true, extraPrefsFirefox });
});
after(() => firefox?.close());

const FILES = {
  "AAC, index in front": ["plays.m4a", ["-c:a", "aac", "-b:a", "128k"], {}],
  "AAC in fragments": ["plays.m4a", ["-c:a", "aac", "-b:a", "128k"], { container: "fragmented" }],
  "MP3, index in front": ["plays.mp3", ["-c:a", "libmp3lame", "-b:a", "128k"], {}],
};

/** Chromium is early by as much as encoder and decoder put in front of an MP3 file, with every MP3 in an MP4. */
const CHROMIUM_MP3 = 1105 / 44_100;

for (const [kind, [name, args, options]] of Object.entries(FILES)) {
  test(`${kind}: Chromium and Firefox`, async () => {
    // Framereel itself runs in both.
    browser.lend(name, sound(name, args));
    const inFirefox = await firefox.newPage();
    await inFirefox.goto(browser.server.url);
    await inFirefox.evaluate(() => import("/support/in-page.mjs").then(() => undefined));
    const pages = { Chromium: await browser.shared(), Firefox: inFirefox };
    const all = Object.entries(pages).map(async ([who, page]) => {
      const heard = `played-${name}-${options.container}-${who}.f32`;
      return { who, heard, played: await page.evaluate(playInPage, { name, options, heard }) };
    });
    for (const { who, heard, played } of await Promise.all(all)) {
      assert.equal(played.failure, undefined, who);
      assert.deepEqual([played.width, played.height, played.duration], [64, 64, 5], who);
      assert.ok(played.reached > 0.3, `${who} plays to ${played.reached} s`);
      assert.equal(played.hasSound, true, who);
      const early = who === "Chromium" && kind.startsWith("MP3") ? CHROMIUM_MP3 : 0;
      const { buffer } = Uint8Array.from(readFileSync(join(receivedFolder, heard)));
      const decoded = { samples: new Float32Array(buffer), rate: 44_100 };
      assertClicks(
        decoded,
        CLICKS.map((click) => click - early),
      );
    }
    await inFirefox.close();
  });
}

/** Runs in the page: makes a video, plays some of it, and sends the sound as the browser decodes it, as `heard`. */
async function playInPage({ name, options, heard }) {
  const response = await fetch(`/sound/${name}`);
  const source = new File([await response.blob()], name);
  const images = [await kit.file("flat/red.png"), await kit.file("flat/blue.png")];
  const clip = new kit.ImageSequenceClip(images, { durations: [2.5, 2.5] });
  const blob = await clip.toBlob({ audio: source, ...options });
  const video = document.createElement("video");
  video.src = URL.createObjectURL(blob);
  document.body.append(video);
  await new Promise((resolve) => {
    video.onloadedmetadata = resolve;
    video.onerror = resolve;
  });
  // Without a click a page may play in silence only, which decodes the sound all the same.
  video.muted = true;
  let failure;
  await video.play().catch((error) => {
    failure = String(error);
  });
  const plays = new Promise((resolve) => {
    video.ontimeupdate = () => video.currentTime > 0.3 && resolve();
  });
  // Long, for a browser that does not play at all.
  await Promise.race([plays, new Promise((resolve) => setTimeout(resolve, 20_000))]);
  video.pause();
  const hasSound = video.mozHasAudio ?? video.webkitAudioDecodedByteCount > 0;
  const decoded = await new OfflineAudioContext(1, 1, 44_100).decodeAudioData(await blob.arrayBuffer());
  const { videoWidth: width, videoHeight: height, duration, currentTime: reached } = video;
  await kit.upload(new Blob([decoded.getChannelData(0)]), heard);
  return { failure: failure ?? video.error?.message, width, height, duration, reached, hasSound };
}
