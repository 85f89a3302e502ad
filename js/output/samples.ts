import { freeBuffer } from "../model/free-buffer.js";
import type { EncodedGroup } from "../protocol/core.js";
import type { FragmentBoxes } from "../protocol/messages.js";

/** The samples of a group on their way into the file; the bytes may be paged out by the browser as a Blob. */
export interface GroupSamples extends Omit<EncodedGroup, "data">, Partial<FragmentBoxes> {
  data: Uint8Array<ArrayBuffer> | Blob;
}

/** Bytes as a Blob, which has a copy of its own: theirs is given back. */
export function movedToBlob(data: Uint8Array<ArrayBuffer> | Blob): Blob {
  if (data instanceof Blob) return data;
  const blob = new Blob([data]);
  freeBuffer(data.buffer);
  return blob;
}

export function sizeOf({ data }: GroupSamples): number {
  return data instanceof Blob ? data.size : data.byteLength;
}

export function bytesOf(groups: readonly GroupSamples[]): number {
  return groups.reduce((sum, group) => sum + sizeOf(group), 0);
}
