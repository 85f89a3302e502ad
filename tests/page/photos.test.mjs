// Real photographs, as PNG and as JPEG files: each moment of the video shows its own photograph, judged against ffmpeg's decoders.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { before, test } from "node:test";
import { FRAME_SIZE, FRAMES, fixturesFolder, makeFixtures } from "../fixtures/make-fixtures.mjs";
import { pageHarness } from "./support/harness.mjs";
import { make, pick } from "./support/strip.mjs";
import { gridsAt, videoFacts } from "./support/video.mjs";

/** Cells whose mean colours are compared: 40 x 40 pixels each, where the camera moves 8 and 4 from image to image. */
const GRID = { columns: 32, rows: 18 };

/** Frames looked at, of those counted from 0: both ends, both sides of the middle, and some between. */
const LOOKED_AT = [0, 1, 7, 11, 12, 18, 23];

/** Codes that a cell's mean may differ from the source, on average over all cells. */
const MEAN_DIFFERENCE = 1;

const here = pageHarness({ exactColours: true });
before(async () => {
  makeFixtures();
});

for (const extension of ["png", "jpg"]) {
  test(`24 photographs as ${extension} files become a video of these photographs`, async () => {
    const { page, context, complaints } = await here.open();
    const files = Array.from({ length: FRAMES }, (_, index) =>
      join(fixturesFolder, extension, `frame${index + 1}.${extension}`),
    );
    await pick(page, files);
    await make(page);
    const { videoWidth, videoHeight, duration } = await videoFacts(page);
    assert.deepEqual({ width: videoWidth, height: videoHeight, duration }, { ...FRAME_SIZE, duration: 1 });

    const sources = files.map(sourceGrid);
    const times = LOOKED_AT.map((index) => (index + 0.5) / FRAMES);
    for (const [at, shown] of (await gridsAt(page, times, GRID)).entries()) {
      const differences = sources.map((source) => meanDifference(source, shown.flat()));
      const nearest = differences.indexOf(Math.min(...differences));
      assert.equal(nearest, LOOKED_AT[at], `at ${times[at]} s image ${nearest + 1} is shown`);
      assert.ok(differences[nearest] <= MEAN_DIFFERENCE, `image ${nearest + 1} is ${differences[nearest]} codes off`);
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

/** The mean colours of the grid's cells in an image file. */
function sourceGrid(file) {
  const filter = `format=gbrp,scale=${GRID.columns}:${GRID.rows}:flags=area,format=rgb24`;
  return [...execFileSync("ffmpeg", ["-v", "error", "-i", file, "-vf", filter, "-f", "rawvideo", "-"])];
}

function meanDifference(a, b) {
  return a.reduce((sum, value, at) => sum + Math.abs(value - b[at]), 0) / a.length;
}
