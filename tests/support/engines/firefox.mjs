// Debian's Firefox ESR, through puppeteer-core and WebDriver BiDi.
import puppeteer from "puppeteer-core";

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
    async open(url) {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE);
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
