// What the preview shows.

/** Colour of the preview at a place given in shares of its sides. Read from a copy, as the canvas itself is not made to be read. */
export const pixel = (page, x, y) =>
  page.evaluate(
    ([x, y]) => {
      const shown = document.querySelector("#preview-canvas");
      const copy = new OffscreenCanvas(1, 1);
      const context = copy.getContext("2d", { willReadFrequently: true });
      context.drawImage(shown, -x * shown.width, -y * shown.height);
      return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
    },
    [x, y],
  );

/** Waits until the picture itself is shown, not its thumbnail. */
export const isSharp = (page) =>
  page.waitForFunction(() => document.querySelector("#preview-canvas").dataset.sharp !== undefined);
