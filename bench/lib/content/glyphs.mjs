// A font of strokes, so that no system font is needed: every glyph is polylines on a grid of four by eight units.
import { Picture } from "./raster.mjs";

/**
 * A point is two digits, across and down: 0 is the top of capitals, 2 of small letters, 6 the baseline, 8 what hangs
 * below it. The points of a polyline stand together, polylines are apart by a space.
 */
const GLYPHS = {
  A: "062046 1434",
  B: "00304132334445360600 0333",
  C: "4130100105163645",
  D: "00204145260600",
  E: "40000646 0333",
  F: "400006 0333",
  G: "41301001051636454323",
  H: "0006 4046 0343",
  I: "1030 2026 1636",
  J: "4045361605",
  K: "0006 4003 1446",
  L: "000646",
  M: "0600234046",
  N: "06004640",
  O: "103041453616050110",
  P: "06003041423303",
  Q: "103041453616050110 2446",
  R: "06003041423303 2346",
  S: "413010010213334445361605",
  T: "0040 2026",
  U: "000516364540",
  V: "002640",
  W: "0016233640",
  X: "0046 4006",
  Y: "002340 2326",
  Z: "00400646",
  a: "12324346 4414051645",
  b: "0006 0312324345361605",
  c: "4332120305163645",
  d: "4046 4332120305163645",
  e: "044443321203051646",
  f: "41302126 0242",
  g: "4247381807 4332120304143443",
  h: "0006 0312324346",
  i: "2226 2020",
  j: "3237281807 3030",
  k: "0006 4204 1446",
  l: "10202536",
  m: "0602 03122326 23324346",
  n: "0602 0312324346",
  o: "123243453616050312",
  p: "0208 0312324345361605",
  q: "4248 4332120305163645",
  r: "0602 04123243",
  s: "43321203143445361605",
  t: "20253646 0242",
  u: "0205163645 4246",
  v: "022642",
  w: "0216243642",
  x: "0246 4206",
  y: "022542 2518",
  z: "02420646",
  0: "103041453616050110 1531",
  1: "112026 1636",
  2: "01103041420646",
  3: "0110304132334445361605 1333",
  4: "36300444",
  5: "400003233445361605",
  6: "4130100105163645443303",
  7: "004016",
  8: "13020110304142331304051636454433",
  9: "0516364541301001021343",
  ".": "2626",
  ",": "252617",
  ":": "2323 2626",
  ";": "2223 252617",
  "-": "1333",
  "+": "0343 2125",
  "=": "0242 0444",
  "*": "1135 3115 0343",
  "/": "0640",
  "(": "30212536",
  ")": "10212516",
  "[": "30202636",
  "]": "10202616",
  "{": "30202213242636",
  "}": "10202233242616",
  "<": "410345",
  ">": "014305",
  _: "0747",
  "'": "2021",
  '"': "1011 3031",
  "!": "2024 2526",
  "?": "01103041422324 2526",
  "#": "1016 3036 0242 0444",
  "%": "0640 0001 4546",
  "&": "4613011021221405163644",
  "|": "2028",
};

/** Units from one glyph to the next; capitals are six high. */
const ADVANCE = 5.6;
const DEPTH = 8;

/** Drawn glyphs, by size and weight. */
const drawn = new Map();

/**
 * Writes a line of text, every glyph as wide as every other.
 *
 * @param {import("./raster.mjs").Picture} picture
 * @param {string} text
 * @param {number} x - left edge, in pixels
 * @param {number} y - top of capitals
 * @param {{ size: number, colour: number[], weight?: number }} style - size: height of capitals; weight: of a stroke;
 *   both in pixels
 */
export function write(picture, text, x, y, { size, colour, weight = Math.max(1, size / 8) }) {
  const advance = Math.round((size / 6) * ADVANCE);
  const left = Math.round(x);
  const top = Math.round(y);
  for (let at = 0; at < text.length; at++) {
    if (text[at] === " ") continue;
    const { width, height, margin, coverage } = glyph(text[at], size, weight);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const share = coverage[row * width + column];
        if (share > 0) picture.blend(left + at * advance + column - margin, top + row - margin, colour, share);
      }
    }
  }
}

/** How wide a text is, in pixels. */
export const textWidth = (text, size) => text.length * Math.round((size / 6) * ADVANCE);

/** A glyph's coverage, drawn once. */
function glyph(character, size, weight) {
  const key = `${character} ${size} ${weight}`;
  if (!drawn.has(key)) drawn.set(key, draw(character, size, weight));
  return drawn.get(key);
}

function draw(character, size, weight) {
  const unit = size / 6;
  const margin = Math.ceil(weight);
  const picture = new Picture(Math.ceil(unit * 4) + 2 * margin + 1, Math.ceil(unit * DEPTH) + 2 * margin + 1);
  for (const line of GLYPHS[character].split(" ")) {
    // Upright and level strokes lie on whole pixels, as hinted fonts do.
    const snap = (units) => Math.round(units * unit) + margin + (weight < 1.75 ? 0.5 : 0);
    const points = line.match(/../g).map(([across, down]) => [snap(Number(across)), snap(Number(down))]);
    picture.stroke(points, weight, [255, 255, 255]);
  }
  const coverage = Float32Array.from({ length: picture.width * picture.height }, (_, at) => picture.data[at * 3] / 255);
  return { width: picture.width, height: picture.height, margin, coverage };
}
