// The recipes' pictures as files: the same node and ffmpeg give the same bytes.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CommandError, inRoot, toolEnvironment } from "../../scripts/lib/project.mjs";
import { quietly } from "./command.mjs";
import { KINDS } from "./content/index.mjs";
import { Picture } from "./content/raster.mjs";

/** Frames per second of all content. */
export const FPS = 30;

/** Where it lies, below the folder that the server serves. */
export const workFolder = inRoot("tests", ".work", "bench");

/** Raise this when a recipe changes, so that old pictures and what was measured on them are not taken for new ones. */
export const RECIPE = 4;

/** The sizes by name. */
export const SIZES = { "720p": [1280, 720], "1080p": [1920, 1080], "2160p": [3840, 2160] };

// ffmpeg's mjpeg encoder at 2 quantises about as finely as libjpeg does at quality 90.
const JPEG = ["-pix_fmt", "yuvj420p", "-q:v", "2"];
const PNG = ["-pix_fmt", "rgb24", "-pred", "mixed"];

/**
 * Makes `frames` pictures of a kind, clip and size, once.
 *
 * @param {keyof typeof KINDS} kind
 * @param {keyof typeof SIZES} size
 * @param {number} frames
 * @param {{ clip?: "a" | "b", lossless?: boolean }} [options] - lossless: PNG whatever the kind, for rate-distortion
 * @returns {Promise<Source>}
 *
 * @typedef {object} Source
 * @property {string} name - of the pictures and their form, for files about them
 * @property {string} kind
 * @property {string} clip
 * @property {string} size
 * @property {number} width
 * @property {number} height
 * @property {number} frames
 * @property {string} folder
 * @property {string[]} files - absolute paths, in order
 */
export async function content(kind, size, frames, { clip = "a", lossless = false } = {}) {
  const [width, height] = SIZES[size];
  const file = lossless ? "png" : KINDS[kind].file;
  const base = `${kind}-${clip}-${size}-${frames}-r${RECIPE}`;
  const folderOf = (extension) => join(workFolder, "content", `${base}-${extension}`);
  await made(folderOf("png"), (folder) => draw(folder, kind, { width, height, frames, clip }));
  if (file === "jpg") {
    await made(folderOf("jpg"), (folder) => {
      mkdirSync(folder);
      quietly("ffmpeg", ["-i", join(folderOf("png"), "%05d.png"), ...JPEG, join(folder, "%05d.jpg")]);
    });
  }
  const folder = folderOf(file);
  const files = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
  return { name: `${base}-${file}`, kind, clip, size, width, height, frames, folder, files };
}

/** A recipe's pictures, one after the other, to PNG files. */
async function draw(folder, kind, { width, height, frames, clip }) {
  console.log(`  drawing ${frames} pictures, ${KINDS[kind].title}, clip ${clip}`);
  mkdirSync(folder);
  const raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", `${width}x${height}`, "-i", "-"];
  const args = ["-y", "-v", "error", ...raw, ...PNG, join(folder, "%05d.png")];
  const ffmpeg = spawn("ffmpeg", args, { env: toolEnvironment(), stdio: ["pipe", "inherit", "inherit"] });
  const ended = once(ffmpeg, "close");
  // Where ffmpeg ends early, its exit code says so; the broken pipe would say less.
  ffmpeg.stdin.on("error", () => {});
  const drawPicture = KINDS[kind].recipe({ width, height, frames, clip });
  const picture = new Picture(width, height);
  for (let n = 0; n < frames && ffmpeg.exitCode === null; n++) {
    drawPicture(picture, n);
    if (!ffmpeg.stdin.write(Buffer.from(picture.data))) await Promise.race([once(ffmpeg.stdin, "drain"), ended]);
  }
  ffmpeg.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new CommandError(`ffmpeg could not write the pictures of ${kind}`);
}

/**
 * The pictures as raw I420, limited range, one after the other: what encode-only loops and native encoders get, and
 * what results are compared with.
 *
 * @param {Source} source
 * @param {"bt709" | "bt601"} matrix - from RGB
 * @returns {Promise<string>} the file's path
 */
export async function rawFrames({ name, folder, files, width, height }, matrix = "bt709") {
  const raw = join(workFolder, "content", `${name}-${matrix}.yuv`);
  await made(raw, (unfinished) => {
    const pattern = join(folder, `%05d.${files[0].split(".").at(-1)}`);
    // By way of RGB: a JPEG's own YCbCr is BT.601, full range, and every encoder here sees its RGB or nothing.
    const filter = `format=gbrp,scale=${width}:${height}:flags=area+accurate_rnd+full_chroma_int:out_color_matrix=${matrix}:out_range=tv,format=yuv420p`;
    quietly("ffmpeg", ["-framerate", FPS, "-i", pattern, "-vf", filter, "-f", "rawvideo", unfinished]);
  });
  return raw;
}

/** How ffmpeg is told of such a file. */
export const rawInput = ({ width, height }, raw) => [
  ...["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${width}x${height}`, "-framerate", FPS],
  ...["-i", raw],
];

/** Makes a file or folder under another name first, so that an interrupted run leaves nothing that looks finished. */
async function made(path, make) {
  if (existsSync(path)) return;
  mkdirSync(join(path, ".."), { recursive: true });
  const unfinished = `${path}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  await make(unfinished);
  renameSync(unfinished, path);
}
