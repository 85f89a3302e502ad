// What goes into `H264Encoder`: colours of every kind, and pixels without VideoFrame.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "../support/encoder/page.mjs";
import { harness } from "../support/harness.mjs";

const browser = harness();

test("without VideoFrame and EncodedVideoChunk pixels go in, and chunks of the same bytes come out", async (t) => {
  const page = await openPage(browser, t);
  const results = await page.evaluate(async () => {
    const { VideoFrame, EncodedVideoChunk } = globalThis;
    const [width, height] = [64, 48];
    const config = { codec: "avc1.640028", width, height };
    const canvas = encoders.noise(width, height, 1);
    const rgba = new Uint8Array(canvas.allocationSize({ format: "RGBA" }));
    await canvas.copyTo(rgba, { format: "RGBA" });
    const bgra = rgba.slice();
    for (let at = 0; at < bgra.length; at += 4) [bgra[at], bgra[at + 2]] = [bgra[at + 2], bgra[at]];
    const data = {
      RGBA: rgba,
      BGRX: bgra,
      I420: encoders.planesOf(rgba, width, height, "I420"),
      NV12: encoders.planesOf(rgba, width, height, "NV12"),
    };
    const init = (format) => ({ format, codedWidth: width, codedHeight: height, timestamp: 5, duration: 7 });
    const digests = {};
    for (const format of Object.keys(data)) {
      Object.assign(globalThis, { VideoFrame, EncodedVideoChunk });
      const [usual] = await encoders.encode(config, [[new VideoFrame(data[format], init(format))]]);
      delete globalThis.VideoFrame;
      delete globalThis.EncodedVideoChunk;
      const [own] = await encoders.encode(config, [[{ data: data[format], ...init(format) }]]);
      const { type, timestamp, duration, byteLength } = own.chunk;
      digests[format] = {
        usual: await kit.digest(encoders.bytesOf([usual])),
        own: await kit.digest(encoders.bytesOf([own])),
        own_: { type, timestamp, duration, same: byteLength === usual.chunk.byteLength },
      };
    }
    // A part of larger planes with gaps between rows.
    const stride = 80;
    const wide = new Uint8Array(stride * 60 + 2 * 40 * 30);
    const place = (from, at, width, height, stride) => {
      for (let y = 0; y < height; y++) wide.set(from.subarray(y * width, (y + 1) * width), at + y * stride);
    };
    const planes = data.I420;
    place(planes, 8 * stride + 4, 64, 48, stride);
    place(planes.subarray(64 * 48), stride * 60 + 4 * 40 + 2, 32, 24, 40);
    place(planes.subarray(64 * 48 + 32 * 24), stride * 60 + 40 * 30 + 4 * 40 + 2, 32, 24, 40);
    const [part] = await encoders.encode(config, [
      [
        {
          ...init("I420"),
          data: wide,
          codedWidth: 72,
          codedHeight: 60,
          layout: [
            { offset: 0, stride },
            { offset: stride * 60, stride: 40 },
            { offset: stride * 60 + 40 * 30, stride: 40 },
          ],
          visibleRect: { x: 4, y: 8, width: 64, height: 48 },
        },
      ],
    ]);
    digests.part = await kit.digest(encoders.bytesOf([part]));
    return digests;
  });
  for (const format of ["RGBA", "BGRX", "I420", "NV12"]) {
    assert.equal(results[format].own, results[format].usual, format);
    assert.deepEqual(results[format].own_, { type: "key", timestamp: 5, duration: 7, same: true }, format);
  }
  assert.equal(results.I420.own, results.NV12.own);
  assert.equal(results.RGBA.own, results.BGRX.own);
  assert.equal(results.part, results.I420.own);
});

test("pixels that are no frame are a TypeError", async (t) => {
  const page = await openPage(browser, t);
  const names = await page.evaluate(() => {
    const encoder = new encoders.H264Encoder(encoders.callbacks().init);
    encoder.configure({ codec: "avc1.640028", width: 64, height: 64 });
    const good = { format: "I420", codedWidth: 64, codedHeight: 64, timestamp: 0, data: new Uint8Array(6144) };
    const nameOf = (change) => {
      try {
        encoder.encode({ ...good, ...change });
        return "none";
      } catch (error) {
        return error.name;
      }
    };
    const changes = [
      { format: "I444" },
      { format: undefined },
      { codedWidth: 0 },
      { codedHeight: 64.5 },
      { timestamp: undefined },
      { data: [1, 2, 3] },
      { data: new Uint8Array(6143) },
      { visibleRect: { x: 1, y: 0, width: 32, height: 32 } },
      { visibleRect: { x: 0, y: 0, width: 66, height: 64 } },
      { layout: [{ offset: 0, stride: 64 }] },
      {
        layout: [
          { offset: 0, stride: 63 },
          { offset: 4096, stride: 32 },
          { offset: 5120, stride: 32 },
        ],
      },
      { colorSpace: { primaries: "bt2020" } },
      { rotation: 45 },
    ];
    return [nameOf({}), ...changes.map(nameOf)];
  });
  assert.deepEqual(names, ["none", ...Array(13).fill("TypeError")]);
});

test("colours of every matrix and range come back as they were meant", async (t) => {
  const page = await openPage(browser, t);
  const wrong = await page.evaluate(async () => {
    const [width, height] = [64, 64];
    const wrong = [];
    const config = { codec: "avc1.640028", width, height, bitrateMode: "quantizer" };
    const check = async (name, frame, [red, green, blue], tolerance = 6) => {
      const outputs = await encoders.encode(config, [[frame, { avc: { quantizer: 8 } }]]);
      const [picture] = await encoders.chunkOf.decode(outputs);
      const seen = picture.at(32, 32);
      if (seen.some((code, channel) => Math.abs(code - [red, green, blue][channel]) > tolerance))
        wrong.push(`${name}: ${seen} for ${[red, green, blue]}`);
    };
    for (const colour of [
      [200, 60, 40],
      [30, 180, 90],
      [90, 110, 220],
    ]) {
      for (const [matrix, [kr, kb]] of [
        ["bt709", [0.2126, 0.0722]],
        ["smpte170m", [0.299, 0.114]],
        ["bt470bg", [0.299, 0.114]],
      ]) {
        for (const fullRange of [false, true]) {
          const [red, green, blue] = colour;
          const luma = kr * red + (1 - kr - kb) * green + kb * blue;
          const [offset, lumaRange, range] = fullRange ? [0, 1, 1] : [16, 219 / 255, 224 / 255];
          const codes = [
            offset + lumaRange * luma,
            128 + (range * (blue - luma)) / (2 - 2 * kb),
            128 + (range * (red - luma)) / (2 - 2 * kr),
          ].map(Math.round);
          const data = new Uint8Array(width * height * 1.5);
          data.fill(codes[0], 0, width * height);
          data.fill(codes[1], width * height, width * height * 1.25);
          data.fill(codes[2], width * height * 1.25);
          const colorSpace = { primaries: "bt709", transfer: "bt709", matrix, fullRange };
          const init = { format: "I420", codedWidth: width, codedHeight: height, timestamp: 0, colorSpace };
          // Chromium converts BT.601 itself, with a factor of blue that is cut to 2.
          await check(`${matrix} ${fullRange} VideoFrame`, new VideoFrame(data, init), colour, 8);
          await check(`${matrix} ${fullRange} pixels`, { data, ...init }, colour);
        }
      }
    }
    // A wide gamut is the browser's to convert; so are planes that are not halved.
    const wide = new OffscreenCanvas(width, height).getContext("2d", { colorSpace: "display-p3" });
    wide.fillStyle = "rgb(200 60 40)";
    wide.fillRect(0, 0, width, height);
    await check("display-p3", new VideoFrame(wide.canvas, { timestamp: 0 }), [200, 60, 40]);
    const full = new Uint8Array(width * height * 3);
    full
      .fill(81, 0, width * height)
      .fill(90, width * height, 2 * width * height)
      .fill(240, 2 * width * height);
    const init = { format: "I444", codedWidth: width, codedHeight: height, timestamp: 0 };
    const reference = new VideoFrame(full, { ...init, colorSpace: { matrix: "smpte170m", fullRange: false } });
    await check("I444", reference, [255, 0, 0], 12);
    // Alpha is dropped, as if every pixel were opaque.
    const clear = new Uint8Array(width * height * 4).fill(0);
    for (let at = 0; at < clear.length; at += 4) clear.set([200, 60, 40, 10], at);
    const rgba = { format: "RGBA", codedWidth: width, codedHeight: height, timestamp: 0 };
    await check("RGBA", new VideoFrame(clear, rgba), [200, 60, 40]);
    return wrong;
  });
  assert.deepEqual(wrong, []);
});
