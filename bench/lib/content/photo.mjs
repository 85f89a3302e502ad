// Photographs as pictures in memory.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { installPhotos, photosFolder } from "../../../scripts/lib/photos.mjs";
import { CommandError, toolEnvironment } from "../../../scripts/lib/project.mjs";
import { Picture } from "./raster.mjs";

/**
 * A part of a photograph, scaled so that it covers `width` x `height`.
 *
 * @param {string} name - of scripts/lib/photos.mjs
 * @param {{ x?: number, y?: number, zoom?: number, mirrored?: boolean }} [part] - centre as shares of the photograph,
 *   and how much larger than just covering
 */
export function photo(name, width, height, { x = 0.5, y = 0.5, zoom = 1, mirrored = false } = {}) {
  installPhotos();
  const [across, down] = [width * zoom, height * zoom].map(Math.round);
  const filters = [
    "format=gbrp",
    `scale=${across}:${down}:force_original_aspect_ratio=increase:flags=lanczos+accurate_rnd`,
    `crop=${width}:${height}:(iw-ow)*${x}:(ih-oh)*${y}`,
    ...(mirrored ? ["hflip"] : []),
    "format=rgb24",
  ];
  const args = [
    "-v",
    "error",
    "-nostdin",
    "-i",
    join(photosFolder, name),
    "-vf",
    filters.join(","),
    "-f",
    "rawvideo",
    "-",
  ];
  const { status, stdout, stderr } = spawnSync("ffmpeg", args, { env: toolEnvironment(), maxBuffer: 2 ** 28 });
  if (status !== 0) throw new CommandError(`ffmpeg failed on ${name}: ${stderr}`);
  const picture = new Picture(width, height);
  picture.data.set(stdout);
  return picture;
}
