// A thousand large photographs: the page stays at hand while they come in and are scrolled, its memory is bounded, and the video is
// made to its end.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";
import { launch, openPage, servedPage } from "./support/browser.mjs";
import { ffmpeg } from "./support/pictures.mjs";
import { face, waitForImages } from "./support/strip.mjs";
import { videoFacts } from "./support/video.mjs";

const PHOTOS = 1000;
/** Milliseconds of the page's main thread that one task may take, on its own clock: other programs do not count. */
const LONGEST_TASK = 100;
/** Memory that the page's process may have had at any time: the pictures that are being decoded, 48 MB each, and what is kept of all. */
const MOST_MEGABYTES = 1500;
/** Tiles that may exist as elements: six screens full. */
const MOST_TILES = 120;

let site;
let browser;
before(async () => {
  [site, browser] = await Promise.all([servedPage(), launch()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

test("a thousand photographs of 12 megapixels", { timeout: 400_000 }, async () => {
  const { page, context, complaints } = await openPage(browser, site.url);
  const photo = inRoot("tests", ".work", "page", "large.jpg");
  ffmpeg(["-f", "lavfi", "-i", "mandelbrot=size=4000x3000", "-frames:v", "1", "-qscale:v", "4", photo]);
  const base64 = readFileSync(photo).toString("base64");
  await page.evaluate((base64) => {
    const data = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    globalThis.photos = Array.from(
      { length: 1000 },
      (_, at) => new File([data], `photo${at + 1}.jpg`, { type: "image/jpeg" }),
    );
  }, base64);

  const trace = await startTrace(browser, page);
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    for (const photo of globalThis.photos) transfer.items.add(photo);
    const input = document.querySelector("#files");
    input.files = transfer.files;
    // Its own task, as a pick is: making the list of files is the test's work.
    setTimeout(() => input.dispatchEvent(new Event("change")));
  });
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
  const longest = await trace.longestTask();
  assert.ok(longest > 1, "the trace has no task of the page");
  assert.ok(longest <= LONGEST_TASK, `a task of the page took ${longest.toFixed(0)} ms`);

  await page.getByLabel("Video size").selectOption("custom");
  await page.getByLabel("Width of the video in pixels").fill("320");
  await page.getByLabel("Height of the video in pixels").fill("240");
  await page.click("#make");
  await page.locator("#player video").waitFor({ timeout: 300_000 });
  assert.ok(Math.abs((await videoFacts(page)).duration - PHOTOS / 24) < 1e-3);
  assert.match(await page.locator("#stats").textContent(), /1000 frames/);
  const peak = await peakMegabytes(browser);
  assert.ok(peak <= MOST_MEGABYTES, `the page took up to ${peak.toFixed(0)} MB`);
  assert.deepEqual(complaints, []);
  await context.close();
});

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
    categories: ["toplevel", "disabled-by-default-devtools.timeline", "devtools.timeline"],
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
