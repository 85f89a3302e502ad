// What WebCodecs asks of a VideoEncoder, as checks that run in the page: each takes an encoder class and throws where it is not
// kept. They ask the same as the encoder parts of the web-platform-tests, and run on the browser's own encoder as well.
import { configs } from "./configs.mjs";
import { frames } from "./frames.mjs";
import { states } from "./states.mjs";
import { streams } from "./streams.mjs";

export const checks = { ...configs, ...states, ...frames, ...streams };
