// Debian's Chromium, through playwright-core.
import { launch as launchChromium } from "../chromium.mjs";

/** Starts Chromium with an empty profile, whose videos come out in exact colours. */
export async function launch() {
  const browser = await launchChromium({ exactColours: true });
  return {
    version: `Chromium ${browser.version()}`,
    async open(url) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(url);
      return {
        evaluate: (work, argument) => page.evaluate(work, argument),
        goto: async (address) => void (await page.goto(address)),
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}
