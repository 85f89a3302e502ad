// After one visit the page needs no network, and a new version replaces the old one as a whole.
import assert from "node:assert/strict";
import { appendFile, cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { buildWww } from "../../scripts/build-www.mjs";
import { inRoot } from "../../scripts/lib/project.mjs";
import { launch, openPage, servedPage } from "./support/browser.mjs";
import { pictures } from "./support/pictures.mjs";
import { videoFacts } from "./support/video.mjs";

/** What tells the new version from the old one: a line at the end of one file. */
const MARK = "second version";

let browser;
let site;
before(async () => {
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
  await page.setInputFiles("#files", pictures("png"));
  await page.click("#make");
  await page.waitForSelector("video");
  assert.equal((await videoFacts(page)).duration, 1);

  await page.goto(`${site.url}index.html?from=a-bookmark`);
  assert.equal(await page.title(), "framereel: images to video");
  assert.match(await licences(page), /Cisco/);
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
