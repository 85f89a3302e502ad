// Someone picks images, presses the button, and a video plays: the page's main promise.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";
import { launch, openPage, servedPage } from "./support/browser.mjs";
import { COLOURS, ffmpeg, HEIGHT, pictures, WIDTH } from "./support/pictures.mjs";
import { assertColour, coloursAt, playToEnd, videoFacts } from "./support/video.mjs";

/** Codes per channel: what PNG's colours may differ after the video's YUV 4:2:0, and JPEG's, which were YUV before. */
const TOLERANCE = { png: 3, jpg: 5 };

let site;
let browser;
before(async () => {
  [site, browser] = await Promise.all([servedPage(), launch({ exactColours: true })]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

for (const extension of ["png", "jpg"]) {
  test(`24 ${extension} files become a video that plays, every image in its place`, async () => {
    const { page, context, complaints } = await openPage(browser, site.url);
    const files = pictures(extension);
    await page.setInputFiles("#files", files.toReversed());
    assert.equal(await page.locator("#summary").textContent(), "24 images, 1.000 s");
    await recordSteps(page);

    await page.click("#make");
    await page.waitForSelector("video");

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
  const { page, context, complaints } = await openPage(browser, site.url);
  await page.setInputFiles("#files", pictures("png").slice(0, 3));
  await page.getByLabel("Slideshow").check();
  await page.getByLabel("Seconds per image").fill("1.5");
  assert.equal(await page.locator("#summary").textContent(), "3 images, 4.500 s");
  await page.click("#make");
  await page.waitForSelector("video");
  assert.ok(Math.abs((await videoFacts(page)).duration - 4.5) < 1e-6);
  const shown = await coloursAt(page, [1.4, 1.6, 3.1]);
  for (const [index, colour] of shown.entries())
    assertColour(colour, COLOURS[index], TOLERANCE.png, `image ${index + 1}`);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("size, shape, background and quality under More reach the video", async () => {
  const { page, context, complaints } = await openPage(browser, site.url);
  await page.setInputFiles("#files", pictures("png").slice(0, 2));
  await page.getByText("More", { exact: true }).click();
  await page.getByLabel("Video size").selectOption("custom");
  await page.getByLabel("Width of the video in pixels").fill("200");
  await page.getByLabel("Height of the video in pixels").fill("400");
  await page.getByLabel("Background").fill("#ffffff");
  await page.getByLabel("Quality").selectOption("low");
  await page.click("#make");
  await page.waitForSelector("video");
  const facts = await videoFacts(page);
  assert.deepEqual([facts.videoWidth, facts.videoHeight], [200, 400]);
  const [bar] = await coloursAt(page, [0.02], { left: 0.2, top: 0.05, width: 0.6, height: 0.1 });
  assertColour(bar, [255, 255, 255], TOLERANCE.png, "the bar above a contained image");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a second video takes the place of the first, whose memory is given back", async () => {
  const { page, context, complaints } = await openPage(browser, site.url);
  await page.setInputFiles("#files", pictures("png").slice(0, 2));
  await page.click("#make");
  const first = await (await page.waitForSelector("video")).getAttribute("src");
  await page.getByLabel("Frames per second").fill("1");
  await page.click("#make");
  await page.waitForFunction(
    (src) => ![null, undefined, src].includes(document.querySelector("video")?.getAttribute("src")),
    first,
  );
  assert.equal((await videoFacts(page)).duration, 2);
  const gone = await page.evaluate(
    (url) =>
      fetch(url).then(
        () => false,
        () => true,
      ),
    first,
  );
  assert.ok(gone, "the first video's URL was not revoked");
  assert.deepEqual(
    complaints.filter((text) => !text.includes("blob:")),
    [],
  );
  await context.close();
});

/** Notes every step that the page names, and every value of the progress bar, as they come. */
function recordSteps(page) {
  return page.evaluate(() => {
    globalThis.seen = { steps: [], values: [], details: new Set(), cancel: false };
    const look = () => {
      const { steps, values, details } = globalThis.seen;
      const step = document.querySelector("#steps [aria-current]")?.textContent;
      if (step !== undefined && step !== steps.at(-1)) steps.push(step);
      const { value } = document.querySelector("#bar");
      if (value !== values.at(-1)) values.push(value);
      details.add(document.querySelector("#detail").textContent);
      globalThis.seen.cancel ||= document.querySelector("#cancel").checkVisibility();
    };
    const options = { subtree: true, attributes: true, childList: true, characterData: true };
    new MutationObserver(look).observe(document.querySelector(".action"), options);
  });
}

async function checkSteps(page) {
  const seen = await page.evaluate(() => ({ ...globalThis.seen, details: [...globalThis.seen.details] }));
  assert.deepEqual(seen.steps, ["Preparing", "Building", "Writing", "Ready"]);
  assert.deepEqual(
    seen.values,
    seen.values.toSorted((a, b) => a - b),
    "the bar went back",
  );
  assert.equal(seen.values.at(-1), 1);
  assert.ok(seen.values.length >= 10, `the bar took only ${seen.values.length} values`);
  assert.ok(seen.details.includes("24 of 24 frames"), seen.details.join("; "));
  assert.ok(seen.cancel, "no Cancel button");
}

/** The file the user gets: its name, and what independent programs say of it. */
async function checkDownload(page, extension) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByText("Download").click()]);
  assert.equal(download.suggestedFilename(), "framereel.mp4");
  const path = inRoot("tests", ".work", "page", `from-${extension}.mp4`);
  await download.saveAs(path);
  ffmpeg(["-i", path, "-f", "null", "-"]);
  const entries = "stream=codec_name,width,height,nb_read_frames:format=duration";
  const said = execFileSync("ffprobe", ["-v", "error", "-count_frames", "-show_entries", entries, "-of", "json", path]);
  const { streams, format } = JSON.parse(said);
  assert.deepEqual(streams, [{ codec_name: "h264", width: WIDTH, height: HEIGHT, nb_read_frames: "24" }]);
  assert.equal(format.duration, "1.000000");
}
