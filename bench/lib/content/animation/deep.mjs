// Clip "b": fish before a reef, then an owl in a cave.
import { ellipsePoints, mix } from "../raster.mjs";
import { INK, turn } from "./shapes.mjs";

/** Fish and weeds before a reef; the camera sinks and drifts. */
export function reef({ plain, line, shape, shaded, sky }, { time, drawing, noise }) {
  sky([56, 190, 206], [20, 76, 140]);
  const [way, sunk] = [time * 2.2, time * 0.7];
  for (let ray = 0; ray < 5; ray++)
    plain(
      [
        [180 + ray * 240, -10],
        [250 + ray * 240, -10],
        [120 + ray * 250 - 160, 740],
        [ray * 250 - 220, 740],
      ],
      [190, 244, 240],
      0.13 + 0.04 * Math.sin(time / 9 + ray * 2),
    );
  const rocks = (base, speed, colour, size) => {
    const top = Array.from({ length: 33 }, (_, at) => [
      at * 42 - 30,
      base - sunk * speed - size * noise((at * 42 + way * speed) / 120, base),
    ]);
    shape([[-40, 800], ...top, [1330, 800]], colour);
  };
  rocks(600, 0.4, [52, 104, 150], 190);
  rocks(680, 0.8, [92, 76, 130], 150);
  for (let at = 0; at < 9; at++) {
    const x = ((at * 190 - way + 2200) % 1710) - 120;
    const stem = Array.from({ length: 7 }, (_, up) => [
      x + 16 * Math.sin(drawing / 8 + up * 0.8 + at) * (up / 4),
      740 - sunk * 0.8 - up * (24 + 6 * (at % 3)),
    ]);
    line(stem, 24);
    line(stem, 16, at % 2 ? [92, 190, 110] : [224, 120, 110]);
  }
  const colours = [
    [
      [255, 176, 64],
      [240, 110, 50],
    ],
    [
      [250, 230, 110],
      [226, 170, 60],
    ],
    [
      [240, 130, 190],
      [190, 70, 150],
    ],
    [
      [170, 230, 150],
      [70, 170, 120],
    ],
  ];
  for (let at = 0; at < 7; at++) {
    const size = 44 + (at % 3) * 26;
    const speed = 3 + (at % 4) * 1.6;
    const right = at % 2 === 0;
    const along = (at * 330 + (right ? 1 : -1) * drawing * speed + 3200) % 1600;
    fish(
      { shape, shaded, line, plain },
      along - 160,
      110 + at * 74 + 14 * Math.sin(drawing / 9 + at * 2),
      size,
      right,
      colours[at % 4],
      drawing + at * 5,
    );
  }
  for (let at = 0; at < 12; at++) {
    const y = 760 - ((at * 131 + time * (3 + (at % 3))) % 800);
    shape(
      ellipsePoints(100 + at * 104 + 8 * Math.sin(time / 5 + at), y, 6 + (at % 4) * 3, 6 + (at % 4) * 3, 20),
      [150, 226, 232],
      2,
    );
  }
}

function fish({ shape, shaded, line, plain }, x, y, size, right, [top, bottom], drawing) {
  const side = right ? 1 : -1;
  const at = (points) => points.map(([across, down]) => [x + across * size * side, y + down * size]);
  const tail = 0.25 * Math.sin(drawing / 2.4);
  shape(
    at([
      [-0.8, 0],
      [-1.5, -0.5 + tail],
      [-1.3, tail],
      [-1.5, 0.5 + tail],
    ]),
    bottom,
  );
  shape(
    at([
      [-0.3, -0.5],
      [0.1, -0.95],
      [0.45, -0.48],
    ]),
    bottom,
  );
  shaded(at(ellipsePoints(0, 0, 1, 0.6, 36)), top, bottom);
  for (const stripe of [-0.35, 0.1])
    line(
      at([
        [stripe, -0.5],
        [stripe + 0.1, 0],
        [stripe, 0.5],
      ]),
      size / 9,
      [255, 250, 236],
    );
  shape(at(ellipsePoints(0.6, -0.14, 0.17, 0.17, 20)), [255, 255, 255], 3);
  plain(at(ellipsePoints(0.65, -0.12, 0.08, 0.08, 16)), INK);
  line(
    at([
      [0.92, 0.16],
      [0.74, 0.2],
    ]),
    3,
  );
}

/** A crystal cave: an owl turns its head, crystals glow in turn, the picture rolls by two degrees. */
export function cave({ plain, line, shape, shaded, sky }, { time, drawing, noise }) {
  sky([40, 26, 66], [86, 46, 104]);
  const roll = (points) => points.map((point) => turn(point, [640, 360], 0.035 * Math.sin(time / 20)));
  for (let at = 0; at < 16; at++) {
    const long = 90 + 190 * noise(at * 4.1, 2);
    shaded(
      roll([
        [at * 92 - 110, -60],
        [at * 92 + 10, -60],
        [at * 92 - 40, long],
      ]),
      [70, 52, 100],
      [112, 82, 140],
      3,
    );
  }
  for (let at = 0; at < 9; at++) {
    const [x, tall] = [at * 160 + 10, 120 + 200 * noise(at * 2.7, 7)];
    const glow = 0.5 + 0.5 * Math.sin(time / 10 + at * 1.3);
    const colour = mix([70, 150, 200], [170, 250, 240], glow);
    plain(roll(ellipsePoints(x, 720 - tall / 2, 110, tall * 0.7)), colour, 0.12 * glow);
    shaded(
      roll([
        [x - 38, 760],
        [x - 44, 720 - tall * 0.7],
        [x, 720 - tall],
        [x + 40, 720 - tall * 0.75],
        [x + 34, 760],
      ]),
      colour,
      mix(colour, [30, 50, 110], 0.5),
    );
    plain(
      roll([
        [x - 34, 740],
        [x - 38, 724 - tall * 0.68],
        [x - 4, 726 - tall * 0.95],
        [x - 12, 740],
      ]),
      [255, 255, 255],
      0.25,
    );
  }
  const tilt = 0.3 * Math.sin(drawing / 9);
  const [x, y] = [700, 330];
  const head = (points) => roll(points.map((point) => turn(point, [x, y], tilt)));
  line(
    roll([
      [430, 560],
      [1010, 546],
    ]),
    40,
  );
  line(
    roll([
      [430, 560],
      [1010, 546],
    ]),
    32,
    [120, 84, 70],
  );
  shaded(roll(ellipsePoints(x, y + 120, 116, 150)), [170, 124, 96], [112, 74, 70]);
  for (let row = 0; row < 4; row++) {
    for (let column = -row % 2; column < 3; column++)
      line(
        roll([
          [x - 44 + column * 34, y + 70 + row * 36],
          [x - 30 + column * 34, y + 84 + row * 36],
          [x - 16 + column * 34, y + 70 + row * 36],
        ]),
        3.5,
        [84, 54, 60],
      );
  }
  shaded(
    head([
      [x - 110, y + 20],
      [x - 104, y - 110],
      [x - 52, y - 76],
      [x + 52, y - 76],
      [x + 104, y - 110],
      [x + 110, y + 20],
      [x + 60, y + 76],
      [x - 60, y + 76],
    ]),
    [196, 150, 116],
    [150, 104, 86],
  );
  for (const eye of [-48, 48]) {
    shape(head(ellipsePoints(x + eye, y - 8, 42, 42)), [250, 224, 150]);
    plain(head(ellipsePoints(x + eye, y - 8, 18, drawing % 26 < 3 ? 3 : 24)), INK);
    plain(head(ellipsePoints(x + eye + 8, y - 18, 6, 7)), [255, 255, 255]);
  }
  shape(
    head([
      [x - 14, y + 20],
      [x + 14, y + 20],
      [x, y + 50],
    ]),
    [240, 170, 70],
  );
}
