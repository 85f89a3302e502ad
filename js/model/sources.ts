/**
 * An image file's bytes, or where to fetch them. Strings and URLs are fetched by the page, so the usual rules
 * for cross-origin requests and for Content-Security-Policy's `connect-src` hold.
 */
export type EncodedImage = Blob | ArrayBuffer | ArrayBufferView | URL | string;

/** Pixels that the browser already holds. They are copied when an encode begins; the object itself stays as it is. */
export type PixelImage = ImageData | ImageBitmap | HTMLImageElement | HTMLCanvasElement | OffscreenCanvas | VideoFrame;

/** Anything a clip can be made of. The same object may stand at many places of a sequence. */
export type ImageSource = EncodedImage | PixelImage;
