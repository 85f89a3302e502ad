// Options are checked once, by name, before anything is read. Needs no browser: the package is safe to import on a server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { inRoot } from "../../scripts/lib/project.mjs";

const { FramereelError, ImageSequenceClip, SequenceEncoder, configure, sortByName } = await import(
  pathToFileURL(inRoot("dist", "index.js")).href
);
const images = [new Blob(["a"]), new Blob(["b"])];

/** Fails unless `work` throws or rejects with `invalid-option` and a message that matches. */
async function assertRefused(work, message) {
  await assert.rejects(
    async () => work(),
    (error) => {
      assert.ok(error instanceof FramereelError, String(error));
      assert.equal(error.code, "invalid-option");
      assert.match(error.message, message);
      return true;
    },
  );
}

const CLIPS = [
  [{}, /^options\.fps must be given, or options\.durations instead/],
  [undefined, /^options\.fps/],
  [{ fps: 24, durations: [1, 1] }, /^options\.fps and options\.durations exclude each other/],
  [{ fps: 0 }, /^options\.fps must be .* but is 0/],
  [{ fps: -1 }, /^options\.fps/],
  [{ fps: Number.NaN }, /^options\.fps.*NaN/],
  [{ fps: "24" }, /^options\.fps .* but is "24"/],
  [{ fps: { num: 24 } }, /^options\.fps\.den/],
  [{ fps: { num: 24.5, den: 1 } }, /^options\.fps\.num must be a whole number/],
  [{ durations: [1] }, /^options\.durations must be as long as there are images \(2\)/],
  [{ durations: [1, 0] }, /^options\.durations\[1\]/],
  [{ durations: "1,1" }, /^options\.durations must be an array/],
  [{ fps: 1, size: "biggest" }, /^options\.size/],
  [{ fps: 1, size: { width: 640 } }, /^options\.size\.height/],
  [{ fps: 1, fit: "fill" }, /^options\.fit must be "contain" or "cover"/],
  [{ fps: 1, fit: null }, /^options\.fit/],
  [{ fps: 1, background: 0 }, /^options\.background/],
  [{ fps: 1, animated: true }, /^options\.animated/],
  [{ fps: 1, decoder: "native" }, /^options\.decoder/],
  [{ fps: 1, colors: "p3" }, /^options\.colors/],
  [{ fps: 1, limits: { maxPixel: 5 } }, /^options\.limits\.maxPixel is not an option\. Did you mean maxPixels\?/],
  [{ fps: 1, limits: { maxPixels: 0 } }, /^options\.limits\.maxPixels/],
  [{ fsp: 1 }, /^options\.fsp is not an option/],
  [{ FPS: 1 }, /Did you mean fps\?/],
  [[], /^options must be an object/],
];

for (const [options, message] of CLIPS) {
  test(`a clip with ${JSON.stringify(options)} is refused`, () =>
    assertRefused(() => new ImageSequenceClip(images, options), message));
}

const LISTS = [
  [[], /^images is empty/],
  [images[0], /^images must be a list/],
  ["frame1.png", /^images must be a list/],
  [new Uint8Array(4), /^images must be a list/],
  [null, /^images must be a list/],
  [[images[0], 7], /^images\[1\] must be a Blob/],
  [[undefined], /^images\[0\]/],
];

for (const [list, message] of LISTS) {
  test(`${String(list) || "an empty list"} is refused as images`, () =>
    assertRefused(() => new ImageSequenceClip(list, { fps: 1 }), message));
}

const ENCODES = [
  [{ quality: "ultra" }, /^options\.quality must be "low" or "medium" or "high" or "best"/],
  [{ quality: "high", qp: 20 }, /^options\.quality and options\.qp exclude each other/],
  [{ qp: 52 }, /^options\.qp must be a whole number from 0 to 51/],
  [{ qp: 20.5 }, /^options\.qp/],
  [{ bitrate: -5 }, /^options\.bitrate/],
  [{ maxBytes: 0 }, /^options\.maxBytes/],
  [{ keyframeInterval: 0 }, /^options\.keyframeInterval/],
  [{ profile: "extended" }, /^options\.profile/],
  [{ content: "cartoon" }, /^options\.content/],
  [{ speed: "slow" }, /^options\.speed/],
  [{ container: "mkv" }, /^options\.container/],
  [{ workers: 0 }, /^options\.workers/],
  [{ workers: "all" }, /^options\.workers must be "auto" or a whole number/],
  [{ signal: {} }, /^options\.signal must be an AbortSignal/],
  [{ onProgress: 5 }, /^options\.onProgress must be a function/],
  [{ qualty: "high" }, /^options\.qualty is not an option\. Did you mean quality\?/],
];

for (const [options, message] of ENCODES) {
  test(`an encode with ${JSON.stringify(options)} is refused`, () => {
    const clip = new ImageSequenceClip(images, { fps: 1 });
    return Promise.all([
      assertRefused(() => clip.toBlob(options), message),
      assertRefused(() => clip.display(options), message),
      assertRefused(() => clip.writeTo(new WritableStream(), options), message),
      assertRefused(() => new SequenceEncoder({ width: 64, height: 64, fps: 1, ...options }), message),
    ]);
  });
}

test("display's own options are checked too", async () => {
  const clip = new ImageSequenceClip(images, { fps: 1 });
  await assertRefused(() => clip.display({ width: "wide" }), /^options\.width/);
  await assertRefused(() => clip.display({ loop: 1 }), /^options\.loop must be true or false/);
  await assertRefused(() => clip.toBlob({ width: 5 }), /^options\.width is not an option/);
});

test("a SequenceEncoder needs a size, and takes no maxBytes", async () => {
  await assertRefused(() => new SequenceEncoder({ height: 64, fps: 1 }), /^options\.width/);
  await assertRefused(() => new SequenceEncoder({ width: 64, height: 64, maxBytes: 5 }), /^options\.maxBytes/);
});

test("writeTo takes a stream that is free, and cannot put the index in front", async () => {
  const clip = new ImageSequenceClip(images, { fps: 1 });
  const locked = new WritableStream();
  locked.getWriter();
  await assertRefused(() => clip.writeTo({}), /^sink must be a WritableStream/);
  await assertRefused(() => clip.writeTo(locked), /^sink/);
  await assertRefused(() => clip.writeTo(new WritableStream(), { container: "faststart" }), /^options\.container/);
});

test("so does a SequenceEncoder with a sink", async () => {
  const size = { width: 64, height: 64, fps: 1 };
  await assertRefused(() => new SequenceEncoder({ ...size, sink: {} }), /^options\.sink must be a WritableStream/);
  const sink = new WritableStream();
  await assertRefused(() => new SequenceEncoder({ ...size, sink, container: "faststart" }), /^options\.container/);
  sink.getWriter();
  await assertRefused(() => new SequenceEncoder({ ...size, sink }), /^options\.sink/);
});

test("configure refuses what is no address", async () => {
  await assertRefused(() => configure({ wasmUrl: 5 }), /^configuration\.wasmUrl/);
  await assertRefused(() => configure({ createWorker: "worker.js" }), /^configuration\.createWorker/);
  await assertRefused(() => configure({ wasm: "x" }), /^configuration\.wasm is not an option/);
});

test("encoding where there are no workers says so", async () => {
  const clip = new ImageSequenceClip(images, { fps: 1, size: { width: 64, height: 64 } });
  await assert.rejects(clip.toBlob(), (error) => error instanceof FramereelError && error.code === "load");
});

test("sortByName puts frame2 before frame10", () => {
  const names = ["frame10.png", "Frame2.png", "frame1.png", "b.png", "frame02.png", "a10b2", "a10b10", "a9"];
  const sorted = ["a9", "a10b2", "a10b10", "b.png", "frame1.png", "Frame2.png", "frame02.png", "frame10.png"];
  assert.deepEqual(sortByName(names), sorted);
  const files = names.map((name) => ({ name }));
  assert.deepEqual(
    sortByName(files).map(({ name }) => name),
    sorted,
  );
  assert.equal(files[0].name, "frame10.png", "the list itself stays as it was");
});
