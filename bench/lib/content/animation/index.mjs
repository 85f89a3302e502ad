// A flat cartoon: shapes of one colour or a soft gradient, dark outlines, drawn on twos as cartoons are; the background
// moves with the camera; one cut.
import { smoothNoise } from "../noise.mjs";
import { cave, reef } from "./deep.mjs";
import { tools } from "./shapes.mjs";
import { portrait, street } from "./town.mjs";

/** Where the cut is, as a share of the clip. */
const CUT = 0.55;

/** Pictures that a drawing of a figure stays; the camera moves at every picture. */
const ON_TWOS = 2;

const CLIPS = { a: { seed: 5, scenes: [street, portrait] }, b: { seed: 19, scenes: [reef, cave] } };

export function animation({ width, frames, clip }) {
  const { seed, scenes } = CLIPS[clip];
  const scale = width / 1280;
  const cut = Math.round(CUT * frames);
  const noise = smoothNoise(seed);
  const brushes = (picture) => tools(picture, scale);
  return (picture, n) => {
    const [scene, since] = n < cut ? [scenes[0], n] : [scenes[1], n - cut];
    const drawing = Math.floor(since / ON_TWOS) * ON_TWOS;
    scene(brushes(picture), { time: since, drawing, noise });
  };
}
