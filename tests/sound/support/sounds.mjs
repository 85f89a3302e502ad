// Sounds to test with, made by ffmpeg in tests/.work/sound. Clicks at known times tell where a sound lies, to the sample.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "../../../scripts/lib/project.mjs";

export const soundsFolder = inRoot("tests", ".work", "sound");

/** Hertz of a click, and seconds that it lasts. */
export const CLICK = { frequency: 3000, seconds: 0.003 };

/** Seconds of the clicks of the usual sound, which lasts 4.4 s. */
export const CLICKS = [0.25, 1, 1.6, 2.5, 3.1, 4];
export const SECONDS = 4.4;

/** Samples of clicks at `times`, with a quiet tone under them where `tone` has a frequency. */
export function clicks({ times = CLICKS, seconds = SECONDS, rate = 44_100, tone = 0 } = {}) {
  const samples = Float32Array.from({ length: Math.round(seconds * rate) }, (_, index) =>
    tone ? 0.1 * Math.sin((2 * Math.PI * tone * index) / rate) : 0,
  );
  const half = CLICK.seconds / 2;
  for (const time of times) {
    for (let index = Math.ceil((time - half) * rate); index < (time + half) * rate; index++) {
      const at = index / rate - time;
      samples[index] +=
        0.8 * Math.cos(Math.PI * (at / CLICK.seconds)) ** 2 * Math.cos(2 * Math.PI * CLICK.frequency * at);
    }
  }
  return { samples, rate };
}

/** A file of a sound, made once: `args` are ffmpeg's for the output. */
export function sound(name, args, options = {}) {
  const path = join(soundsFolder, name);
  const recipe = JSON.stringify([args, options]);
  const made = `${path}.made`;
  if (existsSync(path) && existsSync(made) && readFileSync(made, "utf8") === recipe) return readFileSync(path);
  mkdirSync(soundsFolder, { recursive: true });
  const { samples, rate } = clicks(options);
  const { channels = 2 } = options;
  const raw = Buffer.from(samples.buffer);
  const input = ["-f", "f32le", "-ar", String(rate), "-ac", "1", "-i", "-"];
  const [stem, ...extension] = name.split(".");
  const fresh = join(soundsFolder, `${stem}-${process.pid}.${extension.join(".")}`);
  execFileSync("ffmpeg", ["-v", "error", "-y", ...input, "-ac", String(channels), ...args, fresh], { input: raw });
  renameSync(fresh, path);
  writeFileSync(made, recipe);
  return readFileSync(path);
}

/** The same samples in an M4A file, which has no headers between them. */
export function withoutHeaders(name) {
  const path = join(soundsFolder, `${name}.m4a`);
  execFileSync("ffmpeg", ["-v", "error", "-y", "-i", join(soundsFolder, name), "-c", "copy", path]);
  return path;
}

export function soundPath(name) {
  return join(soundsFolder, name);
}
