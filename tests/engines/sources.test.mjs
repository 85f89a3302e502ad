// Every kind of source, in every engine: ffmpeg and the engine's own player show the card that went in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertColour, colourAt, decodedFrames } from "../browser/support/judge.mjs";
import { BLOCK_MIDDLES, CARD, CARD_ALPHAS, CARD_COLOURS, cardPixels } from "../fixtures/card.mjs";
import { inEachEngine, PLAYED } from "../support/engines/index.mjs";
import { KINDS } from "../support/source-kinds.mjs";

const BACKGROUND = [32, 64, 160];
/** Codes per channel that a video at QP 10 may be off. */
const DECODED = 4;

const expected = CARD_COLOURS.map((colour, block) => {
  const alpha = CARD_ALPHAS[block] / 255;
  return colour.map((value, channel) => Math.round(value * alpha + BACKGROUND[channel] * (1 - alpha)));
});

inEachEngine((engine) => {
  for (const kind of KINDS) {
    test(`${kind}, transparent, at two places`, async () => {
      const name = `${engine.name}-${kind}.mp4`;
      const { stats, shown } = await engine.page.evaluate(encodeCard, {
        kind,
        name,
        card: CARD,
        pixels: [...cardPixels(CARD_COLOURS, CARD_ALPHAS)],
        points: BLOCK_MIDDLES,
        background: `rgb(${BACKGROUND})`,
      });
      assert.deepEqual([stats.frames, stats.width, stats.height], [2, CARD.width, CARD.height]);
      assert.deepEqual([shown.width, shown.height, shown.duration], [CARD.width, CARD.height, 1]);
      for (const [at, frame] of decodedFrames(name, CARD).entries()) {
        for (const [block, colour] of expected.entries()) {
          const decoded = colourAt(frame, CARD.width, BLOCK_MIDDLES[block]);
          assertColour(decoded, colour, DECODED, `picture ${at}, block ${block}, decoded`);
          assertColour(shown.pictures[at][block], colour, PLAYED, `picture ${at}, block ${block}, played`);
        }
      }
    });
  }
});

/** In the page: the card as one kind of source, encoded, sent to the judge and played. */
async function encodeCard({ kind, name, card, pixels, points, background }) {
  const { width, height } = card;
  const path = "card/rgba.png";
  const file = await kit.file(path);
  const bytes = await file.arrayBuffer();
  const imageData = new ImageData(new Uint8ClampedArray(pixels), width, height);
  const drawn = (canvas) => {
    canvas.getContext("2d").putImageData(imageData, 0, 0);
    return canvas;
  };
  const canvas = () => drawn(Object.assign(document.createElement("canvas"), { width, height }));
  const make = {
    File: () => file,
    Blob: () => new Blob([bytes]),
    ArrayBuffer: () => bytes,
    Uint8Array: () => new Uint8Array([1, 2, 3, ...new Uint8Array(bytes), 4]).subarray(3, -1),
    DataView: () => new DataView(bytes),
    string: () => `/fixtures/${path}`,
    URL: () => new URL(`/fixtures/${path}`, location.href),
    ImageData: () => imageData,
    // Not from ImageData without premultiplied alpha, which WebKitGTK itself draws in other colours.
    ImageBitmap: () => createImageBitmap(canvas()),
    HTMLImageElement: () => Object.assign(new Image(), { src: URL.createObjectURL(file) }),
    HTMLCanvasElement: canvas,
    OffscreenCanvas: () => drawn(new OffscreenCanvas(width, height)),
    VideoFrame: () => new VideoFrame(canvas(), { timestamp: 0 }),
  };
  const source = await make[kind]();
  const clip = new kit.ImageSequenceClip([source, source], { fps: 2, background });
  const { blob, stats } = await clip.encode({ qp: 10 });
  await kit.upload(blob, name);
  return { stats, shown: await kit.shownAt(blob, [0.25, 0.75], points) };
}
