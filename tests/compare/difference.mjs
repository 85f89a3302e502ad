// How far two pictures are from each other.

/** Codes in a channel up to which a pixel counts as the same: decoders round in different ways. */
const NEAR = 24;
/** Pixels around, in which the other picture may have the colour: decoders bring JPEG's chroma to full size in different ways. */
const AROUND = 2;
/** Share of pixels that may be further off, and mean of the codes: what such ways amount to at edges. */
const MOST_FAR = 0.01;
const MOST_MEAN = 4;

/** @returns {{ mean: number, far: number, same: boolean }} codes in the mean, share of pixels that are off, and the verdict */
export function difference(one, other, width) {
  if (one.length !== other.length) return { mean: 255, far: 1, same: false };
  let sum = 0;
  let far = 0;
  for (let at = 0; at < one.length; at += 3) {
    let most = 0;
    for (let channel = 0; channel < 3; channel += 1) {
      const off = Math.abs(one[at + channel] - other[at + channel]);
      sum += off;
      if (off > most) most = off;
    }
    if (most > NEAR && isOff(one, other, width, at)) far += 1;
  }
  const result = { mean: sum / one.length, far: far / (one.length / 3) };
  return { ...result, same: result.mean <= MOST_MEAN && result.far <= MOST_FAR };
}

/** Whether a channel of a pixel is outside of what the other picture has around it. */
function isOff(one, other, width, at) {
  const height = other.length / 3 / width;
  const [x, y] = [(at / 3) % width, Math.floor(at / 3 / width)];
  for (let channel = 0; channel < 3; channel += 1) {
    let [least, most] = [255, 0];
    for (let row = Math.max(0, y - AROUND); row <= Math.min(height - 1, y + AROUND); row += 1) {
      for (let column = Math.max(0, x - AROUND); column <= Math.min(width - 1, x + AROUND); column += 1) {
        const code = other[(row * width + column) * 3 + channel];
        if (code < least) least = code;
        if (code > most) most = code;
      }
    }
    const code = one[at + channel];
    if (code < least - NEAR || code > most + NEAR) return true;
  }
  return false;
}
