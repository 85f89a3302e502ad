// Embedded colour profiles: either decoder shows what exact arithmetic says, and what Chromium itself shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BLOCK_MIDDLES, CARD } from "../fixtures/card.mjs";
import { expectedColours, expectedInks, FORMATS, INK_FORMATS, INKS, TABLE_FORMATS } from "../fixtures/colours.mjs";
import { SPACES } from "../fixtures/profiles.mjs";
import { harness } from "./support/harness.mjs";
import { assertColour, colourAt, decodedFrames } from "./support/judge.mjs";

const browser = harness();

/** Codes per channel. */
const NEAR = 3;

/** Chromium decodes no TIFF: then "browser" is our own decoder too, and there is nothing to compare it with. */
const shows = (format) => format !== "tif";

for (const space of Object.keys(SPACES)) {
  for (const format of FORMATS) {
    test(`${space} in ${format}: both decoders convert, or take the numbers as they are`, async () => {
      const page = await browser.shared();
      const path = `colours/${space}.${format}`;
      const { converted, plain } = expectedColours(space, format);
      const differs = Math.max(...converted.flat().map((value, at) => Math.abs(value - plain.flat()[at])));
      assert.ok(differs > 10, "the profile matters");
      for (const decoder of ["wasm", "browser"]) {
        assertBlocks(await encoded(page, path, { decoder }), converted, decoder);
        assertBlocks(await encoded(page, path, { decoder, colors: "convert" }), converted, `${decoder}, convert`);
        assertBlocks(await encoded(page, path, { decoder, colors: "ignore" }), plain, `${decoder}, ignore`);
      }
    });

    if (!shows(format)) continue;
    test(`${space} in ${format} as an <img>: as Chromium shows it, and in the video`, async () => {
      const page = await browser.shared();
      const path = `colours/${space}.${format}`;
      const { converted, plain } = expectedColours(space, format);
      const shown = await shownByChromium(page, path);
      for (const [block, colour] of converted.entries()) assertColour(shown[block], colour, NEAR, `block ${block}`);
      assertBlocks(await encoded(page, path, {}, "img"), converted, "convert");
      assertBlocks(await encoded(page, path, { colors: "ignore" }, "img"), plain, "ignore");
    });
  }
}

/** Chromium knows profiles in neither of these: "browser" is our own decoder for HEIC, and takes a GIF's numbers as they are. */
const KNOWS_TABLES = ["png", "jpg", "webp", "tif", "heic"];

for (const format of TABLE_FORMATS) {
  test(`a lookup table in ${format}: converted, or the numbers as they are`, async () => {
    const page = await browser.shared();
    const path = `colours/table.${format}`;
    const { converted, plain } = expectedColours("table", format);
    for (const decoder of KNOWS_TABLES.includes(format) ? ["wasm", "browser"] : ["wasm"]) {
      assertBlocks(await encoded(page, path, { decoder }), converted, decoder);
      assertBlocks(await encoded(page, path, { decoder, colors: "ignore" }), plain, `${decoder}, ignore`);
    }
  });
}

for (const format of INK_FORMATS) {
  test(`inks with a profile in ${format}: converted as Chromium does, or the numbers as they are`, async () => {
    const page = await browser.shared();
    const path = `colours/inks.${format}`;
    const { converted, plain } = expectedInks;
    assertBlocks(await encoded(page, path, {}), converted, "wasm");
    assertBlocks(await encoded(page, path, { colors: "ignore" }), plain, "wasm, ignore");
    if (!shows(format)) return;
    const shown = await shownByChromium(page, path);
    for (const [block, colour] of converted.entries()) {
      // With black ink Chromium is far from arithmetic, and from littlecms.
      if (INKS[block][3] === 0) assertColour(shown[block], colour, NEAR, `block ${block}`);
    }
  });
}

function assertBlocks(frame, colours, what) {
  for (const [block, colour] of colours.entries()) {
    assertColour(colourAt(frame, CARD.width, BLOCK_MIDDLES[block]), colour, NEAR, `${what}, block ${block}`);
  }
}

/** The one picture of a video of the file, as a file or as an element. */
async function encoded(page, path, options, as = "file") {
  await page.evaluate(
    async ({ path, options, as }) => {
      const file = await kit.file(path);
      const source = as === "img" ? Object.assign(new Image(), { src: URL.createObjectURL(file) }) : file;
      await kit.upload(
        await new kit.ImageSequenceClip([source], { fps: 1, ...options }).toBlob({ qp: 0 }),
        "colours.mp4",
      );
    },
    { path, options, as },
  );
  return decodedFrames("colours.mp4", CARD)[0];
}

function shownByChromium(page, path) {
  return page.evaluate(
    async ({ path, points, size }) => {
      const image = Object.assign(new Image(), { src: URL.createObjectURL(await kit.file(path)) });
      await image.decode();
      const context = Object.assign(document.createElement("canvas"), size).getContext("2d");
      context.drawImage(image, 0, 0);
      return points.map((point) => kit.pixelsAt(context, point, 4));
    },
    { path, points: BLOCK_MIDDLES, size: CARD },
  );
}
