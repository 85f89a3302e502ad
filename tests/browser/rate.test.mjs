// What decides about the number of bytes: qualities, bit rates, and a limit that is never exceeded.
import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "./support/harness.mjs";
import { assertDecodesCleanly, probe } from "./support/judge.mjs";

const browser = harness();

/** In the page: 48 images of each kind of content, as `content` by name. */
async function makeContent(page) {
  await page.evaluate(async () => {
    if (globalThis.content) return;
    const size = { width: 320, height: 180 };
    let seed = 1;
    const random = () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed / 2 ** 32;
    };
    const pictures = (draw) =>
      Array.from({ length: 48 }, (_, index) => {
        const canvas = new OffscreenCanvas(size.width, size.height);
        const context = canvas.getContext("2d", { willReadFrequently: true });
        draw(context, index);
        return context.getImageData(0, 0, size.width, size.height);
      });
    const frames = await kit.files("jpg", 24);
    globalThis.content = {
      photographs: new kit.ImageSequenceClip(frames, { fps: 24, size })
        .boomerang()
        .concat(new kit.ImageSequenceClip(frames.slice(0, 2), { fps: 24 })),
      screens: new kit.ImageSequenceClip(
        pictures((context, index) => {
          context.fillStyle = "white";
          context.fillRect(0, 0, size.width, size.height);
          context.fillStyle = "black";
          context.font = "12px sans-serif";
          for (let line = 0; line < 15; line++) {
            context.fillText(`Line ${line + (index >> 2)} of a text that scrolls now and then`, 4, 12 * line + 12);
          }
        }),
        { fps: 24 },
      ),
      noise: new kit.ImageSequenceClip(
        pictures((context) => {
          const image = context.createImageData(size.width, size.height);
          for (let at = 0; at < image.data.length; at += 4) {
            image.data.fill(Math.floor(random() * 256), at, at + 3);
            image.data[at + 3] = 255;
          }
          context.putImageData(image, 0, 0);
        }),
        { fps: 24 },
      ),
    };
  });
}

for (const name of ["photographs", "screens", "noise"]) {
  // At less than a sixth screens are over the limit even at the coarsest QP.
  for (const share of [0.8, 0.4, 0.18]) {
    test(`maxBytes: ${name} at ${100 * share} % of their size at "best" never go over, and fill 95 %`, async () => {
      const page = await browser.shared();
      await makeContent(page);
      const { bytes, limit, frames } = await page.evaluate(
        async ({ name, share }) => {
          const clip = content[name];
          const { stats: best } = await clip.encode({ quality: "best", keyframeInterval: 0.5 });
          const limit = Math.floor(best.bytes * share);
          const { blob, stats } = await clip.encode({ maxBytes: limit, keyframeInterval: 0.5 });
          await kit.upload(blob, `max-bytes-${name}.mp4`);
          if (stats.bytes !== blob.size) throw new Error("the statistics are wrong");
          return { bytes: blob.size, limit, frames: stats.frames };
        },
        { name, share },
      );
      assert.ok(bytes <= limit, `${bytes} bytes are more than ${limit}`);
      assert.ok(bytes >= 0.95 * limit, `${bytes} bytes leave too much of ${limit} unused`);
      assert.equal(probe(`max-bytes-${name}.mp4`).samples, frames);
      assertDecodesCleanly(`max-bytes-${name}.mp4`);
    });
  }
}

for (const container of ["faststart", "fragmented"]) {
  test(`maxBytes holds for a ${container} file of one group, too`, async () => {
    const page = await browser.shared();
    await makeContent(page);
    const fills = await page.evaluate(async (container) => {
      const clip = new kit.ImageSequenceClip(await kit.files("jpg", 24), {
        fps: 24,
        size: { width: 320, height: 180 },
      });
      const fills = [];
      for (const maxBytes of [60_000, 25_000, 12_000]) {
        fills.push((await clip.toBlob({ maxBytes, container })).size / maxBytes);
      }
      return fills;
    }, container);
    for (const fill of fills) assert.ok(fill <= 1 && fill >= 0.95, `filled ${fills}`);
  });
}

test("a limit that no quality meets is refused with the least that is possible", async () => {
  const page = await browser.shared();
  await makeContent(page);
  const failure = await page.evaluate(() => kit.failureOf(() => content.noise.toBlob({ maxBytes: 1000 })));
  assert.equal(failure.code, "invalid-option");
  assert.match(failure.message, /^options\.maxBytes must be at least \d+ for these images, but is 1000\./);
});

test("a limit beyond the best possible file gives the best possible file", async () => {
  const page = await browser.shared();
  const { digests, bytes, best } = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip(await kit.files("jpg", 2), { fps: 1, size: { width: 320, height: 180 } });
    const files = [await clip.toBlob({ maxBytes: 1e8 }), await clip.toBlob({ maxBytes: 1e9 })];
    const best = (await clip.toBlob({ quality: "best" })).size;
    return { digests: await Promise.all(files.map(kit.digest)), bytes: files[0].size, best };
  });
  assert.equal(digests[0], digests[1]);
  assert.ok(bytes > 2 * best, `${bytes} bytes, and ${best} at "best"`);
});

test("progress of a search goes on over its passes and ends at 1", async () => {
  const page = await browser.shared();
  await makeContent(page);
  const fractions = await page.evaluate(async () => {
    const fractions = [];
    const onProgress = ({ fraction }) => fractions.push(fraction);
    await content.photographs.toBlob({ maxBytes: 100_000, keyframeInterval: 0.5, onProgress });
    return fractions;
  });
  assert.deepEqual(fractions.toSorted(), fractions);
  assert.equal(fractions[0], 0);
  assert.equal(fractions.filter((fraction) => fraction === 1).length, 1);
});

test("the named qualities are in order, and the default is one of them", async () => {
  const page = await browser.shared();
  await makeContent(page);
  const sizes = await page.evaluate(async () => {
    const sizes = {};
    for (const quality of ["low", "medium", "high", "best"])
      sizes[quality] = (await content.photographs.toBlob({ quality })).size;
    sizes.default = (await content.photographs.toBlob()).size;
    return sizes;
  });
  assert.ok(sizes.low < sizes.medium && sizes.medium < sizes.high && sizes.high < sizes.best);
  assert.equal(sizes.default, sizes.high);
});

for (const bitrate of [300_000, 1_000_000]) {
  test(`a bit rate of ${bitrate} is met within 10 % over 10 s of camera-like content`, async () => {
    const page = await browser.shared();
    const actual = await page.evaluate(async (bitrate) => {
      const frames = await kit.files("jpg", 24);
      const clip = new kit.ImageSequenceClip(frames, { fps: 24, size: { width: 640, height: 360 } });
      const { stats } = await clip.concat(clip.reversed()).repeated(5).encode({ bitrate });
      return (8 * stats.bytes) / stats.duration;
    }, bitrate);
    assert.ok(Math.abs(actual / bitrate - 1) <= 0.1, `${Math.round(actual)} bits per second instead of ${bitrate}`);
  });
}

for (const profile of ["baseline", "main", "high"]) {
  test(`profile "${profile}" is what the file says and what plays`, async () => {
    const page = await browser.shared();
    const { codec, width } = await page.evaluate(async (profile) => {
      const clip = new kit.ImageSequenceClip(await kit.files("jpg", 4), { fps: 4 });
      const { blob, stats } = await clip.encode({ profile });
      await kit.upload(blob, `profile-${profile}.mp4`);
      return { codec: stats.codec, width: (await kit.shownAt(blob, [0.5])).width };
    }, profile);
    assert.equal(width, 1280);
    assert.match(codec, { baseline: /^avc1\.42/, main: /^avc1\.4d/, high: /^avc1\.64/ }[profile]);
    const names = { baseline: /Baseline/, main: /Main/, high: /High/ };
    assert.match(probe(`profile-${profile}.mp4`).profile, names[profile]);
    assertDecodesCleanly(`profile-${profile}.mp4`);
  });
}

for (const options of [
  { speed: "fast" },
  { speed: "small" },
  { content: "screen" },
  { content: "photo" },
  { content: "auto" },
]) {
  test(`${JSON.stringify(options)} gives a sound file`, async () => {
    const page = await browser.shared();
    await makeContent(page);
    await page.evaluate(async (options) => {
      await kit.upload(await content.screens.toBlob(options), "option.mp4");
    }, options);
    assert.equal(probe("option.mp4").samples, 48);
    assertDecodesCleanly("option.mp4");
  });
}
