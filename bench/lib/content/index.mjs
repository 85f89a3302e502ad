// The eight kinds of content that everything is measured on. Each is a recipe in a file of its own with two clips: "a"
// for development and "b" held back, of the same kind, with other pictures, motion and random numbers.
import { animation } from "./animation/index.mjs";
import { camera } from "./camera.mjs";
import { editor } from "./editor.mjs";
import { held } from "./held.mjs";
import { pixelart } from "./pixelart.mjs";
import { plots } from "./plots.mjs";
import { render } from "./render/index.mjs";
import { timelapse } from "./timelapse.mjs";

/**
 * A recipe takes `{ width, height, frames, clip }` and gives `draw(picture, n)`, which draws picture `n` of the clip
 * into a `Picture` of that size, in any order. Sizes are 16:9; lengths in recipes are pixels of 720p; cuts are shares of
 * the clip's length, speeds are a picture's. `file` is what people have such pictures as.
 */
export const KINDS = {
  camera: { title: "hand-held camera", recipe: camera, file: "jpg" },
  editor: { title: "editor and slides", recipe: editor, file: "png" },
  animation: { title: "flat animation", recipe: animation, file: "png" },
  timelapse: { title: "time-lapse with flicker", recipe: timelapse, file: "jpg", flickers: true },
  render: { title: "3-D render", recipe: render, file: "png" },
  plots: { title: "plots", recipe: plots, file: "png" },
  pixelart: { title: "pixel art", recipe: pixelart, file: "png" },
  held: { title: "held photographs", recipe: held, file: "jpg" },
};

export const CLIPS = ["a", "b"];
