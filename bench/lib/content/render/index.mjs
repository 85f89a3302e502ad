// A clean render: a small ray tracer with soft shading, textures, shadows and mirrors; the camera goes round a still scene.
import { molecule, still } from "./scenes.mjs";
import { shader } from "./trace.mjs";
import { minus, normalised } from "./vectors.mjs";

/** Colour codes that neighbours may differ by before a pixel gets more rays, and how many by how many of them. */
const EDGE = 14;
const RAYS = 3;

/** `turn`: radians that the camera goes a picture. */
const CLIPS = {
  a: {
    scene: still,
    turn: 0.011,
    start: 0.4,
    distance: 9.2,
    rise: 3.4,
    target: [0, 0.9, 0],
    focal: 1.5,
    light: [0.55, 0.75, 0.35],
    sky: [
      [150, 178, 210],
      [236, 238, 240],
    ],
  },
  b: {
    scene: molecule,
    turn: -0.019,
    start: 2.1,
    distance: 10.5,
    rise: 2.2,
    target: [0, 1.9, 0],
    focal: 1.6,
    light: [-0.5, 0.8, 0.33],
    sky: [
      [28, 34, 50],
      [92, 104, 128],
    ],
  },
};

export function render({ width, height, clip }) {
  const look = CLIPS[clip];
  const objects = look.scene();
  const colours = new Float32Array(width * height * 3);
  const ids = new Uint8Array(width * height);
  return (picture, n) => {
    const ray = view(look, n, width, height);
    const shade = shader(objects, look);
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at++) {
        const { colour, id } = shade(...ray(x + 0.5, y + 0.5));
        colours.set(colour, at * 3);
        ids[at] = id;
      }
    }
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at++) {
        const edge =
          (x > 0 && differs(colours, ids, at, at - 1)) ||
          (x < width - 1 && differs(colours, ids, at, at + 1)) ||
          (y > 0 && differs(colours, ids, at, at - width)) ||
          (y < height - 1 && differs(colours, ids, at, at + width));
        const colour = edge ? average(shade, ray, x, y) : colours.subarray(at * 3, at * 3 + 3);
        picture.data.set(colour, at * 3);
      }
    }
  };
}

function differs(colours, ids, a, b) {
  if (ids[a] !== ids[b]) return true;
  for (let part = 0; part < 3; part++) if (Math.abs(colours[a * 3 + part] - colours[b * 3 + part]) > EDGE) return true;
  return false;
}

function average(shade, ray, x, y) {
  const sum = [0, 0, 0];
  for (let row = 0; row < RAYS; row++) {
    for (let column = 0; column < RAYS; column++) {
      const { colour } = shade(...ray(x + (column + 0.5) / RAYS, y + (row + 0.5) / RAYS));
      for (let part = 0; part < 3; part++) sum[part] += colour[part] / (RAYS * RAYS);
    }
  }
  return sum;
}

/** Rays of the camera at picture `n`: where from, and which way, by pixel. */
function view({ turn, start, distance, rise, target, focal }, n, width, height) {
  const angle = start + turn * n;
  const eye = [distance * Math.cos(angle), rise + 0.5 * Math.sin(n / 40), distance * Math.sin(angle)];
  const forward = normalised(minus(target, eye));
  const right = normalised([forward[2], 0, -forward[0]]);
  const up = [
    forward[1] * right[2] - forward[2] * right[1],
    forward[2] * right[0] - forward[0] * right[2],
    forward[0] * right[1] - forward[1] * right[0],
  ];
  return (x, y) => {
    const across = ((x - width / 2) / height) * 2;
    const rising = (0.5 - y / height) * 2;
    return [eye, normalised([0, 1, 2].map((axis) => forward[axis] * focal + right[axis] * across + up[axis] * rising))];
  };
}
