// Whatever is wrong ends in a FramereelError that says what to change, and the next encode works.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ODD_SIZES } from "../fixtures/make-fixtures.mjs";
import { harness } from "./support/harness.mjs";
import { assertDecodesCleanly, probe } from "./support/judge.mjs";

const browser = harness();

/** The third of four images is the broken one. */
const BROKEN_IMAGES = [
  { file: "text.png", code: "unsupported-image", says: /convert it to PNG/ },
  { file: "empty.png", code: "corrupt-image", says: /empty \(0 bytes\)/ },
  { file: "truncated.png", code: "corrupt-image", says: /cut off/ },
  { file: "truncated.jpg", code: "corrupt-image", says: /cut off/ },
  { file: "huge.png", code: "limit", says: /20000x20000.*limits\.maxPixels/ },
];

for (const { file, code, says } of BROKEN_IMAGES) {
  test(`${file} among good images is named, with its place, and the next encode works`, async (t) => {
    const page = await browser.open(t);
    const { failure, next } = await page.evaluate(async (file) => {
      const [good, bad] = await Promise.all([kit.file("flat/red.png"), kit.file(`broken/${file}`)]);
      const clip = new kit.ImageSequenceClip([good, good, bad, good], { fps: 4 });
      const failure = await kit.failureOf(() => clip.toBlob());
      const next = await new kit.ImageSequenceClip([good], { fps: 4 }).toBlob();
      return { failure, next: next.size };
    }, file);
    assert.equal(failure.name, "FramereelError");
    assert.ok(failure.isFramereelError);
    assert.equal(failure.code, code);
    assert.equal(failure.imageIndex, 2);
    assert.equal(failure.imageName, file);
    assert.ok(failure.message.startsWith(`Image 3 (${file}): `), failure.message);
    assert.match(failure.message, says);
    assert.ok(next > 0);
  });

  test(`${file} as the first image, whose size is asked for, is named too`, async (t) => {
    const page = await browser.open(t);
    const failure = await page.evaluate(async (file) => {
      const clip = new kit.ImageSequenceClip([await kit.file(`broken/${file}`)], { fps: 1 });
      return kit.failureOf(() => clip.toBlob());
    }, file);
    assert.deepEqual([failure.code, failure.imageIndex, failure.imageName], [code, 0, file]);
    assert.match(failure.message, says);
  });
}

test("of several broken images the first is named, however many workers there are", async (t) => {
  const page = await browser.open(t);
  const indices = await page.evaluate(async () => {
    const [large, bad] = await Promise.all([kit.file("png/frame1.png"), kit.file("broken/text.png")]);
    const images = Array(24).fill(large);
    images[7] = bad;
    images[8] = bad;
    images[16] = bad;
    const clip = new kit.ImageSequenceClip(images, { fps: 24 });
    const failures = [];
    for (const workers of [1, 2, 3]) {
      failures.push(await kit.failureOf(() => clip.toBlob({ workers, keyframeInterval: 0.3 })));
    }
    return failures.map(({ imageIndex }) => imageIndex);
  });
  assert.deepEqual(indices, [7, 7, 7]);
});

for (const [width, height] of ODD_SIZES) {
  test(`an image of ${width}x${height} becomes a video that plays`, async (t) => {
    const page = await browser.open(t);
    const name = `size-${width}x${height}.mp4`;
    const { stats, shown } = await page.evaluate(
      async ({ file, name }) => {
        const { blob, stats } = await new kit.ImageSequenceClip([await kit.file(file)], { fps: 1 }).encode();
        await kit.upload(blob, name);
        return { stats, shown: await kit.shownAt(blob, []) };
      },
      { file: `size/${width}x${height}.png`, name },
    );
    assert.deepEqual([shown.width, shown.height], [stats.width, stats.height]);
    assert.equal(stats.width % 2, 0);
    assert.equal(stats.height % 2, 0);
    assert.ok(stats.width >= 16 && stats.height >= 16);
    if (width > 16 && width < 4000 && height < 4000) {
      assert.deepEqual([stats.width, stats.height], [width & ~1, height & ~1], "an odd side loses one row or column");
    } else if (width > 16) {
      assert.ok(Math.abs(stats.width / stats.height - width / height) < 0.002, "a large one keeps its shape");
    }
    assert.equal(probe(name).samples, 1);
    assertDecodesCleanly(name);
  });
}

test("an explicit size out of range is refused", async (t) => {
  const page = await browser.open(t);
  const failures = await page.evaluate(async () => {
    const file = await kit.file("flat/red.png");
    const encode = (size) => kit.failureOf(() => new kit.ImageSequenceClip([file], { fps: 1, size }).toBlob());
    return [await encode({ width: 8, height: 720 }), await encode({ width: 20_000, height: 20_000 })];
  });
  for (const { code, message } of failures) {
    assert.equal(code, "invalid-option");
    assert.match(message, /^options\.size: /);
  }
});

test('fit "error" refuses an image of another size and names it', async (t) => {
  const page = await browser.open(t);
  const failure = await page.evaluate(async () => {
    const files = await Promise.all(["flat/red.png", "card/rgb.png"].map(kit.file));
    return kit.failureOf(() => new kit.ImageSequenceClip(files, { fps: 1, fit: "error" }).toBlob());
  });
  assert.deepEqual([failure.code, failure.imageIndex, failure.imageName], ["invalid-option", 1, "rgb.png"]);
  assert.match(failure.message, /^Image 2 \(rgb\.png\): options\.fit: the image is 96x64/);
});

test("a file larger than limits.maxBytes is refused before it is read", async (t) => {
  const page = await browser.open(t);
  const failure = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip([await kit.file("png/frame1.png")], { fps: 1, limits: { maxBytes: 1000 } });
    return kit.failureOf(() => clip.toBlob());
  });
  assert.deepEqual([failure.code, failure.imageIndex], ["limit", 0]);
  assert.match(failure.message, /limits\.maxBytes/);
});

test("an address without an image fails with the server's answer", async (t) => {
  const page = await browser.open(t);
  const { missing, unreachable, found } = await page.evaluate(async () => {
    const encode = (...images) => kit.failureOf(() => new kit.ImageSequenceClip(images, { fps: 1 }).toBlob());
    return {
      missing: await encode("/fixtures/flat/red.png", "/fixtures/flat/purple.png?size=2"),
      unreachable: await encode("http://127.0.0.1:9/nothing.png"),
      found: await encode("/fixtures/flat/red.png", new URL("/fixtures/flat/green.png", location.href)),
    };
  });
  assert.deepEqual([missing.code, missing.imageIndex, missing.imageName], ["corrupt-image", 1, "purple.png"]);
  assert.match(missing.message, /404/);
  assert.deepEqual([unreachable.code, unreachable.imageName], ["corrupt-image", "nothing.png"]);
  assert.equal(found, undefined);
});

test("of several addresses without an image the first is named, whichever answer comes first", async (t) => {
  browser.server.answers.set("/slow.png", (_, response) => {
    setTimeout(() => response.writeHead(404).end(), 200);
  });
  t.after(() => browser.server.answers.delete("/slow.png"));
  const page = await browser.open(t);
  const failure = await page.evaluate(() => {
    const clip = new kit.ImageSequenceClip(["/fixtures/flat/red.png", "/slow.png", "/fast.png"], { fps: 1 });
    return kit.failureOf(() => clip.toBlob());
  });
  assert.deepEqual([failure.imageIndex, failure.imageName], [1, "slow.png"]);
});
