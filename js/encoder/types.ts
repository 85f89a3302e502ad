/** How a frame is encoded: WebCodecs' `VideoEncoderEncodeOptions`. */
export interface H264EncodeOptions {
  /** Whether the frame must become a keyframe (IDR). Default false: the encoder decides. */
  keyFrame?: boolean;
  /** For `bitrateMode: "quantizer"`. */
  avc?: {
    /** The quantisation parameter of every macroblock, 0 (best) to 51. Default: that of the frame before, of the first one 26. */
    quantizer?: number | null;
  };
}

/** Which way up a frame is to be shown; newer than TypeScript's own declarations. */
export interface Orientation {
  /** Degrees clockwise: 0, 90, 180 or 270. */
  rotation?: number;
  /** Whether it is mirrored left to right, before it is turned. */
  flip?: boolean;
}

/**
 * Pixels where the browser has no `VideoFrame`: what its constructor takes, `new VideoFrame(data, init)`, in one object. Formats
 * are RGBA, RGBX, BGRA, BGRX, I420, I420A and NV12. Without a `colorSpace`, planes are BT.709 in limited range. Alpha is dropped.
 */
export interface PixelFrame extends VideoFrameBufferInit, Orientation {
  /** The samples, copied before `encode` returns. */
  data: AllowSharedBufferSource;
}

/** Anything that `encode` takes. */
export type EncoderFrame = VideoFrame | PixelFrame;

/** What the constructor takes: WebCodecs' `VideoEncoderInit`. */
export interface H264EncoderInit {
  /**
   * Called with each coded picture, in order. The chunk is an `EncodedVideoChunk`, or an object of the same shape where the
   * browser has none; `metadata.decoderConfig` comes with the first one and with every change.
   */
  output: (chunk: EncodedVideoChunk, metadata: EncodedVideoChunkMetadata) => void;
  /** Called once where the encoder fails; it is closed then. */
  error: (error: DOMException) => void;
}
