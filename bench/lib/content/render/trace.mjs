// The ray tracer.
import { along, dot, minus, normalised } from "./vectors.mjs";

/** Light that comes from everywhere. */
const AMBIENT = 0.34;

/** Nearer than that a ray meets nothing: it just left the object. */
const NEAR = 1e-4;

/** Colour and object along a ray: Lambert, Phong, one shadow ray, one mirrored ray. */
export function shader(objects, { light, sky }) {
  const lamp = normalised(light);
  const trace = (from, way, depth) => {
    const { object, id, distance } = nearest(objects, from, way);
    if (!object) return { colour: background(sky, way), id: 255 };
    const point = along(from, way, distance);
    const normal = object.normal(point);
    const { colour, gloss, mirror } = object.material(point, normal, distance);
    const facing = Math.max(0, dot(normal, lamp));
    const outside = along(point, normal, NEAR);
    const lit = facing > 0 && !blocked(objects, outside, lamp) ? facing : 0;
    const bounced = minus(
      way,
      normal.map((value) => 2 * value * dot(way, normal)),
    );
    const shine = lit > 0 ? 255 * gloss * Math.max(0, dot(bounced, lamp)) ** 48 : 0;
    const light = AMBIENT * (0.65 + 0.35 * normal[1]) + 0.8 * lit;
    let shown = colour.map((value) => value * light + shine);
    if (mirror > 0 && depth > 0) {
      const seen = trace(outside, bounced, depth - 1).colour;
      const share = mirror + (1 - mirror) * (1 - Math.abs(dot(way, normal))) ** 5 * 0.7;
      shown = shown.map((value, part) => value * (1 - share) + seen[part] * share);
    }
    if (object.fades) {
      const far = 1 - Math.exp(-((Math.max(0, distance - 8) / 22) ** 2));
      const behind = background(sky, [way[0], 0, way[2]]);
      shown = shown.map((value, part) => value + (behind[part] - value) * far);
    }
    return { colour: shown, id };
  };
  return (from, way) => trace(from, way, 1);
}

const background = ([top, bottom], way) => {
  const share = Math.min(1, Math.max(0, way[1] * 1.6));
  return bottom.map((value, part) => value + (top[part] - value) * share);
};

function nearest(objects, from, way) {
  let id = 255;
  let distance = 1e9;
  for (let at = 0; at < objects.length; at++) {
    const far = objects[at].hit(from, way);
    if (far > NEAR && far < distance) {
      id = at;
      distance = far;
    }
  }
  return { object: objects[id], id, distance };
}

function blocked(objects, from, way) {
  for (let at = 0; at < objects.length; at++) {
    if (objects[at].hit(from, way) > NEAR) return true;
  }
  return false;
}
