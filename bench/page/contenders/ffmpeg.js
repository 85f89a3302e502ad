// @ffmpeg/ffmpeg with @ffmpeg/core: libx264 in wasm, one thread (its own module worker).
import { FFmpeg } from "/bench/node_modules/@ffmpeg/ffmpeg/dist/esm/index.js";

const CORE = new URL("/bench/node_modules/@ffmpeg/core/dist/esm/", location.href);
const OUTPUT = "out.mp4";

const ffmpeg = new FFmpeg();
const lines = [];
ffmpeg.on("log", ({ message }) => lines.push(message));
const ready = ffmpeg.load({ coreURL: `${CORE}ffmpeg-core.js`, wasmURL: `${CORE}ffmpeg-core.wasm` });

async function x264(input, { preset, fps, crf, keyframeInterval }) {
  const rate = ["-preset", preset, "-crf", String(crf), "-g", String(keyframeInterval * fps)];
  const output = ["-c:v", "libx264", ...rate, "-pix_fmt", "yuv420p", "-movflags", "+faststart", OUTPUT];
  lines.length = 0;
  const code = await ffmpeg.exec([...input, ...output]);
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}: ${lines.slice(-4).join(" | ")}`);
  const file = await ffmpeg.readFile(OUTPUT);
  await ffmpeg.deleteFile(OUTPUT);
  return file;
}

export async function endToEnd(files, options) {
  await ready;
  const extension = files[0].name.split(".").at(-1);
  const names = files.map((_, at) => `${at}.${extension}`);
  for (const [at, file] of files.entries()) {
    await ffmpeg.writeFile(names[at], new Uint8Array(await file.arrayBuffer()));
  }
  const file = await x264(["-framerate", String(options.fps), "-i", `%d.${extension}`], options);
  for (const name of names) await ffmpeg.deleteFile(name);
  return new Blob([file], { type: "video/mp4" });
}

export async function encodeOnly(bytes, options) {
  await ready;
  const { width, height, fps } = options;
  await ffmpeg.writeFile("in.yuv", bytes.slice());
  const started = performance.now();
  const raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${width}x${height}`, "-framerate", String(fps)];
  const file = await x264([...raw, "-i", "in.yuv"], options);
  const seconds = (performance.now() - started) / 1000;
  await ffmpeg.deleteFile("in.yuv");
  return { seconds, bytes: file.length, frames: bytes.length / ((width * height * 3) / 2) };
}
