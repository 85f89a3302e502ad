// Music beside the images: chosen, heard in the file, and the video as long as it where that is wanted.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { before, test } from "node:test";
import { sound, soundPath } from "../sound/support/sounds.mjs";
import { pageHarness } from "./support/harness.mjs";
import { pictures } from "./support/pictures.mjs";
import { make, pick } from "./support/strip.mjs";
import { playToEnd } from "./support/video.mjs";

/** Seconds of the music. */
const SECONDS = 4.4;

const here = pageHarness();
before(async () => {
  sound("music.mp3", ["-c:a", "libmp3lame", "-b:a", "128k"]);
  sound("music.wav", []);
});

/** The streams of the finished video, as ffprobe sees them. */
async function streams(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#download")]);
  const args = ["-v", "error", "-show_entries", "stream=codec_name,duration", "-of", "json", await download.path()];
  return JSON.parse(execFileSync("ffprobe", args)).streams.map(({ codec_name: codec, duration }) => ({
    codec,
    seconds: Number(duration),
  }));
}

const near = (seconds, expected) => assert.ok(Math.abs(seconds - expected) < 0.002, `${seconds} s, not ${expected}`);

test("music is cut with the images, or they are shown as long as it, or it is left out again", async () => {
  const { page, context, complaints } = await here.open();
  await pick(page, pictures("png").slice(0, 5));
  await page.getByRole("radio", { name: "Slideshow" }).check();
  await page.getByLabel("Seconds per image").fill("0.5");
  await page.setInputFiles("#music-file", soundPath("music.mp3"));
  await page.locator("#music-name", { hasText: /^music\.mp3, 4\.4 s$/ }).waitFor();
  await make(page);
  const cut = await streams(page);
  assert.deepEqual(
    cut.map(({ codec }) => codec),
    ["h264", "mp3"],
  );
  for (const { seconds } of cut) near(seconds, 2.5);

  await page.getByLabel("Length of the video").selectOption({ label: "As long as the music" });
  await page.locator("#summary", { hasText: /^5 images, 4\.400 s/ }).waitFor();
  await make(page);
  const fitted = await streams(page);
  assert.equal(fitted.length, 2);
  for (const { seconds } of fitted) near(seconds, SECONDS);
  assert.ok(Math.abs((await playToEnd(page)) - SECONDS) < 0.05);

  await page.click("#remove-music");
  await page.locator("#summary", { hasText: /^5 images, 2\.500 s/ }).waitFor();
  await make(page);
  assert.equal((await streams(page)).length, 1);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("music that is shorter than the video repeats", async () => {
  const { page, context, complaints } = await here.open();
  await pick(page, pictures("png").slice(0, 3));
  await page.getByRole("radio", { name: "Slideshow" }).check();
  await page.setInputFiles("#music-file", soundPath("music.mp3"));
  await page.locator("#music-name", { hasText: "4.4 s" }).waitFor();
  await make(page);
  const made = await streams(page);
  assert.equal(made.length, 2);
  for (const { seconds } of made) near(seconds, 6);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("music that cannot be taken is told in the page's words, in both languages", async () => {
  const { page, context } = await here.open();
  await pick(page, pictures("png").slice(0, 2));
  await page.setInputFiles("#music-file", soundPath("music.wav"));
  await page.click("#make");
  await page.locator("#problem-text", { hasText: "Choose an MP3 or M4A file." }).waitFor();
  await page.selectOption("#language", "zh");
  await page.locator("#problem-text", { hasText: "请选择 MP3 或 M4A 文件" }).waitFor();
  await context.close();
});
