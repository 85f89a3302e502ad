import init, { GroupEncoder } from "/tests/.work/bench/pkg/framereel.js";
import { answer } from "../lib/call.js";
import { rgba } from "../lib/pixels.js";

const ready = init();

answer(async ({ files, options }) => {
  await ready;
  const { width, height, fps, qp, keyframeInterval, content = "photo" } = options;
  const limits = { maxPixels: 2 ** 27, maxBytes: 2 ** 28 };
  const encoder = new GroupEncoder({
    ...{ width, height, ...limits, colors: "convert", fit: "contain", background: new Uint8Array(3) },
    ...{ qp, frameRate: fps, profile: "high", content, speed: "balanced" },
  });
  const seconds = { read: 0, load: 0, convert: 0, encode: 0 };
  const timed = async (stage, body) => {
    const started = performance.now();
    const result = await body();
    seconds[stage] += (performance.now() - started) / 1000;
    return result;
  };
  let at = 0;
  for await (const pixels of rgba(files, options)) {
    const bytes = new Uint8Array(await timed("read", () => files[at].arrayBuffer()));
    // Slot 0 is the product's way; slot 1 takes decoded pixels, so the difference is the decoder's share.
    await timed("load", () => encoder.load(0, bytes));
    await timed("convert", () => encoder.loadRgba(1, new Uint8Array(pixels.buffer), width, height));
    await timed("encode", () => encoder.encode(0, at % (keyframeInterval * fps) === 0));
    encoder.release(0);
    encoder.release(1);
    at++;
  }
  encoder.free();
  return seconds;
});
