// What scenes are made of. `hit(from, way)` gives the distance along a ray, or less than 0; `normal(point)` looks outwards.
import { along, dot, minus, normalised, unit } from "./vectors.mjs";

export function sphere(middle, radius, material) {
  return {
    material,
    hit(from, way) {
      const x = from[0] - middle[0];
      const y = from[1] - middle[1];
      const z = from[2] - middle[2];
      const b = x * way[0] + y * way[1] + z * way[2];
      const root = b * b - (x * x + y * y + z * z - radius * radius);
      return root < 0 ? -1 : -b - Math.sqrt(root);
    },
    normal: (point) => minus(point, middle).map((value) => value / radius),
  };
}

export function floor(material) {
  return {
    material,
    fades: true,
    hit: (from, way) => (way[1] < -1e-6 ? -from[1] / way[1] : -1),
    normal: () => [0, 1, 0],
  };
}

/** Along the axes. */
export function block([x0, y0, z0], [x1, y1, z1], material) {
  const [low, high] = [
    [x0, y0, z0],
    [x1, y1, z1],
  ];
  return {
    material,
    hit(from, way) {
      let [enter, leave] = [-1e9, 1e9];
      for (let axis = 0; axis < 3; axis++) {
        const a = (low[axis] - from[axis]) / way[axis];
        const b = (high[axis] - from[axis]) / way[axis];
        enter = Math.max(enter, Math.min(a, b));
        leave = Math.min(leave, Math.max(a, b));
      }
      return enter < leave ? enter : -1;
    },
    normal(point) {
      for (let axis = 0; axis < 3; axis++) {
        if (Math.abs(point[axis] - low[axis]) < 1e-4) return unit(axis, -1);
        if (Math.abs(point[axis] - high[axis]) < 1e-4) return unit(axis, 1);
      }
      return [0, 1, 0];
    },
  };
}

/** A round rod between two points. */
export function rod(a, b, radius, material) {
  const axis = minus(b, a);
  const length = Math.hypot(...axis);
  const way0 = axis.map((value) => value / length);
  return {
    material,
    hit(from, way) {
      const x = from[0] - a[0];
      const y = from[1] - a[1];
      const z = from[2] - a[2];
      const wayAlong = dot(way, way0);
      const fromAlong = x * way0[0] + y * way0[1] + z * way0[2];
      // A quadratic equation in what is across the axis.
      const p = 1 - wayAlong * wayAlong;
      const q = x * way[0] + y * way[1] + z * way[2] - fromAlong * wayAlong;
      const r = x * x + y * y + z * z - fromAlong * fromAlong - radius * radius;
      const root = q * q - p * r;
      if (root < 0) return -1;
      const distance = (-q - Math.sqrt(root)) / p;
      const at = fromAlong + distance * wayAlong;
      return at >= 0 && at <= length ? distance : -1;
    },
    normal(point) {
      const at = dot(minus(point, a), way0);
      return normalised(minus(point, along(a, way0, at)));
    },
  };
}
