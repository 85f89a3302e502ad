/** Every kind of image source that the package takes. */
export const KINDS = [
  "File",
  "Blob",
  "ArrayBuffer",
  "Uint8Array",
  "DataView",
  "string",
  "URL",
  "ImageData",
  "ImageBitmap",
  "HTMLImageElement",
  "HTMLCanvasElement",
  "OffscreenCanvas",
  "VideoFrame",
];
