/** Milliseconds after which a tap that made no click was none. */
const PATIENCE = 3000;
const MOST_TAPS = 5;

/**
 * Taps an element until the tap has made a click. On a slow machine the end of the touch may come so late that the browser takes it for a
 * long press, and no click follows; a person taps again.
 *
 * @param {import("playwright-core").Page} page
 * @param {import("playwright-core").Locator} locator
 */
export async function tapElement(page, locator) {
  await page.evaluate(() => {
    if (globalThis.clicks !== undefined) return;
    globalThis.clicks = 0;
    addEventListener("click", () => (globalThis.clicks += 1), { capture: true });
  });
  const before = await page.evaluate(() => globalThis.clicks);
  for (let taps = 0; taps < MOST_TAPS; taps += 1) {
    await locator.tap();
    const clicked = page.waitForFunction((count) => globalThis.clicks > count, before, { timeout: PATIENCE });
    if (await clicked.then(Boolean, () => false)) return;
  }
  throw new Error(`${MOST_TAPS} taps on ${locator} made no click`);
}
