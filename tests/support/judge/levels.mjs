// The limits of H.264's levels, from ITU-T H.264 table A-1 and clauses A.3.1 and A.3.3.

/** `idc`, MaxMBPS, MaxFS, MaxDpbMbs, MaxBR, MaxCPB (the last two in units of cpbBrVclFactor bits), by table A-1. */
const TABLE = [
  [10, 1_485, 99, 396, 64, 175],
  [11, 3_000, 396, 900, 192, 500],
  [12, 6_000, 396, 2_376, 384, 1_000],
  [13, 11_880, 396, 2_376, 768, 2_000],
  [20, 11_880, 396, 2_376, 2_000, 2_000],
  [21, 19_800, 792, 4_752, 4_000, 4_000],
  [22, 20_250, 1_620, 8_100, 4_000, 4_000],
  [30, 40_500, 1_620, 8_100, 10_000, 10_000],
  [31, 108_000, 3_600, 18_000, 14_000, 14_000],
  [32, 216_000, 5_120, 20_480, 20_000, 20_000],
  [40, 245_760, 8_192, 32_768, 20_000, 25_000],
  [41, 245_760, 8_192, 32_768, 50_000, 62_500],
  [42, 522_240, 8_704, 34_816, 50_000, 62_500],
  [50, 589_824, 22_080, 110_400, 135_000, 135_000],
  [51, 983_040, 36_864, 184_320, 240_000, 240_000],
  [52, 2_073_600, 36_864, 184_320, 240_000, 240_000],
  [60, 4_177_920, 139_264, 696_320, 240_000, 240_000],
  [61, 8_355_840, 139_264, 696_320, 480_000, 480_000],
  [62, 16_711_680, 139_264, 696_320, 800_000, 800_000],
].map(([idc, blocksPerSecond, blocks, buffer, rate, storage]) => {
  return { idc, blocksPerSecond, blocks, buffer, rate, storage };
});

/** cpbBrVclFactor (table A-2), by profile_idc. */
const BITS_PER_UNIT = { 66: 1000, 77: 1000, 100: 1250 };

/** MaxDpbFrames (A.3.1 h) of a level, for a picture of so many macroblocks. */
export function mostReferenceFrames(idc, blocks) {
  return Math.min(16, Math.floor(TABLE.find((level) => level.idc === idc).buffer / blocks));
}

/**
 * The lowest level that holds a size and a rate, as level_idc; the highest where none does.
 *
 * @param {{ width: number, height: number, rate: number }} stream - macroblocks of the coded picture, and pictures per
 *   second
 */
export function lowestForSize({ width, height, rate }) {
  const blocks = width * height;
  const fits = (level) =>
    blocks <= level.blocks &&
    Math.max(width, height) ** 2 <= 8 * level.blocks &&
    blocks * rate <= level.blocksPerSecond * (1 + 1e-9);
  return (TABLE.find(fits) ?? TABLE.at(-1)).idc;
}

/**
 * Whether a buffer of the level's size, filled at the level's rate, has each picture when its time comes (C.1.2, with the
 * largest initial delay): what a decoder of the level may count on. The mean rate, over a second at least, is no more than the level's.
 *
 * @param {{ idc: number, profile: number, samples: readonly { start: number, bytes: number }[], seconds: number }} stream -
 *   starts, and the length of all, in seconds
 */
function keepsBuffer({ idc, profile, samples, seconds }) {
  const { rate, storage } = TABLE.find((level) => level.idc === idc);
  const unit = BITS_PER_UNIT[profile];
  const bits = 8 * samples.reduce((sum, { bytes }) => sum + bytes, 0);
  if (bits > rate * unit * Math.max(1, seconds)) return false;
  let stored = storage * unit;
  let last = 0;
  return samples.every(({ start, bytes }) => {
    stored = Math.min(storage * unit, stored + (start - last) * rate * unit) - 8 * bytes;
    last = start;
    return stored >= 0;
  });
}

/** The lowest level whose buffer holds the stream; nothing where none does. */
export function lowestForBytes({ profile, samples, seconds }) {
  return TABLE.find(({ idc }) => keepsBuffer({ idc, profile, samples, seconds }))?.idc;
}
