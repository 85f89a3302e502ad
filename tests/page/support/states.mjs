// The page in each of its states, for tests that look at all of them and for the screenshots.
import { brokenPicture, pictures } from "./pictures.mjs";

export const SCREENS = {
  desktop: { viewport: { width: 1280, height: 860 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};
export const LOCALES = { en: "en-US", zh: "zh-CN" };
export const SCHEMES = ["light", "dark"];

/** Options of a browser context for one look of the page. */
export function contextOptions(screen, language, colorScheme) {
  return { ...SCREENS[screen], locale: LOCALES[language], colorScheme, reducedMotion: "reduce" };
}

/**
 * Brings the page into its states, one after the other, and calls `look` in each.
 *
 * @param {import("playwright-core").Page} page freshly opened
 * @param {(state: string) => Promise<void>} look
 */
export async function walkStates(page, look) {
  await look("1-empty");

  for (let round = 1; round <= 3; round += 1) {
    await page.setInputFiles("#files", pictures("png"));
    await page.waitForFunction(
      (count) => document.querySelector("#count").textContent.includes(count),
      String(24 * round),
    );
  }
  await drawn(page);
  await look("2-loaded");

  await page.locator(".tile-face").nth(1).click();
  await page
    .locator(".tile-face")
    .nth(4)
    .click({ modifiers: ["Shift"] });
  await page.locator("#tile-seconds").fill("1.5");
  await page.keyboard.press("Enter");
  await page.locator("summary").nth(1).click();
  await look("3-selected");

  await page.locator("#deselect").click();
  await page.locator("summary").nth(1).click();
  await page.locator("[name=size]").selectOption("square");
  await page.locator("#scrub").fill("5");
  await page.waitForFunction(() => document.querySelector("#preview-canvas").dataset.sharp !== undefined);
  await look("4-preview");

  // Large enough to be still under way when everything about it has been looked at.
  await page.locator("[name=size]").selectOption("2160");
  await page.click("#make");
  await page.waitForFunction(() => document.querySelector("#bar").value > 0.1);
  await look("5-encoding");
  if (!(await page.locator("#cancel").isVisible())) throw new Error("the video was ready before it had been looked at");

  await page.locator("#player video").waitFor({ timeout: 300_000 });
  await page.waitForFunction(() => document.querySelector("video").readyState === HTMLMediaElement.HAVE_ENOUGH_DATA);
  await look("6-done");

  await page.setInputFiles("#files", brokenPicture());
  await page.waitForFunction(() => document.querySelector("#count").textContent.includes("73"));
  await page.locator("[name=times]").evaluate((field) => {
    field.closest("details").open = false;
  });
  await page.click("#make");
  await page.locator("#bad-image").waitFor();
  await drawn(page);
  await look("7-broken-image");

  await page.locator("[name=fps]").fill("0");
  await page.click("#make");
  await page.locator("#fps-problem").waitFor();
  await look("8-wrong-setting");
}

/** Waits until every thumbnail on the screen is drawn, or known to be unreadable. */
export async function drawn(page) {
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".tile canvas:not([hidden])")].every((canvas) => {
      const { top, bottom } = canvas.parentElement.getBoundingClientRect();
      return canvas.width > 0 || bottom < 0 || top > innerHeight;
    }),
  );
}
