// Clips by description, as `described`: what tests/browser/properties.test.mjs makes up. Runs in the browser, after `kit`.

/** Image i as its pixels or as a file, all of one colour. */
async function image({ width, height }, index, colour) {
  const pixels = new ImageData(width, height);
  new Uint32Array(pixels.data.buffer).fill(new Uint32Array(Uint8Array.from([...colour, 255]).buffer)[0]);
  if (index % 2 === 0) return pixels;
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext("2d").putImageData(pixels, 0, 0);
  return canvas.convertToBlob({ type: "image/png" });
}

async function make({ sizes, colours, clip: options, orders }) {
  const images = await Promise.all(sizes.map((size, index) => image(size, index, colours[index])));
  return orders.reduce((clip, order) => {
    if (order === "repeated") return clip.repeated(2);
    return order === "concat" ? clip.concat(clip) : clip[order]();
  }, new kit.ImageSequenceClip(images, options));
}

/** The file and what is said of it, either way it can be made. */
async function encoded(clip, way, options) {
  if (way === "encode") return clip.encode(options);
  const { sink, parts } = kit.memorySink();
  const stats = await clip.writeTo(sink, options);
  return { blob: new Blob(parts), stats };
}

globalThis.described = {
  async encode(description, name) {
    const clip = await make(description);
    const { blob, stats } = await encoded(clip, description.way, description.encode);
    await kit.upload(blob, name);
    return { stats, bytes: blob.size, duration: clip.duration, length: clip.length };
  },

  /**
   * Cancels once so many images are encoded, or before anything is; gives how that ended, what the stream heard, and whether
   * the same clip afterwards gives the file that it gave before, and what is left when no more than `most` workers should be.
   */
  async cancel(description, images, most) {
    const clip = await make(description);
    const { way, encode: options } = description;
    const { blob } = await encoded(clip, way, options);
    const controller = new AbortController();
    const onProgress = ({ stage, done }) => stage !== "done" && done >= images && controller.abort("enough");
    if (images < 0) controller.abort("enough");
    const cancelled = { ...options, signal: controller.signal, onProgress };
    const heard = [];
    const sink = new WritableStream({ close: () => void heard.push("close"), abort: (why) => void heard.push(why) });
    const outcome = await faulty.outcome(way === "encode" ? clip.encode(cancelled) : clip.writeTo(sink, cancelled));
    const next = await encoded(clip, way, options);
    return {
      outcome,
      heard,
      isNextRight: (await kit.digest(next.blob)) === (await kit.digest(blob)),
      left: await faulty.leftAtLast(most),
    };
  },
};
