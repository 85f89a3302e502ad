// Native x264 by ffmpeg, one thread, its own keyframe interval: what rate and distortion are measured against.
import { statSync } from "node:fs";
import { join } from "node:path";
import { output } from "../../scripts/lib/project.mjs";
import { cached } from "./cache.mjs";
import { quietly } from "./command.mjs";
import { rawFrames, rawInput, workFolder } from "./content.mjs";
import { quality } from "./quality.mjs";

/** Constant rate factors from what nobody tells from the source to what nobody wants, so that every curve is met. */
const CRFS = [10, 14, 18, 22, 26, 30, 34, 38, 42, 46];

/**
 * A curve of x264: the points of its rate factors.
 *
 * @param {import("./content.mjs").Source} source
 * @param {string} preset
 */
export async function x264Curve(source, preset) {
  const points = [];
  for (const crf of CRFS) points.push(await x264Point(source, preset, crf));
  return points;
}

/** One file of x264, measured once. */
export function x264Point(source, preset, crf) {
  const args = ["-c:v", "libx264", "-preset", preset, "-crf", crf, "-threads", 1];
  const key = { source: source.name, args, ffmpeg: output("ffmpeg", ["-version"]).split("\n")[0] };
  return cached(`x264-${source.kind}-${source.clip}`, key, async () => {
    const file = join(workFolder, "out", `${source.name}-x264-${preset}-${crf}.mp4`);
    quietly("ffmpeg", [...rawInput(source, await rawFrames(source)), ...args, file]);
    return measured(file, source, { crf }, ["bt709"]);
  });
}

/** A point of a curve: a file's bytes and quality, and the setting that made it. */
export async function measured(file, source, setting, matrices) {
  const { psnrY, psnr, ssim, vmaf, frames } = await quality(file, source, matrices);
  if (frames !== source.frames) throw new Error(`${frames} pictures came out of ${source.frames}`);
  const bytes = statSync(file).size;
  console.log(`  ${file.split("/").at(-1)}  ${bytes} bytes  ${psnrY.toFixed(2)} dB  VMAF ${vmaf.toFixed(2)}`);
  return { ...setting, bytes, psnr: psnrY, psnrAll: psnr, ssim, vmaf };
}
