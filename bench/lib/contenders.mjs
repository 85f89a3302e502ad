// Who is measured, and with which settings. A contender's `page` is its module in page/contenders.

/** Seconds between keyframes of the other contenders. */
export const KEYFRAME_INTERVAL = 2;

/** Where encoders are compared at one quantisation parameter. */
export const DEFAULT_QP = 23;

// What a contender's quality is set by, from fine to coarse. At the default options of framereel others are set to the same
// VMAF; a dial is tried after another until one comes near enough.
const QP = { option: "qp", values: { from: 10, to: 51, step: 1 } };
const CRF = { option: "crf", values: { from: 4, to: 44, step: 0.25 } };
/** Bits per second from many to few, each 2 % less than the one before. */
const BITRATE = { option: "bitrate", values: { from: 40e6, to: 200e3, factor: 0.98 } };

/**
 * Everyone, in the order in which a round goes through them. `dials` set the quality of those that are brought to framereel's.
 */
export const CONTENDERS = [
  { id: "framereel", label: "**framereel**", page: "framereel", options: {} },
  { id: "framereel-1", label: "framereel, `workers: 1`", page: "framereel", options: { encode: { workers: 1 } } },
  {
    id: "framereel-browser",
    label: 'framereel, `decoder: "browser"`',
    page: "framereel",
    options: { clip: { decoder: "browser" } },
  },
  {
    id: "mp4-h264",
    label: "mp4-h264 1.0.8, SIMD, speed 8",
    page: "mp4-h264",
    options: { speed: 8 },
    dials: [QP, BITRATE],
  },
  { id: "h264-mp4-encoder", label: "h264-mp4-encoder", page: "h264-mp4-encoder", options: {}, dials: [QP] },
  {
    id: "h264-mp4-encoder-10",
    label: "h264-mp4-encoder, speed 10",
    page: "h264-mp4-encoder",
    options: { speed: 10 },
    dials: [QP],
  },
  {
    id: "ffmpeg-ultrafast",
    label: "@ffmpeg/core, libx264 ultrafast",
    page: "ffmpeg",
    options: { preset: "ultrafast" },
    dials: [CRF],
  },
  {
    id: "ffmpeg-veryfast",
    label: "@ffmpeg/core, libx264 veryfast",
    page: "ffmpeg",
    options: { preset: "veryfast" },
    dials: [CRF],
  },
  {
    id: "webcodecs",
    label: "WebCodecs (software) with mediabunny",
    page: "webcodecs",
    options: {},
    dials: [BITRATE],
  },
];

/** Of these, those whose page encodes raw pictures too; the native limit is added by the command. */
export const ENCODE_ONLY = CONTENDERS.filter(({ id }) => !["framereel-1", "framereel-browser"].includes(id));
