// Who is measured, and with which settings. A contender's `page` is its module in page/contenders.

/** Seconds between keyframes, framereel's default; the others are told the same. */
export const KEYFRAME_INTERVAL = 2;

/** framereel's default quality as a quantisation parameter; minih264 is given the same. */
export const DEFAULT_QP = 23;

/** libx264's rate factors that come near framereel's default in luma PSNR on the camera content. */
const CRF = { ultrafast: 18.5, veryfast: 17 };

/**
 * Everyone, in the order in which a round goes through them. `pure` are rivals of the same kind: an encoder in wasm,
 * usable without GPL. `needsBitrate` knows no constant quality and is given the bit rate that framereel came to.
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
  { id: "mp4-h264", label: "mp4-h264 1.0.8, SIMD, speed 8", page: "mp4-h264", pure: true, options: minih264(8) },
  { id: "h264-mp4-encoder", label: "h264-mp4-encoder", page: "h264-mp4-encoder", pure: true, options: minih264() },
  {
    id: "h264-mp4-encoder-10",
    label: "h264-mp4-encoder, speed 10",
    page: "h264-mp4-encoder",
    pure: true,
    options: minih264(10),
  },
  { id: "ffmpeg-ultrafast", label: "@ffmpeg/core, libx264 ultrafast", page: "ffmpeg", options: x264("ultrafast") },
  { id: "ffmpeg-veryfast", label: "@ffmpeg/core, libx264 veryfast", page: "ffmpeg", options: x264("veryfast") },
  {
    id: "webcodecs",
    label: "WebCodecs (software) with mediabunny",
    page: "webcodecs",
    needsBitrate: true,
    options: {},
  },
];

/** Of these, those whose page encodes raw pictures too; the native limit is added by the command. */
export const ENCODE_ONLY = CONTENDERS.filter(({ id }) => !["framereel-1", "framereel-browser"].includes(id));

function minih264(speed) {
  return { qp: DEFAULT_QP, ...(speed !== undefined && { speed }) };
}

function x264(preset) {
  return { preset, crf: CRF[preset] };
}
