// Every image format, in every engine and with both decoders: the pictures are right, and wasm's are the same everywhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertColour, colourAt, decodedFrames, probe } from "../browser/support/judge.mjs";
import { BLOCK_MIDDLES, CARD, CARD_COLOURS, greyColours } from "../fixtures/card.mjs";
import { expectedColours, expectedInks, INK_FORMATS, TABLE_FORMATS } from "../fixtures/colours.mjs";
import { ANIMATION } from "../fixtures/make-fixtures.mjs";
import { inEachEngine } from "../support/engines/index.mjs";

/** Codes per channel: the files that lose something themselves, and the video's own loss. */
const LOSSY = 8;

/** Codes per channel that a converted colour may be off. */
const CONVERTED = 3;

const CARDS = ["rgb.png", "rgb16.png", "palette.png", "rgb.bmp", "rgb.tif", "rgb.gif", "lossless.webp", "baseline.jpg"];
const OTHERS = ["progressive.jpg", "cmyk.jpg", "card.svg"];
const GREY = ["grey.png", "grey16.png", "grey.jpg"];
const TURNED = [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => `exif/${orientation}.jpg`);
const ANIMATED = ["animated.gif", "animated.png", "animated.webp"];

inEachEngine((engine) => {
  for (const decoder of ["wasm", "browser"]) {
    test(`a clip of every format, decoder: "${decoder}"`, async () => {
      const avif = engine.lacks.has("AVIF images") ? [] : ["still.avif"];
      const files = [...[...CARDS, ...OTHERS, ...avif, ...GREY].map((name) => `card/${name}`), ...TURNED];
      const name = `${engine.name}-formats-${decoder}.mp4`;
      await engine.page.evaluate(
        async ({ files, decoder, name }) => {
          const images = await Promise.all(files.map(kit.file));
          await kit.upload(await new kit.ImageSequenceClip(images, { fps: 10, decoder }).toBlob({ qp: 10 }), name);
        },
        { files, decoder, name },
      );
      const frames = decodedFrames(name, CARD);
      assert.equal(frames.length, files.length);
      for (const [at, file] of files.entries()) {
        const colours = GREY.includes(file.split("/")[1]) ? greyColours : CARD_COLOURS;
        for (const [block, colour] of colours.entries()) {
          const shown = colourAt(frames[at], CARD.width, BLOCK_MIDDLES[block]);
          assertColour(shown, colour, LOSSY, `${file}, block ${block}`);
        }
      }
    });
  }

  test("colours of lookup tables and of inks are the same everywhere", async () => {
    const files = [
      ...TABLE_FORMATS.map((format) => [`table.${format}`, expectedColours("table", format).converted]),
      ...INK_FORMATS.map((format) => [`inks.${format}`, expectedInks.converted]),
    ];
    const name = `${engine.name}-colours.mp4`;
    await engine.page.evaluate(
      async ({ paths, name }) => {
        const images = await Promise.all(paths.map((path) => kit.file(`colours/${path}`)));
        await kit.upload(await new kit.ImageSequenceClip(images, { fps: 10 }).toBlob({ qp: 0 }), name);
      },
      { paths: files.map(([path]) => path), name },
    );
    for (const [at, frame] of decodedFrames(name, CARD).entries()) {
      const [path, colours] = files[at];
      for (const [block, colour] of colours.entries()) {
        const shown = colourAt(frame, CARD.width, BLOCK_MIDDLES[block]);
        assertColour(shown, colour, CONVERTED, `${path}, block ${block}`);
      }
    }
  });

  test("animations are expanded, each frame with its own time", async () => {
    const name = `${engine.name}-animations.mp4`;
    await engine.page.evaluate(
      async ({ files, name }) => {
        const images = await Promise.all(files.map((file) => kit.file(`animated/${file}`)));
        await kit.upload(
          await new kit.ImageSequenceClip(images, { fps: 1, animated: "expand" }).toBlob({ qp: 10 }),
          name,
        );
      },
      { files: ANIMATED, name },
    );
    const expected = ANIMATED.flatMap(() => ANIMATION);
    const milliseconds = (seconds) => Math.round(seconds * 1000);
    assert.deepEqual(
      probe(name).seconds.map(milliseconds),
      expected.map(({ seconds }) => milliseconds(seconds)),
    );
    for (const [at, frame] of decodedFrames(name, { width: 64, height: 48 }).entries()) {
      assertColour(colourAt(frame, 64, { x: 32, y: 24 }), expected[at].colour, LOSSY, `frame ${at}`);
    }
  });
});
