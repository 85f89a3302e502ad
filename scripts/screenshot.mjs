// Makes docs/page.png, the README's picture of the page: `node scripts/screenshot.mjs`. Needs the built package, Chromium and
// ffmpeg; the images are a camera move over one of the photographs of scripts/lib/photos.mjs.
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { launch, openPage, servedPage } from "../tests/page/support/browser.mjs";
import { installPhotos, photosFolder } from "./lib/photos.mjs";
import { CommandError, inRoot, main, run } from "./lib/project.mjs";

const PICTURE = inRoot("docs", "page.png");
/** A README should load fast. */
const MOST_BYTES = 200_000;
const VIEWPORT = { width: 1160, height: 800 };
/** Colours of the picture's palette: flat as the page is, few are enough. */
const COLOURS = 64;

/** Images in the picture, and pixels of each. */
const FRAMES = 24;
const SIZE = "960x540";
/** The photograph's wide part (of 451 x 300 pixels), enlarged so that the move is smooth, and then nearer frame by frame. */
const MOVE = `crop=448:252:0:24,scale=1920:1080:flags=lanczos,zoompan=z=1+on*0.035:x=(iw-iw/zoom)*0.45:y=(ih-ih/zoom)*0.3:d=1:s=${SIZE}`;

/** Milliseconds that the player's controls show that they are loading after the video has loaded. */
const CONTROLS_SETTLE = 2000;

async function screenshot() {
  installPhotos();
  mkdirSync(inRoot("docs"), { recursive: true });
  mkdirSync(inRoot("tests", ".work"), { recursive: true });
  const work = mkdtempSync(inRoot("tests", ".work", "screenshot-"));
  const photo = ["-loop", "1", "-i", join(photosFolder, "chelsea.png")];
  run("ffmpeg", ["-v", "error", ...photo, "-vf", MOVE, "-frames:v", String(FRAMES), join(work, "frame%d.png")]);

  const shot = join(work, "shot.png");
  await shoot(
    Array.from({ length: FRAMES }, (_, index) => join(work, `frame${index + 1}.png`)),
    shot,
  );
  const palette = `split[a][b];[a]palettegen=max_colors=${COLOURS}:stats_mode=single[p];[b][p]paletteuse=dither=none`;
  run("ffmpeg", ["-v", "error", "-y", "-i", shot, "-vf", palette, "-compression_level", "100", PICTURE]);
  rmSync(work, { recursive: true });
  const { size } = statSync(PICTURE);
  if (size > MOST_BYTES) throw new CommandError(`docs/page.png has ${size} bytes, the most is ${MOST_BYTES}`);
  console.log(`docs/page.png, ${size} bytes`);
}

/** The page with the video that it made of these images. */
async function shoot(images, path) {
  const site = await servedPage();
  const browser = await launch({ exactColours: true });
  try {
    const { page } = await openPage(browser, site.url, { viewport: VIEWPORT, reducedMotion: "reduce" });
    await page.setInputFiles("#files", images);
    await page.click("#make");
    await page.locator("video").waitFor();
    await page.locator("video").evaluate(async (video) => {
      const shown = new Promise((resolve) => video.addEventListener("seeked", resolve, { once: true }));
      video.currentTime = video.duration / 2;
      await shown;
    });
    await page.waitForFunction(() => document.querySelector("video").readyState === HTMLMediaElement.HAVE_ENOUGH_DATA);
    await page.waitForTimeout(CONTROLS_SETTLE);
    const drawn = (tiles) => [...tiles].every((tile) => tile.width > 0);
    await page.waitForFunction(drawn, await page.$$(".tile canvas"));
    await page.mouse.move(0, 0);
    await page.screenshot({ path });
  } finally {
    await browser.close();
    await site.stop();
  }
}

if (process.argv[1] === import.meta.filename) await main(screenshot);
