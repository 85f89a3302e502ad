// The three engines that the package is tested in, behind one interface.
import { after, afterEach, before, describe } from "node:test";
import { judgeReceived } from "../../browser/support/judge.mjs";
import { startServer } from "../../browser/support/server.mjs";
import { makeFixtures } from "../../fixtures/make-fixtures.mjs";
import { abilities } from "./abilities.mjs";
import * as chromium from "./chromium.mjs";
import * as firefox from "./firefox.mjs";
import * as webkit from "./webkit.mjs";

/**
 * How an engine is driven: `launch()` gives `{ version, open(url), close() }`, and `open` a page with
 * `{ evaluate(work, argument), goto(url), close() }`. `work` runs in the page; argument and result are plain data. A page has
 * storage of its own.
 */
const ENGINES = { chromium, firefox, webkit };

/**
 * Codes per channel that a player may be off in flat colours. Chromium's and WebKitGTK's conversions on the processor cut saturated
 * colours by up to 12 (ARCHITECTURE.md); what ffmpeg decodes is measured closer.
 */
export const PLAYED = 14;

/**
 * Defines tests for each engine, one engine after the other. `FRAMEREEL_ENGINES=firefox,webkit` leaves some out.
 *
 * @param {(engine: Engine) => void} define
 *
 * @typedef {object} Engine
 * @property {string} name
 * @property {string} version name and version, as the browser gives them
 * @property {Set<string>} lacks names of `abilities` that it does not have
 * @property {object} server as `startServer` gives it
 * @property {object} page an empty page with `kit`, for all tests that leave nothing behind
 * @property {(options?: { kit?: boolean, path?: string }) => Promise<object>} openForAll another page that stays open
 * @property {(t: object, options?: { kit?: boolean, path?: string }) => Promise<object>} open a page that is closed when the test ends
 */
export function inEachEngine(define) {
  const chosen = process.env.FRAMEREEL_ENGINES?.split(",") ?? Object.keys(ENGINES);
  for (const name of chosen) describe(name, () => define(engineOf(name)));
}

function engineOf(name) {
  const engine = { name };
  let browser;
  const open = async ({ kit = true, path = "" } = {}) => {
    const page = await browser.open(engine.server.url + path);
    if (kit) await page.evaluate(() => import("/support/in-page.mjs").then(() => undefined));
    return page;
  };
  before(async () => {
    makeFixtures();
    [engine.server, browser] = await Promise.all([startServer(), ENGINES[name].launch()]);
    engine.version = browser.version;
    engine.page = await open();
    const has = await engine.page.evaluate(abilities);
    engine.lacks = new Set(Object.keys(has).filter((ability) => !has[ability]));
  });
  afterEach(() => judgeReceived(engine.server));
  after(async () => {
    await browser?.close();
    await engine.server?.close();
  });
  engine.openForAll = open;
  engine.open = async (t, options) => {
    const page = await open(options);
    t.after(() => page.close());
    return page;
  };
  return engine;
}
