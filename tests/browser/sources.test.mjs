// Every kind of image source, in every fit, opaque and transparent: the decoded picture is the expected one, and the
// caller's object is as it was.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { CARD, CARD_ALPHAS, CARD_COLOURS, cardPixels } from "../fixtures/card.mjs";
import { fixturesFolder } from "../fixtures/make-fixtures.mjs";
import { KINDS } from "../support/source-kinds.mjs";
import { harness } from "./support/harness.mjs";
import { assertColour, colourAt, decodedFrames, probe } from "./support/judge.mjs";
import { startServer } from "./support/server.mjs";

const browser = harness();

const BACKGROUND = [32, 64, 160];
const VIDEO = { width: 128, height: 128 };

/** Points inside the blocks that every fit shows, in pixels of the card, row by row as the blocks are. */
const POINTS = [16, 48].flatMap((y) => [24, 48, 72].map((x) => ({ x, y })));

/** From pixels of the card to those of the video. `outside` is a point that the card does not cover, if there is one. */
const FITS = {
  contain: {
    place: ({ x, y }) => ({ x: (x * 4) / 3, y: (y * 4) / 3 + (128 - (64 * 4) / 3) / 2 }),
    outside: { x: 64, y: 8 },
  },
  cover: { place: ({ x, y }) => ({ x: x * 2 - 32, y: y * 2 }) },
  stretch: { place: ({ x, y }) => ({ x: (x * 4) / 3, y: y * 2 }) },
  error: { place: (point) => point, size: CARD },
};

for (const kind of KINDS) {
  for (const opaque of [true, false]) {
    test(`${opaque ? "an opaque" : "a transparent"} ${kind}, in every fit`, async () => {
      const page = await browser.shared();
      const alphas = opaque ? CARD_COLOURS.map(() => 255) : CARD_ALPHAS;
      const unchanged = await page.evaluate(encodeInEveryFit, {
        kind,
        path: opaque ? "card/rgb.png" : "card/rgba.png",
        pixels: [...cardPixels(CARD_COLOURS, alphas)],
        card: CARD,
        fits: Object.entries(FITS).map(([fit, { size = VIDEO }]) => ({ fit, size })),
        background: `rgb(${BACKGROUND})`,
      });
      assert.ok(unchanged, "the source was changed or consumed");
      for (const [fit, { place, outside, size = VIDEO }] of Object.entries(FITS)) {
        const name = `source-${kind}-${fit}.mp4`;
        assert.equal(probe(name).samples, 2);
        for (const [index, frame] of decodedFrames(name, size).entries()) {
          const what = (where) => `${fit}, picture ${index}, ${where}`;
          for (const [block, colour] of CARD_COLOURS.entries()) {
            const { x, y } = place(POINTS[block]);
            const expected = over(colour, alphas[block]);
            const shown = colourAt(frame, size.width, { x: Math.round(x), y: Math.round(y) });
            assertColour(shown, expected, 4, what(`block ${block}`));
          }
          if (outside) assertColour(colourAt(frame, size.width, outside), BACKGROUND, 4, what("outside"));
        }
      }
    });
  }
}

/** A colour on the background. */
function over(colour, alpha) {
  return colour.map((value, channel) => Math.round((value * alpha + BACKGROUND[channel] * (255 - alpha)) / 255));
}

/** In the page: the source is encoded twice in a row in each fit; says whether it is still what it was. */
async function encodeInEveryFit({ kind, path, pixels, card, fits, background }) {
  const { width, height } = card;
  const file = await kit.file(path);
  const bytes = await file.arrayBuffer();
  const imageData = new ImageData(new Uint8ClampedArray(pixels), width, height);
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d").putImageData(imageData, 0, 0);
  const offscreen = new OffscreenCanvas(width, height);
  offscreen.getContext("2d").putImageData(imageData, 0, 0);
  const padded = new Uint8Array([1, 2, 3, ...new Uint8Array(bytes), 4]);
  const image = new Image();
  image.src = URL.createObjectURL(file);
  const make = {
    File: () => file,
    Blob: () => new Blob([bytes]),
    ArrayBuffer: () => bytes,
    Uint8Array: () => padded.subarray(3, -1),
    DataView: () => new DataView(padded.buffer, 3, bytes.byteLength),
    string: () => `/fixtures/${path}`,
    URL: () => new URL(`/fixtures/${path}`, location.href),
    ImageData: () => imageData,
    ImageBitmap: () => createImageBitmap(imageData, { premultiplyAlpha: "none" }),
    HTMLImageElement: () => image,
    HTMLCanvasElement: () => canvas,
    OffscreenCanvas: () => offscreen,
    VideoFrame: () => new VideoFrame(canvas, { timestamp: 0 }),
  };
  const source = await make[kind]();
  for (const { fit, size } of fits) {
    const clip = new kit.ImageSequenceClip([source, source], { fps: 2, size, fit, background });
    await kit.upload(await clip.toBlob({ qp: 10 }), `source-${kind}-${fit}.mp4`);
  }
  const stillThere = {
    ArrayBuffer: () => source.byteLength > 0,
    Uint8Array: () => source.byteLength > 0,
    DataView: () => source.byteLength > 0,
    ImageData: () => source.data.length === 4 * width * height,
    ImageBitmap: () => source.width === width,
    VideoFrame: () => source.displayWidth === width,
  };
  return stillThere[kind]?.() ?? true;
}

test("pixels are copied when an encode begins: what is drawn afterwards is not in the video", async () => {
  const page = await browser.shared();
  await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 64 });
    const context = canvas.getContext("2d");
    const imageData = new ImageData(64, 64);
    imageData.data.fill(255);
    context.fillStyle = "white";
    context.fillRect(0, 0, 64, 64);
    const encode = new kit.ImageSequenceClip([canvas, imageData], { fps: 2 }).toBlob();
    context.fillStyle = "black";
    context.fillRect(0, 0, 64, 64);
    imageData.data.fill(0);
    await kit.upload(await encode, "copied.mp4");
  });
  const frames = decodedFrames("copied.mp4", { width: 64, height: 64 });
  for (const frame of frames) assertColour(colourAt(frame, 64, { x: 32, y: 32 }), [255, 255, 255], 3, "still white");
});

const UNUSABLE = [
  "an <img> whose file is missing",
  "an <img> without a file",
  "a closed ImageBitmap",
  "an empty canvas",
  "a closed VideoFrame",
];

for (const what of UNUSABLE) {
  test(`${what} is named as the image to blame`, async () => {
    const page = await browser.shared();
    const failure = await page.evaluate(async (what) => {
      const closed = (source) => {
        source.close();
        return source;
      };
      const blank = new ImageData(8, 8);
      const make = {
        "an <img> whose file is missing": () => Object.assign(new Image(), { src: "/fixtures/nothing.png" }),
        "an <img> without a file": () => new Image(),
        "a closed ImageBitmap": async () => closed(await createImageBitmap(blank)),
        "an empty canvas": () => Object.assign(document.createElement("canvas"), { width: 0 }),
        "a closed VideoFrame": async () => closed(new VideoFrame(await createImageBitmap(blank), { timestamp: 0 })),
      };
      const source = await make[what]();
      return kit.failureOf(() => new kit.ImageSequenceClip([blank, source], { fps: 1 }).toBlob());
    }, what);
    assert.match(failure.code, /^(corrupt|unsupported)-image$/);
    assert.equal(failure.imageIndex, 1);
    assert.match(failure.message, /^Image 2(?: \(nothing\.png\))?: .*\.$/);
  });
}

test("an <img> of another site is named, unless that site allows its use", async (t) => {
  const other = await startServer();
  t.after(() => other.close());
  other.answers.set("/allowed.png", async (_, response) => {
    response.writeHead(200, { "Content-Type": "image/png", "Access-Control-Allow-Origin": "*" });
    response.end(await readFile(join(fixturesFolder, "flat", "red.png")));
  });
  const page = await browser.shared();
  const [tainted, canvas, allowed] = await page.evaluate(async (url) => {
    const image = Object.assign(new Image(), { src: `${url}fixtures/flat/red.png` });
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 64 });
    canvas.getContext("2d").drawImage(image, 0, 0);
    const allowed = Object.assign(new Image(), { crossOrigin: "anonymous", src: `${url}allowed.png` });
    const encode = (source) => kit.failureOf(() => new kit.ImageSequenceClip([source], { fps: 1 }).toBlob());
    return [await encode(image), await encode(canvas), await encode(allowed)];
  }, other.url);
  for (const failure of [tainted, canvas]) {
    assert.deepEqual([failure.code, failure.imageIndex], ["unsupported-image", 0]);
    assert.match(failure.message, /another site.*crossOrigin/);
  }
  assert.equal(allowed, undefined);
});

test("bytes in memory that threads share are read as well", async () => {
  const page = await browser.shared();
  const size = await page.evaluate(async () => {
    const bytes = new Uint8Array(await (await kit.file("flat/red.png")).arrayBuffer());
    // SharedArrayBuffer has no name on pages that are not isolated, but wasm makes one.
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const shared = new Uint8Array(memory.buffer, 8, bytes.length);
    shared.set(bytes);
    return (await new kit.ImageSequenceClip([shared], { fps: 1 }).toBlob()).size;
  });
  assert.ok(size > 0);
});
