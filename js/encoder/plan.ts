import type { Content } from "../model/choices.js";
import { USUAL_RATE } from "../model/constants.js";
import { CLIP_DEFAULTS, DEFAULT_LIMITS, QUALITY_RATE_FACTOR } from "../options/defaults.js";
import { automaticWorkers, checkEncodeValues } from "../options/encode-options.js";
import { memoryBudget, workerBytes, workersWithin } from "../options/memory.js";
import { parseCodec } from "./codec-string.js";
import type { EncodingPlan } from "./encoding.js";

/** Content hints (W3C "mst-content-hint") that say more than the pictures themselves. */
const CONTENT_OF_HINT: Readonly<Record<string, Content>> = { text: "screen" };

/** What a supported config comes down to. */
export function planOf(config: VideoEncoderConfig): Omit<EncodingPlan, "groupsBefore"> {
  const { codec, width, height, framerate = USUAL_RATE, latencyMode, contentHint = "" } = config;
  const profile = parseCodec(codec)?.profile;
  if (!profile) throw new TypeError(`${codec} is not supported`);
  const { coding } = checkEncodeValues({});
  const realtime = latencyMode === "realtime";
  const settings = {
    width,
    height,
    // A frame of another size is scaled, as browsers do it.
    fit: "stretch" as const,
    background: Uint8Array.of(0, 0, 0),
    ...DEFAULT_LIMITS,
    colors: CLIP_DEFAULTS.colors,
    frameRate: framerate,
    ...coding,
    profile,
    content: CONTENT_OF_HINT[contentHint] ?? coding.content,
    speed: realtime ? ("fast" as const) : coding.speed,
    ...rateControl(config),
  };
  const affordable = workersWithin(memoryBudget(), workerBytes(settings, [settings]));
  return { settings, realtime, workers: realtime ? 1 : Math.min(automaticWorkers(), affordable) };
}

function rateControl({
  bitrateMode,
  bitrate,
}: VideoEncoderConfig): { perPicture: true } | { bitrate: number } | { rateFactor: number } {
  if (bitrateMode === "quantizer") return { perPicture: true };
  return bitrate === undefined ? { rateFactor: QUALITY_RATE_FACTOR.high } : { bitrate };
}
