// Moving pictures made by rule, I420: like a camera's, like a screen's, and worse than both.

/** xorshift32: the same pictures everywhere. */
function random(seed) {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Smooth hills at several scales, seen by a camera that pans and zooms, with grain. */
export function camera(width, height, count) {
  const next = random(7);
  const waves = Array.from({ length: 24 }, (_, index) => ({
    x: ((next() % 2000) / 1000 - 1) * 0.02 * (1 + index / 3),
    y: ((next() % 2000) / 1000 - 1) * 0.02 * (1 + index / 3),
    phase: (next() % 6283) / 1000,
    strength: 40 / (1 + index / 3),
  }));
  const at = (x, y, shift) => {
    let value = 128;
    for (const wave of waves) value += wave.strength * Math.sin(wave.x * x + wave.y * y + wave.phase + shift);
    return value;
  };
  return render(width, height, count, (x, y, plane, step) => {
    const zoom = 1 + 0.004 * step;
    const value = at(x * zoom + 1.7 * step, y * zoom + 0.6 * step, plane);
    // A moving object with a hard edge, over the whole.
    const inside = plane === 0 && (x - 30 - 3 * step) ** 2 + (y - 40) ** 2 < 400;
    return (inside ? 255 - value : plane === 0 ? value : 64 + value / 2) + (next() % 7) - 3;
  });
}

/** Hard-edged shapes in few colours, like text, that scroll by whole pixels; a part stands still. */
export function screen(width, height, count) {
  const next = random(99);
  const cells = Uint8Array.from({ length: 4096 }, () => next() % 3);
  return render(width, height, count, (x, y, plane, step) => {
    if (plane > 0) return y < height / 4 ? 100 : 128;
    const line = y < height / 2 ? y : y + 4 * step;
    const cell = cells[((line >> 3) * 61 + (x >> 2)) & 4095];
    return cell === 0 && (line & 7) < 6 ? 16 : cell === 1 && (line & 7) === 3 ? 90 : 235;
  });
}

/** Black and white noise: the largest contrasts there are. */
export function noise(width, height, count) {
  const next = random(3);
  return render(width, height, count, () => (next() & 0x200 ? 255 : 0));
}

function render(width, height, count, pixel) {
  return Array.from({ length: count }, (_, step) => {
    const picture = new Uint8ClampedArray((width * height * 3) / 2);
    let index = 0;
    for (let plane = 0; plane < 3; plane++) {
      const scale = plane === 0 ? 1 : 2;
      for (let y = 0; y < height / scale; y++) {
        for (let x = 0; x < width / scale; x++) picture[index++] = pixel(x * scale, y * scale, plane, step);
      }
    }
    return picture;
  });
}
