/** Bytes read of a file: EXIF data stands before the pixels, but for its at most 64 kB other segments may come first. */
const HEAD_BYTES = 2 ** 18;

/** Tags of EXIF 2.32, 4.6.3 A and 4.6.5 F: the pointer to the Exif directory, and the date of the exposure. */
const EXIF_POINTER = 0x8769;
const DATE_TIME_ORIGINAL = 0x9003;

/** "Exif\0\0", which JPEG, WebP and HEIC put before the TIFF header; PNG's eXIf chunk has the header alone. */
const MARKS = [
  [0x45, 0x78, 0x69, 0x66, 0, 0],
  [0x65, 0x58, 0x49, 0x66],
];

/** When a photograph was taken, as milliseconds since 1970 of that local time; null where the file does not say. */
export async function takenDate(file: Blob): Promise<number | null> {
  const head = await file
    .slice(0, HEAD_BYTES)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0)); // a file that is gone: the encode will say so
  const bytes = new Uint8Array(head);
  for (const mark of MARKS) {
    const at = indexOf(bytes, mark);
    if (at < 0) continue;
    try {
      return dateInTiff(new DataView(bytes.buffer, at + mark.length));
    } catch {
      return null; // a directory that points out of the file
    }
  }
  return null;
}

/** @throws RangeError where an offset leads out of the data */
function dateInTiff(tiff: DataView): number | null {
  const littleEndian = tiff.getUint16(0) === 0x4949;
  const first = tiff.getUint32(4, littleEndian);
  const exif = entry(tiff, first, EXIF_POINTER, littleEndian);
  if (exif === null) return null;
  const at = entry(tiff, tiff.getUint32(exif + 8, littleEndian), DATE_TIME_ORIGINAL, littleEndian);
  if (at === null) return null;
  const from = tiff.getUint32(at + 8, littleEndian);
  let text = "";
  for (let index = 0; index < 19; index += 1) text += String.fromCharCode(tiff.getUint8(from + index));
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return null;
  const [year = 0, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0] = parts;
  return new Date(year, month - 1, day, hours, minutes, seconds).getTime();
}

/** Offset of a tag's 12-byte entry in the directory at `from`. */
function entry(tiff: DataView, from: number, tag: number, littleEndian: boolean): number | null {
  const count = tiff.getUint16(from, littleEndian);
  for (let index = 0; index < count; index += 1) {
    const at = from + 2 + 12 * index;
    if (tiff.getUint16(at, littleEndian) === tag) return at;
  }
  return null;
}

function indexOf(bytes: Uint8Array, mark: readonly number[]): number {
  const first = mark[0] ?? 0;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (mark.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}
