// Files made by mediabunny with framereel's encoder; runs in the page, where an import map knows both.

import { registerH264Encoder } from "framereel/mediabunny";
import {
  BufferTarget,
  CanvasSource,
  canEncodeVideo,
  MkvOutputFormat,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  VideoSample,
  VideoSampleSource,
} from "mediabunny";

export const [WIDTH, HEIGHT, FRAMES, FPS] = [320, 192, 75, 25];

const FORMATS = {
  mp4: () => new Mp4OutputFormat({ fastStart: "in-memory" }),
  fragmented: () => new Mp4OutputFormat({ fastStart: "fragmented" }),
  mkv: () => new MkvOutputFormat(),
  mov: () => new MovOutputFormat(),
};

/** Says what mediabunny can before and after framereel's encoder is registered. */
export async function canEncode() {
  const before = await canEncodeVideo("avc", { width: WIDTH, height: HEIGHT });
  registerH264Encoder();
  registerH264Encoder();
  const after = await canEncodeVideo("avc", { width: WIDTH, height: HEIGHT });
  const others = await canEncodeVideo("vp9", { width: WIDTH, height: HEIGHT });
  return { before, after, others };
}

/** The shade of grey of a frame, far from its neighbours'. */
export const shadeOf = (index) => 20 + ((index * 67) % 216);

/** A file of the format, base64. */
export async function makeFile(format, source) {
  registerH264Encoder();
  const target = new BufferTarget();
  const output = new Output({ format: FORMATS[format](), target });
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const config = { codec: "avc", bitrate: 1_000_000, keyFrameInterval: 1 };
  const track = source === "canvas" ? new CanvasSource(canvas, config) : new VideoSampleSource(config);
  output.addVideoTrack(track, { frameRate: FPS });
  await output.start();
  for (let index = 0; index < FRAMES; index++) {
    const timing = { timestamp: index / FPS, duration: 1 / FPS };
    if (source === "canvas") {
      const context = canvas.getContext("2d");
      const shade = shadeOf(index);
      context.fillStyle = `rgb(${shade} ${shade} ${shade})`;
      context.fillRect(0, 0, WIDTH, HEIGHT);
      await track.add(timing.timestamp, timing.duration);
    } else {
      // Grey planes: luma in limited range, no differences.
      const data = new Uint8Array((WIDTH * HEIGHT * 3) / 2).fill(128);
      data.fill(Math.round(16 + (shadeOf(index) * 219) / 255), 0, WIDTH * HEIGHT);
      const sample = new VideoSample(data, { format: "I420", codedWidth: WIDTH, codedHeight: HEIGHT, ...timing });
      await track.add(sample);
      sample.close();
    }
  }
  await output.finalize();
  let binary = "";
  for (const byte of new Uint8Array(target.buffer)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
