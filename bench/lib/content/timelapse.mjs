// A time-lapse on a tripod: clouds drift and change, the land below stays; each exposure differs a little, and there is
// a sensor's noise.
import { fractalNoise, gaussian, sensorNoise, smoothNoise } from "./noise.mjs";
import { mix, Picture } from "./raster.mjs";

/** Deviation of the exposure from picture to picture. */
const FLICKER = 0.012;
/** A sensor's noise, in codes. */
const NOISE = 1.3;

/** `drift`: the clouds' way in pixels of 720p a picture; `change`: how fast they change. */
const CLIPS = {
  a: {
    seed: 41,
    drift: [2.4, 0.3],
    change: 0.018,
    cover: 0.5,
    horizon: 430,
    sky: [
      [64, 118, 190],
      [186, 208, 226],
    ],
    cloud: [252, 250, 246],
    shade: [148, 158, 172],
    land: hills,
  },
  b: {
    seed: 83,
    drift: [-3.6, 0.8],
    change: 0.03,
    cover: 0.46,
    horizon: 520,
    sky: [
      [38, 44, 84],
      [238, 160, 104],
    ],
    cloud: [250, 186, 140],
    shade: [74, 62, 92],
    land: skyline,
  },
};

export function timelapse({ width, height, clip }) {
  const look = CLIPS[clip];
  const scale = width / 1280;
  const clouds = fractalNoise(look.seed, 5);
  const next = gaussian(look.seed + 1);
  const addNoise = sensorNoise(look.seed + 2, NOISE);
  const land = look.land(width, height, scale, look);
  const exposures = [];
  return (picture, n) => {
    while (exposures.length <= n) exposures.push(1 + FLICKER * next());
    drawSky(picture, n, look, clouds, scale);
    land(picture, n);
    const gain = exposures[n];
    for (let at = 0; at < picture.data.length; at++) picture.data[at] *= gain;
    addNoise(picture, n);
  };
}

/** Clouds in perspective: flatter and smaller towards the horizon. */
function drawSky({ data, width }, n, { drift, change, cover, horizon, sky, cloud, shade }, clouds, scale) {
  const bottom = Math.round((horizon + 90) * scale);
  for (let y = 0, at = 0; y < bottom; y++) {
    const height = y / scale;
    const [red, green, blue] = mix(sky[0], sky[1], Math.min(1, height / horizon) ** 1.3);
    const depth = 260 / (horizon + 160 - Math.min(height, horizon + 40));
    const v = depth * 5 + (drift[1] * n) / 190;
    for (let x = 0; x < width; x++, at += 3) {
      const u = ((x / scale - 640) * depth) / 190 + (drift[0] * n) / 190;
      const density = clouds(u + 300, v, n * change);
      const thick = Math.min(1, Math.max(0, (density - cover) * 5.5));
      // Where a cloud grows denser towards the light, it stands in its own shade.
      const towards = thick > 0 ? clouds(u + 300.1, v - 0.16, n * change) - density : 0;
      const lit = Math.min(1, Math.max(0, 0.72 - towards * 3.4 - (density - cover) * 0.9));
      const soft = thick * (2 - thick);
      data[at] = red + (shade[0] + (cloud[0] - shade[0]) * lit - red) * soft;
      data[at + 1] = green + (shade[1] + (cloud[1] - shade[1]) * lit - green) * soft;
      data[at + 2] = blue + (shade[2] + (cloud[2] - shade[2]) * lit - blue) * soft;
    }
  }
}

/** Draws a still layer once; pixels of it that are not `null` cover the sky. */
function still(width, height, colourAt) {
  const layer = new Picture(width, height);
  const covered = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const colour = colourAt(x, y);
      if (!colour) continue;
      covered[at] = 1;
      layer.data.set(colour, at * 3);
    }
  }
  return (picture) => {
    for (let at = 0; at < covered.length; at++) {
      if (covered[at]) picture.data.set(layer.data.subarray(at * 3, at * 3 + 3), at * 3);
    }
  };
}

/** Three ranges of hills, wooded and in haze, and fields before them. */
function hills(width, height, scale, { seed, horizon }) {
  const outline = smoothNoise(seed + 10);
  const woods = fractalNoise(seed + 11, 5);
  const ranges = [
    { base: horizon - 34, tall: 110, wide: 210, colour: [112, 134, 150] },
    { base: horizon + 30, tall: 90, wide: 150, colour: [74, 98, 84] },
    { base: horizon + 110, tall: 70, wide: 260, colour: [66, 92, 44] },
  ];
  const tops = ranges.map(({ base, tall, wide }, at) =>
    Float32Array.from(
      { length: width },
      (_, x) => (base - tall * (outline(x / scale / wide, at * 9) - 0.3) - 9 * outline(x / scale / 7, at * 5)) * scale,
    ),
  );
  const draw = still(width, height, (x, y) => {
    const at = tops.findLastIndex((top) => y >= top[x]);
    if (at < 0) return null;
    const deep = (y - tops[at][x]) / scale;
    // Fields lie flat and are seen from the side: longer than high.
    const grain =
      at === 2 && deep > 40 ? woods(x / scale / 60, y / scale / 9, 3) : woods(x / scale / 22, y / scale / 16, at);
    const light = 0.5 + grain + 0.1 * (at === 0 ? 0 : Math.sin(deep / 30));
    return ranges[at].colour.map((value) => value * light);
  });
  // Clouds' shadows pass over the land.
  const shadow = fractalNoise(seed + 12, 2);
  return (picture, n) => {
    draw(picture);
    for (let y = Math.round((horizon - 60) * scale); y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (y < tops[1][x]) continue;
        const light = 0.74 + 0.5 * shadow(x / scale / 240 + n / 70, y / scale / 60, n / 90);
        const at = (y * width + x) * 3;
        for (let part = 0; part < 3; part++) picture.data[at + part] *= light;
      }
    }
  };
}

/** Towers at dusk whose windows are lit and put out, and their street lamps' glow on the river. */
function skyline(width, height, scale, { seed, horizon }) {
  const noise = smoothNoise(seed + 10);
  const rough = fractalNoise(seed + 11, 4);
  const towers = Array.from({ length: 26 }, (_, at) => {
    const x = (at * 52 - 20 + 20 * noise(at * 3.7, 1)) * scale;
    return {
      x,
      right: x + (34 + 40 * noise(at * 5.1, 2)) * scale,
      top: (horizon - 40 - 250 * noise(at * 2.3, 3) ** 1.5) * scale,
      shade: 26 + 30 * noise(at * 7.7, 4),
    };
  });
  const shore = (horizon + 60) * scale;
  const draw = still(width, height, (x, y) => {
    if (y >= shore) return null;
    const tower = towers.findLast(({ x: left, right, top }) => x >= left && x < right && y >= top);
    if (!tower) return y > horizon * scale ? [24, 22, 30] : null;
    const wall =
      tower.shade *
      (0.8 + 0.4 * rough(x / scale / 14, y / scale / 14)) *
      (1 + 0.35 * ((x - tower.x) / (tower.right - tower.x)));
    return [wall * 0.95, wall * 0.9, wall * 1.15];
  });
  return (picture, n) => {
    draw(picture);
    for (const [at, { x, right, top }] of towers.entries()) {
      const next = towers[at + 1]?.x ?? right;
      for (let row = 0; top + (14 + row * 11) * scale < shore - 8 * scale; row++) {
        for (let column = 0; x + (6 + column * 9) * scale < Math.min(right, next) - 5 * scale; column++) {
          // A window's light changes when slow noise crosses its own threshold.
          if (noise(at * 31 + column * 7.3, row * 5.9, n / 40) < 0.62) continue;
          picture.rectangle(x + (6 + column * 9) * scale, top + (14 + row * 11) * scale, 4 * scale, 6 * scale, [
            250,
            214 - (row % 3) * 22,
            130,
          ]);
        }
      }
    }
    reflect(picture, Math.round(shore), n, noise, scale);
  };
}

/** The river shows what stands above it, darker, broken by long exposures of small waves. */
function reflect({ data, width, height }, shore, n, noise, scale) {
  for (let y = shore; y < height; y++) {
    const deep = (y - shore) / scale;
    for (let x = 0; x < width; x++) {
      const wave = (noise(x / scale / 46, deep / 4, n / 5) - 0.5) * (4 + deep / 9) * scale;
      const from = Math.max(0, Math.min(shore - 1, Math.round(shore - (y - shore) * 1.9 + wave * 2)));
      const at = (y * width + x) * 3;
      const source = (from * width + x) * 3;
      data[at] = data[source] * 0.6 + 8;
      data[at + 1] = data[source + 1] * 0.62 + 10;
      data[at + 2] = data[source + 2] * 0.68 + 16;
    }
  }
}
