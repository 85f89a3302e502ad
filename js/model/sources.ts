/**
 * An image file's bytes, or where to fetch them. Strings and URLs are fetched by the page, so the usual rules
 * for cross-origin requests and for Content-Security-Policy's `connect-src` hold.
 */
export type EncodedImage = Blob | ArrayBuffer | ArrayBufferView | URL | string;

/** Pixels that the browser already holds. They are copied when an encode begins; the object itself stays as it is. */
export type PixelImage = ImageData | ImageBitmap | HTMLImageElement | HTMLCanvasElement | OffscreenCanvas | VideoFrame;

/**
 * A sound file's bytes, or where to fetch them. AAC in MP4, M4A and ADTS, and MP3, are copied as they are; other formats must be
 * ones that the browser can decode, and it must be able to encode AAC.
 */
export type AudioSource = EncodedImage;

/** Anything a clip can be made of. The same object may stand at many places of a sequence. */
export type ImageSource = EncodedImage | PixelImage;
