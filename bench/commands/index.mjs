// The benchmark's commands by name. Each takes the server and the options, and gives what goes into its
// JSON file, or keeps it there clip by clip.
import { builds } from "./builds.mjs";
import { kernels } from "./kernels.mjs";
import { maxbytes } from "./maxbytes.mjs";
import { memory } from "./memory.mjs";
import { rd } from "./rd.mjs";
import { scale } from "./scale.mjs";
import { settings } from "./settings.mjs";
import { size } from "./size.mjs";
import { speed } from "./speed.mjs";
import { stages } from "./stages.mjs";
import { workers } from "./workers.mjs";

export const commands = {
  ...{ size, speed, stages, workers, scale, rd, maxbytes, builds, settings, memory, kernels },
  report: () => undefined,
};

/** What `npm run bench` alone does. */
export const DEFAULT_COMMANDS = ["size", "speed", "stages", "workers"];
