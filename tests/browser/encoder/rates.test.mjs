// What `H264Encoder` makes of quantizers and bit rates.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodedFrames, openPage, traced } from "../support/encoder/page.mjs";
import { harness } from "../support/harness.mjs";

const browser = harness();

test("a frame's quantizer is the QP of its slices, and without one that of the frame before", async (t) => {
  const page = await openPage(browser, t);
  await page.evaluate(async () => {
    const config = {
      codec: "avc1.640028",
      width: 320,
      height: 192,
      bitrateMode: "quantizer",
      avc: { format: "annexb" },
    };
    const pairs = Array.from({ length: 40 }, (_, index) => [
      encoders.noise(320, 192, index),
      index === 20 ? {} : { avc: { quantizer: (index * 7) % 52 } },
    ]);
    await kit.upload(encoders.bytesOf(await encoders.encode(config, pairs)), "quantizer.h264");
  });
  const [initial] = traced("quantizer.h264", "pic_init_qp_minus26");
  const qps = traced("quantizer.h264", "slice_qp_delta").map((delta) => 26 + initial + delta);
  assert.deepEqual(
    qps,
    Array.from({ length: 40 }, (_, index) => ((index === 20 ? 19 : index) * 7) % 52),
  );
  assert.equal(decodedFrames("quantizer.h264"), 40);
});

test("a quantizer out of range is a TypeError", async (t) => {
  const page = await openPage(browser, t);
  const names = await page.evaluate(() => {
    const encoder = new encoders.H264Encoder(encoders.callbacks().init);
    encoder.configure({ codec: "avc1.640028", width: 64, height: 64, bitrateMode: "quantizer" });
    const nameOf = (quantizer) => {
      try {
        encoder.encode(encoders.frameOf(64, 64, { timestamp: 0 }), { avc: { quantizer } });
      } catch (error) {
        return error.name;
      }
    };
    return [-1, 52, 1.5].map(nameOf);
  });
  assert.deepEqual(names, ["TypeError", "TypeError", "TypeError"]);
});

for (const bitrateMode of ["variable", "constant"]) {
  test(`a ${bitrateMode} bit rate is kept within a tenth`, async (t) => {
    const page = await openPage(browser, t);
    const shares = await page.evaluate(async (bitrateMode) => {
      const shares = [];
      for (const bitrate of [600_000, 1_200_000]) {
        const config = { codec: "avc1.640028", width: 320, height: 192, bitrate, bitrateMode, framerate: 30 };
        const outputs = await encoders.encode(
          config,
          Array.from({ length: 300 }, (_, index) => [encoders.noise(320, 192, index, { part: 72 })]),
        );
        shares.push((encoders.bytesOf(outputs).size * 8) / 10 / bitrate);
      }
      return shares;
    }, bitrateMode);
    for (const share of shares) assert.ok(share > 0.9 && share < 1.1, `${shares}`);
  });
}

test("codec string, description and stream say the same level, also above 60 frames a second", async (t) => {
  const page = await openPage(browser, t);
  const cases = [
    ["avc1.640034", { width: 64, height: 48, framerate: 30 }],
    ["avc1.640033", { width: 640, height: 368, framerate: 1000 }],
    ["avc1.42001e", { width: 320, height: 192, framerate: 30, bitrate: 500_000 }],
  ];
  for (const [codec, config] of cases) {
    const described = await page.evaluate(
      async (config) => {
        const frames = () =>
          Array.from({ length: 3 }, (_, index) => [encoders.noise(config.width, config.height, index)]);
        const [first] = await encoders.encode(config, frames());
        const stream = await encoders.encode({ ...config, avc: { format: "annexb" } }, frames());
        await kit.upload(encoders.bytesOf(stream), "levels.h264");
        const { codec, description } = first.metadata.decoderConfig;
        return { codec, level: new Uint8Array(description)[3] };
      },
      { codec, ...config },
    );
    const level = Number.parseInt(codec.slice(-2), 16);
    assert.deepEqual(described, { codec, level });
    assert.deepEqual([...new Set(traced("levels.h264", "level_idc"))], [level], codec);
    assert.equal(decodedFrames("levels.h264"), 3);
  }
});
