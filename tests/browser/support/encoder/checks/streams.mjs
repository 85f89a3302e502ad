// What an encoder's chunks hold, and what a decoder makes of them.
import {
  assert,
  assertEqual,
  CONFIG,
  callbacks,
  chunkOf,
  decodeAll,
  dotsOf,
  dottedFrame,
  frameOf,
  nalTypes,
} from "../kit.mjs";

export const streams = {
  async "annexb: parameter sets before slices, keyframes where they are said to be"(Encoder) {
    const { init, outputs } = callbacks();
    const encoder = new Encoder(init);
    encoder.configure({ ...CONFIG, avc: { format: "annexb" }, bitrate: 1_000_000, framerate: 30 });
    for (let index = 0; index < 16; index++)
      encoder.encode(dottedFrame(320, 200, index), { keyFrame: index % 5 === 0 });
    await encoder.flush();
    encoder.close();
    assertEqual(outputs.length, 16);
    for (const [index, { chunk, metadata }] of outputs.entries()) {
      const types = nalTypes(chunk);
      const slices = types.filter((type) => type === 1 || type === 5);
      assert(
        slices.length > 0 && slices.every((type) => (type === 5) === (chunk.type === "key")),
        `${index}: ${types}`,
      );
      if (chunk.type === "key")
        assert(types.indexOf(7) >= 0 && types.indexOf(7) < types.indexOf(8), `${index}: ${types}`);
      assert(types.lastIndexOf(8) < types.indexOf(slices[0]), `${index}: ${types}`);
      if (index % 5 === 0) assertEqual(chunk.type, "key", `frame ${index}`);
      assertEqual(metadata.decoderConfig?.description, undefined);
    }
  },

  async "the description has the profile that the codec asks for"(Encoder) {
    for (const codec of ["avc1.42001e", "avc1.4d001e", "avc1.64001e"]) {
      const { init, outputs } = callbacks();
      const encoder = new Encoder(init);
      encoder.configure({ codec, width: 640, height: 480, avc: { format: "avc" } });
      encoder.encode(frameOf(640, 480, { timestamp: 0 }));
      await encoder.flush();
      encoder.close();
      const { description } = outputs[0].metadata.decoderConfig;
      const record = ArrayBuffer.isView(description)
        ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
        : new Uint8Array(description);
      assertEqual(record[0], 1, codec);
      assertEqual(record[1], Number.parseInt(codec.slice(5, 7), 16), codec);
    }
  },

  async "what is encoded is what is decoded"(Encoder) {
    const config = {
      ...CONFIG,
      bitrate: 1_000_000,
      bitrateMode: "constant",
      framerate: 30,
      hardwareAcceleration: "prefer-software",
    };
    for (const format of ["avc", "annexb"]) {
      for (const latencyMode of ["quality", "realtime"]) {
        for (const stripColours of [false, true]) {
          const name = `${format}, ${latencyMode}${stripColours ? ", colours of the stream" : ""}`;
          const frames = Array.from({ length: 16 }, (_, index) => dottedFrame(320, 200, index));
          const decoded = await decodeAll(Encoder, { ...config, latencyMode, avc: { format } }, frames, {
            stripColours,
            keyFrame: (index) => index % 5 === 0,
          });
          if (latencyMode === "quality") assertEqual(decoded.length, 16, name);
          for (const picture of decoded) {
            assertEqual(dotsOf(picture, picture.timestamp), picture.timestamp, name);
            for (const key of ["primaries", "transfer", "matrix", "fullRange"])
              assertEqual(picture.colorSpace[key], picture.toldColorSpace[key], `${name}: ${key}`);
          }
        }
      }
    }
  },

  async "the bit rate may change with every frame"(Encoder) {
    const { init, outputs } = callbacks();
    const encoder = new Encoder(init);
    const config = { ...CONFIG, bitrate: 1_000_000, bitrateMode: "constant", framerate: 30 };
    encoder.configure(config);
    for (let index = 0; index < 16; index++) {
      encoder.encode(dottedFrame(320, 200, index));
      if (index % 3 !== 0) continue;
      config.bitrate = Math.round(0.9 * config.bitrate);
      encoder.configure(config);
    }
    await encoder.flush();
    encoder.close();
    assertEqual(outputs.map(({ chunk }) => chunk.timestamp).join(), [...Array(16).keys()].join());
    for (const picture of await chunkOf.decode(outputs))
      assertEqual(dotsOf(picture, picture.timestamp), picture.timestamp);
  },

  async "each frame may have a quantizer of its own"(Encoder) {
    const { init, outputs } = callbacks();
    const encoder = new Encoder(init);
    encoder.configure({ ...CONFIG, bitrateMode: "quantizer", framerate: 30 });
    for (let index = 0; index < 24; index++)
      encoder.encode(dottedFrame(320, 200, index), { avc: { quantizer: 1 + (index % 20) } });
    await encoder.flush();
    encoder.close();
    const decoded = await chunkOf.decode(outputs);
    assertEqual(decoded.length, 24);
    for (const picture of decoded) assertEqual(dotsOf(picture, picture.timestamp), picture.timestamp);
  },
};
