// Frames made one by one become the same video as a clip of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FLAT_COLOURS } from "../fixtures/make-fixtures.mjs";
import { harness } from "./support/harness.mjs";
import { assertColour, colourAt, decodedFrames, probe } from "./support/judge.mjs";

const browser = harness();

test("one canvas drawn on again and again gives one picture per add", async () => {
  const page = await browser.shared();
  await page.evaluate(async (colours) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 64 });
    const context = canvas.getContext("2d");
    const encoder = new kit.SequenceEncoder({ width: 64, height: 64, fps: 5, qp: 10 });
    for (const colour of colours) {
      context.fillStyle = `rgb(${colour})`;
      context.fillRect(0, 0, 64, 64);
      await encoder.add(canvas);
    }
    await kit.upload(await encoder.finish(), "canvas.mp4");
  }, Object.values(FLAT_COLOURS));
  const file = probe("canvas.mp4");
  assert.deepEqual([file.samples, file.duration], [6, 1.2]);
  for (const [index, frame] of decodedFrames("canvas.mp4", { width: 64, height: 64 }).entries()) {
    assertColour(colourAt(frame, 64, { x: 32, y: 32 }), Object.values(FLAT_COLOURS)[index], 4, `frame ${index}`);
  }
});

test("it is copied in time even if add is not awaited", async () => {
  const page = await browser.shared();
  await page.evaluate(async (colours) => {
    const canvas = new OffscreenCanvas(64, 64);
    const context = canvas.getContext("2d");
    const encoder = new kit.SequenceEncoder({ width: 64, height: 64, fps: 5, qp: 10 });
    const added = colours.map((colour) => {
      context.fillStyle = `rgb(${colour})`;
      context.fillRect(0, 0, 64, 64);
      return encoder.add(canvas);
    });
    const file = await encoder.finish();
    await Promise.all(added);
    await kit.upload(file, "unawaited.mp4");
  }, Object.values(FLAT_COLOURS));
  const frames = decodedFrames("unawaited.mp4", { width: 64, height: 64 });
  for (const [index, colour] of Object.values(FLAT_COLOURS).entries()) {
    assertColour(colourAt(frames[index], 64, { x: 32, y: 32 }), colour, 4, `frame ${index}`);
  }
});

for (const workers of [1, 2]) {
  test(`the file is byte-identical to a clip's, over several groups and ${workers} workers`, async () => {
    const page = await browser.shared();
    const [sequence, clip] = await page.evaluate(async (workers) => {
      const files = await kit.files("jpg", 24);
      const options = { keyframeInterval: 0.33, workers };
      const encoder = new kit.SequenceEncoder({ width: 640, height: 360, fps: 24, ...options });
      for (const file of files) await encoder.add(file);
      const size = { width: 640, height: 360 };
      const blob = await new kit.ImageSequenceClip(files, { fps: 24, size }).toBlob(options);
      return [await kit.digest(await encoder.finish()), await kit.digest(blob)];
    }, workers);
    assert.equal(sequence, clip);
  });
}

test("a frame may have a duration of its own, or every frame where there is no fps", async () => {
  const page = await browser.shared();
  const failure = await page.evaluate(async () => {
    const image = new ImageData(64, 64);
    const some = new kit.SequenceEncoder({ width: 64, height: 64, fps: 10 });
    await some.add(image);
    await some.add(image, { duration: 2 });
    await some.add(image);
    await kit.upload(await some.finish(), "some-durations.mp4");
    const all = new kit.SequenceEncoder({ width: 64, height: 64, container: "fragmented" });
    for (const duration of [0.5, 0.25]) await all.add(image, { duration });
    const failure = await kit.failureOf(() => all.add(image));
    await kit.upload(await all.finish(), "all-durations.mp4");
    return failure;
  });
  assert.deepEqual(probe("some-durations.mp4").seconds, [0.1, 2, 0.1]);
  assert.deepEqual(probe("all-durations.mp4").seconds, [0.5, 0.25]);
  assert.equal(failure.code, "invalid-option");
  assert.match(failure.message, /options\.duration/);
});

test("add waits while too many frames are under way", async () => {
  const page = await browser.shared();
  const most = await page.evaluate(async () => {
    // Frames of 33 MB: eight of them may wait.
    const canvas = new OffscreenCanvas(3840, 2160);
    canvas.getContext("2d").fillRect(0, 0, 10, 10);
    let done = 0;
    let most = 0;
    const onProgress = (progress) => {
      done = progress.done;
    };
    const encoder = new kit.SequenceEncoder({ width: 3840, height: 2160, fps: 30, speed: "fast", onProgress });
    for (let frame = 0; frame < 16; frame++) {
      await encoder.add(canvas);
      most = Math.max(most, encoder.length - done);
    }
    await encoder.finish();
    return most;
  });
  assert.ok(most <= 9, `${most} frames waited`);
});

test("progress counts frames, and reaches 1 only at the end", async () => {
  const page = await browser.shared();
  const reports = await page.evaluate(async () => {
    const reports = [];
    const onProgress = (progress) => reports.push(progress);
    const encoder = new kit.SequenceEncoder({ width: 64, height: 64, fps: 10, onProgress });
    for (let frame = 0; frame < 20; frame++) await encoder.add(new ImageData(64, 64));
    await encoder.finish();
    return reports;
  });
  const fractions = reports.map(({ fraction }) => fraction);
  assert.equal(fractions[0], 0);
  assert.deepEqual(fractions.toSorted(), fractions);
  assert.ok(fractions.slice(0, -1).every((fraction) => fraction < 1));
  assert.deepEqual([reports.at(-1).stage, reports.at(-1).fraction, reports.at(-1).done], ["done", 1, 20]);
});

test("a broken frame is named; everything afterwards rejects with the same error", async () => {
  const page = await browser.shared();
  const [finish, add] = await page.evaluate(async () => {
    const encoder = new kit.SequenceEncoder({ width: 64, height: 64, fps: 10 });
    await encoder.add(new ImageData(64, 64));
    await encoder.add(await kit.file("broken/text.png")).catch(() => {});
    const finish = await kit.failureOf(() => encoder.finish());
    return [finish, await kit.failureOf(() => encoder.add(new ImageData(64, 64)))];
  });
  assert.deepEqual([finish.code, finish.imageIndex, finish.imageName], ["unsupported-image", 1, "text.png"]);
  assert.equal(add.code, "invalid-option", "it is finished");
});

test("abort ends everything, by itself or by the signal, and another encoder works", async () => {
  const page = await browser.shared();
  const { own, reason, empty, next } = await page.evaluate(async () => {
    const image = new ImageData(64, 64);
    const options = { width: 64, height: 64, fps: 10 };
    const first = new kit.SequenceEncoder(options);
    await first.add(image);
    const finished = first.finish();
    first.abort();
    const own = await kit.failureOf(() => finished);
    const controller = new AbortController();
    const second = new kit.SequenceEncoder({ ...options, signal: controller.signal });
    await second.add(image);
    controller.abort("by the signal");
    const reason = await second.add(image).catch((error) => error);
    const third = new kit.SequenceEncoder(options);
    const empty = await kit.failureOf(() => third.finish());
    await third.add(image);
    return { own, reason, empty, next: (await third.finish()).size };
  });
  assert.equal(own.code, "aborted");
  assert.equal(reason, "by the signal");
  assert.equal(empty.code, "invalid-option");
  assert.ok(next > 0);
});
