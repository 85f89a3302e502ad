// Debian's Chromium, through playwright-core.
import { launch as launchChromium } from "../chromium.mjs";
import { openPage } from "./page.mjs";

/** Starts Chromium with an empty profile, whose videos come out in exact colours. */
export async function launch() {
  const browser = await launchChromium({ exactColours: true });
  return {
    version: `Chromium ${browser.version()}`,
    open: async (url) => openPage(await browser.newContext(), url),
    close: () => browser.close(),
  };
}
