// Workers come, go and break; the file stays the same, and no promise hangs.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fixturesFolder } from "../fixtures/make-fixtures.mjs";
import { harness } from "./support/harness.mjs";

const browser = harness();

test("the file is byte-identical for 1, 2, 3 and 8 workers", async (t) => {
  const page = await browser.open(t);
  const { digests, workers } = await page.evaluate(async () => {
    const frames = await kit.files("jpg", 24);
    const clip = new kit.ImageSequenceClip([...frames, ...frames.toReversed()], { fps: 24 });
    const results = [];
    for (const workers of [1, 2, 3, 8]) results.push(await clip.encode({ workers, keyframeInterval: 0.33 }));
    return {
      digests: await Promise.all(results.map(({ blob }) => kit.digest(blob))),
      workers: results.map(({ stats }) => stats.workers),
    };
  });
  assert.deepEqual(workers, [1, 2, 3, 6], "48 images make 6 groups of 8");
  assert.equal(new Set(digests).size, 1);
});

test("so it is with a bit rate, and with maxBytes", async (t) => {
  const page = await browser.open(t);
  const counts = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip(await kit.files("jpg", 24), { fps: 24, size: { width: 320, height: 180 } });
    const counts = [];
    for (const rate of [{ bitrate: 300_000 }, { maxBytes: 60_000 }]) {
      const digests = new Set();
      for (const workers of [1, 2, 3]) {
        digests.add(await kit.digest(await clip.toBlob({ ...rate, workers, keyframeInterval: 0.33 })));
      }
      counts.push(digests.size);
    }
    return counts;
  });
  assert.deepEqual(counts, [1, 1]);
});

/** A clip of three groups, encoded by workers of which the first `faulty` have a fault. */
async function encodeWithFaults(page, fault, faulty) {
  return page.evaluate(
    async ({ fault, faulty }) => {
      const clip = new kit.ImageSequenceClip(Array(24).fill(await kit.file("flat/red.png")), { fps: 24 });
      const sound = await kit.digest(await clip.toBlob({ keyframeInterval: 0.3 }));
      let started = 0;
      kit.configure({
        createWorker() {
          const query = started++ < faulty ? `?fault=${fault}` : "";
          return new Worker(`/support/wrapped-worker.js${query}`, { type: "module" });
        },
      });
      const encode = () => clip.toBlob({ keyframeInterval: 0.3, workers: 2 }).then(kit.digest);
      let repaired;
      const failure = await kit.failureOf(async () => {
        repaired = await encode();
      });
      const next = failure && (await encode());
      return { sound, repaired, failure, next };
    },
    { fault, faulty },
  );
}

for (const fault of ["throws", "forgets", "cannot read", "traps"]) {
  test(`a worker that ${fault} is replaced, and its group redone: the file is the same`, async (t) => {
    const { sound, repaired } = await encodeWithFaults(await browser.open(t), fault, 1);
    assert.equal(repaired, sound);
  });
}

test("a group that breaks two workers fails, naming the image, and the next encode works", async (t) => {
  const { sound, failure, next } = await encodeWithFaults(await browser.open(t), "traps", 4);
  assert.deepEqual([failure.code, failure.imageIndex, failure.imageName], ["internal", 0, "red.png"]);
  assert.match(failure.message, /2 times in a row/);
  assert.equal(next, sound);
});

test("an encode that waits for an <img> that never comes is stopped by its signal", async (t) => {
  browser.server.answers.set("/never.png", () => {});
  t.after(() => browser.server.answers.delete("/never.png"));
  const page = await browser.open(t);
  const reason = await page.evaluate(() => {
    const image = Object.assign(new Image(), { src: "/never.png" });
    const controller = new AbortController();
    setTimeout(() => controller.abort("enough"), 100);
    return new kit.ImageSequenceClip([image], { fps: 1 }).toBlob({ signal: controller.signal }).catch((error) => error);
  });
  assert.equal(reason, "enough");
});

test("an abort rejects with the signal's own reason, and the following encode is undisturbed", async (t) => {
  const page = await browser.open(t);
  const { outcomes, digests, slowest } = await page.evaluate(async () => {
    let slowest = 0;
    const frames = await kit.files("jpg", 24);
    const clip = new kit.ImageSequenceClip(frames, { fps: 24, size: { width: 640, height: 360 } });
    const undisturbed = await kit.digest(await clip.toBlob({ keyframeInterval: 0.3 }));
    const outcomes = [];
    const digests = [undisturbed];
    // After so many reports of progress, from the first to the last but one.
    for (const after of [1, 2, 3, 5, 8, 12, 17, 21, 24, 25]) {
      const controller = new AbortController();
      const reason = new Error(`given up after ${after}`);
      let reports = 0;
      let abortedAt = 0;
      const onProgress = () => {
        if (++reports !== after) return;
        abortedAt = performance.now();
        controller.abort(reason);
      };
      const { signal } = controller;
      const encode = clip.toBlob({ keyframeInterval: 0.3, signal, onProgress });
      outcomes.push(
        await encode.then(
          () => "finished",
          (error) => error === reason,
        ),
      );
      slowest = Math.max(slowest, performance.now() - abortedAt);
      digests.push(await kit.digest(await clip.toBlob({ keyframeInterval: 0.3 })));
    }
    return { outcomes, digests, slowest };
  });
  assert.deepEqual(outcomes, Array(10).fill(true));
  // The promise that is made to users; it waits for no worker, so that the machine's speed does not decide here.
  assert.ok(slowest < 500, `${slowest} ms`);
  assert.equal(new Set(digests).size, 1);
});

test("an aborted encode encodes no more than the images that were under way", async (t) => {
  const page = await browser.open(t);
  const { atAbort, later } = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip(Array(3000).fill(await kit.file("jpg/frame1.jpg")), { fps: 24 });
    const controller = new AbortController();
    let done = 0;
    const encode = clip.toBlob({
      signal: controller.signal,
      workers: 2,
      onProgress(progress) {
        done = progress.done;
        if (done === 10) controller.abort();
      },
    });
    const failure = await kit.failureOf(() => encode);
    const atAbort = { done, name: failure.name };
    // Another encode on the same two workers: they answer, so they do nothing else any more.
    const small = new kit.ImageSequenceClip(Array(20).fill(await kit.file("flat/red.png")), { fps: 20 });
    await small.toBlob({ workers: 2, keyframeInterval: 0.4 });
    return { atAbort, later: done };
  });
  assert.equal(atAbort.name, "AbortError");
  assert.equal(later, atAbort.done, "no progress after the rejection");
});

test("a signal that is aborted already rejects without starting anything", async (t) => {
  const page = await browser.open(t);
  const before = browser.server.requests.filter((path) => path === "/dist/worker.js").length;
  const reason = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip([await kit.file("flat/red.png")], { fps: 1 });
    return clip.toBlob({ signal: AbortSignal.abort("not today") }).catch((error) => error);
  });
  assert.equal(reason, "not today");
  assert.equal(browser.server.requests.filter((path) => path === "/dist/worker.js").length, before);
});

test("encodes that run at the same time do not disturb one another", async (t) => {
  const page = await browser.open(t);
  const [alone, together] = await page.evaluate(async () => {
    const clips = await Promise.all(
      ["red", "green", "blue"].map(async (name) => {
        return new kit.ImageSequenceClip(Array(20).fill(await kit.file(`flat/${name}.png`)), { fps: 20 });
      }),
    );
    const encode = (clip) => clip.toBlob({ keyframeInterval: 0.4 }).then(kit.digest);
    const alone = [];
    for (const clip of clips) alone.push(await encode(clip));
    return [alone, await Promise.all(clips.map(encode))];
  });
  assert.deepEqual(together, alone);
});

test("the page stays responsive: its own timers go on while an encode runs", async (t) => {
  const page = await browser.open(t);
  const ticks = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip(await kit.files("png", 24), { fps: 24 });
    let ticks = 0;
    const timer = setInterval(() => ticks++, 0);
    await clip.toBlob();
    clearInterval(timer);
    return ticks;
  });
  assert.ok(ticks >= 24, `only ${ticks} ticks while 24 images were encoded`);
});

test("all workers that an encode needs are started when it begins, while its first image is looked at", async (t) => {
  // The image, whose size is asked for, arrives only when both workers were asked for: an encode that waits for it would wait for ever.
  const { answers, requests } = browser.server;
  const image = await readFile(join(fixturesFolder, "flat", "red.png"));
  const started = () => requests.filter((path) => path === "/dist/worker.js").length;
  requests.length = 0;
  answers.set("/late.png", async (_, response) => {
    while (started() < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    response.writeHead(200, { "Content-Type": "image/png" }).end(image);
  });
  t.after(() => answers.delete("/late.png"));
  const page = await browser.open(t);
  const used = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip(Array(8).fill("/late.png"), { fps: 8 });
    return (await clip.encode({ workers: 2, keyframeInterval: 0.5 })).stats.workers;
  });
  assert.deepEqual([used, started()], [2, 2]);
});

for (const { workers, way } of [
  { workers: 1, way: "toBlob" },
  { workers: 2, way: "toBlob" },
  { workers: 1, way: "writeTo" },
  { workers: 2, way: "writeTo" },
  { workers: 1, way: "SequenceEncoder" },
]) {
  test(`${way} of a fragmented file with ${workers} of workers starts so many, and no more`, async (t) => {
    const page = await browser.open(t);
    browser.server.requests.length = 0;
    const frames = await page.evaluate(
      async ({ workers, way }) => {
        const image = await kit.file("flat/red.png");
        const options = { workers, keyframeInterval: 0.2, container: "fragmented" };
        if (way === "SequenceEncoder") {
          const encoder = new kit.SequenceEncoder({
            width: 64,
            height: 64,
            fps: 20,
            ...options,
            sink: new WritableStream(),
          });
          for (let frame = 0; frame < 40; frame++) await encoder.add(image);
          await encoder.finish();
          return encoder.stats.frames;
        }
        const clip = new kit.ImageSequenceClip(Array(40).fill(image), { fps: 20 });
        if (way === "writeTo") return (await clip.writeTo(new WritableStream(), options)).frames;
        return (await clip.encode(options)).stats.frames;
      },
      { workers, way },
    );
    assert.equal(frames, 40);
    assert.equal(browser.server.requests.filter((path) => path === "/dist/worker.js").length, workers);
  });
}
