// A classic script: the library is one.
importScripts("/bench/node_modules/h264-mp4-encoder/embuild/dist/h264-mp4-encoder.web.js");

const helpers = Promise.all([import("../lib/pixels.js"), import("../lib/call.js")]);

async function encode({ files, bytes, options }) {
  const [{ rgba, i420 }] = await helpers;
  const { width, height, fps, qp, speed, keyframeInterval } = options;
  const encoder = await HME.createH264MP4Encoder();
  Object.assign(encoder, { width, height, frameRate: fps });
  encoder.quantizationParameter = qp;
  encoder.groupOfPictures = keyframeInterval * fps;
  if (speed !== undefined) encoder.speed = speed;
  encoder.initialize();
  const started = performance.now();
  let frames = 0;
  if (files) {
    for await (const pixels of rgba(files, options)) encoder.addFrameRgba(pixels);
  } else {
    for (const picture of i420(bytes, options)) {
      encoder.addFrameYuv(picture);
      frames++;
    }
  }
  encoder.finalize();
  const file = encoder.FS.readFile(encoder.outputFilename);
  encoder.FS.unlink(encoder.outputFilename);
  encoder.delete();
  if (files) return new Blob([file], { type: "video/mp4" });
  return { seconds: (performance.now() - started) / 1000, bytes: file.length, frames };
}

// Messages that come while the helpers load wait for them.
addEventListener("message", async ({ data }) => {
  try {
    postMessage({ result: await encode(data) });
  } catch (error) {
    postMessage({ error: String(error?.stack ?? error) });
  }
});
