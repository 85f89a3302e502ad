// The fixture app once more, made with mediabunny and framereel's encoder in a browser that has no VideoEncoder: the same three
// images, at the same times.
import { H264Encoder } from "framereel/encoder";
import { registerH264Encoder } from "framereel/mediabunny";
import { BufferTarget, CanvasSource, Mp4OutputFormat, Output } from "mediabunny";

export { configure } from "framereel/encoder";

const WIDTH = 320;
const HEIGHT = 180;
const FPS = 2;
const COLOURS = ["red", "lime", "blue"];

/** Shows the video in `place`, or the error. */
export async function showClip(place) {
  try {
    delete globalThis.VideoEncoder;
    registerH264Encoder();
    const { supported } = await H264Encoder.isConfigSupported({ codec: "avc1.640028", width: WIDTH, height: HEIGHT });
    if (!supported) throw new Error("H264Encoder does not take the size");
    const video = document.createElement("video");
    video.src = URL.createObjectURL(new Blob([await encode()], { type: "video/mp4" }));
    Object.assign(video, { controls: true, muted: true, width: 160 });
    place.append(video);
  } catch (error) {
    const text = document.createElement("p");
    text.className = "failure";
    text.textContent = String(error.stack ?? error);
    place.append(text);
  }
}

async function encode() {
  const canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
  const context = canvas.getContext("2d");
  const output = new Output({ format: new Mp4OutputFormat(), target: new BufferTarget() });
  const source = new CanvasSource(canvas, { codec: "avc", bitrate: 1_000_000 });
  output.addVideoTrack(source, { frameRate: FPS });
  await output.start();
  for (const [index, colour] of COLOURS.entries()) {
    context.fillStyle = colour;
    context.fillRect(0, 0, WIDTH, HEIGHT);
    await source.add(index / FPS, 1 / FPS);
  }
  await output.finalize();
  return output.target.buffer;
}
