// Which configurations an encoder takes, and what it does with the others.
import { assert, assertEqual, assertThrows, CONFIG, callbacks, later } from "../kit.mjs";

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

export const configs = {
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
};
