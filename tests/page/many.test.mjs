// A thousand large photographs: the page stays at hand while they come in, are scrolled and become a video, its memory is bounded, and
// the video is made to its end. `FRAMEREEL_FULL_SIZE=1 node --test tests/page/many.test.mjs` makes it at the page's own size, 2160p, which takes
// many minutes, and decides by its longest task, too: in `npm test`, beside whatever else runs, that is only told.
import assert from "node:assert/strict";
import { linkSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../support/folder.mjs";
import { pageHarness } from "./support/harness.mjs";
import { ffmpeg } from "./support/pictures.mjs";
import { face, waitForImages } from "./support/strip.mjs";
import { videoFacts } from "./support/video.mjs";

const PHOTOS = 1000;
/** Different ones among them: the others are further names of the same files, as a disk full of them would take gigabytes. */
const DIFFERENT = 8;
const FULL_SIZE = process.env.FRAMEREEL_FULL_SIZE === "1";
/** Milliseconds of the page's main thread that one task may take, on its own clock: other programs do not count. */
const LONGEST_TASK = 100;
/** Memory that the page's process may have had at any time: the pictures that are being decoded, 48 MB each, and what is kept of all. */
const MOST_MEGABYTES = 1500;
/** Tiles that may exist as elements: six screens full. */
const MOST_TILES = 120;

const here = pageHarness();
const folder = temporaryFolder("many");

/** photo1.jpg to photo1000.jpg of 4000 x 3000 pixels. */
function photographs() {
  const pattern = join(folder, "different%d.jpg");
  // Quickly made and quickly decoded: of photographs, what counts here is their size.
  const moving = "testsrc2=size=4000x3000:rate=1";
  ffmpeg(["-f", "lavfi", "-i", moving, "-frames:v", String(DIFFERENT), "-qscale:v", "4", pattern]);
  return Array.from({ length: PHOTOS }, (_, index) => {
    const path = join(folder, `photo${index + 1}.jpg`);
    linkSync(join(folder, `different${(index % DIFFERENT) + 1}.jpg`), path);
    return path;
  });
}

test("a thousand photographs of 12 megapixels", { timeout: FULL_SIZE ? 3_600_000 : 400_000 }, async (t) => {
  const { page, context, complaints } = await here.open();
  const files = photographs();
  const trace = await startTrace(here.browser, page);
  await page.setInputFiles("#files", files);
  await waitForImages(page, PHOTOS);
  const shown = (name) => face(page, name).locator("canvas[width='320']");
  await shown("photo1.jpg").waitFor();
  const tiles = () => page.locator(".tile").count();
  assert.ok((await tiles()) <= MOST_TILES, `${await tiles()} tiles exist`);
  await page.locator("#strip-scroller").hover();
  for (let turn = 0; turn < 12; turn += 1) await page.mouse.wheel(0, 600);
  await face(page, "photo1.jpg").waitFor({ state: "detached" });
  await page.locator("#strip-scroller").evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
  await shown("photo1000.jpg").waitFor({ timeout: 60_000 });
  assert.ok((await tiles()) <= MOST_TILES, `${await tiles()} tiles exist`);
  assertQuick(t, await trace.longestTask(), "coming in and being scrolled");

  if (!FULL_SIZE) {
    await page.getByLabel("Video size").selectOption("custom");
    await page.getByLabel("Width of the video in pixels").fill("320");
    await page.getByLabel("Height of the video in pixels").fill("240");
  }
  const making = await startTrace(here.browser, page);
  await page.click("#make");
  await page.locator("#player video").waitFor({ timeout: FULL_SIZE ? 3_500_000 : 300_000 });
  assertQuick(t, await making.longestTask(), "while the video was made");
  assert.ok(Math.abs((await videoFacts(page)).duration - PHOTOS / 24) < 1e-3);
  assert.match(await page.locator("#stats").textContent(), /1000 frames/);
  const peak = await peakMegabytes(here.browser);
  assert.ok(peak <= MOST_MEGABYTES, `the page took up to ${peak.toFixed(0)} MB`);
  assert.deepEqual(complaints, []);
  await context.close();
});

function assertQuick(t, longest, when) {
  const told = `${when}, the page's longest task took ${longest.toFixed(0)} ms`;
  t.diagnostic(told);
  assert.ok(longest > 1, "the trace has no task of the page");
  if (FULL_SIZE) assert.ok(longest <= LONGEST_TASK, told);
}

/** Most memory that the largest process of a page has had so far, as the system counts it. */
async function peakMegabytes(browser) {
  const client = await browser.newBrowserCDPSession();
  const { processInfo } = await client.send("SystemInfo.getProcessInfo");
  const peaks = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, "utf8"))[1]) / 1000);
  return Math.max(...peaks);
}

/** Records the tasks of the page's main thread. */
async function startTrace(browser, page) {
  await browser.startTracing(page, {
    categories: ["toplevel", "disabled-by-default-devtools.timeline"],
  });
  return {
    /** Milliseconds of processor time of the longest one. */
    async longestTask() {
      const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
      const mains = new Set(
        traceEvents
          .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
          .map(({ pid, tid }) => `${pid}:${tid}`),
      );
      const tasks = traceEvents.filter(
        ({ name, pid, tid, tdur }) => /RunTask$/.test(name) && tdur !== undefined && mains.has(`${pid}:${tid}`),
      );
      return Math.max(0, ...tasks.map(({ tdur }) => tdur / 1000));
    },
  };
}
