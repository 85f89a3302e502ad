// With the video made: looking at it frame by frame, keeping it in every form, and making another of the same images.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../support/folder.mjs";
import { pageHarness } from "./support/harness.mjs";
import { COLOURS, pictures } from "./support/pictures.mjs";
import { face, make, pick } from "./support/strip.mjs";
import { assertColour, videoFacts } from "./support/video.mjs";

const here = pageHarness({ exactColours: true });

const folder = temporaryFolder("after");

async function save(page, selector) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(selector)]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return { path, name: download.suggestedFilename() };
}

/** The mean colour of the middle of an image file or of a frame of it, by ffmpeg. */
function middleColour(path, frame = 0) {
  const filter = `select=eq(n\\,${frame}),format=gbrp,crop=iw/4:ih/4,scale=1:1:flags=area,format=rgb24`;
  const args = ["-v", "error", "-i", path, "-vf", filter, "-frames:v", "1", "-f", "rawvideo", "-"];
  return [...execFileSync("ffmpeg", args)];
}

const currentFrame = (page, fps) =>
  page.locator("video").evaluate((video, fps) => Math.floor(video.currentTime * fps), fps);

test("frame steps, loop, width, a frame as PNG, a GIF, and sharing", async () => {
  const { page, context, complaints } = await here.open();
  // What the system's share sheet would get; this Chromium has none.
  await page.evaluate(() => {
    navigator.canShare = ({ files }) => files.every((file) => file.type === "video/mp4");
    navigator.share = async ({ files }) => {
      globalThis.shared = files.map(({ name, size, type }) => ({ name, size, type }));
    };
  });
  await pick(page, pictures("png"));
  await page.getByLabel("Frames per second").fill("12.5");
  await make(page);
  await page.getByRole("button", { name: "One frame on" }).click();
  await page.getByRole("button", { name: "One frame on" }).click();
  await page.getByRole("button", { name: "One frame on" }).click();
  await page.getByRole("button", { name: "One frame back" }).click();
  assert.equal(await currentFrame(page, 12.5), 2);
  await page.waitForTimeout(300); // until the frame is on the screen

  const poster = await save(page, "#poster");
  assert.equal(poster.name, "frame-3.png");
  assertColour(middleColour(poster.path), COLOURS[2], 4, "the frame as PNG");

  const gif = await save(page, "#gif");
  assert.equal(gif.name, "frame.gif");
  const facts = JSON.parse(
    execFileSync("ffprobe", [
      ...[
        "-v",
        "error",
        "-count_frames",
        "-show_entries",
        "stream=codec_name,width,height,nb_read_frames:format=duration",
      ],
      ...["-of", "json", gif.path],
    ]),
  );
  assert.deepEqual(facts.streams, [{ codec_name: "gif", width: 480, height: 270, nb_read_frames: "24" }]);
  assert.ok(Math.abs(Number(facts.format.duration) - 24 / 12.5) < 0.011, `${facts.format.duration} s`);
  assertColour(middleColour(gif.path, 4), COLOURS[4], 3, "frame 5 of the GIF");

  await page.getByLabel("Loop").check();
  assert.equal(await page.locator("video").evaluate((video) => video.loop), true);
  assert.equal((await videoFacts(page)).cssWidth, 360);
  await page.getByLabel("Fill the width").check();
  assert.ok((await videoFacts(page)).cssWidth > 365, "it does not fill the width");

  await page.getByRole("button", { name: "Share" }).click();
  const [shared] = await page.evaluate(() => globalThis.shared);
  assert.equal(shared.name, "frame.mp4");
  assert.ok(shared.size > 1000);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("another setting and Make again: the second video takes the place of the first, whose memory is given back", async () => {
  const { page, context, complaints } = await here.open();
  await pick(page, pictures("png").slice(0, 2));
  await make(page);
  const first = await page.locator("video").getAttribute("src");
  await page.getByLabel("Frames per second").fill("1");
  await page.getByRole("radio", { name: "Preview" }).check();
  assert.ok(await page.locator("#preview-canvas").isVisible(), "the preview stays at hand");
  await page.getByRole("button", { name: "Make again" }).click();
  await page.waitForFunction(
    (src) => ![null, undefined, src].includes(document.querySelector("video")?.getAttribute("src")),
    first,
  );
  assert.equal((await videoFacts(page)).duration, 2);
  const gone = await page.evaluate((url) => {
    const video = document.createElement("video");
    const outcome = new Promise((resolve) => {
      video.addEventListener("loadedmetadata", () => resolve(false));
      video.addEventListener("error", () => resolve(true));
    });
    video.src = url;
    return outcome;
  }, first);
  assert.ok(gone, "the first video's URL was not revoked");
  assert.deepEqual(
    complaints.filter((text) => !/blob:|ERR_FILE_NOT_FOUND/.test(text)),
    [],
  );
  await context.close();
});

test("settings and language are remembered, images are not; Reset brings the settings back", async () => {
  const { page, context, complaints } = await here.open();
  await pick(page, pictures("png").slice(0, 2));
  await page.getByLabel("Frames per second").fill("7");
  await page.getByLabel("Video size").selectOption("square");
  await page.getByRole("radio", { name: "Best" }).check();
  await page.getByLabel("Language").selectOption("zh");
  await page.reload();
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-Hans");
  await page.getByLabel("语言").selectOption("en");
  assert.equal(await page.getByLabel("Frames per second").inputValue(), "7");
  assert.equal(await page.getByLabel("Video size").inputValue(), "square");
  assert.ok(await page.getByRole("radio", { name: "Best" }).isChecked());
  assert.equal(await page.locator(".tile").count(), 0);
  await page.getByText("Advanced", { exact: true }).click();
  await page.getByLabel("Quality control").selectOption("low");
  await page.getByRole("radio", { name: "Balanced" }).check();
  assert.equal(await page.getByLabel("Quality control").inputValue(), "purpose", "the chosen purpose would not count");
  await page.getByRole("button", { name: "Reset all settings" }).click();
  assert.equal(await page.getByLabel("Frames per second").inputValue(), "24");
  // What is kept may be of another version, or spoiled.
  await page.evaluate(() =>
    localStorage.setItem("framereel:settings", '{"fps":-3,"size":"gone","qp":"x","more":1,"seconds":5}'),
  );
  await page.reload();
  assert.equal(await page.getByLabel("Frames per second").inputValue(), "24");
  assert.equal(await page.getByLabel("Video size").inputValue(), "images");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a browser in Chinese gets the page in Chinese, and the switch changes every text while images stay", async () => {
  const { page, context, complaints } = await here.open({ locale: "zh-CN" });
  assert.equal(await page.title(), "framereel：图片转视频");
  await page.setInputFiles("#files", pictures("png").slice(0, 3));
  await face(page, "frame2.png").click();
  const texts = () =>
    page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const all = [];
      while (walker.nextNode()) {
        const { parentElement, textContent } = walker.currentNode;
        if (parentElement.closest("noscript, .tile-name, template") === null) all.push(textContent.trim());
      }
      for (const labelled of document.querySelectorAll("[aria-label]")) all.push(labelled.getAttribute("aria-label"));
      return all.filter((text) => text !== "").join("\n");
    });
  const chinese = await texts();
  // What may be in Latin letters: names, units and terms.
  const allowed =
    /framereel|English|MP4|H\.264|GIF|PNG|WebP|sRGB|zip|MB|HD|Full|High|Main|Baseline|frame\d\.png|\b\d+p\b|4K|Alt|Shift|Delete|Ctrl|kB|\bZ\b/g;
  const foreign = chinese.replace(allowed, "").match(/[A-Za-z]{2,}/g);
  assert.deepEqual(foreign, null, "words that are not translated");
  await page.getByLabel("语言").selectOption("en");
  const english = await texts();
  assert.doesNotMatch(english.replaceAll("简体中文", ""), /\p{Script=Han}/u);
  assert.equal(await page.locator("#count").textContent(), "3 images");
  assert.equal(await page.locator("#selected-count").textContent(), "1 selected");
  assert.deepEqual(complaints, []);
  await context.close();
});
