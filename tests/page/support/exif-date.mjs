// EXIF date of the exposure, written byte by byte.

/** The JPEG with an EXIF segment that holds nothing but DateTimeOriginal (EXIF 2.32, 4.6.5 F), little-endian. */
export function withDateTaken(jpeg, date) {
  const text = Buffer.from(`${date}\0`, "latin1");
  const tiff = Buffer.alloc(44 + text.length);
  tiff.write("II", 0, "latin1");
  tiff.writeUInt16LE(42, 2);
  tiff.writeUInt32LE(8, 4); // the first directory
  tiff.writeUInt16LE(1, 8);
  writeEntry(tiff, 10, 0x8769, 4, 1, 26); // leads to the Exif directory
  tiff.writeUInt16LE(1, 26);
  writeEntry(tiff, 28, 0x9003, 2, text.length, 44);
  text.copy(tiff, 44);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

/** One entry of a directory: tag, type, count, and where the value stands. */
function writeEntry(tiff, at, tag, type, count, offset) {
  tiff.writeUInt16LE(tag, at);
  tiff.writeUInt16LE(type, at + 2);
  tiff.writeUInt32LE(count, at + 4);
  tiff.writeUInt32LE(offset, at + 8);
}
