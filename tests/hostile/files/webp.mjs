// WebPs.
import { le24, le32, noise } from "../bytes.mjs";
import { ANY, BROKEN, file, PICTURE, TOO_MUCH } from "../ends.mjs";

export function webps() {
  const riff = (...chunks) => {
    const body = Buffer.concat([Buffer.from("WEBP"), ...chunks]);
    return Buffer.concat([Buffer.from("RIFF"), le32(body.length), body]);
  };
  const part = (kind, data) =>
    Buffer.concat([Buffer.from(kind), le32(data.length), data, Buffer.alloc(data.length % 2)]);
  const extended = (width, height, flags = 0) =>
    part("VP8X", Buffer.concat([le32(flags), le24(width - 1), le24(height - 1)]));
  const lossless = (width, height) =>
    part("VP8L", Buffer.concat([Buffer.from([0x2f]), le32((width - 1) | ((height - 1) << 14)), noise(400, 4)]));
  const animated = Array.from({ length: 20_000 }, () =>
    part("ANMF", Buffer.concat([le24(0), le24(0), le24(0), le24(0), le24(10), Buffer.from([0]), lossless(1, 1)])),
  );
  return [
    file("50000-square.webp", riff(extended(50_000, 50_000), lossless(16, 16)), TOO_MUCH),
    file("16-million-square.webp", riff(extended(2 ** 24, 2 ** 24), lossless(16, 16)), TOO_MUCH),
    file("lossless-noise.webp", riff(lossless(64, 64)), BROKEN.concat(PICTURE)),
    file("lossless-16384-square.webp", riff(lossless(16_384, 16_384)), TOO_MUCH),
    file("empty.webp", riff(), BROKEN),
    file("only-a-header.webp", riff(extended(16, 16)), BROKEN),
    file("20000-frames.webp", riff(extended(1, 1, 2), part("ANIM", Buffer.alloc(6)), ...animated), ANY),
    file(
      "chunk-4-gib.webp",
      Buffer.concat([Buffer.from("RIFF"), le32(0xffffffff), Buffer.from("WEBPVP8 "), le32(0xfffffff0), noise(300, 6)]),
      BROKEN,
    ),
    file("profile-noise.webp", riff(extended(64, 64, 0x20), part("ICCP", noise(9000, 8)), lossless(64, 64)), ANY),
  ];
}
