// Fragmented output: a stream gets the file while it is being made, no faster than it takes it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "./support/harness.mjs";
import { assertDecodesCleanly, probe } from "./support/judge.mjs";

const browser = harness();

test("writeTo writes a file with the exact duration, piece by piece, and closes the sink", async () => {
  const page = await browser.shared();
  const { stats, pieces, size, closed } = await page.evaluate(async () => {
    const kept = kit.memorySink();
    const clip = new kit.ImageSequenceClip(await kit.files("jpg", 24), { fps: 23.976 });
    const stats = await clip.writeTo(kept.sink, { keyframeInterval: 0.3 });
    const blob = new Blob(kept.parts, { type: "video/mp4" });
    await kit.upload(blob, "stream.mp4");
    return { stats, pieces: kept.parts.length, size: blob.size, closed: kept.closed };
  });
  assert.ok(closed);
  assert.ok(pieces > 3);
  assert.equal(stats.bytes, size);
  const file = probe("stream.mp4");
  assert.equal(file.samples, 24);
  assert.equal(file.duration, 1.001);
  for (const [index, start] of file.starts.entries()) assert.ok(Math.abs(start - (index * 1001) / 24000) < 1e-9);
  assertDecodesCleanly("stream.mp4");
});

test('container "fragmented" holds the same samples as "faststart"', async () => {
  const page = await browser.shared();
  await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip(await kit.files("jpg", 12), { durations: Array(12).fill(0.15) });
    for (const container of ["fragmented", "faststart"]) {
      await kit.upload(await clip.toBlob({ container, keyframeInterval: 0.5 }), `${container}.mp4`);
    }
  });
  const [fragmented, faststart] = ["fragmented.mp4", "faststart.mp4"].map(probe);
  for (const fact of ["samples", "starts", "seconds", "keyframes", "duration"]) {
    assert.deepEqual(fragmented[fact], faststart[fact], fact);
  }
});

test("the page plays what has been written so far, through Media Source Extensions, while the rest is being made", async () => {
  const page = await browser.shared();
  const { playable, total, complete } = await page.evaluate(async () => {
    const video = document.createElement("video");
    const source = new MediaSource();
    video.src = URL.createObjectURL(source);
    await new Promise((resolve) => source.addEventListener("sourceopen", resolve, { once: true }));
    // What the file will be is known from a first small encode.
    const frames = await kit.files("jpg", 24);
    const { stats } = await new kit.ImageSequenceClip(frames.slice(0, 1), { fps: 24 }).encode();
    const buffer = source.addSourceBuffer(`video/mp4; codecs="${stats.codec}"`);
    let playable;
    let written = 0;
    const sink = new WritableStream({
      async write(bytes) {
        buffer.appendBuffer(bytes);
        await new Promise((resolve) => buffer.addEventListener("updateend", resolve, { once: true }));
        written++;
        // Header, first fragment's boxes, its samples: from here on there is a picture.
        if (written !== 3) return;
        if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
          await new Promise((resolve) => video.addEventListener("loadeddata", resolve, { once: true }));
        }
        playable = { seconds: buffer.buffered.end(0), width: video.videoWidth };
      },
      close() {
        source.endOfStream();
      },
    });
    const clip = new kit.ImageSequenceClip([...frames, ...frames.toReversed()], { fps: 24 });
    await clip.writeTo(sink, { keyframeInterval: 0.33, workers: 1 });
    const complete = buffer.buffered.end(0);
    return { playable, total: video.duration, complete };
  });
  assert.equal(playable.width, 1280);
  assert.ok(Math.abs(playable.seconds - 8 / 24) < 0.01, `${playable.seconds} s were playable after the first group`);
  assert.ok(Math.abs(complete - 2) < 0.01);
  assert.ok(Math.abs(total - 2) < 0.01);
});

test("a slow sink slows the encode: only so many groups wait", async () => {
  const page = await browser.shared();
  const { ahead } = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip(Array(400).fill(await kit.file("flat/red.png")), { fps: 20 });
    let done = 0;
    let written = 0;
    let ahead = 0;
    const sink = new WritableStream({
      async write() {
        written++;
        // Leaves time for the workers to run away, if they could.
        if (written < 30) await new Promise((resolve) => setTimeout(resolve, 20));
        const groupsWritten = Math.max(0, (written - 1) / 2);
        ahead = Math.max(ahead, done / 8 - groupsWritten);
      },
    });
    const onProgress = (progress) => {
      done = progress.done;
    };
    await clip.writeTo(sink, { keyframeInterval: 0.4, workers: 2, onProgress });
    return { ahead };
  });
  assert.ok(ahead <= 6, `${ahead} groups were encoded and not written`);
});

test("what the sink throws comes out, and the sink's own cancel ends the encode", async () => {
  const page = await browser.shared();
  const { message, next } = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip(Array(24).fill(await kit.file("flat/red.png")), { fps: 24 });
    let pieces = 0;
    const sink = new WritableStream({
      write() {
        if (++pieces === 3) throw new Error("the disk is full");
      },
    });
    const failure = await kit.failureOf(() => clip.writeTo(sink, { keyframeInterval: 0.3 }));
    const next = await clip.toBlob();
    return { message: failure.message, next: next.size };
  });
  assert.equal(message, "the disk is full");
  assert.ok(next > 0);
});

test("a failed encode aborts the sink with its error, an aborted one with the signal's reason", async () => {
  const page = await browser.shared();
  const { codes, reasons } = await page.evaluate(async () => {
    const [good, bad] = await Promise.all(["flat/red.png", "broken/text.png"].map(kit.file));
    const reasons = [];
    const sink = () => new WritableStream({ abort: (reason) => void reasons.push(reason.code ?? reason.message) });
    const clip = new kit.ImageSequenceClip([...Array(20).fill(good), bad], { fps: 20 });
    const failure = await kit.failureOf(() => clip.writeTo(sink(), { keyframeInterval: 0.4 }));
    const controller = new AbortController();
    const onProgress = ({ done }) => done > 2 && controller.abort(new Error("enough"));
    const { signal } = controller;
    const long = new kit.ImageSequenceClip(Array(100).fill(good), { fps: 20 });
    const abort = await kit.failureOf(() => long.writeTo(sink(), { signal, onProgress, keyframeInterval: 0.4 }));
    return { codes: [failure.code, abort.message], reasons };
  });
  assert.deepEqual(codes, ["unsupported-image", "enough"]);
  assert.deepEqual(reasons, codes);
});

test("writeTo fills a file of the origin private file system", async () => {
  const page = await browser.shared();
  const same = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip([await kit.file("jpg/frame1.jpg")], { fps: 1 });
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle("video.mp4", { create: true });
    await clip.writeTo(await handle.createWritable());
    const written = await kit.digest(await handle.getFile());
    return written === (await kit.digest(await clip.toBlob({ container: "fragmented" })));
  });
  assert.ok(same);
});
