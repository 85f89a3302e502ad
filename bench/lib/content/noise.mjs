// Noise: a sensor's, and the smooth kind that clouds, hills and hands are made of. The same for the same seed.
import { random } from "../random.mjs";

/** Entries of the tables; a power of two. */
const ENTRIES = 2 ** 16;
const LATTICE = 256;

const UNIFORM = 2 ** 24;

/** `next()`: a number of the normal distribution (Box and Muller), mean 0, deviation 1. */
export function gaussian(seed) {
  const { below } = random(seed);
  return () =>
    Math.sqrt(-2 * Math.log((below(UNIFORM) + 1) / UNIFORM)) * Math.cos((2 * Math.PI * below(UNIFORM)) / UNIFORM);
}

/**
 * A sensor's noise: brightness a pixel, colour two by two pixels, as after demosaicing; more of it in the light.
 *
 * @param {number} seed
 * @param {number} strength - deviation of the brightness in grey, in codes of 255
 * @returns {(picture: import("./raster.mjs").Picture, n: number) => void} adds that of picture `n`
 */
export function sensorNoise(seed, strength) {
  const next = gaussian(seed);
  const table = Float32Array.from({ length: ENTRIES }, next);
  return ({ data, width, height }, n) => {
    const { below } = random(seed + 7919 * (n + 1));
    for (let y = 0; y < height; y++) {
      const luma = below(ENTRIES);
      // Rows in pairs share their colour noise.
      const chroma = Math.imul((y >> 1) + 977 * n + seed, 40_503) & (ENTRIES - 1);
      for (let x = 0; x < width; x++) {
        const at = (y * width + x) * 3;
        const light = strength * (0.55 + 0.9 * Math.sqrt(data[at + 1] / 255));
        const grey = table[(luma + x) & (ENTRIES - 1)] * light;
        const tint = table[(chroma + (x >> 1)) & (ENTRIES - 1)] * light * 0.6;
        data[at] += grey + tint;
        data[at + 1] += grey;
        data[at + 2] += grey - tint;
      }
    }
  };
}

/**
 * Smooth noise in three dimensions, from 0 to 1: random values at whole numbers, cubic between them.
 *
 * @param {number} seed
 * @returns {(x: number, y: number, z?: number) => number}
 */
export function smoothNoise(seed) {
  const { below } = random(seed);
  const values = Float32Array.from({ length: LATTICE }, () => below(UNIFORM) / UNIFORM);
  const order = Uint8Array.from({ length: LATTICE }, (_, at) => at);
  for (let at = LATTICE - 1; at > 0; at--) {
    const other = below(at + 1);
    [order[at], order[other]] = [order[other], order[at]];
  }
  const corner = (x, y, z) => values[order[(order[(order[x & 255] + y) & 255] + z) & 255]];
  const plane = (x, y, z, u, v) => {
    const a = corner(x, y, z);
    const b = corner(x + 1, y, z);
    const c = corner(x, y + 1, z);
    const d = corner(x + 1, y + 1, z);
    return a + (b - a) * u + (c - a + (d - c - b + a) * u) * v;
  };
  return (x, y, z = 0) => {
    const [column, row, layer] = [Math.floor(x), Math.floor(y), Math.floor(z)];
    const [u, v, w] = [ease(x - column), ease(y - row), ease(z - layer)];
    const near = plane(column, row, layer, u, v);
    return w === 0 ? near : near + (plane(column, row, layer + 1, u, v) - near) * w;
  };
}

/** Octaves of smooth noise, each twice as fine and half as strong; from 0 to 1. */
export function fractalNoise(seed, octaves) {
  const noise = smoothNoise(seed);
  const whole = 2 - 2 ** (1 - octaves);
  return (x, y, z = 0) => {
    let sum = 0;
    for (let octave = 0, size = 1; octave < octaves; octave++, size *= 2) {
      sum += noise(x * size + 19 * octave, y * size + 47 * octave, z * size) / size;
    }
    return sum / whole;
  };
}

/** From 0 to 1 with no speed at both ends. */
export const ease = (t) => t * t * (3 - 2 * t);
