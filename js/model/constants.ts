/** Constants that several rooms share. */

/** Ticks per second of a clip made with `durations`, the clock of MPEG systems. */
export const DURATION_TIMESCALE = 90_000;

/**
 * Images of a group, at least but for the last one: a group of one could give two IDR pictures in a row the same idr_pic_id
 * (ITU-T H.264 7.4.3), and each costs an encoder of its own.
 */
export const MIN_GROUP_IMAGES = 4;

/** Seconds between two keyframes where the user names no interval. */
export const DEFAULT_KEYFRAME_INTERVAL = 2;
