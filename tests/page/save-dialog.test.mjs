// Saving straight to a file with the system's own dialog, as a person sees and answers it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openPage } from "../support/chromium.mjs";
import { temporaryFolder } from "../support/folder.mjs";
import { pictures } from "./support/pictures.mjs";
import { launchOnScreen } from "./support/screen.mjs";
import { servedPage } from "./support/site.mjs";
import { pick } from "./support/strip.mjs";
import { videoFacts } from "./support/video.mjs";

let site;
let screen;
const folder = temporaryFolder("saved");
before(async () => {
  [site, screen] = await Promise.all([servedPage(), launchOnScreen()]);
});
after(async () => {
  await screen?.close();
  await site?.stop();
});

test("the dialog proposes a name; cancelled it changes nothing, answered it gets the whole video", async () => {
  const { page, context, complaints } = await openPage(screen.browser, site.url);
  await pick(page, pictures("png"));
  await page.getByLabel("Save straight to a file").check();
  await page.click("#make");
  await screen.dialog.comes();
  await screen.dialog.cancel();
  assert.ok(await page.locator("#make").isVisible());
  assert.ok(await page.locator("#problem").isHidden());
  assert.equal(await page.locator("video").count(), 0);

  const path = join(folder, "walk.mp4");
  await page.click("#make");
  await screen.dialog.comes();
  screen.dialog.type(path);
  await screen.dialog.accept();
  await page.locator("#player video").waitFor();
  assert.equal(await page.locator("#saved").textContent(), "Saved as walk.mp4.");
  assert.equal((await videoFacts(page)).duration, 1);
  assert.ok(existsSync(path));
  const entries = ["-count_frames", "-show_entries", "stream=codec_name,nb_read_frames"];
  const said = execFileSync("ffprobe", ["-v", "error", ...entries, "-of", "csv=p=0", path], { encoding: "utf8" });
  assert.equal(said.trim(), "h264,24");
  assert.deepEqual(complaints, []);
  await context.close();
});
