// What WebCodecs asks of a VideoEncoder, as checks that run in the page: each takes an encoder class and throws where it is not
// kept. They ask the same as the encoder parts of the web-platform-tests, and run on the browser's own encoder as well.
import {
  assert,
  assertEqual,
  assertThrows,
  callbacks,
  chunkOf,
  dotsOf,
  dottedFrame,
  frameOf,
  later,
  nalTypes,
} from "./encoder-kit.mjs";

const CONFIG = { codec: "avc1.42001E", width: 320, height: 200 };

const INVALID = {
  "no codec": { width: 320, height: 200 },
  "an empty codec": { ...CONFIG, codec: "" },
  "no width": { codec: CONFIG.codec, height: 200 },
  "a width of 0": { ...CONFIG, width: 0 },
  "a height of 0": { ...CONFIG, height: 0 },
  "a displayWidth of 0": { ...CONFIG, displayWidth: 0 },
  "a displayHeight of 0": { ...CONFIG, displayHeight: 0 },
  "an unknown latencyMode": { ...CONFIG, latencyMode: "soon" },
  "an unknown avc.format": { ...CONFIG, avc: { format: "mp4" } },
};

const UNSUPPORTED = {
  "no codec that there is": { ...CONFIG, codec: "bogus" },
  "another case": { ...CONFIG, codec: "AVC1.42001E" },
  "a type in place of a codec": { ...CONFIG, codec: 'video/mp4; codecs="avc1.42001E"' },
  "a profile that there is not": { ...CONFIG, codec: "avc1.FF000b" },
  "an odd width": { ...CONFIG, width: 321, bitrate: 1_000_000, framerate: 24 },
  "an odd height": { ...CONFIG, height: 201 },
  "too wide": { ...CONFIG, width: 1_000_000 },
  "too high": { ...CONFIG, height: 1_000_000 },
  "too large, by hardware": {
    ...CONFIG,
    hardwareAcceleration: "prefer-hardware",
    width: 20_000,
    height: 20_000,
    bitrate: 1,
  },
  "an unknown scalability mode": { ...CONFIG, scalabilityMode: "ABC" },
  alpha: { ...CONFIG, alpha: "keep" },
};

const SUPPORTED = [
  { ...CONFIG, hardwareAcceleration: "no-preference", bitrate: 5_000_000, framerate: 24, avc: { format: "annexb" } },
  {
    ...CONFIG,
    width: 800,
    height: 600,
    codec: "avc1.4D001F",
    bitrateMode: "variable",
    bitrate: 7_000_000,
    latencyMode: "quality",
  },
  {
    ...CONFIG,
    width: 1280,
    height: 720,
    codec: "avc1.64001F",
    bitrateMode: "constant",
    bitrate: 7_000_000,
    latencyMode: "realtime",
    alpha: "discard",
  },
  {
    ...CONFIG,
    hardwareAcceleration: "prefer-software",
    bitrateMode: "quantizer",
    displayWidth: 400,
    displayHeight: 300,
  },
];

export const checks = {
  async "the constructor needs both callbacks, and the encoder is unconfigured"(Encoder) {
    for (const init of [undefined, {}, { output() {} }, { error() {} }, { output: 1, error() {} }]) {
      assertThrows("TypeError", () => new Encoder(init));
    }
    const encoder = new Encoder(callbacks().init);
    assertEqual(encoder.state, "unconfigured");
    assertEqual(encoder.encodeQueueSize, 0);
    encoder.close();
    await later();
  },

  async "an invalid config is a TypeError at once, and changes nothing"(Encoder) {
    for (const [name, config] of Object.entries(INVALID)) {
      const { init } = callbacks();
      const encoder = new Encoder(init);
      assertThrows("TypeError", () => encoder.configure(config), name);
      assertEqual(encoder.state, "unconfigured", name);
      const reason = await Encoder.isConfigSupported(config).catch((error) => error);
      assertEqual(reason.name, "TypeError", name);
      encoder.configure(CONFIG);
      assertThrows("TypeError", () => encoder.configure(config), name);
      assertEqual(encoder.state, "configured", name);
      encoder.close();
    }
  },

  async "isConfigSupported says no to what it cannot, and gives the config back"(Encoder) {
    for (const [name, config] of Object.entries(UNSUPPORTED)) {
      const support = await Encoder.isConfigSupported(config);
      assertEqual(support.supported, false, name);
      for (const key of ["codec", "width", "height", "bitrate", "framerate"])
        assertEqual(support.config[key], config[key], name);
    }
  },

  async "a config that is not supported closes the encoder with a NotSupportedError"(Encoder) {
    for (const [name, config] of Object.entries(UNSUPPORTED)) {
      const { init, errors } = callbacks();
      const encoder = new Encoder(init);
      encoder.configure(config);
      assertEqual(encoder.state, "configured", name);
      const reason = await encoder.flush().catch((error) => error);
      assert(reason instanceof DOMException, name);
      assertEqual(reason.name, "NotSupportedError", name);
      await later();
      assertEqual(encoder.state, "closed", name);
      assertEqual(errors.map((error) => error.name).join(), "NotSupportedError", name);
    }
  },

  async "isConfigSupported says yes, and leaves out what it does not know"(Encoder) {
    for (const config of SUPPORTED) {
      const support = await Encoder.isConfigSupported({ ...config, ofTheFuture: "foo" });
      assertEqual(support.supported, true, JSON.stringify(config));
      assert(!("ofTheFuture" in support.config));
      for (const [key, value] of Object.entries(config))
        assertEqual(JSON.stringify(support.config[key]), JSON.stringify(value), key);
    }
  },

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

  async "the queue's size goes down to 0, with an event for each time"(Encoder) {
    const { init } = callbacks();
    const encoder = new Encoder(init);
    encoder.configure(CONFIG);
    assertEqual(encoder.encodeQueueSize, 0);
    let last = Number.POSITIVE_INFINITY;
    let events = 0;
    encoder.ondequeue = () => {
      events++;
      assert(encoder.encodeQueueSize < last, `${encoder.encodeQueueSize} after ${last}`);
      last = encoder.encodeQueueSize;
    };
    for (let index = 0; index < 60; index++) encoder.encode(frameOf(320, 200, { timestamp: index * 16_000 }));
    assert(encoder.encodeQueueSize >= 0 && encoder.encodeQueueSize <= 60);
    await encoder.flush();
    assertEqual(encoder.encodeQueueSize, 0);
    assertEqual(last, 0);
    assert(events > 0);
    last = Number.POSITIVE_INFINITY;
    for (let index = 0; index < 60; index++) encoder.encode(frameOf(320, 200, { timestamp: index * 16_000 }));
    encoder.reset();
    assertEqual(encoder.encodeQueueSize, 0);
    encoder.close();
  },

  async "after reset nothing more comes out, and the encoder can be configured anew"(Encoder) {
    const timestamps = [];
    let encoder;
    let wasReset;
    const reset = new Promise((resolve) => (wasReset = resolve));
    const { init } = callbacks({
      output(chunk) {
        timestamps.push(chunk.timestamp);
        if (timestamps.length !== 3) return;
        encoder.reset();
        wasReset();
      },
    });
    encoder = new Encoder(init);
    encoder.configure(CONFIG);
    await encoder.flush();
    for (let index = 0; index < 30; index++) encoder.encode(frameOf(320, 200, { timestamp: index * 40_000 }));
    // Whether frames come out before a flush is the encoder's business.
    const flushed = encoder.flush().catch((error) => error.name);
    await reset;
    assertEqual(await flushed, "AbortError");
    assertEqual(timestamps.length, 3);
    assertEqual(encoder.state, "unconfigured");
    assertEqual(encoder.encodeQueueSize, 0);
    encoder.configure({ ...CONFIG, width: 640, height: 480 });
    for (let index = 0; index < 5; index++) encoder.encode(frameOf(640, 480, { timestamp: index * 40_000 + 1 }));
    await encoder.flush();
    encoder.close();
    assertEqual(timestamps.slice(3).join(), "1,40001,80001,120001,160001");
  },

  async "reset and close reject a flush that waits, with an AbortError, before they return"(Encoder) {
    for (const method of ["reset", "close"]) {
      const { init, outputs, errors } = callbacks();
      const encoder = new Encoder(init);
      encoder.configure(CONFIG);
      for (let index = 0; index < 10; index++) encoder.encode(frameOf(320, 200, { timestamp: index }));
      let reason;
      encoder.flush().catch((error) => (reason = error));
      encoder[method]();
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
      assertEqual(reason?.name, "AbortError", method);
      const before = outputs.length;
      await later(100);
      assertEqual(outputs.length, before, method);
      assertEqual(errors.length, 0, method);
    }
  },

  async "configure between frames: all come out, in order, each at its size"(Encoder) {
    const { init, outputs } = callbacks();
    const encoder = new Encoder(init);
    const large = { ...CONFIG, codec: "avc1.42001F", width: 640, height: 480, bitrate: 3_000_000, framerate: 30 };
    const small = { ...large, width: 320, height: 240, bitrate: 2_000_000 };
    let timestamp = 0;
    for (const config of [large, small]) {
      encoder.configure(config);
      for (let index = 0; index < 8; index++)
        encoder.encode(frameOf(config.width, config.height, { timestamp: timestamp++ }));
    }
    await encoder.flush();
    encoder.configure(large);
    await encoder.flush();
    encoder.close();
    assertEqual(outputs.map(({ chunk }) => chunk.timestamp).join(), [...Array(16).keys()].join());
    const sizes = outputs.flatMap(({ metadata: { decoderConfig }, chunk }) =>
      decoderConfig ? [`${chunk.timestamp}: ${decoderConfig.codedWidth}x${decoderConfig.codedHeight}`] : [],
    );
    assertEqual(sizes.join(", "), "0: 640x480, 8: 320x240");
    assertEqual(outputs[8].chunk.type, "key");
  },

  async "a closed encoder refuses everything"(Encoder) {
    const encoder = new Encoder(callbacks().init);
    encoder.close();
    assertEqual(encoder.state, "closed");
    assertThrows("InvalidStateError", () => encoder.configure(CONFIG));
    assertThrows("InvalidStateError", () => encoder.reset());
    assertThrows("InvalidStateError", () => encoder.close());
    assertThrows("InvalidStateError", () => encoder.encode(frameOf(320, 200, { timestamp: 0 })));
    assertEqual((await encoder.flush().catch((error) => error)).name, "InvalidStateError");
  },

  async "an unconfigured encoder encodes and flushes nothing, and may be reset"(Encoder) {
    const encoder = new Encoder(callbacks().init);
    encoder.reset();
    assertEqual(encoder.state, "unconfigured");
    assertThrows("InvalidStateError", () => encoder.encode(frameOf(320, 200, { timestamp: 0 })));
    assertEqual((await encoder.flush().catch((error) => error)).name, "InvalidStateError");
    encoder.close();
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

  async "what an output callback throws is reported, and the next output comes all the same"(Encoder) {
    const reported = [];
    const listen = (event) => {
      event.preventDefault();
      reported.push(event.error?.message);
    };
    addEventListener("error", listen);
    let outputs = 0;
    const { init } = callbacks({
      output() {
        outputs++;
        throw new Error("the caller's own");
      },
    });
    const encoder = new Encoder(init);
    encoder.configure(CONFIG);
    for (let index = 0; index < 3; index++) encoder.encode(frameOf(320, 200, { timestamp: index * 33_333 }));
    await encoder.flush();
    await later();
    encoder.close();
    removeEventListener("error", listen);
    assertEqual(outputs, 3);
    assertEqual(reported.join(), "the caller's own,the caller's own,the caller's own");
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

/** Encodes frames and decodes what came out, as it comes. */
async function decodeAll(Encoder, config, frames, { stripColours = false, keyFrame = () => false } = {}) {
  const { init, outputs } = callbacks();
  const encoder = new Encoder(init);
  encoder.configure(config);
  for (const [index, frame] of frames.entries()) {
    encoder.encode(frame, { keyFrame: keyFrame(index) });
    frame.close();
  }
  await encoder.flush();
  encoder.close();
  return chunkOf.decode(outputs, { stripColours });
}
