// A slide show: photographs that each stay for fifteen pictures, without noise or motion.
import { photo } from "./photo.mjs";

/** Pictures that each photograph stays. */
const HELD = 15;

const CLIPS = {
  a: [
    ["astronaut.png", { y: 0.2 }],
    ["coffee.png", {}],
    ["hubble_deep_field.jpg", { zoom: 1.05 }],
    ["rocket.jpg", { zoom: 1.4, y: 0.7 }],
    ["coffee.png", { zoom: 1.7, x: 0.8, y: 0.7, mirrored: true }],
    ["astronaut.png", { zoom: 1.6, x: 0.2, y: 0.6 }],
    ["hubble_deep_field.jpg", { zoom: 1.8, x: 0.9, y: 0.1 }],
  ],
  b: [
    ["chelsea.png", {}],
    ["hubble_deep_field.jpg", { zoom: 1.5, x: 0.1, y: 0.9, mirrored: true }],
    ["rocket.jpg", {}],
    ["chelsea.png", { zoom: 1.7, x: 0.3, y: 0.4, mirrored: true }],
    ["coffee.png", { zoom: 1.3, x: 0.1, y: 0.9 }],
    ["rocket.jpg", { zoom: 2, x: 0.5, y: 0.9, mirrored: true }],
    ["astronaut.png", { zoom: 1.3, x: 0.9, y: 0.95, mirrored: true }],
  ],
};

export function held({ width, height, clip }) {
  const photographs = CLIPS[clip].map(([name, part]) => photo(name, width, height, part));
  return (picture, n) => picture.paste(photographs[Math.floor(n / HELD) % photographs.length], 0, 0);
}
