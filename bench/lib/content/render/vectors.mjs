// Vectors of three.

export const minus = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
/** The point at a distance along a ray. */
export const along = (from, way, distance) => [
  from[0] + way[0] * distance,
  from[1] + way[1] * distance,
  from[2] + way[2] * distance,
];
export const unit = (axis, value) => [0, 1, 2].map((each) => (each === axis ? value : 0));
export const normalised = (vector) => {
  const length = Math.hypot(vector[0], vector[1], vector[2]);
  return [vector[0] / length, vector[1] / length, vector[2] / length];
};
