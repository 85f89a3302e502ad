// A hand-held camera in a gallery: pictures on a plastered wall, someone walks past, the hand shakes; two cuts, and a
// sensor's noise.
import { fractalNoise, sensorNoise, smoothNoise } from "./noise.mjs";
import { photo } from "./photo.mjs";
import { Picture } from "./raster.mjs";

/** Where the cuts are, as shares of the clip. */
const CUTS = [0.34, 0.68];

/** The scene is so much larger than the view. */
const MARGIN = 1.5;

/** A sensor's noise, in codes. */
const NOISE = 2.7;

/** Of every clip: the shots. `pan`: pixels a picture; `zoom`: at the first picture, and its change in the whole shot. */
const CLIPS = {
  a: {
    seed: 11,
    shots: [
      {
        wall: [178, 168, 150],
        hung: ["coffee.png", "astronaut.png", "chelsea.png"],
        pan: [3.1, 0.2],
        zoom: [1.02, 0.03],
        walker: true,
      },
      { close: "astronaut.png", pan: [-0.6, 0.5], zoom: [1.05, 0.22] },
      {
        wall: [120, 132, 140],
        hung: ["rocket.jpg", "hubble_deep_field.jpg", "coffee.png"],
        pan: [-7.5, 0.6],
        zoom: [1.1, -0.05],
      },
    ],
  },
  b: {
    seed: 29,
    shots: [
      { close: "chelsea.png", pan: [0.9, -0.4], zoom: [1.25, -0.12] },
      {
        wall: [150, 120, 104],
        hung: ["hubble_deep_field.jpg", "chelsea.png", "rocket.jpg"],
        pan: [-4.2, -0.4],
        zoom: [1, 0.08],
        walker: true,
      },
      { close: "coffee.png", pan: [1.6, 0.2], zoom: [1.08, 0.3] },
    ],
  },
};

export function camera({ width, height, frames, clip }) {
  const { seed, shots } = CLIPS[clip];
  const view = { width, height, scale: width / 1280 };
  const starts = [0, ...CUTS.map((share) => Math.round(share * frames)), frames];
  const scenes = shots.map((shot, at) => (shot.wall ? gallery(shot, view, seed + at) : closeUp(shot, view, seed + at)));
  const addNoise = sensorNoise(seed, NOISE);
  const hand = smoothNoise(seed + 5);
  return (picture, n) => {
    const at = starts.findLastIndex((start) => start <= n);
    const shot = shots[at];
    const length = starts[at + 1] - starts[at];
    // The shutter is open half of the time: two moments of it are averaged.
    const moments = [0, 0.5].map((open) => pose(shot, n - starts[at] + open, length, hand, n + open, view.scale));
    expose(picture, scenes[at], moments);
    if (shot.walker) walkBy(picture, (n - starts[at] + 4) / (length + 8), n, view.scale);
    addNoise(picture, n);
  };
}

/** Where the camera looks: the middle's offset in pixels, zoom, and roll in radians. */
function pose({ pan, zoom }, n, length, hand, time, scale) {
  // A slow sway, and the tremor of about eight hertz.
  const shake = (line) => (hand(time / 9, line) - 0.5) * 16 + (hand(time / 2.1, line + 50) - 0.5) * 2.2;
  const middle = n - length / 2;
  return {
    x: (pan[0] * middle + shake(3)) * scale,
    y: (pan[1] * middle + shake(11)) * scale,
    zoom: zoom[0] + (zoom[1] * n) / length,
    roll: (hand(time / 14, 23) - 0.5) * 0.02,
  };
}

/** The view from two poses, averaged; bilinear. */
function expose({ data, width, height }, scene, poses) {
  const views = poses.map(({ x, y, zoom, roll }) => ({
    x: scene.width / 2 + x,
    y: scene.height / 2 + y,
    cos: Math.cos(roll) / zoom,
    sin: Math.sin(roll) / zoom,
  }));
  const { data: from, width: stride } = scene;
  const [right, bottom] = [scene.width - 1.001, scene.height - 1.001];
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at += 3) {
      let [red, green, blue] = [0, 0, 0];
      for (const { x, y, cos, sin } of views) {
        const [across, down] = [column - width / 2, row - height / 2];
        const u = Math.min(right, Math.max(0, x + across * cos - down * sin));
        const v = Math.min(bottom, Math.max(0, y + across * sin + down * cos));
        const [left, top] = [Math.floor(u), Math.floor(v)];
        const [s, t] = [u - left, v - top];
        const corner = (top * stride + left) * 3;
        const below = corner + stride * 3;
        const [w00, w10, w01, w11] = [(1 - s) * (1 - t), s * (1 - t), (1 - s) * t, s * t];
        red += from[corner] * w00 + from[corner + 3] * w10 + from[below] * w01 + from[below + 3] * w11;
        green += from[corner + 1] * w00 + from[corner + 4] * w10 + from[below + 1] * w01 + from[below + 4] * w11;
        blue += from[corner + 2] * w00 + from[corner + 5] * w10 + from[below + 2] * w01 + from[below + 5] * w11;
      }
      data[at] = red / 2;
      data[at + 1] = green / 2;
      data[at + 2] = blue / 2;
    }
  }
}

/** Three framed photographs on a plastered wall with a skirting board, lit from above. */
function gallery({ wall, hung }, { width, height, scale }, seed) {
  const scene = new Picture(Math.round(width * MARGIN), Math.round(height * MARGIN));
  const plaster = fractalNoise(seed, 6);
  for (let y = 0, at = 0; y < scene.height; y++) {
    const light = 1.12 - (0.4 * y) / scene.height;
    for (let x = 0; x < scene.width; x++) {
      const grain = light * (0.78 + 0.44 * plaster(x / (90 * scale), y / (90 * scale)));
      for (const value of wall) scene.data[at++] = value * grain;
    }
  }
  const px = (length) => Math.round(length * scale);
  for (const [at, name] of hung.entries()) {
    const [x, y] = [px(130 + at * 580), px(260 + 50 * ((at + seed) % 3))];
    const [w, h] = [px(500), px(at === 1 ? 460 : 350)];
    for (let soft = 14; soft > 0; soft -= 2) {
      scene.polygon(
        box(x - px(soft) + px(10), y - px(soft) + px(16), w + px(2 * soft), h + px(2 * soft)),
        [20, 18, 16],
        0.09,
      );
    }
    scene.rectangle(x - px(14), y - px(14), w + px(28), h + px(28), [52, 38, 28]);
    scene.rectangle(x - px(10), y - px(10), w + px(20), h + px(20), [92, 70, 50]);
    scene.rectangle(x - px(4), y - px(4), w + px(8), h + px(8), [228, 224, 214]);
    scene.paste(photo(name, w - (w & 1), h - (h & 1)), x, y);
  }
  scene.rectangle(0, px(960), scene.width, px(120), [70, 56, 46]);
  scene.gradient(0, px(950), scene.width, px(16), [214, 206, 196], [150, 142, 132]);
  return grained(scene, seed + 100, scale, 10);
}

/** A photograph that fills the view. */
function closeUp({ close }, { width, height, scale }, seed) {
  const scene = photo(close, 2 * Math.round((width * MARGIN) / 2), 2 * Math.round((height * MARGIN) / 2), { y: 0.3 });
  return grained(scene, seed + 100, scale, 20);
}

/** Fine detail that belongs to the scene: enlarged photographs have none left. Edges and bright parts get most. */
function grained(scene, seed, scale, strength) {
  const detail = fractalNoise(seed, 3);
  const { data, width, height } = scene;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const add = (detail(x / (6 * scale), y / (6 * scale)) - 0.5) * strength * (0.3 + data[at + 1] / 160);
      data[at] += add;
      data[at + 1] += add;
      data[at + 2] += add;
    }
  }
  return scene;
}

/** Someone out of focus who walks through near the camera: dark, soft at the edge. */
function walkBy(picture, share, n, scale) {
  const x = (share * 1900 - 300) * scale;
  const y = (420 + 9 * Math.sin(n / 2.6)) * scale;
  for (let soft = 0; soft < 8; soft++) {
    const grow = (14 - soft * 4) * scale;
    picture.ellipse(x, y - 190 * scale, 78 * scale + grow, 98 * scale + grow, [34 + soft, 27 + soft, 24 + soft], 0.55);
    picture.ellipse(
      x,
      y + 260 * scale,
      190 * scale + grow,
      360 * scale + grow,
      [30 + soft, 38 + soft, 62 + soft],
      0.55,
    );
  }
}

const box = (x, y, w, h) => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
];
