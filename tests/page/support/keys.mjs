// A visitor without a mouse: the Tab key goes to what is wanted, keys do the rest.

/** Stops of the Tab key that are tried before something counts as out of reach. */
const MOST_STOPS = 120;

/** Presses Tab (or Shift+Tab) until what `selector` matches has the focus. */
export async function tabTo(page, selector, { back = false } = {}) {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
    if (await page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector)) return;
  }
  throw new Error(`the Tab key does not come to ${selector}`);
}

/**
 * What can be pressed, typed into or chosen from on the page as it is, and is no stop of the Tab key: a full round is made. Of a group of
 * radio buttons and of the images one is a stop, arrow keys go on from there.
 */
export async function outOfReach(page) {
  await page.evaluate(() => {
    globalThis.stops = new Set();
    addEventListener("focusin", ({ target }) => globalThis.stops.add(target));
    document.activeElement?.blur();
  });
  for (let stop = 0; stop < MOST_STOPS; stop += 1) await page.keyboard.press("Tab");
  return page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], button, input, select, summary, video")];
    const groupOf = (element) => (element.type === "radio" ? element.name : element.closest("#strip") && "strip");
    const reached = new Set([...globalThis.stops].map(groupOf).filter(Boolean));
    return all
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled)
      .filter((element) => !globalThis.stops.has(element) && !reached.has(groupOf(element)))
      .map((element) => element.outerHTML.slice(0, 120));
  });
}
