// What the encoder's tests do in the page, as `encoders`.
import { configure, H264Encoder } from "/dist/encoder.js";
import { callbacks, chunkOf, frameOf, later, planesOf } from "./encoder-kit.mjs";

globalThis.encoders = {
  H264Encoder,
  configure,
  callbacks,
  chunkOf,
  frameOf,
  later,
  planesOf,

  /** Encodes frames, each given with its options as a pair; gives all chunks as bytes, and what else is known of them. */
  async encode(config, pairs) {
    const { init, outputs, errors } = callbacks();
    const encoder = new H264Encoder(init);
    encoder.configure(config);
    for (const [frame, options] of pairs) {
      encoder.encode(frame, options);
      frame.close?.();
    }
    await encoder.flush();
    encoder.close();
    if (errors.length > 0) throw errors[0];
    return outputs;
  },

  bytesOf(outputs) {
    const parts = outputs.map(({ chunk }) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      return bytes;
    });
    return new Blob(parts);
  },

  /** A frame of noise that drifts, the same for the same number; `part` pixels at its left are new in every frame. */
  noise(width, height, index, { part = 0, ...init } = {}) {
    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    const image = context.createImageData(width, height);
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at += 4) {
        const isNew = x < part;
        const [across, down] = isNew
          ? [((x >> 1) + 1) * (index + 3), ((y >> 1) + 7) * (index + 11)]
          : [(x + 2 * index) >> 2, y >> 2];
        const value = (Math.imul(across, 73_856_093) ^ Math.imul(down, 19_349_663)) >>> (isNew ? 8 : 0);
        image.data.fill(value % 251, at, at + 3);
        image.data[at + 3] = 255;
      }
    }
    context.putImageData(image, 0, 0);
    return new VideoFrame(context.canvas, { timestamp: Math.round((index * 1e6) / 30), ...init });
  },
};
