/** Constants that several rooms share. */

/** Ticks per second of a clip made with `durations`, the clock of MPEG systems. */
export const DURATION_TIMESCALE = 90_000;

/**
 * Images of a group, at least but for the last one: a group of one could give two IDR pictures in a row the same idr_pic_id
 * (ITU-T H.264 7.4.3), and each costs an encoder of its own.
 */
export const MIN_GROUP_IMAGES = 4;

/** Seconds between two keyframes of frames whose end is not known, where the user names no interval. */
export const DEFAULT_KEYFRAME_INTERVAL = 2;

/** Seconds that one image is shown: ten hours, the most that a 32-bit sample duration holds in 1/90000 s. */
export const MAX_IMAGE_SECONDS = 36_000;

/** Bytes of frames that may wait for a worker. */
export const MAX_PENDING_BYTES = 2 ** 28;

/** Pixels of a side, the most that a sample entry holds (ISO/IEC 14496-12 12.1.3). */
export const MAX_SIDE = 65_535;
