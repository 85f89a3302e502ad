// The pictures that everything is measured on, made by recipe: the same ffmpeg gives the same bytes.
//
//   camera   a camera pans, zooms and shakes over a wall of photographs, with a sensor's noise; JPEG files
//   screen   an editor's window: text that scrolls and is typed, a cursor, a pointer, a terminal; PNG files
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { installPhotos, photosFolder } from "../../scripts/lib/photos.mjs";
import { inRoot } from "../../scripts/lib/project.mjs";
import { cameraGraph, WALL } from "./camera.mjs";
import { quietly } from "./command.mjs";
import { screenGraph } from "./screen.mjs";

/** Frames per second of all content. */
export const FPS = 30;

/** Where it lies, below the folder that the server serves. */
export const workFolder = inRoot("tests", ".work", "bench");

/** Raise this when a recipe changes, so that old pictures are not taken for new ones. */
const RECIPE = 2;

/** The sizes by name. */
export const SIZES = { "720p": [1280, 720], "1080p": [1920, 1080], "2160p": [3840, 2160] };

const KINDS = {
  // ffmpeg's mjpeg encoder at 2 quantises about as finely as libjpeg does at quality 90.
  camera: { extension: "jpg", output: ["-pix_fmt", "yuvj420p", "-q:v", "2"] },
  screen: { extension: "png", output: ["-pix_fmt", "rgb24", "-pred", "mixed"] },
};

/**
 * Makes `frames` pictures of a kind and size, once.
 *
 * @param {"camera" | "screen"} kind
 * @param {"720p" | "1080p" | "2160p"} size
 * @param {{ lossless?: boolean }} [options] - lossless: PNG whatever the kind, for rate-distortion
 * @returns {{ kind, size, width, height, frames, folder, files: string[] }} absolute paths, in order
 */
export function content(kind, size, frames, { lossless = false } = {}) {
  const [width, height] = SIZES[size];
  const { extension, output } = KINDS[lossless ? "screen" : kind];
  const folder = join(workFolder, `${kind}-${size}-${frames}-${extension}-r${RECIPE}`);
  once(folder, (made) => {
    mkdirSync(made);
    const { inputs, graph } = kind === "camera" ? camera(width, height) : screenGraph(width, height, workFolder);
    const filters = ["-filter_complex_threads", "1", "-filter_complex", graph];
    const pattern = join(made, `%05d.${extension}`);
    quietly("ffmpeg", [...inputs, ...filters, "-frames:v", frames, ...output, "-fps_mode", "passthrough", pattern]);
  });
  const files = readdirSync(folder).sort();
  return { kind, size, width, height, frames, folder, files: files.map((name) => join(folder, name)) };
}

/** The photographs as inputs, their wall rendered once, and the camera's way over it. */
function camera(width, height) {
  installPhotos();
  const wall = join(workFolder, `wall-r${RECIPE}.png`);
  once(wall, (made) => {
    const inputs = WALL.photos.flatMap(({ name }) => ["-i", join(photosFolder, name)]);
    quietly("ffmpeg", [...inputs, "-filter_complex", WALL.graph, "-frames:v", "1", "-f", "apng", made]);
  });
  return { inputs: ["-i", wall], graph: cameraGraph(width, height, FPS) };
}

/**
 * The pictures as raw I420, limited range, one after the other: what encode-only loops and native encoders get, and
 * what results are compared with.
 *
 * @param {"bt709" | "bt601"} matrix - from RGB
 */
export function rawFrames({ folder, files, width, height }, matrix = "bt709") {
  const raw = join(folder, "..", `${folder.split("/").at(-1)}-${matrix}.yuv`);
  once(raw, (made) => {
    const pattern = join(folder, files[0].endsWith(".png") ? "%05d.png" : "%05d.jpg");
    // By way of RGB: a JPEG's own YCbCr is BT.601, full range, and every encoder here sees its RGB or nothing.
    const filter = `format=gbrp,scale=${width}:${height}:flags=area+accurate_rnd+full_chroma_int:out_color_matrix=${matrix}:out_range=tv,format=yuv420p`;
    quietly("ffmpeg", ["-framerate", FPS, "-i", pattern, "-vf", filter, "-f", "rawvideo", made]);
  });
  return raw;
}

/** Bytes of all the files. */
export const bytesOf = ({ files }) => files.reduce((sum, file) => sum + statSync(file).size, 0);

/** Makes a file or folder under another name first, so that an interrupted run leaves nothing that looks finished. */
function once(path, make) {
  if (existsSync(path)) return;
  mkdirSync(workFolder, { recursive: true });
  const unfinished = `${path}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  make(unfinished);
  renameSync(unfinished, path);
}
