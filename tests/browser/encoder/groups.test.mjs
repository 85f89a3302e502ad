// How `H264Encoder` cuts a stream into groups: latency, order, workers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodedFrames, openPage, traced } from "../support/encoder/page.mjs";
import { harness } from "../support/harness.mjs";

const browser = harness();

test("two IDR pictures in a row differ in idr_pic_id, however short groups are", async (t) => {
  const page = await openPage(browser, t);
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

test("realtime: each frame comes out before the next goes in; one worker, keyframes where they are asked for", async (t) => {
  const page = await openPage(browser, t);
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
  const page = await openPage(browser, t);
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
  const page = await openPage(browser, t);
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

test("a worker that does not arrive closes the encoder with an EncodingError that has framereel's own as its cause", async (t) => {
  const page = await openPage(browser, t);
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
