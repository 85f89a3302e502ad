// The page and a browser for the tests of a file.
import { after, before } from "node:test";
import { launch, openPage } from "../../support/chromium.mjs";
import { servedPage } from "./site.mjs";

/**
 * The page in one browser for all tests of a file. Call at the top of it.
 *
 * @param {Parameters<typeof launch>[0]} [options] - of the browser
 */
export function pageHarness(options) {
  const state = { site: undefined, browser: undefined };
  before(async () => {
    [state.site, state.browser] = await Promise.all([servedPage(), launch(options)]);
  });
  after(async () => {
    await state.browser?.close();
    await state.site?.stop();
  });
  return {
    get site() {
      return state.site;
    },
    get browser() {
      return state.browser;
    },
    /** Opens the page in a context of its own, see `openPage`. */
    open: (context) => openPage(state.browser, state.site.url, context),
  };
}
