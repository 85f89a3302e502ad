// Frames made one by one become the same video as a clip of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FLAT_COLOURS } from "../fixtures/make-fixtures.mjs";
import { harness } from "./support/harness.mjs";
import { assertColour, assertDecodesCleanly, colourAt, decodedFrames, probe } from "./support/judge.mjs";

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
    // Frames of 33 MB: eight of them may wait to be taken by a worker, whose look-ahead holds four pictures of this size.
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
  assert.ok(most <= 13, `${most} frames waited`);
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

test("stats say what came out, once the file is there", async () => {
  const page = await browser.shared();
  const { before, stats, size } = await page.evaluate(async () => {
    const encoder = new kit.SequenceEncoder({ width: 64, height: 48, fps: 10, keyframeInterval: 1 });
    for (let frame = 0; frame < 25; frame++) await encoder.add(new ImageData(64, 48));
    const before = encoder.stats;
    const { size } = await encoder.finish();
    return { before, stats: encoder.stats, size };
  });
  assert.equal(before, undefined);
  const { width, height, frames, duration, bytes, keyframes } = stats;
  assert.deepEqual([width, height, frames, duration, bytes, keyframes], [64, 48, 25, 2.5, size, 3]);
  assert.match(stats.codec, /^avc1\./);
});

test("a sink gets the file while frames come, with the samples of a clip's", async () => {
  const page = await browser.shared();
  const { result, closed, early, stats, size } = await page.evaluate(async () => {
    const frames = await kit.files("jpg", 24);
    const kept = kit.memorySink();
    const { sink } = kept;
    const options = { keyframeInterval: 0.25, workers: 1 };
    const encoder = new kit.SequenceEncoder({ width: 320, height: 180, fps: 24, sink, ...options });
    for (const frame of frames.slice(0, 18)) await encoder.add(frame);
    // Two groups are closed, and so written before the last frame is there.
    while (kept.parts.length < 5) await new Promise((resolve) => setTimeout(resolve, 5));
    const early = !kept.closed;
    for (const frame of frames.slice(18)) await encoder.add(frame);
    const result = await encoder.finish();
    const blob = new Blob(kept.parts);
    await kit.upload(blob, "sequence-sink.mp4");
    const clip = new kit.ImageSequenceClip(frames, { fps: 24, size: { width: 320, height: 180 } });
    await kit.upload(await clip.toBlob(options), "sequence-sink-clip.mp4");
    return { result: String(result), closed: kept.closed, early, stats: encoder.stats, size: blob.size };
  });
  assert.deepEqual([result, closed, early, stats.bytes, stats.frames], ["undefined", true, true, size, 24]);
  assert.deepEqual(
    decodedFrames("sequence-sink.mp4", { width: 320, height: 180 }),
    decodedFrames("sequence-sink-clip.mp4", { width: 320, height: 180 }),
  );
  assert.deepEqual(probe("sequence-sink.mp4").starts, probe("sequence-sink-clip.mp4").starts);
  assertDecodesCleanly("sequence-sink.mp4");
});

test("a sink's frames have either the rate's duration or one of their own, never both", async () => {
  const page = await browser.shared();
  const failure = await page.evaluate(async () => {
    const image = new ImageData(64, 64);
    const { sink, parts } = kit.memorySink();
    const own = new kit.SequenceEncoder({ width: 64, height: 64, sink, keyframeInterval: 0.5 });
    for (let frame = 0; frame < 12; frame++) await own.add(image, { duration: 0.1 + frame / 100 });
    await own.finish();
    await kit.upload(new Blob(parts), "sink-durations.mp4");
    const rated = new kit.SequenceEncoder({ width: 64, height: 64, fps: 10, sink: new WritableStream() });
    await rated.add(image);
    const failure = await kit.failureOf(() => rated.add(image, { duration: 1 }));
    rated.abort();
    return failure;
  });
  const { seconds } = probe("sink-durations.mp4");
  // The last one's is in its fragment alone, where ffprobe does not look.
  assert.deepEqual(
    seconds.slice(0, 11),
    Array.from({ length: 11 }, (_, frame) => Math.round((0.1 + frame / 100) * 1e6) / 1e6),
  );
  assert.equal(failure.code, "invalid-option");
  assert.match(failure.message, /^options\.duration must be left out where a sink is written at a fixed fps/);
});

test("a sink that fails, or an encode that does, ends the other", async () => {
  const page = await browser.shared();
  const { full, reason } = await page.evaluate(async () => {
    const image = new ImageData(64, 64);
    const options = { width: 64, height: 64, fps: 10, keyframeInterval: 0.4 };
    const sink = new WritableStream({
      write() {
        throw new Error("the disk is full");
      },
    });
    const first = new kit.SequenceEncoder({ ...options, sink });
    const full = await kit.failureOf(async () => {
      for (let frame = 0; frame < 40; frame++) await first.add(image);
      await first.finish();
    });
    let reason;
    const aborted = new WritableStream({
      abort(given) {
        reason = given.code;
      },
    });
    const second = new kit.SequenceEncoder({ ...options, sink: aborted });
    await second.add(image);
    await second.add(await kit.file("broken/text.png")).catch(() => {});
    await second.finish().catch(() => {});
    return { full, reason };
  });
  assert.equal(full.message, "the disk is full");
  assert.equal(reason, "unsupported-image");
});
