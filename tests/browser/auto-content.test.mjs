// `content: "auto"` on the eight kinds that everything is measured on: what is filmed or shaded is filtered between blocks, what a
// program drew is left sharp, unless it has gradients: those of flat animation are fine enough at 720p. Read from the slices by ffmpeg.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { KINDS } from "../../bench/lib/content/index.mjs";
import { Picture } from "../../bench/lib/content/raster.mjs";
import { toolEnvironment } from "../../scripts/lib/project.mjs";
import { harness } from "./support/harness.mjs";
import { receivedFolder } from "./support/server.mjs";

const FRAMES = 4;
const FILTERED = ["camera", "timelapse", "render", "held"];
const CASES = Object.keys(KINDS).map((kind) => ({ kind, width: 640, height: 360, filtered: FILTERED.includes(kind) }));
CASES.push({ kind: "animation", width: 1280, height: 720, filtered: true });

const browser = harness();

/** `disable_deblocking_filter_idc` of each slice. */
function filterFlags(name) {
  const headers = [
    "-v",
    "trace",
    "-i",
    join(receivedFolder, name),
    "-c",
    "copy",
    "-bsf:v",
    "trace_headers",
    "-f",
    "null",
    "-",
  ];
  const { stderr } = spawnSync("ffmpeg", headers, { encoding: "utf8", env: toolEnvironment(), maxBuffer: 1 << 28 });
  return stderr
    .split("\n")
    .filter((line) => line.includes("disable_deblocking_filter_idc"))
    .map((line) => Number(line.slice(line.lastIndexOf(" "))));
}

for (const { kind, width, height, filtered } of CASES) {
  test(`${kind}, ${height}p: ${filtered ? "filtered" : "left sharp"}`, async () => {
    const page = await browser.shared();
    const draw = KINDS[kind].recipe({ width, height, frames: 96, clip: "a" });
    const picture = new Picture(width, height);
    const pictures = Array.from({ length: FRAMES }, (_, n) => {
      draw(picture, n);
      return Buffer.from(picture.data).toString("base64");
    });
    await page.evaluate(
      async ({ pictures, width, height, name }) => {
        const images = pictures.map((base64) => {
          const rgb = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          const image = new ImageData(width, height);
          for (let at = 0; at < width * height; at++) {
            image.data.set([rgb[3 * at], rgb[3 * at + 1], rgb[3 * at + 2], 255], 4 * at);
          }
          return image;
        });
        const blob = await new kit.ImageSequenceClip(images, { fps: 30 }).toBlob();
        await kit.upload(blob, name);
      },
      { pictures, width, height, name: `auto-${kind}-${height}.mp4` },
    );
    const flags = filterFlags(`auto-${kind}-${height}.mp4`);
    // A picture that repeats the one before has no residual to filter, and says 1 whatever it shows.
    const own = kind === "held" ? flags.slice(0, 1) : flags;
    assert.ok(own.length > 0, "no slice was read");
    assert.deepEqual(new Set(own), new Set([filtered ? 0 : 1]), flags.join(" "));
  });
}
