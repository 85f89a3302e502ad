// How an encoder that wants RGBA gets it in a browser: the browser's decoder, then a canvas.

/** Pictures that are decoded ahead while others are encoded. */
const AHEAD = 3;

/** The files as bitmaps, in order, a few ahead of their use. */
export async function* bitmaps(files) {
  const started = [];
  for (let at = 0; at < files.length; at++) {
    while (started.length <= AHEAD && at + started.length < files.length) {
      started.push(createImageBitmap(files[at + started.length]));
    }
    const bitmap = await started.shift();
    yield bitmap;
    bitmap.close();
  }
}

/** The files as RGBA. Each is overwritten by none: getImageData makes a new array. */
export async function* rgba(files, { width, height }) {
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  for await (const bitmap of bitmaps(files)) {
    context.drawImage(bitmap, 0, 0);
    yield context.getImageData(0, 0, width, height).data;
  }
}

/** Raw I420 pictures, one after the other in a file. */
export function* i420(bytes, { width, height }) {
  const size = (width * height * 3) / 2;
  for (let at = 0; at + size <= bytes.length; at += size) yield bytes.subarray(at, at + size);
}
