// An encoder's states, its queue and its callbacks.
import { assert, assertEqual, assertThrows, CONFIG, callbacks, frameOf, later } from "../kit.mjs";

export const states = {
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
};
