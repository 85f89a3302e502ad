// The page's side of the comparison. Runs in the browser, as `compare`.
import { FramereelError, ImageSequenceClip } from "/dist/index.js";

/** Pixels of a picture above which it is compared scaled down. */
const MOST_PIXELS = 500_000;

/**
 * Makes a video of one picture as framereel, the reference and the browser have it, and sends it to the server as `video`.
 *
 * @returns {Promise<object>} the video's size and which pictures are in it, or framereel's failure; whether the browser reads it
 */
globalThis.compare = async ({ name, reference, size, decoder, video }) => {
  const blob = await (await fetch("/input")).blob();
  const file = new File([blob], name);
  const bitmap = await createImageBitmap(file, { premultiplyAlpha: "none" }).catch(() => null);
  const browser = bitmap ? [bitmap.width, bitmap.height] : null;
  const shared = { fps: 1, background: "rgb(128, 128, 128)", decoder };
  try {
    const [width, height] = size ?? browser ?? [64, 64];
    const factor = Math.sqrt(MOST_PIXELS / (width * height));
    const scaled = [width, height].map((side) => Math.min(8000, Math.max(16, Math.round(side * factor))));
    const wish = factor < 1 ? { width: scaled[0], height: scaled[1] } : "first";
    const pictures = [{ of: "framereel", source: file }];
    if (reference) pictures.push({ of: "reference", source: await (await fetch("/reference")).blob() });
    if (bitmap) pictures.push({ of: "browser", source: bitmap });
    const sources = pictures.map(({ source }) => source);
    const clip = new ImageSequenceClip(sources, { ...shared, size: wish, fit: "contain" });
    const result = await clip.encode({ qp: 0, workers: 1 });
    await fetch(`/received/${video}`, { method: "POST", body: result.blob });
    const { stats } = result;
    return {
      browser,
      size: [stats.width, stats.height],
      scaled: wish !== "first",
      pictures: pictures.map(({ of }) => of),
    };
  } catch (error) {
    const { code, message, imageIndex } = error;
    return {
      browser,
      failure: { code: error instanceof FramereelError ? code : "not framereel's", message, imageIndex },
    };
  }
};
