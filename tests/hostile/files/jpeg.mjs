// JPEGs.
import { execFileSync } from "node:child_process";
import { be16, noise } from "../bytes.mjs";
import { BROKEN, CORRUPT, file, LIMIT, PICTURE } from "../ends.mjs";

const MIB = 2 ** 20;

export function jpegs() {
  const flat = (size, ...more) =>
    execFileSync(
      "ffmpeg",
      ["-v", "error", "-f", "lavfi", "-i", `color=c=teal:size=${size}`, "-frames:v", "1", ...more, "-f", "mjpeg", "-"],
      {
        maxBuffer: 2 ** 28,
      },
    );
  const small = flat("64x64");
  const restarts = execFileSync("jpegtran", ["-restart", "1B"], { input: flat("4080x4112"), maxBuffer: 2 ** 28 });
  const progressive = execFileSync("jpegtran", ["-progressive"], { input: small });
  const frameAt = small.indexOf(Buffer.from([0xff, 0xc0]));
  const sized = (width, height) => {
    const copy = Buffer.from(small);
    copy.writeUInt16BE(height, frameAt + 5);
    copy.writeUInt16BE(width, frameAt + 7);
    return copy;
  };
  const changed = (byte, at) => {
    const copy = Buffer.from(small);
    copy[at] = byte;
    return copy;
  };
  const scanAt = progressive.indexOf(Buffer.from([0xff, 0xda]));
  const firstScan = progressive.subarray(scanAt, progressive.indexOf(Buffer.from([0xff, 0xc4]), scanAt));
  const segment = (marker, data) => Buffer.concat([Buffer.from([0xff, marker]), be16(data.length + 2), data]);
  const withSegments = (...segments) => Buffer.concat([small.subarray(0, 2), ...segments, small.subarray(2)]);
  const markersOnly = Buffer.concat(Array.from({ length: 65_535 }, (_, at) => Buffer.from([0xff, 0xd0 + (at % 8)])));
  const ownScanAt = small.indexOf(Buffer.from([0xff, 0xda]));
  const iccParts = Array.from({ length: 255 }, (_, at) =>
    segment(0xe2, Buffer.concat([Buffer.from("ICC_PROFILE\0"), Buffer.from([at + 1, 255]), noise(60_000, at + 1)])),
  );
  return [
    file("65500-square.jpg", sized(65_500, 65_500), LIMIT),
    file("pixels-missing.jpg", sized(11_000, 11_000), CORRUPT),
    file("no-height.jpg", sized(64, 0), BROKEN),
    file("65000-restarts.jpg", restarts, PICTURE),
    file(
      "restarts-without-data.jpg",
      Buffer.concat([
        small.subarray(0, 2),
        segment(0xdd, be16(1)),
        small.subarray(2, ownScanAt + 14),
        markersOnly,
        Buffer.from([0xff, 0xd9]),
      ]),
      CORRUPT,
    ),
    file(
      "5000-scans.jpg",
      Buffer.concat([progressive.subarray(0, scanAt), ...Array(5000).fill(firstScan), Buffer.from([0xff, 0xd9])]),
      BROKEN,
    ),
    file("profile-15-mb-noise.jpg", withSegments(...iccParts), PICTURE),
    file(
      "exif-noise.jpg",
      withSegments(segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), noise(60_000, 9)]))),
      PICTURE,
    ),
    file("1000-comments.jpg", withSegments(...Array(1000).fill(segment(0xfe, Buffer.alloc(65_000)))), PICTURE),
    file("tables-missing.jpg", Buffer.concat([small.subarray(0, 2), small.subarray(frameAt)]), CORRUPT),
    file("sampling-15.jpg", changed(0xff, frameAt + 11), BROKEN),
    file("255-components.jpg", changed(0xff, frameAt + 9), BROKEN),
    file("lossless.jpg", changed(0xc3, frameAt + 1), ["unsupported-image"]),
    file("all-ff.jpg", Buffer.concat([small.subarray(0, ownScanAt + 14), Buffer.alloc(2 * MIB, 0xff)]), CORRUPT),
  ];
}
