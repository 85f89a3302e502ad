// Native x264, what rate and distortion are measured against: the same raw pictures, keyframe interval and container.
import { statSync } from "node:fs";
import { join } from "node:path";
import { quietly } from "./command.mjs";
import { KEYFRAME_INTERVAL } from "./contenders.mjs";
import { FPS, rawFrames, workFolder } from "./content.mjs";
import { quality } from "./quality.mjs";

/** Rate factors that cover the PSNR of the quantisation parameters below. */
const CRFS = [12, 16, 20, 24, 28, 32];
/** framereel's four named qualities and two between them. */
export const QPS = [17, 20, 23, 28, 31, 34];

/** A curve of x264, one thread: the points of its rate factors. */
export function x264Curve(source, preset) {
  const { width, height } = source;
  const raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${width}x${height}`, "-framerate", FPS];
  return CRFS.map((crf) => {
    const file = join(workFolder, "out", `rd-${source.kind}-x264-${preset}-${crf}.mp4`);
    const rate = ["-preset", preset, "-crf", crf, "-g", KEYFRAME_INTERVAL * FPS, "-threads", 1];
    quietly("ffmpeg", [...raw, "-i", rawFrames(source), "-c:v", "libx264", ...rate, file]);
    return measured(file, source, { crf }, ["bt709"]);
  });
}

/** A point of a curve: a file's bytes and quality, and the setting that made it. */
export function measured(file, source, setting, matrices) {
  const { psnrY, psnr, ssim, frames } = quality(file, source, matrices);
  if (frames !== source.frames) throw new Error(`${frames} pictures came out of ${source.frames}`);
  const bytes = statSync(file).size;
  console.log(`  ${file.split("/").at(-1)}  ${bytes} bytes  ${psnrY.toFixed(2)} dB`);
  return { ...setting, bytes, psnr: psnrY, psnrAll: psnr, ssim };
}
