// Test images made by ffmpeg: a moving picture with a patch of known colour in its middle.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "../../../scripts/lib/project.mjs";

const FOLDER = inRoot("tests", ".work", "page", "pictures");

/** Pixels of every picture here. */
export const WIDTH = 640;
export const HEIGHT = 360;

/**
 * 24 colours, no two neighbours alike: the corners, edges and faces of the RGB cube, pure red, green, blue, white, black and
 * mid-grey among them. As [r, g, b], 0 to 255.
 */
export const COLOURS = Array.from({ length: 24 }, (_, index) => {
  const place = (index * 7) % 27; // 7 and 27 have no common factor: all different
  return [place % 3, Math.floor(place / 3) % 3, Math.floor(place / 9)].map((level) => [0, 128, 255][level]);
});

/**
 * 24 real image files, frame1 to frame24, whose middle (half the width and height) has the colour of {@link COLOURS}.
 *
 * @param {"png" | "jpg"} extension
 * @returns {string[]} absolute paths, in the order of the video
 */
export function pictures(extension) {
  const folder = join(FOLDER, extension);
  const files = COLOURS.map((_, index) => join(folder, `frame${index + 1}.${extension}`));
  if (existsSync(folder)) return files;
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  for (const [index, [r, g, b]] of COLOURS.entries()) {
    const moving = `testsrc2=size=${WIDTH}x${HEIGHT}:rate=24,trim=start_frame=${index}:end_frame=${index + 1},format=gbrp`;
    const patch = `color=c=0x${hex(r)}${hex(g)}${hex(b)}:size=${WIDTH / 2}x${HEIGHT / 2},format=gbrp`;
    // JPEG: full-range and without chroma subsampling, so that the colour of the patch survives the file itself.
    const format = extension === "png" ? ["-pix_fmt", "rgb24"] : ["-pix_fmt", "yuvj444p", "-qscale:v", "1"];
    ffmpeg([
      ...["-f", "lavfi", "-i", moving, "-f", "lavfi", "-i", patch],
      ...["-filter_complex", `[0][1]overlay=${WIDTH / 4}:${HEIGHT / 4}:format=gbrp`, "-frames:v", "1", ...format],
      join(fresh, `frame${index + 1}.${extension}`),
    ]);
  }
  try {
    renameSync(fresh, folder);
  } catch {
    rmSync(fresh, { recursive: true }); // another test file was faster
  }
  return files;
}

/** A file that says it is a PNG and is none. */
export function brokenPicture() {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, "frame5b.png");
  // Whole from the start: another test file may read it now.
  writeFileSync(`${path}.${process.pid}`, "This is a text, whatever its name says.\n");
  renameSync(`${path}.${process.pid}`, path);
  return path;
}

/** Runs ffmpeg; what it has to say against its input becomes an error. */
export function ffmpeg(args) {
  const said = execFileSync("ffmpeg", ["-v", "error", "-y", ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (said !== "") throw new Error(said);
}

function hex(level) {
  return level.toString(16).padStart(2, "0");
}
