// Someone picks images, presses the button, and a video plays: the page's main promise.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";
import { pageHarness } from "./support/harness.mjs";
import { COLOURS, ffmpeg, HEIGHT, pictures, WIDTH } from "./support/pictures.mjs";
import { make, pick } from "./support/strip.mjs";
import { assertColour, coloursAt, playToEnd, videoFacts } from "./support/video.mjs";

/** Codes per channel: what PNG's colours may differ after the video's YUV 4:2:0, and JPEG's, which were YUV before. */
const TOLERANCE = { png: 3, jpg: 5 };

const here = pageHarness({ exactColours: true });

for (const extension of ["png", "jpg"]) {
  test(`24 ${extension} files become a video that plays, every image in its place`, async () => {
    const { page, context, complaints } = await here.open();
    await pick(page, pictures(extension).toReversed());
    await page.locator("#summary", { hasText: /^24 images, 1\.000 s, 640\s×\s360/ }).waitFor();
    await recordSteps(page);

    await make(page);

    const facts = await videoFacts(page);
    assert.deepEqual([facts.videoWidth, facts.videoHeight, facts.controls, facts.cssWidth], [WIDTH, HEIGHT, true, 360]);
    assert.ok(Math.abs(facts.duration - 1) < 1e-6, `duration is ${facts.duration}`);
    const shown = await coloursAt(
      page,
      COLOURS.map((_, index) => (index + 0.5) / 24),
    );
    for (const [index, colour] of COLOURS.entries()) {
      assertColour(shown[index], colour, TOLERANCE[extension], `frame ${index + 1}`);
    }
    await page.locator("video").evaluate((video) => {
      video.currentTime = 0;
    });
    assert.ok(Math.abs((await playToEnd(page)) - 1) < 0.01);

    assert.match(await page.locator("#stats").textContent(), /^640 × 360, 24 frames, 1\.000 s, \d+ kB$/);
    await checkSteps(page);
    await checkDownload(page, extension);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("a slideshow shows each image for the wanted seconds", async () => {
  const { page, context, complaints } = await here.open();
  await pick(page, pictures("png").slice(0, 3));
  await page.getByRole("radio", { name: "Slideshow" }).check();
  await page.getByLabel("Seconds per image").fill("1.5");
  assert.match(await page.locator("#summary").textContent(), /^3 images, 4\.500 s/);
  await make(page);
  assert.ok(Math.abs((await videoFacts(page)).duration - 4.5) < 1e-6);
  const shown = await coloursAt(page, [1.4, 1.6, 3.1]);
  for (const [index, colour] of shown.entries())
    assertColour(colour, COLOURS[index], TOLERANCE.png, `image ${index + 1}`);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("size, shape, background and the advanced settings reach the file", async () => {
  const { page, context, complaints } = await here.open();
  await pick(page, pictures("png").slice(0, 2));
  await page.getByLabel("Video size").selectOption("custom");
  await page.getByLabel("Width of the video in pixels").fill("200");
  await page.getByLabel("Height of the video in pixels").fill("400");
  await page.getByText("More", { exact: true }).click();
  await page.getByLabel("Background").fill("#ffffff");
  await page.getByText("Advanced", { exact: true }).click();
  await page.getByLabel("Quality control").selectOption("qp");
  await page.getByLabel("Quantiser, 0 (best) to 51").fill("30");
  await page.getByLabel("H.264 profile").selectOption("baseline");
  await page.getByLabel("File layout").selectOption("fragmented");
  await page.getByLabel("Images decoded by").selectOption("browser");
  await page.getByLabel("Workers (empty: automatic)").fill("1");
  await make(page);
  const facts = await videoFacts(page);
  assert.deepEqual([facts.videoWidth, facts.videoHeight], [200, 400]);
  const [bar] = await coloursAt(page, [0.02], { left: 0.2, top: 0.05, width: 0.6, height: 0.1 });
  assertColour(bar, [255, 255, 255], TOLERANCE.png, "the bar above a contained image");
  const path = await download(page, "#download", "advanced.mp4");
  const { streams } = probe(path, "stream=profile");
  assert.match(streams[0].profile, /Baseline/);
  assert.ok(readFileSync(path).includes("moof"), "not fragmented");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("presets: a chat's file keeps to its limit, sizes keep the images' shape, and what is larger than 4K is brought to 2160p and says so", async () => {
  const { page, context, complaints } = await here.open();
  await pick(page, pictures("png"));
  await page.getByRole("radio", { name: "Chat" }).check();
  await page.getByLabel("At most, in MB").fill("0.2");
  await page.getByLabel("Video size").selectOption("720");
  await make(page);
  const small = await videoFacts(page);
  assert.deepEqual([small.videoWidth, small.videoHeight], [1280, 720]);
  const path = await download(page, "#download", "chat.mp4");
  assert.ok(statSync(path).size <= 200_000, `${statSync(path).size} bytes`);

  await page.getByRole("button", { name: "Remove all" }).click();
  const large = inRoot("tests", ".work", "page", "large-first.png");
  ffmpeg(["-f", "lavfi", "-i", "testsrc2=size=4000x3000", "-frames:v", "1", large]);
  await pick(page, [large], 1);
  await page.getByRole("radio", { name: "Balanced" }).check();
  await page.getByLabel("Video size").selectOption("images");
  await page.locator("#size-note", { hasText: "larger than 4K: the video is 2160p, 2880 × 2160." }).waitFor();
  await page.click("#make");
  await page.locator("#stats", { hasText: "2880 × 2160" }).waitFor();
  const capped = await videoFacts(page);
  assert.deepEqual([capped.videoWidth, capped.videoHeight], [2880, 2160]);
  assert.deepEqual(complaints, []);
  await context.close();
});

/** Notes every step that the page names, and every value of the progress bar, as they come. */
function recordSteps(page) {
  return page.evaluate(() => {
    globalThis.seen = { steps: [], values: [], details: new Set(), titles: new Set(), cancel: false };
    const look = () => {
      const { steps, values, details, titles } = globalThis.seen;
      const step = document.querySelector("#steps [aria-current]")?.textContent;
      if (step !== undefined && step !== steps.at(-1)) steps.push(step);
      const { value } = document.querySelector("#bar");
      if (value !== values.at(-1)) values.push(value);
      details.add(document.querySelector("#detail").textContent);
      titles.add(document.title);
      globalThis.seen.cancel ||= document.querySelector("#cancel").checkVisibility();
    };
    const options = { subtree: true, attributes: true, childList: true, characterData: true };
    new MutationObserver(look).observe(document.querySelector(".action"), options);
  });
}

async function checkSteps(page) {
  const seen = await page.evaluate(() => {
    const { details, titles, ...rest } = globalThis.seen;
    return { ...rest, details: [...details], titles: [...titles] };
  });
  assert.deepEqual(seen.steps, ["Preparing", "Building", "Writing", "Ready"]);
  assert.deepEqual(
    seen.values,
    seen.values.toSorted((a, b) => a - b),
    "the bar went back",
  );
  assert.equal(seen.values.at(-1), 1);
  assert.ok(seen.values.length >= 10, `the bar took only ${seen.values.length} values`);
  assert.ok(seen.details.includes("24 of 24 frames"), seen.details.join("; "));
  assert.ok(
    seen.details.some((detail) => /^\d+ of 24 frames, [\d.]+ fps/.test(detail)),
    seen.details.join("; "),
  );
  assert.ok(
    seen.titles.some((title) => /^\d+ % · framereel$/.test(title)),
    seen.titles.join("; "),
  );
  assert.equal(await page.title(), "framereel: images to video");
  assert.ok(seen.cancel, "no Cancel button");
}

/** The file the user gets: its name, and what independent programs say of it. */
async function checkDownload(page, extension) {
  const path = await download(page, "#download", "frame.mp4");
  ffmpeg(["-i", path, "-f", "null", "-"]);
  const { streams, format } = probe(path, "stream=codec_name,width,height,nb_read_frames:format=duration");
  assert.deepEqual(streams, [{ codec_name: "h264", width: WIDTH, height: HEIGHT, nb_read_frames: "24" }], extension);
  assert.equal(format.duration, "1.000000");
}

/** Presses a download button and gives the path of the file. */
async function download(page, selector, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(selector)]);
  assert.equal(download.suggestedFilename(), "frame.mp4", "the name is what the images' names have in common");
  const path = inRoot("tests", ".work", "page", name);
  await download.saveAs(path);
  return path;
}

function probe(path, entries) {
  return JSON.parse(
    execFileSync("ffprobe", ["-v", "error", "-count_frames", "-show_entries", entries, "-of", "json", path]),
  );
}
