// WebCodecs by way of mediabunny, the browser's software encoder.
import {
  BufferTarget,
  Mp4OutputFormat,
  Output,
  VideoSample,
  VideoSampleSource,
} from "/bench/node_modules/mediabunny/dist/bundles/mediabunny.min.mjs";
import { bitmaps, i420 } from "../lib/pixels.js";

const HARDWARE = "prefer-software";
/** High profile, level 5.1. */
const CODEC = "avc1.640033";
/** Pictures that may wait in the encoder. */
const MOST_QUEUED = 8;

/** The encoder's settings, where the browser has one that takes them. */
async function supported({ width, height, fps, bitrate }) {
  if (typeof VideoEncoder === "undefined") throw new Error("this browser has no WebCodecs");
  const config = {
    codec: CODEC,
    width,
    height,
    bitrate,
    framerate: fps,
    hardwareAcceleration: HARDWARE,
    latencyMode: "quality",
  };
  const answer = await VideoEncoder.isConfigSupported(config);
  if (!answer.supported) throw new Error(`this browser has no software H.264 encoder for ${width}x${height}`);
  return config;
}

export async function endToEnd(files, options) {
  const { fps, bitrate, keyframeInterval } = options;
  await supported(options);
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: "in-memory" }), target: new BufferTarget() });
  const source = new VideoSampleSource({
    codec: "avc",
    fullCodecString: CODEC,
    bitrate,
    keyFrameInterval: keyframeInterval,
    hardwareAcceleration: HARDWARE,
    latencyMode: "quality",
  });
  output.addVideoTrack(source, { frameRate: fps });
  await output.start();
  let at = 0;
  for await (const bitmap of bitmaps(files)) {
    const sample = new VideoSample(bitmap, { timestamp: at++ / fps, duration: 1 / fps });
    await source.add(sample);
    sample.close();
  }
  await output.finalize();
  return new Blob([output.target.buffer], { type: "video/mp4" });
}

export async function encodeOnly(bytes, options) {
  const { width, height, fps, keyframeInterval } = options;
  const config = await supported(options);
  let size = 0;
  let failure;
  const encoder = new VideoEncoder({
    output: (chunk) => {
      size += chunk.byteLength;
    },
    error: (error) => {
      failure = error;
    },
  });
  encoder.configure(config);
  const started = performance.now();
  let frames = 0;
  for (const picture of i420(bytes, options)) {
    const timestamp = (frames * 1e6) / fps;
    const frame = new VideoFrame(picture, { format: "I420", codedWidth: width, codedHeight: height, timestamp });
    encoder.encode(frame, { keyFrame: frames % (keyframeInterval * fps) === 0 });
    frame.close();
    frames++;
    while (encoder.encodeQueueSize > MOST_QUEUED) {
      await new Promise((resolve) => encoder.addEventListener("dequeue", resolve, { once: true }));
    }
  }
  await encoder.flush();
  encoder.close();
  if (failure) throw failure;
  return { seconds: (performance.now() - started) / 1000, bytes: size, frames };
}
