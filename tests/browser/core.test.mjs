// `framereel/core`: Blobs in, a Blob out, in the thread that calls it, and the same bytes as with workers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "./support/harness.mjs";
import { assertDecodesCleanly, probe } from "./support/judge.mjs";

const browser = harness();

const CASES = [
  { name: "fps and defaults", options: { fps: 24 } },
  { name: "durations", options: { durations: [0.5, 1, 0.25, 2, 0.1, 0.3] } },
  {
    name: "size, fit and background",
    options: { fps: 5, size: { width: 200, height: 120 }, fit: "contain", background: "#204060" },
  },
  { name: "a quality and a keyframe interval", options: { fps: 2, quality: "low", keyframeInterval: 1 } },
  { name: "a fragmented file of at most 20 kB", options: { fps: 12, maxBytes: 20_000, container: "fragmented" } },
];

for (const { name, options } of CASES) {
  test(`${name}: the same file as with workers, and no worker is started`, async (t) => {
    const page = await browser.open(t);
    const { core, pool, type } = await page.evaluate(async (options) => {
      const files = await kit.files("jpg", 6);
      const clipKeys = ["fps", "durations", "size", "fit", "background"];
      const pick = (isClip) =>
        Object.fromEntries(Object.entries(options).filter(([key]) => clipKeys.includes(key) === isClip));
      const usual = await new kit.ImageSequenceClip(files, pick(true)).toBlob(pick(false));
      globalThis.Worker = class {
        constructor() {
          throw new Error("a worker was started");
        }
      };
      const { default: init, encodeSequence } = await import("/dist/core.js");
      await init();
      const blob = await encodeSequence(files, options);
      await kit.upload(blob, "core.mp4");
      return { core: await kit.digest(blob), pool: await kit.digest(usual), type: blob.type };
    }, options);
    assert.equal(core, pool);
    assert.equal(type, "video/mp4");
    assert.equal(probe("core.mp4").samples, 6);
    assertDecodesCleanly("core.mp4");
  });
}

test("init takes an address, an answer, bytes or a compiled module; without it the first encode loads", async (t) => {
  const page = await browser.open(t);
  const results = [];
  for (const way of ["address", "url", "response", "promise", "bytes", "module", "nothing"]) {
    const fresh = await browser.open(t);
    results.push(
      await fresh.evaluate(async (way) => {
        const { default: init, encodeSequence } = await import("/dist/core.js");
        const address = new URL("/dist/framereel.wasm", location.href);
        const ways = {
          address: () => init(address.href),
          url: () => init(address),
          response: async () => init(await fetch(address)),
          promise: () => init(fetch(address)),
          bytes: async () => init(new Uint8Array(await (await fetch(address)).arrayBuffer())),
          module: async () => init(await WebAssembly.compileStreaming(fetch(address))),
          nothing() {},
        };
        await ways[way]();
        return (await encodeSequence(await kit.files("jpg", 2), { fps: 2 })).size > 0;
      }, way),
    );
  }
  assert.deepEqual(results, Array(7).fill(true));
  const codes = await page.evaluate(async () => {
    const { default: init } = await import("/dist/core.js");
    const codeOf = (input) =>
      init(input).then(
        () => "none",
        (error) => error.code,
      );
    return [await codeOf("/nothing.wasm"), await codeOf(new Uint8Array([1, 2, 3])), await codeOf(7), await codeOf()];
  });
  assert.deepEqual(codes, ["load", "load", "invalid-option", "none"]);
});

test("progress goes from 0 to 1, and an abort rejects with the signal's reason; the next encode works", async (t) => {
  const page = await browser.open(t);
  const { fractions, reason, size } = await page.evaluate(async () => {
    const { encodeSequence } = await import("/dist/core.js");
    const files = await kit.files("jpg", 24);
    const fractions = [];
    await encodeSequence(files, { fps: 24, onProgress: ({ fraction }) => fractions.push(fraction) });
    const controller = new AbortController();
    const onProgress = ({ fraction }) => fraction > 0.2 && controller.abort(new Error("enough"));
    const reason = await encodeSequence(files, { fps: 24, signal: controller.signal, onProgress }).catch(
      (error) => error.message,
    );
    return { fractions, reason, size: (await encodeSequence(files.slice(0, 2), { fps: 2 })).size };
  });
  assert.deepEqual(
    fractions,
    fractions.toSorted((a, b) => a - b),
  );
  assert.equal(fractions[0], 0);
  assert.equal(fractions.at(-1), 1);
  assert.ok(fractions.length > 20, `${fractions.length} reports`);
  assert.equal(reason, "enough");
  assert.ok(size > 0);
});

test("encodes that are asked for together take turns, and errors name the image or the option", async (t) => {
  const page = await browser.open(t);
  const { digests, failures } = await page.evaluate(async () => {
    const { encodeSequence, FramereelError } = await import("/dist/core.js");
    const files = await kit.files("jpg", 4);
    const one = await kit.digest(await encodeSequence(files, { fps: 4 }));
    const failureOf = (work) =>
      work.then(
        () => undefined,
        (error) => [error instanceof FramereelError, error.code, error.imageIndex, error.message.split(" ")[0]].join(),
      );
    const broken = [files[0], new Blob(["no image"])];
    const together = await Promise.all([
      encodeSequence(files, { fps: 4 }).then(kit.digest),
      failureOf(encodeSequence(broken, { fps: 4 })),
      failureOf(encodeSequence(files, { fps: 4, workers: 2 })),
      failureOf(encodeSequence(files, {})),
      encodeSequence(files, { fps: 4 }).then(kit.digest),
    ]);
    return { digests: [one, together[0], together[4]], failures: together.slice(1, 4) };
  });
  assert.equal(new Set(digests).size, 1);
  assert.deepEqual(failures, [
    "true,unsupported-image,1,Image",
    "true,invalid-option,,options.workers",
    "true,invalid-option,,options.fps",
  ]);
});

test("formats of the other wasm files are the browser's, or a load error that names the image", async (t) => {
  const page = await browser.open(t);
  const { size, failure, next } = await page.evaluate(async () => {
    const { encodeSequence } = await import("/dist/core.js");
    const [bmp, tif] = await Promise.all([kit.file("card/rgb.bmp"), kit.file("card/rgb.tif")]);
    const { size } = await encodeSequence([bmp], { fps: 1 });
    const failure = await encodeSequence([bmp, tif], { fps: 1 }).catch((error) => ({
      code: error.code,
      imageIndex: error.imageIndex,
      message: error.message,
    }));
    return { size, failure, next: (await encodeSequence([bmp], { fps: 1 })).size };
  });
  assert.ok(size > 0);
  assert.deepEqual([failure.code, failure.imageIndex], ["load", 1]);
  assert.match(failure.message, /formats\.wasm, is not part of this entry: import from "framereel"/);
  assert.equal(next, size);
});

test("it works in a worker of the page's own, under a policy that allows no other worker", async (t) => {
  const script = `
    import init, { encodeSequence } from "/dist/core.js";
    onmessage = async ({ data }) => {
      try {
        await init();
        postMessage(await encodeSequence(data, { fps: 2 }));
      } catch (error) {
        postMessage(String(error));
      }
    };`;
  browser.server.answers.set("/own-worker.js", (_, response) => {
    response.writeHead(200, {
      "Content-Type": "text/javascript",
      "Content-Security-Policy": "script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'; connect-src 'self'",
    });
    response.end(script);
  });
  t.after(() => browser.server.answers.delete("/own-worker.js"));
  const page = await browser.open(t);
  const [own, usual] = await page.evaluate(async () => {
    const files = await kit.files("jpg", 3);
    const worker = new Worker("/own-worker.js", { type: "module" });
    const answer = await new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.postMessage(files);
    });
    if (!(answer instanceof Blob)) return [answer];
    return [await kit.digest(answer), await kit.digest(await new kit.ImageSequenceClip(files, { fps: 2 }).toBlob())];
  });
  assert.equal(own, usual);
});
