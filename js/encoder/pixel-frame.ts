import { convertPlanes } from "./convert-planes.js";
import { areOwnColours, isOwnGamut, ownFormat, planeColours } from "./own-layout.js";
import type { HeldFrame } from "./waiting-frame.js";

/** A plane of a format: bytes of a sample, and pixels for one sample, across and down. */
interface PlaneKind {
  bytes: number;
  step: 1 | 2;
}

const FULL: PlaneKind = { bytes: 1, step: 1 };
const HALF: PlaneKind = { bytes: 1, step: 2 };
const PACKED: PlaneKind = { bytes: 4, step: 1 };

/** The planes of each format (WebCodecs, "Pixel Format"), without that of alpha, which is behind them. */
const PLANES: Readonly<Record<string, readonly PlaneKind[]>> = {
  RGBA: [PACKED],
  RGBX: [PACKED],
  BGRA: [PACKED],
  BGRX: [PACKED],
  I420: [FULL, HALF, HALF],
  I420A: [FULL, HALF, HALF],
  NV12: [FULL, { bytes: 2, step: 2 }],
};

const ROTATIONS = [0, 90, 180, 270];

/**
 * Pixels in place of a `VideoFrame`, copied now: the part that is visible, without gaps.
 *
 * @throws {TypeError} where `new VideoFrame(data, init)` would, and for formats and colours that the core does not take
 */
export function readPixelFrame(value: unknown): HeldFrame {
  if (typeof value !== "object" || value === null) throw new TypeError("A frame must be a VideoFrame, or pixels.");
  const {
    format,
    codedWidth,
    codedHeight,
    timestamp,
    duration,
    data,
    layout,
    visibleRect,
    colorSpace,
    ...orientation
  } = value as Record<string, unknown> & {
    colorSpace?: VideoColorSpaceInit;
    layout?: unknown;
    visibleRect?: DOMRectInit;
  };
  const planes = PLANES[String(format)];
  if (!planes) throw new TypeError(`The frame's format must be one of ${Object.keys(PLANES).join(", ")}.`);
  const coded = { width: side(codedWidth, "codedWidth"), height: side(codedHeight, "codedHeight") };
  const rect = visible(visibleRect, coded, planes.length > 1);
  const own = ownFormat(String(format));
  const colours = planes.length > 1 ? planeColours(colorSpace ?? {}) : undefined;
  if (!own || !isOwnGamut(colorSpace ?? {}) || (planes.length > 1 && !colours))
    throw new TypeError("The frame's colorSpace must be BT.709, BT.601 or sRGB.");
  const bytes = bytesOf(data);
  const places = placesOf(layout, planes, coded);
  const copy = gather(bytes, planes, places, rect);
  const { width, height } = rect;
  if (colours && !areOwnColours(colours)) convertPlanes(copy, own as "I420" | "NV12", width, height, colours);
  const { rotation = 0, flip = false } = orientation as { rotation?: number; flip?: boolean };
  if (!ROTATIONS.includes(rotation)) throw new TypeError("The frame's rotation must be 0, 90, 180 or 270.");
  return {
    timestamp: microseconds(timestamp, "timestamp"),
    duration: duration === undefined || duration === null ? null : microseconds(duration, "duration"),
    orientation: { rotation, flip: Boolean(flip) },
    read: () => ({ kind: "planes", data: copy, layout: { format: own, width, height } }),
    close() {},
  };
}

interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where a plane is in the data, in bytes. */
interface Place {
  offset: number;
  stride: number;
}

function visible(
  { x = 0, y = 0, width, height }: DOMRectInit = {},
  coded: { width: number; height: number },
  halved: boolean,
): Rect {
  const rect = { x, y, width: width ?? coded.width, height: height ?? coded.height };
  const inside = x >= 0 && y >= 0 && x + rect.width <= coded.width && y + rect.height <= coded.height;
  const isWhole = Object.values(rect).every(Number.isInteger) && rect.width > 0 && rect.height > 0;
  if (!inside || !isWhole || (halved && (x % 2 === 1 || y % 2 === 1)))
    throw new TypeError("The frame's visibleRect must lie on whole samples inside of its pixels.");
  return rect;
}

function placesOf(layout: unknown, planes: readonly PlaneKind[], coded: { width: number; height: number }): Place[] {
  if (layout !== undefined) {
    const places = [...(layout as Iterable<Place>)].map(({ offset, stride }) => ({ offset, stride }));
    const fits = (place: Place | undefined, kind: PlaneKind): boolean =>
      place !== undefined && place.offset >= 0 && place.stride >= Math.ceil(coded.width / kind.step) * kind.bytes;
    if (planes.every((kind, index) => fits(places[index], kind))) return places;
    throw new TypeError("The frame's layout must have an offset and a long enough stride for each plane.");
  }
  let offset = 0;
  return planes.map(({ bytes, step }) => {
    const place = { offset, stride: Math.ceil(coded.width / step) * bytes };
    offset += place.stride * Math.ceil(coded.height / step);
    return place;
  });
}

/** The samples of a rectangle, plane after plane. */
function gather(
  from: Uint8Array,
  planes: readonly PlaneKind[],
  places: readonly Place[],
  rect: Rect,
): Uint8Array<ArrayBuffer> {
  const shapes = planes.map(({ bytes, step }, index) => {
    const { offset, stride } = places[index] as Place;
    const first = offset + (rect.y / step) * stride + (rect.x / step) * bytes;
    return { first, stride, rows: Math.ceil(rect.height / step), row: Math.ceil(rect.width / step) * bytes };
  });
  const to = new Uint8Array(shapes.reduce((sum, { rows, row }) => sum + rows * row, 0));
  let at = 0;
  for (const { first, stride, rows, row } of shapes) {
    if (first + (rows - 1) * stride + row > from.length)
      throw new TypeError("The frame's data is too short for its size.");
    for (let index = 0; index < rows; index++, at += row) {
      const start = first + index * stride;
      to.set(from.subarray(start, start + row), at);
    }
  }
  return to;
}

function bytesOf(data: unknown): Uint8Array {
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const tag = Object.prototype.toString.call(data);
  if (tag === "[object ArrayBuffer]" || tag === "[object SharedArrayBuffer]")
    return new Uint8Array(data as ArrayBuffer);
  throw new TypeError("The frame's data must be a buffer or a view of one.");
}

function side(value: unknown, name: string): number {
  if (Number.isInteger(value) && (value as number) > 0) return value as number;
  throw new TypeError(`The frame's ${name} must be a whole number of pixels.`);
}

function microseconds(value: unknown, name: string): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw new TypeError(`The frame's ${name} must be a whole number of microseconds.`);
}
