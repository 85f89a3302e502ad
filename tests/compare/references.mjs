// What other programs make of files: Pillow, or ffmpeg where Pillow gives up.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pythonFolder } from "../../scripts/lib/pillow.mjs";

/** ffmpeg's answers are asked for so long. */
const FFMPEG_SECONDS = 20;

/**
 * @param {string[]} paths
 * @param {string} folder for PNGs
 * @returns {{ program?: string, size?: [number, number], png?: string }[]} one for each path; empty where nobody reads it
 */
export function references(paths, folder) {
  mkdirSync(folder, { recursive: true });
  const script = join(import.meta.dirname, "reference.py");
  const lines = execFileSync("python3", [script, folder], {
    input: paths.join("\n"),
    env: { ...process.env, PYTHONPATH: pythonFolder },
    maxBuffer: 2 ** 28,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"],
  });
  const answers = lines.trim().split("\n").map(JSON.parse);
  return paths.map((path, index) => {
    const png = join(folder, `${index}.png`);
    const { size } = answers[index] ?? {};
    if (size) return { program: "Pillow", size, png };
    return byFfmpeg(path, png);
  });
}

function byFfmpeg(path, png) {
  // Floating point has no range that the two would agree on.
  const args = ["-v", "error", "-y", "-i", path, "-frames:v", "1", "-pix_fmt", "rgba", png];
  if (spawnSync("ffmpeg", args, { timeout: FFMPEG_SECONDS * 1000, stdio: "ignore" }).status !== 0) return {};
  const probe = ["-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0", png];
  const { stdout, status } = spawnSync("ffprobe", probe, { encoding: "utf8" });
  const size = stdout.trim().split(",").map(Number);
  return status === 0 && size.every((side) => side > 0) ? { program: "ffmpeg", size, png } : {};
}
