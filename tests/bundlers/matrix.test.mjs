// "npm install framereel" and it works: one app, every way of building it, in a real browser; and the same app made with
// `framereel/mediabunny`.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertColour, coloursAt, playToEnd, videoFacts } from "../page/support/video.mjs";
import { launch, openPage } from "../support/chromium.mjs";
import { ENTRY_WAYS, layOut, WAYS } from "./support/ways.mjs";
import { prepareWorkspace } from "./support/workspace.mjs";

/** What app/app.js makes: pixels, and three images at 2 a second, in the order of their names. */
const EXPECTED = { videoWidth: 320, videoHeight: 180, duration: 1.5, controls: true, cssWidth: 160 };
const COLOURS = [
  [0.25, [255, 0, 0]],
  [0.75, [0, 255, 0]],
  [1.25, [0, 0, 255]],
];
/** Codes per channel. Enough to tell which image is shown; how exact the colours are is other tests' business. */
const TOLERANCE = 24;

let browser;

before(async () => {
  await prepareWorkspace();
  browser = await launch();
});

after(() => browser?.close());

const MATRIX = [
  ...WAYS.map((way) => ({ ...way, app: "app" })),
  ...ENTRY_WAYS.map((way) => ({ ...way, name: `framereel/mediabunny, ${way.name}`, app: "app-mediabunny" })),
];

for (const [index, { name, folder, start, app }] of MATRIX.entries()) {
  test(`${name}: three images become a video that plays`, async (t) => {
    const served = await start(layOut(folder, `${index + 1}-${folder}`, app));
    t.after(() => served.stop());
    const { page, context, complaints } = await openPage(browser, served.url);
    t.after(() => context.close());

    await page.locator("video, .failure").waitFor();
    const failures = await page.locator(".failure").allTextContents();
    assert.deepEqual([...failures, ...complaints], []);
    assert.deepEqual(await videoFacts(page), EXPECTED);
    const seen = await coloursAt(
      page,
      COLOURS.map(([seconds]) => seconds),
    );
    for (const [place, [seconds, colour]] of COLOURS.entries()) {
      assertColour(seen[place], colour, TOLERANCE, `${name} at ${seconds} s`);
    }
    assert.equal(await playToEnd(page), EXPECTED.duration);
    if (folder === "next") assert.equal(await page.locator("#server").textContent(), "frame9, frame10");
    assert.deepEqual(complaints, []);
  });
}
