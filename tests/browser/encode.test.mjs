// The main promise, through the package: image files in, a video out that every player shows right.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FLAT_COLOURS, FRAME_SIZE, FRAMES } from "../fixtures/make-fixtures.mjs";
import { harness } from "./support/harness.mjs";
import { assertColour, assertDecodesCleanly, colourAt, decodedFrames, probe } from "./support/judge.mjs";

const browser = harness({ exactColours: true });

for (const kind of ["png", "jpg"]) {
  test(`24 ${kind} files become a video that plays, one sample each`, async (t) => {
    const page = await browser.open(t);
    const { stats, shown } = await page.evaluate(async (kind) => {
      const clip = new kit.ImageSequenceClip(await kit.files(kind, 24), { fps: 24 });
      const { blob, stats } = await clip.encode();
      await kit.upload(blob, `frames-${kind}.mp4`);
      return { stats, shown: await kit.shownAt(blob, []) };
    }, kind);
    assert.deepEqual([shown.width, shown.height, shown.duration], [FRAME_SIZE.width, FRAME_SIZE.height, 1]);
    const file = probe(`frames-${kind}.mp4`);
    assert.deepEqual([file.samples, file.duration, file.codec_name], [FRAMES, 1, "h264"]);
    assert.deepEqual([stats.frames, stats.duration, stats.width, stats.height], [FRAMES, 1, 1280, 720]);
    assert.match(stats.codec, /^avc1\.64[0-9a-f]{4}$/);
    assertDecodesCleanly(`frames-${kind}.mp4`);
  });
}

test("red, green, blue, white, black and grey come back within 3 codes in Chromium's player", async (t) => {
  const page = await browser.open(t);
  const names = Object.keys(FLAT_COLOURS);
  const shown = await page.evaluate(async (names) => {
    const files = await Promise.all(names.map((name) => kit.file(`flat/${name}.png`)));
    const blob = await new kit.ImageSequenceClip(files, { fps: 2 }).toBlob();
    const middles = names.map((_, index) => (index + 0.5) / 2);
    return kit.shownAt(blob, middles, [{ x: 32, y: 32 }]);
  }, names);
  for (const [index, name] of names.entries()) {
    assertColour(shown.pictures[index][0], FLAT_COLOURS[name], 3, `${name} at ${(index + 0.5) / 2} s`);
  }
});

// The two examples of MoviePy's own page.
for (const { fps, order, seconds } of [
  { fps: 1, order: ["red", "blue", "red", "blue"], seconds: 4 },
  { fps: 3, order: ["red", "red", "blue", "red", "red", "blue", "red", "red", "blue"], seconds: 3 },
]) {
  test(`${order.length} images at ${fps} per second last ${seconds} s and come in their order`, async (t) => {
    const page = await browser.open(t);
    await page.evaluate(
      async ({ fps, order }) => {
        const files = Object.fromEntries(
          await Promise.all([...new Set(order)].map(async (name) => [name, await kit.file(`flat/${name}.png`)])),
        );
        const clip = new kit.ImageSequenceClip(
          order.map((name) => files[name]),
          { fps },
        );
        await kit.upload(await clip.toBlob(), `reference-${fps}.mp4`);
      },
      { fps, order },
    );
    const file = probe(`reference-${fps}.mp4`);
    assert.deepEqual([file.samples, file.duration], [order.length, seconds]);
    const frames = decodedFrames(`reference-${fps}.mp4`, { width: 64, height: 64 });
    assert.equal(frames.length, order.length);
    for (const [index, name] of order.entries())
      assertColour(colourAt(frames[index], 64, { x: 32, y: 32 }), FLAT_COLOURS[name], 3, `image ${index}`);
  });
}

test("durations come out as they were given", async (t) => {
  const page = await browser.open(t);
  await page.evaluate(async () => {
    const files = await Promise.all(["red", "green", "blue"].map((name) => kit.file(`flat/${name}.png`)));
    const clip = new kit.ImageSequenceClip(files, { durations: [1, 3, 0.04] });
    await kit.upload(await clip.toBlob(), "durations.mp4");
  });
  const file = probe("durations.mp4");
  assert.deepEqual(file.seconds, [1, 3, 0.04]);
  assert.equal(file.duration, 4.04);
});

for (const [fps, exact] of [
  [0.5, 0.5],
  [12.5, 12.5],
  [23.976, 24000 / 1001],
  [29.97, 30000 / 1001],
  [59.94, 60000 / 1001],
  [120, 120],
]) {
  test(`${fps} images per second: seven images last exactly 7 / ${fps} s`, async (t) => {
    const page = await browser.open(t);
    const duration = await page.evaluate(async (fps) => {
      const file = await kit.file("flat/red.png");
      const clip = new kit.ImageSequenceClip(Array(7).fill(file), { fps });
      await kit.upload(await clip.toBlob(), `fps-${fps}.mp4`);
      return clip.duration;
    }, fps);
    assert.equal(duration, 7 / exact);
    const file = probe(`fps-${fps}.mp4`);
    assert.equal(file.samples, 7);
    for (const [index, start] of file.starts.entries()) {
      assert.ok(Math.abs(start - index / exact) < 1e-9, `image ${index} starts at ${start}`);
    }
  });
}

test("keyframes come at least every keyframeInterval", async (t) => {
  const page = await browser.open(t);
  const { keyframes } = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip(Array(30).fill(await kit.file("flat/red.png")), { fps: 10 });
    const { blob, stats } = await clip.encode({ keyframeInterval: 0.7 });
    await kit.upload(blob, "keyframes.mp4");
    return stats;
  });
  const file = probe("keyframes.mp4");
  assert.deepEqual(file.keyframes, [0, 7, 14, 21, 28]);
  assert.equal(keyframes, 5);
  assertDecodesCleanly("keyframes.mp4");
});

test("without an interval, keyframes cut a clip into equal parts by its length", async () => {
  const page = await browser.shared();
  const lengths = [60, 96, 250, 330];
  await page.evaluate(async (lengths) => {
    const image = await kit.file("flat/red.png");
    for (const length of lengths) {
      const clip = new kit.ImageSequenceClip(Array(length).fill(image), { fps: 30 });
      await kit.upload(await clip.toBlob(), `even-${length}.mp4`);
    }
  }, lengths);
  const keyframes = lengths.map((length) => probe(`even-${length}.mp4`).keyframes);
  assert.deepEqual(keyframes, [[0], [0, 48], [0, 63, 126, 189], [0, 83, 166, 249]]);
});

test("the images of a slide show are shared out evenly among workers", async () => {
  const page = await browser.shared();
  const lengths = [3, 10, 24];
  const groups = await page.evaluate(async (lengths) => {
    const image = await kit.file("flat/red.png");
    const groups = [];
    for (const length of lengths) {
      const clip = new kit.ImageSequenceClip(Array(length).fill(image), { fps: 1 });
      const { blob, stats } = await clip.encode({ workers: 64 });
      await kit.upload(blob, `slides-${length}.mp4`);
      groups.push(stats.workers);
    }
    return groups;
  }, lengths);
  assert.deepEqual(groups, [1, 2, 4]);
  for (const length of lengths) {
    assert.equal(probe(`slides-${length}.mp4`).samples, length);
    assertDecodesCleanly(`slides-${length}.mp4`);
  }
});

test("progress begins at 0, never goes back, and is 1 only when all is done", async (t) => {
  const page = await browser.open(t);
  const reports = await page.evaluate(async () => {
    const reports = [];
    const clip = new kit.ImageSequenceClip(await kit.files("jpg", 24), { fps: 24 });
    await clip.toBlob({ keyframeInterval: 0.1, onProgress: (progress) => reports.push(progress) });
    return reports;
  });
  assert.equal(reports[0].fraction, 0);
  assert.equal(reports[0].stage, "loading");
  assert.deepEqual([reports.at(-1).stage, reports.at(-1).fraction, reports.at(-1).done], ["done", 1, 24]);
  assert.ok(reports.length > 24, "an image each is reported");
  for (const [before, after] of reports.slice(1).map((report, index) => [reports[index], report])) {
    assert.ok(after.fraction >= before.fraction && after.done >= before.done, "goes back");
    assert.equal(after.total, 24);
    if (after.stage !== "done") assert.ok(after.fraction < 1, "1 before it is done");
  }
});

test("a listener that throws does not stop the encode", async (t) => {
  const page = await browser.open(t);
  const uncaught = [];
  page.on("pageerror", (error) => uncaught.push(error.message));
  const size = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip([await kit.file("flat/red.png")], { fps: 1 });
    const blob = await clip.toBlob({
      onProgress() {
        throw new Error("a bug of the page");
      },
    });
    return blob.size;
  });
  assert.ok(size > 0);
  assert.ok(uncaught.length > 0 && uncaught.every((message) => message === "a bug of the page"));
});

test("display makes a video element, 360 wide with controls, that knows its size and duration", async (t) => {
  const page = await browser.open(t);
  const video = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip(await kit.files("jpg", 2), { fps: 1 });
    const video = await clip.display();
    document.body.append(video);
    const wide = await clip.display({ width: 200, loop: true, muted: true, controls: false, quality: "low" });
    return [video, wide].map(({ tagName, width, controls, loop, muted, videoWidth, videoHeight, duration }) => {
      return { tagName, width, controls, loop, muted, videoWidth, videoHeight, duration };
    });
  });
  const picture = { tagName: "VIDEO", videoWidth: 1280, videoHeight: 720, duration: 2 };
  assert.deepEqual(video, [
    { ...picture, width: 360, controls: true, loop: false, muted: false },
    { ...picture, width: 200, controls: false, loop: true, muted: true },
  ]);
});

test("a source that stands at many places is read once per group, and the file is as if it were many", async (t) => {
  const page = await browser.open(t);
  const [repeated, separate] = await page.evaluate(async () => {
    const order = [0, 1, 0, 1, 1, 0];
    const shared = await kit.files("jpg", 2);
    const own = await Promise.all(order.map((index) => kit.file(`jpg/frame${index + 1}.jpg`)));
    const encode = (files) => new kit.ImageSequenceClip(files, { fps: 6 }).toBlob().then(kit.digest);
    return [await encode(order.map((index) => shared[index])), await encode(own)];
  });
  assert.equal(repeated, separate);
});
