// Kinds of file that decoders get wrong: each comes out as the card that it holds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BLOCK_MIDDLES, CARD, CARD_COLOURS } from "../fixtures/card.mjs";
import { SQUARE, SQUARES, SQUARES_SIZE, TWO_COLOURS } from "../fixtures/kinds.mjs";
import { harness } from "./support/harness.mjs";
import { assertColour, colourAt, decodedFrames } from "./support/judge.mjs";

const browser = harness();

const EXACT = 4;
/** JPEG at quality 95, with chroma of half the size. */
const LOSSY = 10;

const FILES = [
  { path: "scan-a-component.jpg", tolerance: LOSSY },
  { path: "coarse-luma.jpg", tolerance: LOSSY },
  { path: "3x1.jpg", tolerance: LOSSY },
  { path: "arithmetic.jpg", tolerance: LOSSY },
  { path: "no-end.jpg", tolerance: LOSSY },
  { path: "no-tables.jpg", tolerance: LOSSY },
  { path: "jfif-adobe.jpg", tolerance: LOSSY },
  { path: "palette.tif" },
  { path: "jpeg.tif", tolerance: LOSSY },
  { path: "fax3.tif", colours: TWO_COLOURS },
  { path: "reversed-bits.tif", colours: TWO_COLOURS },
  { path: "associated.tif", colours: CARD_COLOURS.map((colour) => colour.map((value) => (value * 128) / 255)) },
  { path: "planar-tiles.tif" },
];

for (const { path, colours = CARD_COLOURS, tolerance = EXACT } of FILES) {
  test(`${path} is its picture`, async () => {
    const [frame] = await encoded(path, CARD);
    for (const [block, colour] of colours.entries()) {
      assertColour(colourAt(frame, CARD.width, BLOCK_MIDDLES[block]), colour, tolerance, `block ${block}`);
    }
  });
}

for (const path of ["exif.webp", "exif-prefix.webp"]) {
  test(`${path} is turned`, async () => {
    // To be turned right by 90 degrees: what was at the bottom left is at the top left.
    const turned = { width: CARD.height, height: CARD.width };
    const [frame] = await encoded(path, turned);
    for (const [block, { x, y }] of BLOCK_MIDDLES.entries()) {
      const place = { x: CARD.height - y, y: x };
      assertColour(colourAt(frame, turned.width, place), CARD_COLOURS[block], EXACT, `block ${block}`);
    }
  });
}

test("an animated WebP that clears to its background has one square a frame", async () => {
  const frames = await encoded("clears.webp", SQUARES_SIZE, { animated: "expand", background: "rgb(90, 90, 90)" });
  assert.equal(frames.length, SQUARES.length);
  for (const [index, frame] of frames.entries()) {
    for (const [square, { left, top, colour }] of SQUARES.entries()) {
      const middle = { x: left + SQUARE / 2, y: top + SQUARE / 2 };
      const expected = square === index ? colour : [90, 90, 90];
      assertColour(colourAt(frame, SQUARES_SIZE.width, middle), expected, EXACT, `frame ${index}, square ${square}`);
    }
  }
});

test("an APNG of 16 bits has its two frames", async () => {
  const frames = await encoded("apng16.png", CARD, { animated: "expand" });
  assert.equal(frames.length, 2);
  for (const [index, colour] of [
    [255, 0, 0],
    [0, 255, 0],
  ].entries()) {
    assertColour(colourAt(frames[index], CARD.width, BLOCK_MIDDLES[4]), colour, EXACT, `frame ${index}`);
  }
});

async function encoded(path, size, options = {}) {
  const page = await browser.shared();
  const stats = await page.evaluate(
    async ({ path, options }) => {
      const clip = new kit.ImageSequenceClip([await kit.file(`kinds/${path}`)], { fps: 1, ...options });
      const { blob, stats } = await clip.encode({ qp: 4 });
      await kit.upload(blob, "kind.mp4");
      return stats;
    },
    { path, options },
  );
  assert.deepEqual({ width: stats.width, height: stats.height }, size);
  return decodedFrames("kind.mp4", size);
}
