// What H264Encoder promises beyond WebCodecs' interface: rates, latency, order, colours, pixels without VideoFrame.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { harness } from "./support/harness.mjs";
import { receivedFolder } from "./support/server.mjs";

const browser = harness();

async function openPage(t) {
  const page = await browser.open(t);
  await page.evaluate(() => import("/support/encoder-in-page.mjs").then(() => undefined));
  return page;
}

/** The values of a syntax element in a byte stream, as ffmpeg reads them. */
function traced(name, element) {
  const args = ["-v", "trace", "-f", "h264", "-i", join(receivedFolder, name), "-c", "copy", "-bsf:v", "trace_headers"];
  const output = execFileSync("sh", ["-c", '"$0" "$@" 2>&1', "ffmpeg", ...args, "-f", "null", "-"], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  const lines = new RegExp(`trace_headers.* ${element} .*= (-?\\d+)$`, "gm");
  return [...output.matchAll(lines)].map(([, value]) => Number(value));
}

function decodedFrames(name) {
  const args = ["-v", "error", "-xerror", "-f", "h264", "-i", join(receivedFolder, name), "-fps_mode", "passthrough"];
  return execFileSync("ffmpeg", [...args, "-f", "framemd5", "-"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => /^0,/.test(line)).length;
}

test("a frame's quantizer is the QP of its slices, and without one that of the frame before", async (t) => {
  const page = await openPage(t);
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
  const page = await openPage(t);
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

test("two IDR pictures in a row differ in idr_pic_id, however short groups are", async (t) => {
  const page = await openPage(t);
  await page.evaluate(async () => {
    const { init, outputs } = encoders.callbacks();
    const encoder = new encoders.H264Encoder(init);
    const config = { codec: "avc1.640028", width: 64, height: 64, avc: { format: "annexb" } };
    for (let index = 0; index < 6; index++) {
      encoder.configure(config);
      encoder.encode(encoders.noise(64, 64, index));
    }
    for (let index = 6; index < 20; index++) encoder.encode(encoders.noise(64, 64, index), { keyFrame: true });
    await encoder.flush();
    encoder.close();
    await kit.upload(encoders.bytesOf(outputs), "idr.h264");
  });
  const ids = traced("idr.h264", "idr_pic_id");
  assert.equal(ids.length, 20);
  for (let index = 1; index < ids.length; index++) assert.notEqual(ids[index], ids[index - 1], `${ids}`);
  assert.equal(decodedFrames("idr.h264"), 20);
});

for (const bitrateMode of ["variable", "constant"]) {
  test(`a ${bitrateMode} bit rate is kept within a tenth`, async (t) => {
    const page = await openPage(t);
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

test("realtime: each frame comes out before the next goes in; one worker, keyframes where they are asked for", async (t) => {
  const page = await openPage(t);
  const { types, workers } = await page.evaluate(async () => {
    let workers = 0;
    globalThis.Worker = class extends Worker {
      constructor(...args) {
        super(...args);
        workers++;
      }
    };
    const types = [];
    let came;
    const { init } = encoders.callbacks({
      output(chunk) {
        types.push(chunk.type);
        came();
      },
    });
    const encoder = new encoders.H264Encoder(init);
    const config = { codec: "avc1.42001E", width: 320, height: 192, bitrate: 500_000, framerate: 30 };
    encoder.configure({ ...config, latencyMode: "realtime" });
    for (let index = 0; index < 90; index++) {
      const out = new Promise((resolve) => (came = resolve));
      encoder.encode(encoders.noise(320, 192, index), { keyFrame: index === 50 });
      await out;
    }
    encoder.close();
    return { types, workers };
  });
  assert.deepEqual(
    types,
    Array.from({ length: 90 }, (_, index) => (index === 0 || index === 50 ? "key" : "delta")),
  );
  assert.equal(workers, 1);
});

test("quality: frames come out without a flush, all but those that the look-ahead holds", async (t) => {
  const page = await openPage(t);
  const count = await page.evaluate(async () => {
    const { init, outputs } = encoders.callbacks();
    const encoder = new encoders.H264Encoder(init);
    encoder.configure({ codec: "avc1.42001E", width: 320, height: 192, framerate: 30 });
    for (let index = 0; index < 200; index++) encoder.encode(encoders.noise(320, 192, index));
    for (let last = -1; last !== outputs.length || outputs.length === 0; await encoders.later(1000))
      last = outputs.length;
    const early = outputs.length;
    await encoder.flush();
    encoder.close();
    if (outputs.length !== 200) throw new Error(`${outputs.length} in all`);
    return early;
  });
  assert.ok(count >= 200 - 41, `${count} of 200`);
});

test("the stream does not depend on the number of workers, and groups do run side by side", async (t) => {
  const page = await openPage(t);
  const results = await page.evaluate(async () => {
    const results = [];
    let running = 0;
    let most = 0;
    globalThis.Worker = class extends Worker {
      constructor(...args) {
        super(...args);
        running++;
        most = Math.max(most, running);
      }
      terminate() {
        running--;
        super.terminate();
      }
    };
    for (const processors of [1, 3]) {
      encoders.configure({});
      Object.defineProperty(navigator, "hardwareConcurrency", { value: processors, configurable: true });
      most = running = 0;
      const outputs = await encoders.encode(
        { codec: "avc1.640028", width: 320, height: 192, framerate: 30 },
        Array.from({ length: 300 }, (_, index) => [encoders.noise(320, 192, index)]),
      );
      const timestamps = outputs.map(({ chunk }) => chunk.timestamp);
      const keys = outputs.flatMap(({ chunk }, index) => (chunk.type === "key" ? [index] : []));
      const ordered = timestamps.every((time, index) => time === Math.round((index * 1e6) / 30));
      results.push({ digest: await kit.digest(encoders.bytesOf(outputs)), keys, ordered, most });
    }
    return results;
  });
  const [one, three] = results;
  assert.equal(one.digest, three.digest);
  assert.deepEqual(one.keys, [0, 60, 120, 180, 240]);
  assert.ok(one.ordered && three.ordered);
  assert.deepEqual([one.most, three.most], [1, 3]);
});

test("without VideoFrame and EncodedVideoChunk pixels go in, and chunks of the same bytes come out", async (t) => {
  const page = await openPage(t);
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
  const page = await openPage(t);
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
  const page = await openPage(t);
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

test("a worker that does not arrive closes the encoder with an EncodingError that has framereel's own as its cause", async (t) => {
  const page = await openPage(t);
  const result = await page.evaluate(async () => {
    encoders.configure({ workerUrl: "/missing.js" });
    const { init, errors } = encoders.callbacks();
    const encoder = new encoders.H264Encoder(init);
    encoder.configure({ codec: "avc1.640028", width: 64, height: 64 });
    encoder.encode(encoders.noise(64, 64, 0));
    const reason = await encoder.flush().catch((error) => error);
    const [error] = errors;
    encoders.configure({ workerUrl: undefined });
    const after = await encoders.encode({ codec: "avc1.640028", width: 64, height: 64 }, [[encoders.noise(64, 64, 0)]]);
    return {
      same: reason === error,
      count: errors.length,
      isException: error instanceof DOMException,
      name: error.name,
      message: error.message,
      code: error.cause.code,
      state: encoder.state,
      after: after.length,
    };
  });
  const { message, ...rest } = result;
  assert.deepEqual(rest, {
    same: true,
    count: 1,
    isException: true,
    name: "EncodingError",
    code: "load",
    state: "closed",
    after: 1,
  });
  assert.match(message, /there is no file at .*missing\.js/);
});
