// Nothing sticks out at any width, and everything has a name for those who do not see it, in every state of the page.
// `node scripts/screenshot.mjs` makes the pictures of the same states, to be looked at.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { pageHarness } from "./support/harness.mjs";
import { brokenPicture, pictures } from "./support/pictures.mjs";
import { contextOptions, SCHEMES, walkStates } from "./support/states.mjs";
import { pick } from "./support/strip.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 A and AA, as far as a program can tell: names, roles, contrast, target sizes. */
const RULES = {
  type: "tag",
  values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
};

const here = pageHarness();

// Each screen with each language, and in each of them both colour schemes.
for (const look of [
  ["desktop", "en", "light"],
  ["desktop", "zh", "dark"],
  ["phone", "zh", "light"],
  ["phone", "en", "dark"],
]) {
  test(`every state of the page fits and is accessible: ${look.join(", ")}`, async () => {
    const { page, context, complaints } = await here.open(contextOptions(...look));
    const [, , colorScheme] = look;
    await walkStates(page, async (state) => {
      await assertFits(page, state);
      await assertAccessible(page, state, RULES);
      // Names and roles do not depend on the colours.
      const other = SCHEMES.find((scheme) => scheme !== colorScheme);
      await page.emulateMedia({ colorScheme: other });
      await assertAccessible(page, `${state}, ${other}`, { type: "rule", values: ["color-contrast"] });
      await page.emulateMedia({ colorScheme });
    });
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("nothing sticks out on the narrowest phones, nor with text twice as large", async () => {
  const { page, context } = await here.open({ viewport: { width: 320, height: 640 } });
  await pick(page, [...pictures("png"), brokenPicture()], 25);
  for (const part of ["More", "Advanced"]) await page.getByText(part, { exact: true }).click();
  await page.getByLabel("Video size").selectOption("custom");
  await page.click("#make");
  await page.locator("#bad-image").waitFor();
  await assertFits(page, "at 320 pixels");
  await page.locator("#leave-out").click();
  await page.locator("#player video").waitFor();
  await assertFits(page, "at 320 pixels with the video");
  await page.setViewportSize({ width: 640, height: 800 });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "32px";
  });
  await assertFits(page, "with large text");
  await context.close();
});

async function assertFits(page, state) {
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  assert.ok(scrollWidth <= clientWidth, `${state}: the page is ${scrollWidth} wide on a screen of ${clientWidth}`);
}

async function assertAccessible(page, state, runOnly) {
  // Once a page: compiling it takes longer than a look.
  if (await page.evaluate(() => globalThis.axe === undefined)) await page.evaluate(AXE);
  const { violations } = await page.evaluate((runOnly) => globalThis.axe.run({ runOnly }), runOnly);
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(" | ")}`,
  );
  assert.deepEqual(found, [], state);
}
