/** Milliseconds after which a tap that made no click was none. */
const PATIENCE = 3000;
const MOST_TAPS = 5;

/**
 * Taps an element until the tap has made a click on it. On a slow machine the end of the touch may come so late that the browser takes it
 * for a long press, and no click follows; or the page has moved below the finger, and the click goes elsewhere. A person taps again.
 *
 * @param {import("playwright-core").Page} page
 * @param {import("playwright-core").Locator} locator
 */
export async function tapElement(page, locator) {
  await locator.evaluate((target) => {
    globalThis.tapped = false;
    const look = (event) => {
      if (event.composedPath().includes(target)) globalThis.tapped = true;
    };
    addEventListener("click", look, { capture: true });
  });
  for (let taps = 0; taps < MOST_TAPS; taps += 1) {
    await locator.tap();
    const clicked = page.waitForFunction(() => globalThis.tapped, null, { timeout: PATIENCE });
    if (await clicked.then(Boolean, () => false)) return;
  }
  throw new Error(`${MOST_TAPS} taps on ${locator} made no click`);
}
