// What the scenes draw with.
import { mix } from "../raster.mjs";

/** Of outlines. */
export const INK = [38, 26, 34];

/** Shapes in pixels of 720p: `shape` fills and outlines, `plain` only fills. */
export function tools(picture, scale) {
  const scaled = (points) => points.map(([x, y]) => [x * scale, y * scale]);
  const plain = (points, colour, share) => picture.polygon(scaled(points), colour, share);
  const line = (points, width = 4, colour = INK) => picture.stroke(scaled(points), width * scale, colour);
  const shape = (points, colour, width = 4) => {
    plain(points, colour);
    line([...points, points[0]], width);
  };
  const shaded = (points, top, bottom, width = 4) => {
    const ys = points.map(([, y]) => y * scale);
    const [from, to] = [Math.min(...ys), Math.max(...ys)];
    shape(points, (_, y) => mix(top, bottom, Math.min(1, Math.max(0, (y - from) / (to - from)))), width);
  };
  const sky = (top, bottom) => picture.gradient(0, 0, picture.width, picture.height, top, bottom);
  return { plain, line, shape, shaded, sky };
}

/** A point turned about another, by radians. */
export const turn = ([x, y], [atX, atY], angle) => [
  atX + (x - atX) * Math.cos(angle) - (y - atY) * Math.sin(angle),
  atY + (x - atX) * Math.sin(angle) + (y - atY) * Math.cos(angle),
];
export const box = (x, y, w, h) => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
];
