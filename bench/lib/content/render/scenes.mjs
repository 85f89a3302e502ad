// The scenes: objects with their materials. A material gives colour, gloss and mirror at a point.
import { fractalNoise } from "../noise.mjs";
import { block, floor, rod, sphere } from "./objects.mjs";

/** A still life: a chequered floor, marble, wood, mirrors, bricks. */
export function still() {
  const veins = fractalNoise(3, 5);
  const plain = (colour, gloss, mirror) => () => ({ colour, gloss, mirror });
  const marble = ([x, y, z]) => {
    const vein = Math.abs(Math.sin(3 * x + 2 * y + 5 * veins(x * 1.7 + 40, y * 1.7 + 9, z * 1.7 + 40)));
    return {
      colour: [232, 226, 218].map((value, part) => value * (0.5 + 0.5 * vein ** 0.5) - part),
      gloss: 0.6,
      mirror: 0.08,
    };
  };
  const wood = ([x, y, z]) => {
    const ring = (Math.hypot(x + 4, z - 3) * 7 + 2 * veins(x + 20, y * 0.4, z + 20)) % 1;
    return {
      colour: [
        [168, 108, 62],
        [120, 70, 38],
      ][0].map((value, part) => value - ring * [48, 38, 24][part]),
      gloss: 0.2,
      mirror: 0.03,
    };
  };
  const tiles = ([x, , z], _normal, distance) => {
    const odd = (Math.floor(x / 1.2) + Math.floor(z / 1.2)) & 1;
    // Far tiles melt into their mean before they alias.
    const far = Math.min(1, Math.max(0, (distance - 14) / 16));
    const grain = 0.88 + 0.24 * veins(x * 2.3 + 60, z * 2.3 + 60);
    const [dark, pale] = [
      [96, 70, 62],
      [214, 204, 190],
    ];
    return {
      colour: dark.map(
        (value, part) => ((odd ? value : pale[part]) * (1 - far) + ((value + pale[part]) / 2) * far) * grain,
      ),
      gloss: 0.1,
      mirror: 0.12,
    };
  };
  return [
    floor(tiles),
    sphere([0, 1.25, 0], 1.25, marble),
    sphere([2.5, 0.8, 0.9], 0.8, plain([200, 40, 44], 0.9, 0.12)),
    sphere([-1.7, 0.6, 2.1], 0.6, plain([40, 90, 170], 0.9, 0.1)),
    sphere([-2.6, 1.9, -0.8], 0.7, plain([210, 210, 214], 1, 0.75)),
    block([-3.4, 0, -1.6], [-1.8, 1.2, 0], wood),
    block([0.9, 0, -2.9], [2.3, 2.1, -1.7], plain([226, 178, 60], 0.3, 0.02)),
    rod([1.1, 0.25, 2.6], [3, 0.25, 3.2], 0.25, plain([60, 150, 110], 0.7, 0.08)),
    sphere([1.1, 0.25, 2.6], 0.25, plain([60, 150, 110], 0.7, 0.08)),
    sphere([3, 0.25, 3.2], 0.25, plain([60, 150, 110], 0.7, 0.08)),
  ];
}

/** Balls and rods wound about an axis, over a floor with rings. */
export function molecule() {
  const speck = fractalNoise(9, 4);
  const ball =
    (colour) =>
    ([x, y, z]) => ({
      colour: colour.map((value) => value * (0.82 + 0.36 * speck(x * 5 + 30, y * 5 + 30, z * 5 + 30))),
      gloss: 0.8,
      mirror: 0.1,
    });
  const ground = ([x, , z], _normal, distance) => {
    const ring = 0.5 + 0.5 * Math.sin(Math.hypot(x, z) * 5);
    const far = Math.min(1, Math.max(0, (distance - 12) / 12));
    const light = 0.7 + 0.3 * (ring ** 3 * (1 - far) + 0.3 * far) + 0.2 * (speck(x + 50, z + 50) - 0.5);
    return { colour: [120 * light, 130 * light, 146 * light], gloss: 0.05, mirror: 0.1 };
  };
  const colours = [
    [214, 74, 60],
    [236, 236, 236],
    [70, 110, 210],
    [236, 190, 60],
  ];
  const at = (step, side) => [
    1.5 * Math.cos(step * 0.62 + side * Math.PI),
    0.45 + step * 0.36,
    1.5 * Math.sin(step * 0.62 + side * Math.PI),
  ];
  const objects = [floor(ground)];
  for (let step = 0; step < 10; step++) {
    for (const side of [0, 1]) {
      objects.push(sphere(at(step, side), 0.34, ball(colours[(step + 2 * side) % 4])));
      if (step > 0) objects.push(rod(at(step - 1, side), at(step, side), 0.1, ball([150, 150, 156])));
    }
    if (step % 2 === 0) objects.push(rod(at(step, 0), at(step, 1), 0.09, ball([190, 160, 110])));
  }
  return objects;
}
