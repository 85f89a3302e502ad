// What tests do with the strip of thumbnails, as a person would: by what is to be seen and read.

/** File names of the tiles that exist, in order. Only those near the visible part exist. */
export const names = (page) => page.locator(".tile-name").allTextContents();

/** frame1.png, frame2.png, ... of the test pictures. */
export const numbers = (...list) => list.map((number) => `frame${number}.png`);

/** The picture of an image by its file name. */
export const face = (page, name) =>
  page.locator(".tile", { has: page.locator(`[title$="${name}"]`) }).locator(".tile-face");

/** Waits until the page says that it has so many images. */
export async function waitForImages(page, count) {
  const text = count === 1 ? "1 image" : `${count} images`;
  await page.locator("#count", { hasText: new RegExp(`^${text}$`) }).waitFor({ state: "attached" });
}

/** Picks files with the file dialog and waits until they are there. */
export async function pick(page, files, count = files.length) {
  await page.setInputFiles("#files", files);
  await waitForImages(page, count);
}

/** Presses "Make video" and waits for the video. */
export async function make(page) {
  await page.click("#make");
  await page.locator("#player video").waitFor();
}
