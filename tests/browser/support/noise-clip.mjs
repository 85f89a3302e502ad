// A clip of images whose files are heavy for their size, as `noise`. Runs in the browser.
import { H264Encoder } from "/dist/encoder.js";
import { ImageSequenceClip, SequenceEncoder } from "/dist/index.js";

const SIZE = { width: 640, height: 360 };
/** Images made; a clip goes through them again and again, each time as a file of its own. */
const DISTINCT = 8;

let clip;
let pictures;

globalThis.noise = {
  /** Makes a clip of `count` files; gives the bytes of the smallest. */
  async prepare(count) {
    const blobs = [];
    for (let seed = 1; seed <= DISTINCT; seed++) blobs.push(await noisyJpeg(seed));
    pictures = await Promise.all(blobs.map((blob) => createImageBitmap(blob)));
    const files = Array.from({ length: count }, (_, at) => new File([blobs[at % DISTINCT]], `${at}.jpg`));
    clip = new ImageSequenceClip(files, { fps: 30 });
    return Math.min(...blobs.map(({ size }) => size));
  },

  /** Encodes the clip and keeps nothing but the file where it is a Blob; gives its bytes. */
  async encode(way, options) {
    // Groups of eight images, so that short clips have several as well.
    const settings = { ...options, workers: 2, keyframeInterval: 8 / 30 };
    if (way === "SequenceEncoder") return encodeFrames(settings);
    if (way === "H264Encoder") return encodeStream(clip.length, options);
    if (way === "toBlob") return (await clip.toBlob(settings)).size;
    return (await clip.writeTo(new WritableStream(), settings)).bytes;
  },
};

/** Gives the clip up after eight pictures, so many times; gives the pictures that were encoded for nothing. */
globalThis.noise.giveUp = async (rounds) => {
  let encoded = 0;
  for (let round = 0; round < rounds; round++) {
    const controller = new AbortController();
    const onProgress = ({ done }) => done >= 8 && controller.abort("enough");
    const options = { workers: 2, keyframeInterval: 8 / 30, qp: 14, signal: controller.signal, onProgress };
    const reason = await clip.toBlob(options).catch((error) => error);
    if (reason !== "enough") throw new Error(`it ended with ${reason}`);
    encoded += 8;
  }
  return encoded;
};

/** As many frames as the clip has images, drawn one after the other on one canvas, into a stream; gives its bytes. */
async function encodeFrames(settings) {
  const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext("2d");
  const encoder = new SequenceEncoder({ ...SIZE, fps: 30, sink: new WritableStream(), ...settings });
  for (let frame = 0; frame < clip.length; frame++) {
    context.drawImage(pictures[frame % DISTINCT], 0, 0);
    await encoder.add(canvas);
  }
  await encoder.finish();
  return encoder.stats.bytes;
}

/** As many frames through an H264Encoder, no more waiting than it has room for; gives the chunks' bytes, which nobody keeps. */
async function encodeStream(count, { qp, latencyMode }) {
  let bytes = 0;
  const encoder = new H264Encoder({
    output: (chunk) => {
      bytes += chunk.byteLength;
    },
    error: (error) => {
      throw error;
    },
  });
  encoder.configure({ codec: "avc1.640028", ...SIZE, framerate: 30, bitrateMode: "quantizer", latencyMode });
  for (let index = 0; index < count; index++) {
    const frame = new VideoFrame(pictures[index % DISTINCT], { timestamp: Math.round((index * 1e6) / 30) });
    encoder.encode(frame, { avc: { quantizer: qp } });
    frame.close();
    while (encoder.encodeQueueSize > 0)
      await new Promise((resolve) => encoder.addEventListener("dequeue", resolve, { once: true }));
  }
  await encoder.flush();
  encoder.close();
  return bytes;
}

/** Noise that is the same for a seed (xorshift, Marsaglia 2003). */
async function noisyJpeg(seed) {
  const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const picture = context.createImageData(SIZE.width, SIZE.height);
  let state = seed * 0x9e3779b1;
  for (let at = 0; at < picture.data.length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    picture.data[at] = at % 4 === 3 ? 255 : state & 255;
  }
  context.putImageData(picture, 0, 0);
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
}
