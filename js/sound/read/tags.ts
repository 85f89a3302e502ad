import { ascii, type FileBytes } from "./file-bytes.js";

/** Bytes of tags in front of the sound and behind it, which players skip. */
export async function soundBetweenTags(file: FileBytes): Promise<{ start: number; end: number }> {
  let start = 0;
  for (let length = await leadingTag(file, start); length > 0; length = await leadingTag(file, start)) start += length;
  let end = file.size;
  for (let length = await trailingTag(file, end); length > 0; length = await trailingTag(file, end)) end -= length;
  return { start: Math.min(start, file.size), end: Math.max(end, start) };
}

/** An ID3v2 tag: its length is 28 bits, seven a byte, without the header and a footer (id3.org, ID3v2.4.0 3.1 and 3.4). */
async function leadingTag(file: FileBytes, at: number): Promise<number> {
  const head = await file.read(at, 10);
  if (head.length < 10 || ascii(head, 0, 3) !== "ID3") return 0;
  return id3Length(head);
}

function id3Length(head: Uint8Array): number {
  const body = head.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
  const footer = (head[5] as number) & 0x10 ? 10 : 0;
  return 10 + body + footer;
}

/** ID3v1 and APEv2, the tags that stand behind. */
async function trailingTag(file: FileBytes, end: number): Promise<number> {
  if (end >= 128 && ascii(await file.read(end - 128, 3), 0, 3) === "TAG") return 128;
  const footer = end >= 32 ? await file.read(end - 32, 32) : new Uint8Array(0);
  if (footer.length < 32 || ascii(footer, 0, 8) !== "APETAGEX") return 0;
  const view = new DataView(footer.buffer, footer.byteOffset, footer.length);
  // The size counts the footer, and the top flag says that there is a header too.
  const length = view.getUint32(12, true) + (view.getUint32(20, true) >>> 31 ? 32 : 0);
  return length >= 32 && length <= end ? length : 0;
}
