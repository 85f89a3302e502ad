// Debian's Firefox ESR, through puppeteer-core and WebDriver BiDi.
import puppeteer from "puppeteer-core";
import { openPage } from "./page.mjs";

const FIREFOX = "/usr/bin/firefox-esr";
/** Encodes of several seconds on a busy machine are no time-out. */
const PATIENCE = 600_000;

/** Starts Firefox with an empty profile. */
export async function launch() {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: FIREFOX,
    headless: true,
    protocolTimeout: PATIENCE,
    timeout: PATIENCE,
  });
  return {
    version: (await browser.version()).replace("/", " ").replace(/^./, (first) => first.toUpperCase()),
    open: async (url) =>
      openPage(await browser.createBrowserContext(), url, (page) => page.setDefaultTimeout(PATIENCE)),
    close: () => browser.close(),
  };
}
