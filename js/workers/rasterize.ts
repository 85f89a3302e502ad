import { orNothing } from "../model/patience.js";
import { sidesOf, xmlText } from "../model/svg.js";
import type { Rasterized } from "../protocol/messages.js";

const SVG_TYPE = "image/svg+xml";

/**
 * A picture of an SVG file at its own size, drawn by an `<img>`, the only thing in a browser that draws SVG files. Null
 * where there is no document, the file cannot be drawn, or the browser lets nobody see what it drew. Never rejects.
 */
export async function rasterizeSvg(blob: Blob, maxPixels: number): Promise<Rasterized> {
  if (typeof document === "undefined") return null;
  try {
    // An <img> believes the type alone.
    const drawing = new Blob([(await withSides(blob)) ?? blob], { type: SVG_TYPE });
    const image = await loaded(drawing);
    if (!image) return null;
    const { naturalWidth: width, naturalHeight: height } = image;
    if (width * height > maxPixels) return { size: { width, height } };
    return { bitmap: await drawn(image, width, height) };
  } catch {
    // The worker reports the file as what its own decoder made of it.
    return null;
  }
}

/** The drawing with sides from its viewBox, where it does not say both; undefined where nothing is to change. */
async function withSides(blob: Blob): Promise<string | undefined> {
  const text = xmlText(new Uint8Array(await blob.arrayBuffer()));
  const root = new DOMParser().parseFromString(text, SVG_TYPE).documentElement;
  const [width, height, viewBox] = ["width", "height", "viewBox"].map((name) => root.getAttribute(name));
  const sides = sidesOf({ width: width ?? null, height: height ?? null, viewBox: viewBox ?? null });
  if (root.localName !== "svg" || !sides) return undefined;
  root.setAttribute("width", sides.width ?? "");
  root.setAttribute("height", sides.height ?? "");
  return new XMLSerializer().serializeToString(root);
}

/**
 * The drawing in an `<img>`. Chromium lets nobody see the pixels of a drawing with a `foreignObject` where it comes from a `blob:`
 * address; a `data:` address is no such stranger. Pages whose policy has no `data:` get along with the former otherwise.
 */
async function loaded(drawing: Blob): Promise<HTMLImageElement | undefined> {
  const hasForeigners = (await drawing.text()).includes("foreignObject");
  return (hasForeigners ? await loadedFrom(await dataAddress(drawing)) : undefined) ?? (await loadedFromBlob(drawing));
}

async function loadedFromBlob(drawing: Blob): Promise<HTMLImageElement | undefined> {
  const url = URL.createObjectURL(drawing);
  try {
    return await loadedFrom(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Waits for the event: `decode()` waits for a frame to be shown, which a page in the background does not do. */
function loadedFrom(url: string): Promise<HTMLImageElement | undefined> {
  const image = new Image();
  const loading = new Promise<HTMLImageElement | undefined>((resolve) => {
    image.onload = () => resolve(image);
    image.onerror = () => resolve(undefined);
  });
  image.src = url;
  return orNothing(loading);
}

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/** Throws where the pixels may not be seen: such a bitmap could not be posted to the worker. */
async function drawn(image: HTMLImageElement, width: number, height: number): Promise<ImageBitmap> {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  context?.drawImage(image, 0, 0, width, height);
  context?.getImageData(0, 0, 1, 1);
  return createImageBitmap(canvas);
}
