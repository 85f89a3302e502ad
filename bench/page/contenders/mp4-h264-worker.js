import loadEncoder from "/bench/node_modules/mp4-h264/build/mp4-encoder.js";
import { answer } from "../lib/call.js";
import { i420, rgba } from "../lib/pixels.js";

const FOLDER = "/bench/node_modules/mp4-h264/build/";
const library = loadEncoder({ simd: true, getWasmPath: (name) => FOLDER + name });

answer(async ({ files, bytes, options }) => {
  const { width, height, fps, qp, bitrate, speed, keyframeInterval } = options;
  const encoder = (await library).create({
    width,
    height,
    fps,
    speed,
    // One of them is given; a rate of 0 means a constant parameter.
    ...(bitrate === undefined ? { quantizationParameter: qp } : { kbps: Math.round(bitrate / 1000) }),
    groupOfPictures: keyframeInterval * fps,
  });
  if (files) {
    for await (const pixels of rgba(files, options)) encoder.encodeRGB(pixels);
    return new Blob([encoder.end()], { type: "video/mp4" });
  }
  const started = performance.now();
  let frames = 0;
  for (const picture of i420(bytes, options)) {
    encoder.encodeYUV(picture);
    frames++;
  }
  const file = encoder.end();
  return { seconds: (performance.now() - started) / 1000, bytes: file.length, frames };
});
