// Frames to encode, a decoder to judge by, and assertions; runs in the page.

export function assert(condition, message = "") {
  if (!condition) throw new Error(`it does not hold: ${message}`);
}

export function assertEqual(actual, expected, message = "") {
  if (actual !== expected) throw new Error(`${message ? `${message}: ` : ""}${actual} is not ${expected}`);
}

export function assertThrows(name, work, message = "") {
  let thrown;
  try {
    work();
  } catch (error) {
    thrown = error;
  }
  assertEqual(thrown?.name, name, message);
}

export function later(milliseconds = 0) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** An encoder's callbacks, and what they were called with. */
export function callbacks(own = {}) {
  const outputs = [];
  const errors = [];
  const init = {
    output: (chunk, metadata) => outputs.push({ chunk, metadata }),
    error: (error) => errors.push(error),
    ...own,
  };
  return { init, outputs, errors };
}

/** Four colours: yellow and red above, blue and lime below. */
function paint(width, height) {
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  for (const [index, colour] of ["#ff0", "#f00", "#00f", "#0f0"].entries()) {
    context.fillStyle = colour;
    context.fillRect((index % 2) * (width / 2), Math.floor(index / 2) * (height / 2), width / 2, height / 2);
  }
  return context;
}

/** A frame of four colours, in a format where one is named, else as a canvas gives it. */
export function frameOf(width, height, { format, ...init }) {
  const context = paint(width, height);
  if (!format) return new VideoFrame(context.canvas, init);
  const { data } = context.getImageData(0, 0, width, height);
  const bytes = format === "RGBX" ? data : planesOf(data, width, height, format);
  return new VideoFrame(bytes, { format, codedWidth: width, codedHeight: height, ...init });
}

/** RGBA as BT.709 planes in limited range (ITU-R BT.709-6 3), each chroma sample from its top left pixel. */
export function planesOf(rgba, width, height, format) {
  const [across, down] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const bytes = new Uint8Array(width * height + 2 * across * down);
  const codes = (x, y) => {
    const [red, green, blue] = rgba.subarray(4 * (y * width + x));
    const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    const range = 224 / 255;
    return [16 + (219 / 255) * luma, 128 + (range * (blue - luma)) / 1.8556, 128 + (range * (red - luma)) / 1.5748];
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [luma, cb, cr] = codes(x, y);
      bytes[y * width + x] = Math.round(luma);
      if (x % 2 || y % 2) continue;
      const at = (y / 2) * across + x / 2;
      const places = format === "I420" ? [at, across * down + at] : [2 * at, 2 * at + 1];
      bytes[width * height + places[0]] = Math.round(cb);
      bytes[width * height + places[1]] = Math.round(cr);
    }
  }
  return bytes;
}

const DOT = 16;

/** Where dot number `index` is. */
function dotAt(index, width) {
  const perRow = Math.floor(width / (2 * DOT));
  return { x: (index % perRow) * 2 * DOT + DOT / 2, y: Math.floor(index / perRow) * 2 * DOT + DOT / 2 };
}

/** Four colours with as many black dots as the timestamp says. */
export function dottedFrame(width, height, count) {
  const context = paint(width, height);
  context.fillStyle = "#000";
  for (let index = 0; index < count; index++) {
    const { x, y } = dotAt(index, width);
    context.fillRect(x, y, DOT, DOT);
  }
  return new VideoFrame(context.canvas, { timestamp: count, duration: 33_333 });
}

/** Dots of a decoded picture, of up to one more than there should be. */
export function dotsOf(picture, expected) {
  let dots = 0;
  for (let index = 0; index <= expected; index++) {
    const { x, y } = dotAt(index, picture.width);
    if (picture.at(x + DOT / 2, y + DOT / 2).every((code) => code < 60)) dots++;
  }
  return dots;
}

export const chunkOf = {
  /** Decodes outputs of an encoder by the browser's own decoder, configured as the encoder says. */
  async decode(outputs, { stripColours = false } = {}) {
    const pictures = [];
    let toldColorSpace;
    let failure;
    const decoder = new VideoDecoder({
      output(frame) {
        const { displayWidth: width, displayHeight: height } = frame;
        const { width: visibleWidth, height: visibleHeight } = frame.visibleRect;
        const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
        context.drawImage(frame, 0, 0);
        const { data } = context.getImageData(0, 0, width, height);
        const at = (x, y) => [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)];
        const colorSpace = frame.colorSpace.toJSON();
        pictures.push({
          width: visibleWidth,
          height: visibleHeight,
          timestamp: frame.timestamp,
          at,
          colorSpace,
          toldColorSpace,
        });
        frame.close();
      },
      error: (error) => (failure = error),
    });
    for (const { chunk, metadata } of outputs) {
      if (metadata.decoderConfig) {
        toldColorSpace = metadata.decoderConfig.colorSpace;
        decoder.configure({ ...metadata.decoderConfig, ...(stripColours && { colorSpace: undefined }) });
      }
      decoder.decode(chunk);
    }
    await decoder.flush();
    decoder.close();
    if (failure) throw failure;
    return pictures;
  },
};

/** Types of the NAL units of a byte stream. */
export function nalTypes(chunk) {
  const bytes = new Uint8Array(chunk.byteLength);
  chunk.copyTo(bytes);
  const types = [];
  for (let at = 3; at < bytes.length; at++) {
    if (bytes[at - 3] === 0 && bytes[at - 2] === 0 && bytes[at - 1] === 1) types.push(bytes[at] & 0x1f);
  }
  return types;
}
