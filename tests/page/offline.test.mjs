// After one visit the page needs no network, and a new version replaces the old one as a whole.
import assert from "node:assert/strict";
import { appendFile, copyFile, cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { buildWww, SINGLE_FILE } from "../../scripts/build-www.mjs";
import { inRoot } from "../../scripts/lib/project.mjs";
import { CARD, CARD_COLOURS } from "../fixtures/card.mjs";
import { fixturesFolder, makeFixtures } from "../fixtures/make-fixtures.mjs";
import { launch, openPage } from "../support/chromium.mjs";
import { pictures } from "./support/pictures.mjs";
import { servedPage } from "./support/site.mjs";
import { make, pick } from "./support/strip.mjs";
import { gridsAt, videoFacts } from "./support/video.mjs";

/** What tells the new version from the old one: a line at the end of one file. */
const MARK = "second version";

/** Bytes of the page's own code and styles, after brotli, without the encoder. */
const MOST_BYTES = 70_000;

let browser;
let site;
before(async () => {
  makeFixtures();
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  site = await servedPage();
});
afterEach(() => site.stop());

test("after one visit, with the server stopped, the page opens and makes a video", async () => {
  const { page, context, complaints } = await openPage(browser, site.url);
  await page.locator("#offline").waitFor();
  await site.down();
  await assert.rejects(fetch(site.url), "the server still answers");

  await page.reload();
  await pick(page, pictures("png"));
  await make(page);
  assert.equal((await videoFacts(page)).duration, 1);

  // The decoders that are loaded on demand are there, too.
  await page.reload();
  await pick(page, RARE);
  await make(page);
  await assertCard(page);

  await page.goto(`${site.url}index.html?from=a-bookmark`);
  assert.equal(await page.title(), "framereel: images to video");
  assert.match(await licences(page), /Cisco/);
  assert.ok(await page.locator("#one-file").isVisible());
  await context.setOffline(true);
  await page.locator("#one-file").waitFor({ state: "hidden" });
  assert.deepEqual(
    complaints.filter((text) => !text.includes("service-worker.js")),
    [],
  ); // the check for a new version
  await context.close();
});

test("a new version waits, is offered, and comes as a whole", async () => {
  const { page, context, complaints } = await openPage(browser, site.url);
  await page.locator("#offline").waitFor();
  await buildSecondVersion();

  await page.reload();
  await page.getByRole("button", { name: "Load it" }).waitFor();
  assert.ok(!(await licences(page)).includes(MARK), "the open page got a file of the new version");
  await page.getByRole("button", { name: "Load it" }).click();
  await page.locator("#update").waitFor({ state: "hidden" });
  assert.ok((await licences(page)).includes(MARK), "the new version did not come");
  assert.equal(await page.evaluate(async () => (await caches.keys()).length), 1, "the old version's cache is left");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a server between two versions does not spoil the one that is there", async () => {
  const { page, context } = await openPage(browser, site.url);
  await page.locator("#offline").waitFor();
  await buildSecondVersion();
  await appendFile(join(site.folder, "style.css"), "/* not the file that the service worker was built with */");

  const failed = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const found = new Promise((resolve) =>
      registration.addEventListener("updatefound", () => resolve(registration.installing)),
    );
    await registration.update();
    const fresh = await found;
    while (fresh.state === "installing") await new Promise((resolve) => setTimeout(resolve, 20));
    return fresh.state;
  });
  assert.equal(failed, "redundant");
  await site.down();
  await page.reload();
  assert.ok(!(await licences(page)).includes(MARK));
  assert.ok(await page.locator("#update").isHidden());
  await context.close();
});

test("the single-file page works from a disk by file://, encoder and all, and asks for nothing", async () => {
  const stick = await mkdtemp(join(site.folder, "..", "stick-"));
  const file = join(stick, SINGLE_FILE);
  await copyFile(join(site.folder, SINGLE_FILE), file);
  const { page, context, complaints } = await openPage(browser, pathToFileURL(file).href);
  await pick(page, pictures("jpg"));
  await page.waitForFunction(() => document.querySelector(".tile canvas").width === 320);
  await make(page);
  assert.equal((await videoFacts(page)).duration, 1);
  await page.reload();
  await pick(page, RARE);
  await make(page);
  await assertCard(page);
  await page.reload();
  await pick(page, pictures("jpg"));
  await make(page);
  const [gif] = await Promise.all([page.waitForEvent("download"), page.click("#gif")]);
  assert.equal(gif.suggestedFilename(), "frame.gif");
  assert.deepEqual(complaints, []);
  assert.match(await readFile(file, "utf8"), /openh264[\s\S]*Cisco Systems/i, "the licences are not in it");
  await context.close();
  await rm(stick, { recursive: true });
});

test("it can be installed: the manifest's icons are there, of the sizes that it says", async () => {
  const { page, context, complaints } = await openPage(browser, site.url);
  const client = await context.newCDPSession(page);
  await page.locator("#offline").waitFor();
  const { installabilityErrors } = await client.send("Page.getInstallabilityErrors");
  assert.deepEqual(
    installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito"),
    [],
  );
  const sizes = await page.evaluate(async () => {
    const address = document.querySelector("link[rel=manifest]").href;
    const { icons } = await (await fetch(address)).json();
    const measured = icons.map(async ({ src, sizes }) => {
      const image = new Image();
      image.src = new URL(src, address).href;
      await image.decode();
      return sizes === "any" || sizes === `${image.naturalWidth}x${image.naturalHeight}`;
    });
    return Promise.all(measured);
  });
  assert.deepEqual(sizes, [true, true, true, true]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test(`the page's own code and styles are at most ${MOST_BYTES} bytes after brotli`, async () => {
  const files = ["index.html", "page.js", "page-worker.js", "service-worker.js", "style.css"];
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  const contents = await Promise.all(files.map((name) => readFile(join(site.folder, name))));
  const bytes = contents.map((content) => brotliCompressSync(content, options).length);
  const sum = bytes.reduce((a, b) => a + b);
  assert.ok(sum <= MOST_BYTES, `${sum} bytes: ${files.map((name, index) => `${name} ${bytes[index]}`).join(", ")}`);
});

test("a deployment may leave heic.wasm out: the page works offline all the same", async () => {
  await rm(join(site.folder, "framereel", "heic.wasm"));
  const { page, context } = await openPage(browser, site.url);
  await page.locator("#offline").waitFor();
  await site.down();
  await page.reload();
  await pick(page, RARE.slice(1));
  await make(page);
  await assertCard(page);
  await context.close();
});

/** The card as a HEIC and as a TIFF. */
const RARE = ["rgb.heic", "rgb.tif"].map((name) => join(fixturesFolder, "card", name));

/** The first picture of the video is the card. */
async function assertCard(page) {
  const { videoWidth, videoHeight } = await videoFacts(page);
  assert.deepEqual({ width: videoWidth, height: videoHeight }, CARD);
  const [shown] = await gridsAt(page, [0.01], { columns: 3, rows: 2 });
  for (const [block, colour] of CARD_COLOURS.entries()) {
    const furthest = Math.max(...shown[block].map((code, channel) => Math.abs(code - colour[channel])));
    assert.ok(furthest <= 16, `block ${block} is ${shown[block]}, not ${colour}`);
  }
}

const licences = (page) => page.evaluate(() => fetch("LICENSES.txt").then((response) => response.text()));

/** Builds the served page again from a package that differs by one line. */
async function buildSecondVersion() {
  const packageRoot = join(site.folder, "..", "package");
  await mkdir(packageRoot);
  await cp(inRoot("dist"), join(packageRoot, "dist"), { recursive: true });
  await cp(inRoot("package.json"), join(packageRoot, "package.json"));
  await appendFile(join(packageRoot, "dist", "LICENSES.txt"), `\n${MARK}\n`);
  await buildWww({ out: site.folder, packageRoot });
}
