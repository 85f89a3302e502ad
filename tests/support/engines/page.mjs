/** A page as tests know it, of a context that is closed with it: playwright's and puppeteer's have the same names. */
export async function openPage(context, url, prepare = () => {}) {
  const page = await context.newPage();
  prepare(page);
  await page.goto(url);
  return {
    evaluate: (work, argument) => page.evaluate(work, argument),
    goto: async (address) => void (await page.goto(address)),
    close: () => context.close(),
  };
}
