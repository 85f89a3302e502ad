/** Macroblocks of 16 x 16 pixels in a picture: ITU-T H.264 Table A-1, level 5.2. */
const MOST_MACROBLOCKS = 36_864;

/** Pixels of a side (A.3.1 f and g), and of a picture. */
export const LEAST_SIDE = 16;
export const MOST_SIDE = 16 * Math.floor(Math.sqrt(8 * MOST_MACROBLOCKS));
export const MOST_PIXELS = 256 * MOST_MACROBLOCKS;
