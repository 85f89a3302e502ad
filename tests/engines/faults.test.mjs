// What may go wrong around an encode, in every engine: nothing hangs, nothing is left behind, the error says what happened, and the
// next encode is right. tests/browser/workers.test.mjs and stream.test.mjs have more of it, in Chromium alone.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";
import { inEachEngine } from "../support/engines/index.mjs";
import { withMaximum } from "./support/small-memory.mjs";

/** Pages of 64 KiB: 24 MiB are enough for a small video, and not for a picture of 1280 x 720 with what the encoder keeps of it. */
const FEW_PAGES = 384;

inEachEngine((engine) => {
  async function open(t) {
    const page = await engine.open(t);
    await page.evaluate(() => import("/engines/support/faulty.mjs").then(() => undefined));
    return page;
  }

  test("a worker that is killed while it encodes is replaced, and the file is as it was", async (t) => {
    const page = await open(t);
    const { outcomes, digests, left } = await page.evaluate(async () => {
      const clip = await faulty.clip();
      const encode = (onProgress) => clip.toBlob({ workers: 2, keyframeInterval: 0.33, onProgress });
      const digests = [await kit.digest(await encode())];
      const made = [];
      faulty.countWorkers((worker) => made.push(worker));
      // As the browser ends a worker: without a word. The package's own way of ending it is not called.
      const kill = ({ done }) => done === 2 && Worker.prototype.terminate.call(made[0]);
      const running = encode(kill);
      const outcomes = [await faulty.outcome(running)];
      if (outcomes[0] === "fulfilled") digests.push(await kit.digest(await running));
      digests.push(await kit.digest(await encode()));
      return { outcomes, digests, left: faulty.left() };
    });
    assert.deepEqual(outcomes, ["fulfilled"]);
    assert.equal(new Set(digests).size, 1);
    assert.deepEqual(left, { workers: 2, addresses: 0 });
  });

  test("where memory is refused the error says so, and what needs less still encodes", async (t) => {
    const module = withMaximum(await readFile(inRoot("dist", "framereel.wasm")), FEW_PAGES);
    engine.server.answers.set("/small.wasm", (_, response) => {
      response.writeHead(200, { "Content-Type": "application/wasm" }).end(module);
    });
    t.after(() => engine.server.answers.clear());
    const page = await open(t);
    const { failures, next, left } = await page.evaluate(async () => {
      faulty.countWorkers();
      kit.configure({ wasmUrl: "/small.wasm" });
      const failures = [];
      // Of a PNG the decoder finds no room, of a JPEG, which needs less, the encoder.
      for (const kind of ["png", "jpg"]) {
        const large = new kit.ImageSequenceClip(await kit.files(kind, 4), { fps: 4 });
        failures.push(await kit.failureOf(() => large.toBlob({ workers: 2 })));
      }
      const small = new kit.ImageSequenceClip([await kit.file("flat/red.png")], { fps: 1 });
      return { failures, next: await faulty.outcome(small.toBlob()), left: faulty.left() };
    });
    assert.deepEqual(
      failures.map((failure) => [failure?.name, failure?.imageIndex, /memory/i.test(failure?.message)]),
      Array(2).fill(["FramereelError", 0, true]),
      JSON.stringify(failures),
    );
    assert.equal(next, "fulfilled");
    assert.ok(left.workers <= 2 && left.addresses === 0, JSON.stringify(left));
  });

  for (const [what, stalls] of [
    ["takes nothing", "write"],
    ["never closes", "close"],
  ]) {
    test(`a sink that ${what} is left by an abort at once`, async (t) => {
      const page = await open(t);
      const outcomes = await page.evaluate(async (stalls) => {
        const clip = await faulty.clip();
        const outcomes = [];
        for (const way of ["writeTo", "SequenceEncoder"]) {
          const controller = new AbortController();
          const stalled = Promise.withResolvers?.() ?? {};
          stalled.promise ??= new Promise((resolve) => {
            stalled.resolve = resolve;
          });
          const sink = new WritableStream({
            [stalls]() {
              stalled.resolve();
              return new Promise(() => {});
            },
          });
          const options = { signal: controller.signal, keyframeInterval: 0.33 };
          let running;
          if (way === "writeTo") running = clip.writeTo(sink, options);
          else {
            const encoder = new kit.SequenceEncoder({ width: 64, height: 64, fps: 12, sink, ...options });
            running = (async () => {
              for (let frame = 0; frame < 12; frame++) await encoder.add(new ImageData(64, 64));
              await encoder.finish();
            })();
          }
          const outcome = faulty.outcome(running, 10);
          await stalled.promise;
          controller.abort("enough");
          outcomes.push(await outcome);
        }
        outcomes.push(await faulty.outcome(clip.toBlob()));
        return outcomes;
      }, stalls);
      assert.deepEqual(outcomes, ["enough", "enough", "fulfilled"]);
    });
  }

  test("a sink that fails at any piece, or when it is opened, ends the encode with its own error", async (t) => {
    const page = await open(t);
    const outcomes = await page.evaluate(async () => {
      const clip = await faulty.clip();
      const outcomes = [];
      for (const fails of [1, 2, 5]) {
        let pieces = 0;
        const sink = new WritableStream({
          write() {
            if (++pieces === fails) throw "the disk is full";
          },
        });
        outcomes.push(await faulty.outcome(clip.writeTo(sink, { keyframeInterval: 0.33 })));
      }
      const dead = new WritableStream({ start: () => Promise.reject("no such folder") });
      outcomes.push(await faulty.outcome(clip.writeTo(dead)));
      const unclosed = new WritableStream({ close: () => Promise.reject("not saved") });
      outcomes.push(await faulty.outcome(clip.writeTo(unclosed)));
      return outcomes;
    });
    assert.deepEqual(outcomes, [...Array(3).fill("the disk is full"), "no such folder", "not saved"]);
  });

  for (const kind of ["address", "<img>"]) {
    test(`an ${kind} whose server never answers is left by an abort at once`, async (t) => {
      engine.server.answers.set("/silent.png", () => {});
      t.after(() => engine.server.answers.clear());
      const page = await open(t);
      const outcomes = await page.evaluate(async (kind) => {
        const source = () => (kind === "address" ? "/silent.png" : Object.assign(new Image(), { src: "/silent.png" }));
        const outcomes = [];
        for (const size of ["first", { width: 64, height: 64 }]) {
          const controller = new AbortController();
          const clip = new kit.ImageSequenceClip([source(), new ImageData(64, 64)], { fps: 2, size });
          const outcome = faulty.outcome(clip.toBlob({ signal: controller.signal }), 10);
          setTimeout(() => controller.abort("enough"), 200);
          outcomes.push(await outcome);
        }
        const controller = new AbortController();
        const encoder = new kit.SequenceEncoder({ width: 64, height: 64, fps: 2, signal: controller.signal });
        const outcome = faulty.outcome(
          encoder.add(source()).then(() => encoder.finish()),
          10,
        );
        setTimeout(() => controller.abort("enough"), 200);
        outcomes.push(await outcome);
        return outcomes;
      }, kind);
      assert.deepEqual(outcomes, ["enough", "enough", "enough"]);
    });
  }

  test("images that throw while they are listed are the caller's own error", async () => {
    const outcome = await engine.page.evaluate(() => {
      function* images() {
        yield new ImageData(8, 8);
        throw new RangeError("no such page");
      }
      return kit.failureOf(() => new kit.ImageSequenceClip(images(), { fps: 1 }));
    });
    assert.deepEqual([outcome?.name, outcome?.message], ["RangeError", "no such page"]);
  });

  test("twenty aborts and failures leave a few workers and no object URL", async (t) => {
    const page = await open(t);
    const { outcomes, left } = await page.evaluate(async () => {
      faulty.countWorkers();
      const clip = await faulty.clip();
      const bad = new kit.ImageSequenceClip([...(await kit.files("jpg", 4)), await kit.file("broken/text.png")], {
        fps: 8,
      });
      const outcomes = new Set();
      for (let round = 1; round <= 10; round++) {
        const controller = new AbortController();
        const onProgress = ({ done }) => done >= round && controller.abort("enough");
        const options = { workers: 2, keyframeInterval: 0.33, signal: controller.signal, onProgress };
        const running = round % 2 ? clip.toBlob(options) : clip.display(options);
        outcomes.add(await faulty.outcome(running));
        outcomes.add(await faulty.outcome(round % 2 ? bad.toBlob({ workers: 2 }) : bad.display({ workers: 2 })));
      }
      await clip.toBlob({ workers: 2, keyframeInterval: 0.33 });
      return { outcomes: [...outcomes].sort(), left: await faulty.leftAtLast(2) };
    });
    assert.deepEqual(outcomes, ["enough", "unsupported-image"]);
    assert.equal(left.workers, 2);
    assert.equal(left.addresses, 0);
  });

  test("of two clips at once one is aborted, and the other is as it would be alone", async (t) => {
    const page = await open(t);
    const { outcome, digests } = await page.evaluate(async () => {
      const clip = await faulty.clip();
      const options = { workers: 2, keyframeInterval: 0.33 };
      const alone = await kit.digest(await clip.toBlob(options));
      const controller = new AbortController();
      const onProgress = ({ done }) => done >= 3 && controller.abort("enough");
      const [outcome, file] = await Promise.all([
        faulty.outcome(clip.reversed().toBlob({ ...options, signal: controller.signal, onProgress })),
        clip.toBlob(options),
      ]);
      return { outcome, digests: [alone, await kit.digest(file)] };
    });
    assert.equal(outcome, "enough");
    assert.equal(digests[0], digests[1]);
  });

  test("a page that is closed, or left, while it encodes does no harm to the next", async (t) => {
    const start = (page) =>
      page.evaluate(async () => {
        const clip = await faulty.clip();
        const busy = new Promise((resolve) => {
          void clip.repeated(20).toBlob({ onProgress: ({ done }) => done > 1 && resolve() });
        });
        await busy;
      });
    const digest = (page) => page.evaluate(async () => kit.digest(await (await faulty.clip()).toBlob()));
    const expected = await digest(await open(t));
    const closed = await engine.openForAll();
    await closed.evaluate(() => import("/engines/support/faulty.mjs").then(() => undefined));
    await start(closed);
    await closed.close();
    assert.equal(await digest(await open(t)), expected);

    const left = await open(t);
    await start(left);
    await left.goto(engine.server.url);
    await left.evaluate(() =>
      import("/support/in-page.mjs").then(() => import("/engines/support/faulty.mjs")).then(() => undefined),
    );
    assert.equal(await digest(left), expected);
  });

  test("a page behind another one goes on encoding", async (t) => {
    const page = await open(t);
    await page.evaluate(async () => {
      const clip = await faulty.clip();
      let behind = "visible";
      globalThis.running = new Promise((resolve, reject) => {
        const onProgress = () => {
          if (document.visibilityState === "hidden") behind = "hidden";
        };
        clip
          .repeated(8)
          .toBlob({ onProgress })
          .then((blob) => resolve({ behind, size: blob.size }), reject);
      });
    });
    await engine.open(t, { kit: false });
    const { behind, size } = await page.evaluate(() => globalThis.running);
    t.diagnostic(`${engine.version} calls a page behind another one ${behind}`);
    assert.ok(size > 0);
  });
});
