// A pixel game: tiles and sprites of few colours, enlarged without smoothing; everything moves by whole pixels of it.
import { random } from "../random.mjs";
import { Picture } from "./raster.mjs";

const TILE = 16;

/** In tiles. */
const LAKE = { column: 20, row: 3.5, radius: 4.6 };

/** `zoom`: sides of a game pixel at 720p. `scroll`: game pixels a picture, in x and y. */
const CLIPS = {
  a: {
    seed: 8,
    zoom: 4,
    scroll: [2, 0],
    sky: [
      [72, 64, 128],
      [128, 88, 152],
      [200, 120, 144],
      [248, 176, 136],
    ],
    far: [
      [96, 68, 120],
      [64, 52, 96],
      [44, 38, 72],
    ],
    ground: { top: [96, 176, 72], body: [124, 92, 76], mortar: [72, 52, 52], light: [176, 140, 108] },
    hero: { skin: [252, 200, 160], cloth: [240, 176, 56], trousers: [88, 64, 120], line: [36, 28, 40] },
    side: true,
  },
  b: {
    seed: 31,
    zoom: 5,
    scroll: [1, 1],
    ground: { top: [56, 132, 60], body: [44, 112, 52], mortar: [148, 120, 72], light: [96, 168, 76] },
    water: [
      [48, 92, 180],
      [64, 112, 204],
      [96, 148, 228],
    ],
    hero: { skin: [236, 196, 150], cloth: [96, 60, 160], trousers: [60, 60, 68], line: [20, 16, 28] },
    side: false,
  },
};

/** A walker, facing right: s skin, c cloth, t trousers, l line. The feet come below, by step. */
const BODY = [
  "....llll....",
  "...lccccl...",
  "..lcccccccl.",
  "..lssslsl...",
  ".lslssslssl.",
  ".lslsssllll.",
  "..lsssssl...",
  "..lcctccl...",
  ".lccctcccl..",
  "lssctttcssl.",
  "lssttttttsl.",
  "..lttttttl..",
];
const FEET = [
  ["..lttlttl...", "..ltl.ltl...", ".lll..lll..."],
  ["...ltttl....", "..lttltl....", "..lll.lll..."],
  ["...lttl.....", "...lttl.....", "...llll....."],
  ["..ltttttl...", ".ltl..lttl..", ".ll....lll.."],
];

const COATS = [
  [72, 184, 184],
  [196, 60, 60],
  [220, 180, 60],
  [108, 92, 200],
  [92, 168, 88],
  [232, 128, 168],
];

export function pixelart({ width, height, clip }) {
  const look = CLIPS[clip];
  const zoom = Math.max(1, Math.round((look.zoom * width) / 1280));
  const small = new Picture(Math.ceil(width / zoom), Math.ceil(height / zoom));
  const world = makeWorld(look);
  return (picture, n) => {
    if (look.side) drawSide(small, n, look, world);
    else drawAbove(small, n, look, world);
    enlarge(small, picture, zoom);
  };
}

/** Looks of a tile that stand side by side at random. */
const VARIANTS = 6;

function makeWorld({ seed, ground, water }) {
  const { below } = random(seed);
  const map = Array.from({ length: 64 * 64 }, () => below(100));
  const variants = (colour) =>
    Array.from({ length: VARIANTS }, (_, variant) => tile((place) => colour(place, variant)));
  const tiles = {
    earth: variants(({ x, y }) => {
      if (y < 3 + below(2)) return below(4) === 0 ? ground.light : ground.top;
      const joint = y % 8 === 7 || (x + (y >> 3) * 8) % 16 === 15;
      if (joint) return ground.mortar;
      return below(9) === 0 ? ground.light : ground.body;
    }),
    brick: variants(({ x, y }, variant) => {
      if (y % 4 === 3 || (x + (y >> 2) * 4) % 8 === 7) return ground.mortar;
      return y % 4 === 0 || below(12) < variant ? ground.light : ground.body;
    }),
    grass: variants(() => [ground.top, ground.top, ground.top, ground.body, ground.light][below(5)]),
    path: variants(() => [ground.mortar, ground.mortar, [168, 140, 92], [132, 104, 60]][below(4)]),
    water: variants(() => water?.[Math.max(0, below(9) - 6)] ?? ground.body),
  };
  // What falls or drifts before everything: where from, and game pixels a picture.
  const specks = Array.from({ length: 70 }, () => ({
    x: below(400),
    y: below(300),
    across: below(3) - 1,
    down: 1 + below(4),
  }));
  const walkers = Array.from({ length: 5 }, () => ({
    x: below(320),
    y: below(120),
    speed: below(3) - 1,
    hue: below(6),
  }));
  return { map, tiles, specks, walkers };
}

function tile(colour) {
  const picture = new Picture(TILE, TILE);
  for (let y = 0; y < TILE; y++) for (let x = 0; x < TILE; x++) picture.rectangle(x, y, 1, 1, colour({ x, y }));
  return picture;
}

/** Seen from the side: a sky of bands, hills that move half as fast, ground, platforms, coins, a runner, snow. */
function drawSide(picture, n, { sky, far, scroll, hero }, { map, tiles, specks, walkers }) {
  const { width, height } = picture;
  drawSky(picture, sky, map);
  const x0 = scroll[0] * n;
  for (let x = 0; x < width; x++) {
    drawHill(picture, x, x0 >> 2, { tall: 42, base: height - 48, colours: far.slice(0, 2) });
    drawHill(picture, x, (x0 >> 1) + 200, { tall: 22, base: height - 44, colours: far.slice(1) });
  }
  const variant = (column, row) => map[(row * 64 + column) % map.length] % VARIANTS;
  for (let column = Math.floor(x0 / TILE); column * TILE < x0 + width; column++) {
    const left = column * TILE - x0;
    const gap = map[(column >> 1) % map.length] < 8;
    for (let row = 0; row < 2 && !gap; row++) {
      picture.paste(tiles.earth[variant(column, row)], left, height - 32 + row * TILE);
    }
    const platform = map[(column >> 2) + 100];
    if (platform > 55) picture.paste(tiles.brick[variant(column, 3)], left, height - 96 - (platform % 3) * 8);
    if (platform > 80) drawCoin(picture, left + 4, height - 118 - (platform % 3) * 8, n);
  }
  const jump = Math.max(0, Math.round(34 * Math.sin(((n % 40) / 40) * 2 * Math.PI)));
  for (const { x, speed, hue } of walkers) {
    const left = ((((x * 2 - x0 + speed * n) % 460) + 460) % 460) - 40;
    drawHero(picture, left, height - 47, { ...hero, cloth: COATS[hue] }, (n >> 2) % 4);
  }
  drawHero(picture, 96, height - 47 - jump, hero, jump > 0 ? 1 : (n >> 2) % 4);
  drawSpecks(picture, n, specks, [236, 236, 252], scroll[0]);
}

/** Bands of colours, and stars in the upper half. */
function drawSky(picture, sky, map) {
  const { width, height } = picture;
  for (let y = 0; y < height; y++) picture.rectangle(0, y, width, 1, sky[Math.floor((y / height) * sky.length)]);
  for (let at = 0; at < 60; at++) {
    const [x, y] = [(map[at] * 100 + map[at + 60]) % width, (map[at + 120] * height) / 200];
    picture.rectangle(x, y, 1, 1, [236, 220, 236]);
  }
}

/** A column of a hill with a light edge. */
function drawHill(picture, x, moved, { tall, base, colours }) {
  const phase = x + moved;
  const top = base - Math.round(tall * (1 + Math.sin(phase / 31) * 0.5 + Math.sin(phase / 13) * 0.2));
  picture.rectangle(x, top, 1, picture.height, colours[1]);
  picture.rectangle(x, top, 1, 3, colours[0]);
}

function drawSpecks(picture, n, specks, colour, scroll) {
  for (const { x, y, across, down } of specks) {
    const left = (((x + (across - scroll) * n) % picture.width) + picture.width) % picture.width;
    picture.rectangle(left, (y + down * n) % picture.height, 1, down > 2 ? 2 : 1, colour);
  }
}

/** Seen from above: meadow, a path, a lake with moving water, trees, walkers, falling leaves. */
function drawAbove(picture, n, { scroll, hero }, { map, tiles, specks, walkers }) {
  const { width, height } = picture;
  const [x0, y0] = [scroll[0] * n, scroll[1] * (n >> 1) + 40];
  const at = (column, row) => map[(row & 63) * 64 + (column & 63)];
  for (let row = Math.floor(y0 / TILE); row * TILE < y0 + height; row++) {
    for (let column = Math.floor(x0 / TILE); column * TILE < x0 + width; column++) {
      const lake = Math.hypot(column - LAKE.column, row - LAKE.row) < LAKE.radius;
      const path = Math.abs(row - 5 - Math.round(2 * Math.sin(column / 4))) < 1;
      // Water glitters, each tile in its own time.
      const variant = (at(column, row) + (lake ? (n + at(row, column)) >> 2 : 0)) % VARIANTS;
      const ground = lake ? tiles.water : path ? tiles.path : tiles.grass;
      picture.paste(ground[variant], column * TILE - x0, row * TILE - y0);
    }
  }
  for (let row = Math.floor(y0 / TILE) - 2; row * TILE < y0 + height; row++) {
    for (let column = Math.floor(x0 / TILE) - 2; column * TILE < x0 + width; column++) {
      if (Math.hypot(column - LAKE.column, row - LAKE.row) < LAKE.radius + 1.5) continue;
      const [left, top] = [column * TILE - x0, row * TILE - y0];
      if (at(column, row) > 84) drawTree(picture, left, top);
      else if (at(column, row) > 80) drawFlower(picture, left + 5, top + 6, at(row, column));
    }
  }
  for (const { x, y, speed, hue } of walkers) {
    drawHero(picture, ((x + speed * n + 600) % 300) - 20, y, { ...hero, cloth: COATS[hue] }, (n >> 2) % 4);
  }
  drawHero(picture, width >> 1, height >> 1, hero, (n >> 2) % 4);
  drawSpecks(picture, n, specks.slice(0, 30), [224, 180, 72], scroll[0]);
}

function drawHero(picture, x, y, { skin, cloth, trousers, line }, step) {
  const colours = { s: skin, c: cloth, t: trousers, l: line };
  for (const [row, text] of [...BODY, ...FEET[step]].entries()) {
    for (let column = 0; column < text.length; column++) {
      if (text[column] !== ".") picture.rectangle(x + column, y + row, 1, 1, colours[text[column]]);
    }
  }
}

function drawCoin(picture, x, y, n) {
  const half = [4, 3, 1, 3][(n >> 2) % 4];
  picture.rectangle(x + 4 - half, y, half * 2, 10, [180, 110, 0]);
  picture.rectangle(x + 5 - half, y + 1, Math.max(1, half * 2 - 2), 8, [252, 200, 40]);
}

function drawTree(picture, x, y) {
  picture.rectangle(x + 6, y + 10, 5, 8, [92, 60, 32]);
  for (const [left, top, wide, tall, colour] of [
    [1, -4, 15, 14, [24, 72, 36]],
    [2, -6, 13, 14, [32, 96, 44]],
    [4, -7, 8, 6, [72, 144, 64]],
  ]) {
    picture.rectangle(x + left, y + top, wide, tall, colour);
  }
}

function drawFlower(picture, x, y, kind) {
  const petal = [
    [236, 92, 92],
    [244, 220, 92],
    [236, 236, 252],
  ][kind % 3];
  picture.rectangle(x, y + 1, 3, 1, petal);
  picture.rectangle(x + 1, y, 1, 3, petal);
  picture.rectangle(x + 1, y + 1, 1, 1, [252, 252, 180]);
}

/** Every pixel becomes a square. */
function enlarge(small, picture, zoom) {
  for (let y = 0, at = 0; y < picture.height; y++) {
    const row = Math.floor(y / zoom) * small.width;
    for (let x = 0; x < picture.width; x++) {
      const from = (row + Math.floor(x / zoom)) * 3;
      picture.data[at++] = small.data[from];
      picture.data[at++] = small.data[from + 1];
      picture.data[at++] = small.data[from + 2];
    }
  }
}
