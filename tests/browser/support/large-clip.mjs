// A clip of photographs of 12 megapixels, as `large`. Runs in the browser.
import { ImageSequenceClip } from "/dist/index.js";

const SIZE = { width: 4000, height: 3000 };

let files;

globalThis.large = {
  /** Makes `count` JPEGs, each another file, of a few different pictures. */
  async prepare(count) {
    const pictures = [];
    for (let seed = 1; seed <= 3; seed++) pictures.push(await photograph(seed));
    files = Array.from({ length: count }, (_, at) => new File([pictures[at % pictures.length]], `${at}.jpg`));
    return { bytes: pictures[0].size };
  },

  /** Encodes them in groups of four; gives what came out, and the file's hash. */
  async encode(workers, size) {
    const clip = new ImageSequenceClip(files, { fps: 4, ...(size && { size }) });
    const { blob, stats } = await clip.encode({ workers, keyframeInterval: 1, qp: 30 });
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
    return { stats, digest: digest.join() };
  },
};

/** Soft shapes and some grain. */
async function photograph(seed) {
  const { width, height } = SIZE;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  for (let at = 0; at < 60; at++) {
    const [x, y] = [(at * 977 * seed) % width, (at * 613 * seed) % height];
    const light = context.createRadialGradient(x, y, 0, x, y, 900);
    light.addColorStop(0, `hsl(${(at * 47) % 360} 70% 60% / 0.7)`);
    light.addColorStop(1, "transparent");
    context.fillStyle = light;
    context.fillRect(0, 0, width, height);
  }
  for (let at = 0; at < 40_000; at++) {
    context.fillStyle = `hsl(${(at * 31) % 360} 50% ${(at * 7) % 100}% / 0.2)`;
    context.fillRect((at * 7919 * seed) % width, (at * 104_729) % height, 6, 6);
  }
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.92 });
}
