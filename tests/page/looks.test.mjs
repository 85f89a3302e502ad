// Nothing sticks out at any width, everything has a name for those who do not see it, and screenshots show the rest:
// tests/.work/shots, made anew by every run, are there to be looked at.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, openPage, servedPage, shotsFolder } from "./support/browser.mjs";
import { brokenPicture, pictures } from "./support/pictures.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const SCREENS = {
  desktop: { viewport: { width: 1280, height: 860 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};

let site;
let browser;
before(async () => {
  mkdirSync(shotsFolder, { recursive: true });
  [site, browser] = await Promise.all([servedPage(), launch()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

for (const [screen, options] of Object.entries(SCREENS)) {
  for (const colorScheme of ["light", "dark"]) {
    test(`every state of the page on a ${screen} in ${colorScheme} colours`, async () => {
      const { page, context, complaints } = await openPage(browser, site.url, {
        ...options,
        colorScheme,
        reducedMotion: "reduce",
      });
      const look = async (state) => {
        await page.waitForFunction(nothingBlank);
        await page.screenshot({ path: join(shotsFolder, `${screen}-${colorScheme}-${state}.png`) });
        await assertFits(page, state);
        await assertAccessible(page, state);
      };
      await look("1-empty");

      for (let round = 0; round < 4; round += 1) await page.setInputFiles("#files", pictures("png"));
      await page.getByText("More", { exact: true }).click();
      await page.locator(".tile-face").nth(1).click();
      await look("2-picked");

      await page.getByText("More", { exact: true }).click();
      await page.click("#make");
      await page.waitForFunction(() => document.querySelector("#bar").value > 0.2);
      await look("3-working");

      await page.waitForSelector("video");
      await page.waitForFunction(
        () => document.querySelector("video").readyState === HTMLMediaElement.HAVE_ENOUGH_DATA,
      );
      await look("4-ready");

      await page.setInputFiles("#files", brokenPicture());
      await page.click("#make");
      await page.locator(".tile.is-bad").waitFor();
      await look("5-broken");
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }
}

test("nothing sticks out on the narrowest phones, nor with text twice as large", async () => {
  const { page, context } = await openPage(browser, site.url, { viewport: { width: 320, height: 640 } });
  await page.setInputFiles("#files", [...pictures("png"), brokenPicture()]);
  await page.getByText("More", { exact: true }).click();
  await page.getByLabel("Video size").selectOption("custom");
  await page.click("#make");
  await page.locator(".tile.is-bad").waitFor();
  await assertFits(page, "at 320 pixels");
  await page.setViewportSize({ width: 640, height: 800 });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "32px";
  });
  await assertFits(page, "with large text");
  await context.close();
});

/** Runs in the page: whether every thumbnail on the screen is drawn, or known to be unreadable. */
function nothingBlank() {
  return [...document.querySelectorAll(".tile canvas:not([hidden])")].every((canvas) => {
    const { top, bottom } = canvas.parentElement.getBoundingClientRect();
    return canvas.width > 0 || bottom < 0 || top > innerHeight;
  });
}

async function assertFits(page, state) {
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  assert.ok(scrollWidth <= clientWidth, `${state}: the page is ${scrollWidth} wide on a screen of ${clientWidth}`);
}

/** WCAG 2.2 A and AA, as far as a program can tell: names, roles, contrast, target sizes. */
async function assertAccessible(page, state) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(" | ")}`,
  );
  assert.deepEqual(found, [], state);
}
