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
 * the clip's length, speeds are a picture's.
 */
export const RECIPES = { camera, editor, animation, timelapse, render, plots, pixelart, held };

export const CLIPS = ["a", "b"];
