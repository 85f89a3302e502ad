// What the page's setting for embedded colour profiles does: to the preview, the video and the GIF alike.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { chunk, rgbPng } from "../fixtures/png.mjs";
import { iccProfile, SPACES, toSrgb } from "../fixtures/profiles.mjs";
import { temporaryFolder } from "../support/folder.mjs";
import { pageHarness } from "./support/harness.mjs";
import { isSharp, pixel } from "./support/preview.mjs";
import { make, pick } from "./support/strip.mjs";
import { assertColour, coloursAt } from "./support/video.mjs";

const here = pageHarness({ exactColours: true });
const folder = temporaryFolder("page-colours");

/** A green of Display P3, which is far from the same numbers in sRGB. */
const GREEN = [90, 200, 70];
const SIZE = { width: 64, height: 64 };
/** Codes that conversions, the video and GIF's palette may be off in all. */
const TOLERANCE = 4;

test("embedded profiles are converted or ignored: in the preview, the video and the GIF", async () => {
  const { page, context, complaints } = await here.open();
  const profile = chunk("iCCP", Buffer.concat([Buffer.from("p3\0\0"), deflateSync(iccProfile(SPACES.p3))]));
  const files = [1, 2].map((number) => join(folder, `wide${number}.png`));
  const rgb = Buffer.from(
    Array(SIZE.width * SIZE.height)
      .fill(GREEN)
      .flat(),
  );
  for (const file of files) writeFileSync(file, rgbPng(SIZE, rgb, profile));
  const converted = toSrgb(SPACES.p3, GREEN);
  assert.ok(Math.max(...converted.map((code, channel) => Math.abs(code - GREEN[channel]))) > 10 * TOLERANCE);
  await pick(page, files);
  await page.getByText("Advanced", { exact: true }).click();
  for (const [setting, colour] of [
    ["Convert to sRGB", converted],
    ["Ignore", GREEN],
  ]) {
    await page.getByLabel("Embedded colour profiles").selectOption(setting);
    await isSharp(page);
    assertColour(await pixel(page, 0.5, 0.5), colour, TOLERANCE, `${setting}, preview`);
    await make(page);
    const [shown] = await coloursAt(page, [0.02]);
    assertColour(shown, colour, TOLERANCE, `${setting}, video`);
    const [gif] = await Promise.all([page.waitForEvent("download"), page.click("#gif")]);
    const path = join(folder, "wide.gif");
    await gif.saveAs(path);
    const decode = ["-v", "error", "-i", path, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"];
    assertColour([...execFileSync("ffmpeg", decode).subarray(0, 3)], colour, TOLERANCE, `${setting}, GIF`);
    await page.locator("[name=stage][value=preview]").check();
  }
  assert.deepEqual(complaints, []);
  await context.close();
});
