import { isA } from "../options/source-kind.js";
import type { FrameLayout } from "../protocol/core.js";
import type { PostableFrame } from "../protocol/messages.js";
import { areOwnColours, isOwnGamut, ownFormat, planeColours } from "./own-layout.js";
import { readPixelFrame } from "./pixel-frame.js";
import type { Orientation } from "./types.js";
import type { HeldFrame } from "./waiting-frame.js";

/** @throws {TypeError} for what is neither an open `VideoFrame` nor pixels of its shape */
export function holdFrame(frame: unknown): HeldFrame {
  if (!isA(frame, "VideoFrame")) return readPixelFrame(frame);
  // A closed frame has lost its size.
  if (frame.codedWidth === 0) throw new TypeError("The frame is closed.");
  const { timestamp, duration } = frame;
  const { rotation = 0, flip = false } = frame as Orientation;
  const held = frame.clone();
  return {
    timestamp,
    duration,
    orientation: { rotation, flip },
    read: () => readVideoFrame(held),
    close: () => held.close(),
  };
}

async function readVideoFrame(frame: VideoFrame): Promise<PostableFrame> {
  const { visibleRect, format, colorSpace } = frame;
  const { width = 0, height = 0 } = visibleRect ?? {};
  const own = ownFormat(format);
  if (own && isOwn(own, colorSpace)) {
    const data = new Uint8Array(frame.allocationSize());
    await frame.copyTo(data);
    return { kind: "planes", data: withoutAlpha(data, own, width, height), layout: { format: own, width, height } };
  }
  try {
    const converted = { format: "RGBX", colorSpace: "srgb" } as const;
    const data = new Uint8Array(frame.allocationSize(converted));
    await frame.copyTo(data, converted);
    return { kind: "planes", data, layout: { format: "RGBX", width, height } };
  } catch {
    // A browser whose copyTo converts nothing: drawing does.
    return { kind: "bitmap", bitmap: await createImageBitmap(frame, { premultiplyAlpha: "none" }) };
  }
}

/** Whether the samples mean what the core takes them for. */
function isOwn(format: FrameLayout["format"], colorSpace: VideoColorSpaceInit): boolean {
  if (!isOwnGamut(colorSpace)) return false;
  const colours = planeColours(colorSpace);
  return format === "RGBX" || format === "BGRX" || (colours !== undefined && areOwnColours(colours));
}

/** The three planes of I420A that count; the fourth is behind them. */
function withoutAlpha(
  data: Uint8Array<ArrayBuffer>,
  format: FrameLayout["format"],
  width: number,
  height: number,
): Uint8Array<ArrayBuffer> {
  const bytes = width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
  return format === "I420" && data.length > bytes ? data.slice(0, bytes) : data;
}
