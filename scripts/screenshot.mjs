// Pictures of the page in all of its states, languages, colour schemes and on both screens: `node scripts/screenshot.mjs`.
// They go to tests/.work/shots, to be looked at; docs/page.png and docs/page-phone.png are the README's two.
// Needs the built package, Chromium, ffmpeg and a Chinese font; the README's images are a camera move over one of scripts/lib/photos.mjs.
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { servedPage, shotsFolder } from "../tests/page/support/site.mjs";
import { contextOptions, drawn, LOCALES, SCHEMES, SCREENS, walkStates } from "../tests/page/support/states.mjs";
import { launch, openPage } from "../tests/support/chromium.mjs";
import { installPhotos, photosFolder } from "./lib/photos.mjs";
import { CommandError, inRoot, main, output, run } from "./lib/project.mjs";

/** A README should load fast. */
const MOST_BYTES = 200_000;
/** Colours of a picture's palette: flat as the page is, few are enough. */
const COLOURS = 64;

/** Images in the README's pictures, and pixels of each. */
const FRAMES = 24;
const SIZE = "960x540";
/** The photograph's wide part (of 451 x 300 pixels), enlarged so that the move is smooth, and then nearer frame by frame. */
const MOVE = `crop=448:252:0:24,scale=1920:1080:flags=lanczos,zoompan=z=1+on*0.035:x=(iw-iw/zoom)*0.45:y=(ih-ih/zoom)*0.3:d=1:s=${SIZE}`;

/** Milliseconds that the player's controls show that they are loading after the video has loaded. */
const CONTROLS_SETTLE = 2000;

async function screenshots() {
  if (!output("fc-list", [":lang=zh", "family"]))
    throw new CommandError("There is no Chinese font. On Debian: apt-get install fonts-wqy-microhei");
  installPhotos();
  mkdirSync(inRoot("docs"), { recursive: true });
  mkdirSync(shotsFolder, { recursive: true });
  const work = mkdtempSync(inRoot("tests", ".work", "screenshot-"));
  const site = await servedPage();
  const browser = await launch({ exactColours: true });
  try {
    const images = photographs(work);
    for (const language of Object.keys(LOCALES)) {
      for (const scheme of SCHEMES) {
        for (const screen of Object.keys(SCREENS)) await shootStates(browser, site.url, [screen, language, scheme]);
      }
    }
    const desktop = { viewport: { width: 1160, height: 800 }, reducedMotion: "reduce" };
    await shootForReadme(browser, site.url, { images, work, context: desktop, name: "page.png" });
    const phone = { ...contextOptions("phone", "zh", "dark"), deviceScaleFactor: 1 };
    await shootForReadme(browser, site.url, { images, work, context: phone, name: "page-phone.png" });
  } finally {
    await browser.close();
    await site.stop();
    rmSync(work, { recursive: true });
  }
  console.log(`All states are in ${shotsFolder}`);
}

async function shootStates(browser, url, look) {
  const { page, context } = await openPage(browser, url, contextOptions(...look));
  await walkStates(page, (state) =>
    page.screenshot({ path: join(shotsFolder, `${look.join("-")}-${state}.png`), fullPage: look[0] === "phone" }),
  );
  await context.close();
}

/** The camera move, frame by frame. */
function photographs(work) {
  const photo = ["-loop", "1", "-i", join(photosFolder, "chelsea.png")];
  run("ffmpeg", ["-v", "error", ...photo, "-vf", MOVE, "-frames:v", String(FRAMES), join(work, "cat%d.png")]);
  return Array.from({ length: FRAMES }, (_, index) => join(work, `cat${index + 1}.png`));
}

/** The page with the video that it made of these images, as docs/`name`. */
async function shootForReadme(browser, url, { images, work, context: options, name }) {
  const shot = join(work, name);
  const { page, context } = await openPage(browser, url, options);
  await page.setInputFiles("#files", images);
  await page.locator(".tile").first().waitFor();
  await page.click("#make");
  await page.locator("#player video").waitFor();
  await page.locator("video").evaluate(async (video) => {
    const shown = new Promise((resolve) => video.addEventListener("seeked", resolve, { once: true }));
    video.currentTime = video.duration / 2;
    await shown;
  });
  await page.waitForFunction(() => document.querySelector("video").readyState === HTMLMediaElement.HAVE_ENOUGH_DATA);
  await page.waitForTimeout(CONTROLS_SETTLE);
  await drawn(page);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: shot });
  await context.close();

  const picture = inRoot("docs", name);
  const palette = `split[a][b];[a]palettegen=max_colors=${COLOURS}:stats_mode=single[p];[b][p]paletteuse=dither=none`;
  run("ffmpeg", ["-v", "error", "-y", "-i", shot, "-vf", palette, "-compression_level", "100", picture]);
  const { size } = statSync(picture);
  if (size > MOST_BYTES) throw new CommandError(`docs/${name} has ${size} bytes, the most is ${MOST_BYTES}`);
  console.log(`docs/${name}, ${size} bytes`);
}

if (process.argv[1] === import.meta.filename) await main(screenshots);
