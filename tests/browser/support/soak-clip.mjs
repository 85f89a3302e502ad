// What the soak encodes, as `soak`. Runs in the browser.
import { ImageSequenceClip, SequenceEncoder } from "/dist/index.js";

const SIZE = { width: 1280, height: 720 };

/** A drawing that is another in every frame. */
function draw(context, frame) {
  const { width, height } = context.canvas;
  context.fillStyle = `hsl(${frame % 360} 60% 40%)`;
  context.fillRect(0, 0, width, height);
  for (let at = 0; at < 24; at++) {
    context.fillStyle = `hsl(${(37 * at + 3 * frame) % 360} 80% 60%)`;
    context.fillRect((97 * at + 5 * frame) % width, (53 * at + 3 * frame) % height, 90, 60);
  }
  context.fillStyle = "white";
  context.font = "80px sans-serif";
  context.fillText(String(frame), 40, 100);
}

function canvas({ width, height }) {
  return new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
}

globalThis.soak = {
  /** One clip of so many frames into a stream that keeps nothing; gives its stats. */
  async longClip(frames) {
    const context = canvas(SIZE);
    const encoder = new SequenceEncoder({ ...SIZE, fps: 30, sink: new WritableStream() });
    for (let frame = 0; frame < frames; frame++) {
      draw(context, frame);
      await encoder.add(context.canvas);
    }
    await encoder.finish();
    return encoder.stats;
  },

  /** So many encodes of the same files, one after the other; gives the digests that differ. */
  async manyEncodes(encodes) {
    const context = canvas({ width: 640, height: 360 });
    const images = [];
    for (let frame = 0; frame < 24; frame++) {
      draw(context, 10 * frame);
      images.push(await context.canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 }));
    }
    const digests = new Set();
    for (let encode = 0; encode < encodes; encode++) {
      const blob = await new ImageSequenceClip(images, { fps: 12 }).toBlob({ keyframeInterval: 0.5 });
      const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
      digests.add(bytes.join());
    }
    return [...digests];
  },
};
