// Clip "a": a child in a street, then at home.
import { ellipsePoints, mix } from "../raster.mjs";
import { box, INK } from "./shapes.mjs";

/** A child walks along a street; the camera follows: hills at a fifth of its speed, houses at its own. */
export function street({ plain, line, shape, shaded, sky }, { time, drawing, noise }) {
  sky([104, 196, 240], [236, 246, 222]);
  plain(ellipsePoints(1050, 130, 64, 64), [255, 226, 120]);
  plain(ellipsePoints(1050, 130, 84, 84), [255, 240, 180], 0.35);
  const way = time * 5.5;
  for (let at = 0; at < 4; at++) {
    const x = ((at * 420 - way * 0.1 + 1800) % 1700) - 200;
    for (const [left, up, size] of [
      [0, 0, 46],
      [52, -22, 58],
      [112, -4, 48],
      [56, 14, 52],
    ])
      plain(ellipsePoints(x + left, 120 + at * 26 + up, size * 1.1, size * 0.7), [255, 255, 255]);
  }
  const hill = (base, tall, speed, colour) => {
    const top = Array.from({ length: 41 }, (_, at) => [
      at * 32,
      base - tall * noise((at * 32 + way * speed) / 260, base),
    ]);
    shape([[-20, 760], [-20, base], ...top, [1300, base], [1300, 760]], colour, 3);
  };
  hill(470, 150, 0.2, [150, 206, 150]);
  hill(520, 110, 0.45, [112, 184, 116]);
  for (let at = Math.floor(way / 340) - 1; at * 340 - way < 1300; at++)
    house({ plain, shape, shaded }, at * 340 - way + 40, at, noise);
  plain(box(0, 560, 1280, 160), [196, 186, 176]);
  line(
    [
      [0, 560],
      [1280, 560],
    ],
    4,
  );
  for (let at = Math.floor(way / 160); at * 160 - way < 1280; at++)
    line(
      [
        [at * 160 - way, 562],
        [at * 160 - way - 70, 720],
      ],
      2.5,
      [150, 140, 134],
    );
  child({ shape, shaded, line, plain }, 520 + 0.6 * drawing, 520, drawing);
}

function house({ plain, shape, shaded }, x, at, noise) {
  const tall = 190 + 90 * noise(at * 3.3, 1);
  const walls = [
    [244, 180, 120],
    [236, 130, 120],
    [168, 196, 226],
    [250, 220, 140],
    [196, 170, 214],
  ];
  const wall = walls[((at % 5) + 5) % 5];
  shaded(box(x, 560 - tall, 250, tall), wall, mix(wall, [120, 80, 90], 0.25));
  shape(
    [
      [x - 20, 560 - tall],
      [x + 125, 560 - tall - 90],
      [x + 270, 560 - tall],
    ],
    [150, 72, 66],
  );
  for (let row = 0; row < 2; row++) {
    for (let column = 0; column < 3; column++) {
      if (row === 1 && column === 1) continue;
      const [left, top] = [x + 24 + column * 76, 560 - tall + 26 + row * 86];
      shape(box(left, top, 48, 56), [206, 236, 246], 3);
      plain(
        [
          [left + 2, top + 40],
          [left + 34, top + 2],
          [left + 46, top + 2],
          [left + 2, top + 54],
        ],
        [236, 250, 252],
      );
    }
  }
  shape(box(x + 100, 500, 50, 60), [110, 70, 56], 3);
}

/** Two arms, two legs, a scarf: all swing by the step. */
function child({ shape, shaded, line, plain }, x, y, drawing) {
  const swing = Math.sin(drawing / 3.2);
  const up = y - 6 * Math.abs(Math.cos(drawing / 3.2));
  const limb = (from, angle, length, wide, colour) => {
    const end = [from[0] + length * Math.sin(angle), from[1] + length * Math.cos(angle)];
    line([from, end], wide + 7);
    line([from, end], wide, colour);
    return end;
  };
  limb([x - 12, up + 30], -swing * 0.7, 78, 24, [52, 74, 120]);
  limb([x - 26, up - 84], swing * 0.9, 74, 18, [206, 70, 66]);
  shaded(
    [
      [x - 46, up - 108],
      [x + 40, up - 108],
      [x + 54, up + 44],
      [x - 56, up + 44],
    ],
    [232, 92, 82],
    [196, 60, 66],
  );
  const foot = limb([x + 14, up + 30], swing * 0.7, 78, 24, [70, 96, 150]);
  shape(ellipsePoints(foot[0] + 10, foot[1] + 6, 26, 13), [250, 246, 236]);
  const hand = limb([x + 24, up - 84], -swing * 0.9, 74, 18, [240, 104, 92]);
  shape(ellipsePoints(hand[0], hand[1], 13, 13), [252, 214, 178]);
  shaded(ellipsePoints(x + 4, up - 176, 72, 70), [254, 224, 190], [246, 196, 158]);
  shape(
    [
      [x - 70, up - 176],
      [x - 58, up - 236],
      [x - 6, up - 262],
      [x + 54, up - 240],
      [x + 74, up - 196],
      [x + 30, up - 216],
      [x - 20, up - 206],
      [x - 44, up - 170],
    ],
    [112, 62, 40],
  );
  for (const eye of [14, 50]) {
    plain(ellipsePoints(x + eye, up - 174, 7, drawing % 28 < 3 ? 1.5 : 10), INK);
  }
  line(
    [
      [x + 16, up - 146],
      [x + 32, up - 140],
      [x + 48, up - 147],
    ],
    3.5,
  );
  const tail = Array.from({ length: 6 }, (_, at) => [
    x - 30 - at * 24,
    up - 104 + 10 * Math.sin(drawing / 4 - at * 0.9) * at * 0.5,
  ]);
  line(tail, 30);
  line(tail, 22, [250, 206, 88]);
  shape(
    [
      [x - 44, up - 122],
      [x + 48, up - 122],
      [x + 44, up - 92],
      [x - 40, up - 92],
    ],
    [250, 206, 88],
  );
}

/** A face that talks and blinks before a room. The camera comes nearer, slowly. */
export function portrait({ plain, line, shape, shaded, sky }, { time, drawing }) {
  sky([250, 214, 170], [226, 150, 130]);
  const near = 1 + time * 0.002;
  const at = (points) => points.map(([x, y]) => [640 + (x - 640) * near, 360 + (y - 360) * near]);
  for (let stripe = 0; stripe < 12; stripe += 2)
    plain(at(box(stripe * 130 - 150, -60, 130, 900)), [255, 226, 190], 0.5);
  shaded(at(box(120, 70, 250, 310)), [150, 210, 236], [214, 236, 240]);
  line(
    at([
      [245, 70],
      [245, 380],
    ]),
  );
  line(
    at([
      [120, 225],
      [370, 225],
    ]),
  );
  shape(at(box(950, 200, 220, 24)), [140, 90, 70]);
  for (const [x, tall, colour] of [
    [965, 96, [196, 80, 76]],
    [1000, 118, [84, 140, 150]],
    [1036, 84, [240, 200, 96]],
    [1070, 108, [120, 96, 160]],
  ])
    shape(at(box(x, 200 - tall, 32, tall)), colour, 3);
  const bob = 5 * Math.sin(drawing / 5);
  shaded(
    at([
      [300, 780],
      [380, 580 + bob],
      [540, 540 + bob],
      [740, 540 + bob],
      [900, 580 + bob],
      [980, 780],
    ]),
    [232, 92, 82],
    [180, 52, 62],
  );
  shaded(at(ellipsePoints(640, 350 + bob, 214, 222)), [255, 226, 194], [244, 190, 152]);
  shape(
    at([
      [424, 350 + bob],
      [440, 200 + bob],
      [560, 96 + bob],
      [740, 100 + bob],
      [850, 220 + bob],
      [856, 330 + bob],
      [790, 236 + bob],
      [640, 216 + bob],
      [500, 246 + bob],
    ]),
    [112, 62, 40],
  );
  const look = 8 * Math.sin(drawing / 11);
  for (const x of [560, 722]) {
    const open = drawing % 30 < 4 ? 4 : 42;
    shape(at(ellipsePoints(x, 350 + bob, 32, open)), [255, 255, 255]);
    if (open > 10) {
      plain(at(ellipsePoints(x + look, 354 + bob, 17, 24)), [70, 110, 80]);
      plain(at(ellipsePoints(x + look, 354 + bob, 9, 14)), INK);
      plain(at(ellipsePoints(x + look + 6, 344 + bob, 5, 6)), [255, 255, 255]);
    }
    line(
      at([
        [x - 38, 284 + bob],
        [x, 270 + bob - look / 3],
        [x + 38, 282 + bob],
      ]),
      9,
    );
  }
  plain(at(ellipsePoints(500, 430 + bob, 34, 20)), [250, 160, 140], 0.6);
  plain(at(ellipsePoints(780, 430 + bob, 34, 20)), [250, 160, 140], 0.6);
  line(
    at([
      [642, 380 + bob],
      [656, 410 + bob],
      [634, 416 + bob],
    ]),
  );
  const mouth = [6, 26, 40, 16, 30, 8][Math.floor(drawing / 4) % 6];
  shape(at(ellipsePoints(640, 474 + bob, 52, mouth)), [150, 40, 56]);
  if (mouth > 14) plain(at(ellipsePoints(640, 474 + bob + mouth * 0.5, 30, mouth * 0.4)), [240, 130, 130]);
}
