// Frames: how long they stay open, their times, turns and sizes.
import { assert, assertEqual, assertThrows, CONFIG, callbacks, decodeAll, frameOf } from "../kit.mjs";

export const frames = {
  async "frames come out with their times, and the first one says how to decode them"(Encoder) {
    const { init, outputs } = callbacks();
    const encoder = new Encoder(init);
    encoder.configure({ ...CONFIG, displayWidth: 800, displayHeight: 600 });
    encoder.encode(frameOf(320, 200, { timestamp: 0, duration: 33_333 }));
    encoder.encode(frameOf(320, 200, { timestamp: 33_333 }));
    await encoder.flush();
    encoder.close();
    assertEqual(outputs.length, 2);
    assertEqual(
      outputs.map(({ chunk }) => [chunk.type, chunk.timestamp, chunk.duration].join()).join(" "),
      "key,0,33333 delta,33333,",
    );
    const { decoderConfig } = outputs[0].metadata;
    assertEqual(decoderConfig.codec, CONFIG.codec);
    assertEqual(decoderConfig.codedWidth, 320);
    assertEqual(decoderConfig.codedHeight, 200);
    assertEqual(decoderConfig.displayAspectWidth, 800);
    assertEqual(decoderConfig.displayAspectHeight, 600);
    for (const key of ["primaries", "transfer", "matrix", "fullRange"])
      assert(decoderConfig.colorSpace[key] != null, key);
    assert(outputs[1].metadata && !outputs[1].metadata.decoderConfig, "the second one says nothing new");
  },

  async "a closed frame is a TypeError"(Encoder) {
    const encoder = new Encoder(callbacks().init);
    encoder.configure(CONFIG);
    const frame = frameOf(320, 200, { timestamp: 0 });
    frame.close();
    assertThrows("TypeError", () => encoder.encode(frame));
    assertThrows("TypeError", () => encoder.encode({}));
    assertThrows("TypeError", () => encoder.encode());
    encoder.close();
  },

  async "a frame may be closed as soon as encode returns, and stays open if it is not"(Encoder) {
    const { init, outputs } = callbacks();
    const encoder = new Encoder(init);
    encoder.configure(CONFIG);
    const [closed, open] = [frameOf(320, 200, { timestamp: 1 }), frameOf(320, 200, { timestamp: 2 })];
    encoder.encode(closed);
    closed.close();
    encoder.encode(open);
    await encoder.flush();
    encoder.close();
    assertEqual(outputs.length, 2);
    assertEqual(open.codedWidth, 320);
    open.close();
  },

  async "timestamps may be negative"(Encoder) {
    const { init, outputs } = callbacks();
    const encoder = new Encoder(init);
    encoder.configure(CONFIG);
    encoder.encode(frameOf(320, 200, { timestamp: -10_000 }));
    await encoder.flush();
    encoder.close();
    assertEqual(outputs.map(({ chunk }) => chunk.timestamp).join(), "-10000");
    assert(outputs[0].chunk.byteLength > 0);
  },

  async "frames turned one way: the decoder is told, and another way is a DataError"(Encoder) {
    const { init, outputs } = callbacks();
    const encoder = new Encoder(init);
    const turned = (rotation, flip, timestamp) => frameOf(320, 200, { timestamp, rotation, flip });
    encoder.configure(CONFIG);
    encoder.encode(turned(90, true, 0));
    assertThrows("DataError", () => encoder.encode(turned(90, false, 1)));
    assertThrows("DataError", () => encoder.encode(turned(180, true, 2)));
    encoder.encode(turned(90, true, 3));
    await encoder.flush();
    encoder.configure(CONFIG);
    encoder.encode(turned(270, false, 4));
    await encoder.flush();
    encoder.close();
    assertEqual(outputs.map(({ chunk }) => chunk.timestamp).join(), "0,3,4");
    const told = outputs.map(
      ({ metadata: { decoderConfig } }) => decoderConfig && [decoderConfig.rotation, decoderConfig.flip].join(),
    );
    assertEqual(told.join(" "), "90,true  270,false");
  },

  async "frames of another size are scaled"(Encoder) {
    for (const [[fromWidth, fromHeight], [width, height]] of [
      [
        [64, 64],
        [128, 128],
      ],
      [
        [192, 192],
        [64, 64],
      ],
      [
        [64, 32],
        [128, 64],
      ],
      [
        [128, 192],
        [64, 64],
      ],
      [
        [65, 33],
        [64, 64],
      ],
    ]) {
      for (const format of ["RGBX", "I420", "NV12"]) {
        const name = `${fromWidth}x${fromHeight} ${format} to ${width}x${height}`;
        const frame = frameOf(fromWidth, fromHeight, { timestamp: 0, format });
        const [decoded] = await decodeAll(Encoder, { ...CONFIG, width, height, bitrate: 3_000_000, framerate: 30 }, [
          frame,
        ]);
        assertEqual(`${decoded.width}x${decoded.height}`, `${width}x${height}`, name);
        for (const [x, y, colour] of [
          [0.25, 0.25, [255, 255, 0]],
          [0.75, 0.25, [255, 0, 0]],
          [0.25, 0.75, [0, 0, 255]],
          [0.75, 0.75, [0, 255, 0]],
        ]) {
          const seen = decoded.at(Math.floor(x * width), Math.floor(y * height));
          assert(
            seen.every((code, channel) => Math.abs(code - colour[channel]) < 24),
            `${name}: ${seen} for ${colour}`,
          );
        }
      }
    }
  },
};
