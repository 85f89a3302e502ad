// One browser and one server for a test file, and a fresh page with `kit` for each test. Every file that a test uploads is judged.
import { after, afterEach, before } from "node:test";
import { makeFixtures } from "../../fixtures/make-fixtures.mjs";
import { launch } from "../../support/chromium.mjs";
import { judgeReceived } from "./judge.mjs";
import { startServer } from "./server.mjs";

/**
 * Call at the top of a test file.
 *
 * @param {{ exactColours?: boolean }} [options] whether a video's colours will be measured
 */
export function harness(options) {
  const state = { server: undefined, browser: undefined, page: undefined };
  before(async () => {
    makeFixtures();
    [state.server, state.browser] = await Promise.all([startServer(), launch(options)]);
  });
  after(async () => {
    await state.browser?.close();
    await state.server?.close();
  });
  afterEach(() => judgeReceived(state.server));
  const openIn = async (context, { kit = true } = {}) => {
    const page = await context.newPage();
    await page.goto(state.server.url);
    if (kit) await page.evaluate(() => import("/support/in-page.mjs").then(() => undefined));
    return page;
  };
  return {
    get server() {
      return state.server;
    },
    /** Opens an empty page in a context of its own; it is closed when the test ends. */
    async open(t, options) {
      const context = await state.browser.newContext();
      t.after(() => context.close());
      return openIn(context, options);
    },
    /** One page for all tests of a file that leave nothing behind: the package is loaded once. */
    async shared() {
      state.page ??= await openIn(await state.browser.newContext());
      return state.page;
    },
  };
}
