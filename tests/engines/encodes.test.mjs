// Streams, frames one by one, failures and aborts, in every engine.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertColour, colourAt, decodedFrames, probe } from "../browser/support/judge.mjs";
import { FLAT_COLOURS } from "../fixtures/make-fixtures.mjs";
import { inEachEngine } from "../support/engines/index.mjs";

const COLOURS = ["red", "green", "blue", "white", "black", "grey"];

const BROKEN = [
  ["broken/text.png", "unsupported-image"],
  ["broken/empty.png", "corrupt-image"],
  ["broken/truncated.png", "corrupt-image"],
  ["broken/truncated.jpg", "corrupt-image"],
  ["broken/huge.png", "limit"],
];

inEachEngine((engine) => {
  test("frames added one by one become a file, or a stream, of the same pictures", async () => {
    const names = ["blob", "stream"].map((way) => `${engine.name}-frames-${way}.mp4`);
    const stats = await engine.page.evaluate(
      async ({ colours, names }) => {
        const stats = [];
        for (const [way, name] of names.entries()) {
          const canvas = Object.assign(document.createElement("canvas"), { width: 128, height: 96 });
          const context = canvas.getContext("2d");
          const pieces = [];
          const sink = new WritableStream({ write: (piece) => void pieces.push(piece) });
          const encoder = new kit.SequenceEncoder({
            width: 128,
            height: 96,
            fps: 12,
            qp: 10,
            ...(way === 1 && { sink }),
          });
          for (let frame = 0; frame < 4 * colours.length; frame++) {
            context.fillStyle = colours[frame % colours.length];
            context.fillRect(0, 0, 128, 96);
            await encoder.add(canvas);
          }
          const blob = await encoder.finish();
          stats.push(encoder.stats);
          await kit.upload(blob ?? new Blob(pieces), name);
        }
        return stats;
      },
      { colours: COLOURS.map((name) => `rgb(${FLAT_COLOURS[name]})`), names },
    );
    for (const [way, name] of names.entries()) {
      assert.deepEqual([stats[way].frames, stats[way].duration], [24, 2]);
      assert.equal(probe(name).samples, 24);
      for (const [at, frame] of decodedFrames(name, { width: 128, height: 96 }).entries()) {
        assertColour(colourAt(frame, 128, { x: 64, y: 48 }), FLAT_COLOURS[COLOURS[at % 6]], 4, `${name}, frame ${at}`);
      }
    }
  });

  test("writeTo fills a stream while it encodes, and closes it", async () => {
    const name = `${engine.name}-stream.mp4`;
    const { pieces, closed, stats } = await engine.page.evaluate(async (name) => {
      const pieces = [];
      let closed = false;
      const sink = new WritableStream({
        write: (piece) => void pieces.push(piece),
        close: () => {
          closed = true;
        },
      });
      const clip = new kit.ImageSequenceClip(await kit.files("jpg", 12), {
        fps: 12,
        size: { width: 320, height: 180 },
      });
      const stats = await clip.writeTo(sink, { keyframeInterval: 0.33 });
      await kit.upload(new Blob(pieces), name);
      return { pieces: pieces.length, closed, stats };
    }, name);
    assert.ok(closed);
    assert.ok(pieces > 3, `${pieces} pieces`);
    const { samples, duration } = probe(name);
    assert.deepEqual([samples, duration, stats.frames], [12, 1, 12]);
  });

  test("a broken image is named with its place, and the next encode works", async () => {
    const failures = await engine.page.evaluate(
      async (paths) => {
        const good = await kit.file("flat/red.png");
        const failures = [];
        for (const path of paths) {
          const clip = new kit.ImageSequenceClip([good, good, await kit.file(path), good], { fps: 4 });
          const failure = await kit.failureOf(() => clip.toBlob());
          const next = await new kit.ImageSequenceClip([good], { fps: 4 }).toBlob();
          failures.push({ ...failure, next: next.size });
        }
        return failures;
      },
      BROKEN.map(([path]) => path),
    );
    for (const [at, [path, code]] of BROKEN.entries()) {
      const { name, code: actual, imageIndex, imageName, message, next } = failures[at];
      assert.deepEqual([name, actual, imageIndex, imageName], ["FramereelError", code, 2, path.split("/")[1]], message);
      assert.ok(next > 0);
    }
  });

  test("a wrong option, an address without an image and a missing worker each have their own code", async (t) => {
    const page = await engine.open(t);
    const failures = await page.evaluate(async () => {
      const good = await kit.file("flat/red.png");
      const encode = (images, options) =>
        kit.failureOf(() => new kit.ImageSequenceClip(images, { fps: 1 }).toBlob(options));
      const failures = [await encode([good], { qp: 99 }), await encode([good, "/fixtures/nothing.png"])];
      kit.configure({ workerUrl: "/nothing/worker.js" });
      failures.push(await encode([good]));
      return failures;
    });
    const [option, address, worker] = failures;
    assert.deepEqual([option.code, address.code, worker.code], ["invalid-option", "corrupt-image", "load"]);
    assert.deepEqual([address.imageIndex, address.imageName], [1, "nothing.png"]);
    assert.match(address.message, /404/);
    assert.match(worker.message, /nothing\/worker\.js/);
  });

  test("an abort rejects with its own reason at any stage, and the next file is as before", async () => {
    const { outcomes, digests } = await engine.page.evaluate(async () => {
      const clip = new kit.ImageSequenceClip(await kit.files("jpg", 12), {
        fps: 12,
        size: { width: 320, height: 180 },
      });
      const digestOf = async () => kit.digest(await clip.toBlob({ keyframeInterval: 0.33, workers: 2 }));
      const digests = [await digestOf()];
      const outcomes = [];
      for (const stage of ["loading", "encoding", "writing"]) {
        const controller = new AbortController();
        const reason = new Error(`enough of ${stage}`);
        const onProgress = (progress) => progress.stage === stage && controller.abort(reason);
        const encode = clip.toBlob({ keyframeInterval: 0.33, workers: 2, signal: controller.signal, onProgress });
        outcomes.push(
          await encode.then(
            () => "finished",
            (error) => (error === reason ? "aborted" : String(error)),
          ),
        );
        digests.push(await digestOf());
      }
      return { outcomes, digests };
    });
    assert.deepEqual(outcomes, ["aborted", "aborted", "aborted"]);
    assert.equal(new Set(digests).size, 1);
  });
});
