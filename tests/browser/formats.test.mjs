// Every kind of image file is shown as a viewer would show it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BLOCK_MIDDLES, CARD, CARD_ALPHAS, CARD_COLOURS, greyColours } from "../fixtures/card.mjs";
import { ANIMATION } from "../fixtures/make-fixtures.mjs";
import { harness } from "./support/harness.mjs";
import { assertColour, colourAt, decodedFrames, probe } from "./support/judge.mjs";

const browser = harness();

const BACKGROUND = [32, 64, 160];
const opaque = CARD_COLOURS.map(() => 255);

/** Codes per channel: PNG and the like are exact up to the video's own rounding, the others lose something themselves. */
const EXACT = 4;
const LOSSY = 8;

/** ffmpeg writes codes as if they were light; the code of some light by IEC 61966-2-1. */
function codeOfLight(share) {
  const light = share / 255;
  return Math.round(255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055));
}

const FILES = [
  ["card/rgb.png"],
  ["card/rgb16.png"],
  ["card/palette.png"],
  ["card/rgba.png", { alphas: CARD_ALPHAS }],
  ["card/rgba16.png", { alphas: CARD_ALPHAS }],
  ["card/grey.png", { colours: greyColours }],
  ["card/grey16.png", { colours: greyColours }],
  ["card/grey-alpha.png", { colours: greyColours, alphas: CARD_ALPHAS }],
  ["card/rgb.bmp"],
  ["card/rgb.tif", { browser: false }],
  ["card/rgb.gif"],
  ["card/rgb.tga"],
  ["card/rgba.tga", { alphas: CARD_ALPHAS }],
  ["card/rgb.qoi"],
  ["card/rgb.ppm"],
  ["card/rgba.pam", { alphas: CARD_ALPHAS }],
  ["card/rgba.ico", { alphas: CARD_ALPHAS }],
  ["card/rgb.exr", { colours: CARD_COLOURS.map((colour) => colour.map(codeOfLight)) }],
  ["card/rgb.dds"],
  ["card/rgb.heic"],
  ["card/rgba.heic", { alphas: CARD_ALPHAS }],
  ["card/lossless.webp"],
  ["card/rgba.webp", { alphas: CARD_ALPHAS }],
  ["card/baseline.jpg", { tolerance: LOSSY }],
  ["card/grey.jpg", { colours: greyColours, tolerance: LOSSY }],
  ["card/progressive.jpg", { tolerance: LOSSY }],
  ["card/cmyk.jpg", { tolerance: LOSSY }],
  // Only the browser knows these.
  ["card/still.avif", { tolerance: LOSSY }],
  ["card/card.svg"],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => [`exif/${orientation}.jpg`, { tolerance: LOSSY }]),
];

for (const decoder of ["wasm", "browser"]) {
  for (const [path, { colours = CARD_COLOURS, alphas = opaque, tolerance = EXACT } = {}] of FILES) {
    test(`${path}, decoder: "${decoder}"`, async () => {
      const page = await browser.shared();
      const name = `format-${decoder}-${path.replace("/", "-")}.mp4`;
      const { width, height } = await page.evaluate(
        async ({ path, name, decoder, background }) => {
          const clip = new kit.ImageSequenceClip([await kit.file(path)], { fps: 1, background, decoder });
          const { blob, stats } = await clip.encode({ qp: 10 });
          await kit.upload(blob, name);
          return stats;
        },
        { path, name, decoder, background: `rgb(${BACKGROUND})` },
      );
      assert.deepEqual({ width, height }, CARD);
      const [frame] = decodedFrames(name, CARD);
      for (const [block, colour] of colours.entries()) {
        const alpha = alphas[block] / 255;
        const expected = colour.map((value, channel) => Math.round(value * alpha + BACKGROUND[channel] * (1 - alpha)));
        assertColour(colourAt(frame, width, BLOCK_MIDDLES[block]), expected, tolerance, `block ${block}`);
      }
    });
  }
}

const ANIMATED = ["animated/animated.gif", "animated/animated.png", "animated/animated.webp"];
const ANIMATION_SIZE = { width: 64, height: 48 };
const MIDDLE = { x: 32, y: 24 };

for (const path of ANIMATED) {
  test(`${path} counts as its first frame`, async () => {
    const page = await browser.shared();
    await encodeAnimated(page, path, "first.mp4", { fps: 1 });
    const frames = decodedFrames("first.mp4", ANIMATION_SIZE);
    assert.equal(frames.length, 1);
    assertColour(colourAt(frames[0], 64, MIDDLE), ANIMATION[0].colour, LOSSY, "the first frame");
  });

  test(`${path} is expanded into its frames, each as long as the file says`, async () => {
    const page = await browser.shared();
    await encodeAnimated(page, path, "expanded.mp4", { fps: 1, animated: "expand" });
    assertFrames("expanded.mp4", ANIMATION);
  });

  test(`${path} plays backwards in a reversed clip`, async () => {
    const page = await browser.shared();
    await encodeAnimated(page, path, "backwards.mp4", { fps: 1, animated: "expand" }, "reversed");
    assertFrames("backwards.mp4", ANIMATION.toReversed());
  });
}

test("pages of a TIFF are expanded like frames", async () => {
  const page = await browser.shared();
  for (const change of [undefined, "reversed"]) {
    await encodeAnimated(page, "animated/pages.tiff", "pages.mp4", { fps: 1, animated: "expand" }, change);
    const pages = ANIMATION.map(({ colour }) => ({ colour, seconds: 0.1 }));
    assertFrames("pages.mp4", change ? pages.toReversed() : pages);
  }
});

test("an expanded animation stands among still images, which keep their own time", async () => {
  const page = await browser.shared();
  await page.evaluate(async () => {
    const [still, animated] = await Promise.all(["flat/white.png", "animated/animated.gif"].map(kit.file));
    const options = { durations: [0.5, 9, 0.25], animated: "expand", size: { width: 64, height: 48 }, fit: "stretch" };
    const blob = await new kit.ImageSequenceClip([still, animated, still], options).toBlob({ qp: 10 });
    await kit.upload(blob, "mixed.mp4");
  });
  const white = { colour: [255, 255, 255] };
  assertFrames("mixed.mp4", [{ ...white, seconds: 0.5 }, ...ANIMATION, { ...white, seconds: 0.25 }]);
});

test("a long animation in groups of its own is the same as its frames", async () => {
  const page = await browser.shared();
  await page.evaluate(async () => {
    const animated = await kit.file("animated/animated.gif");
    const clip = new kit.ImageSequenceClip([animated], { fps: 1, animated: "expand" }).repeated(10);
    await kit.upload(await clip.toBlob({ qp: 10, keyframeInterval: 1, workers: 2 }), "repeated.mp4");
  });
  assertFrames("repeated.mp4", Array(10).fill(ANIMATION).flat());
});

async function encodeAnimated(page, path, name, options, change) {
  await page.evaluate(
    async ({ path, name, options, change }) => {
      const clip = new kit.ImageSequenceClip([await kit.file(path)], options);
      await kit.upload(await (change ? clip[change]() : clip).toBlob({ qp: 10 }), name);
    },
    { path, name, options, change },
  );
}

function assertFrames(name, expected) {
  const { seconds } = probe(name);
  assert.deepEqual(
    seconds.map((value) => Math.round(value * 1000)),
    expected.map((frame) => Math.round(frame.seconds * 1000)),
  );
  for (const [index, frame] of decodedFrames(name, ANIMATION_SIZE).entries()) {
    assertColour(colourAt(frame, 64, MIDDLE), expected[index].colour, LOSSY, `frame ${index}`);
  }
}
