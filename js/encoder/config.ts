import { BITRATE_RANGE } from "../options/defaults.js";
import { parseCodec } from "./codec-string.js";

/** Values of the enumerations, as WebCodecs lists them. */
const ALPHA = ["discard", "keep"] as const;
const BITRATE_MODES = ["variable", "constant", "quantizer"] as const;
const FORMATS = ["avc", "annexb"] as const;
const ACCELERATION = ["no-preference", "prefer-hardware", "prefer-software"] as const;
const LATENCY_MODES = ["quality", "realtime"] as const;

/** The least side of a picture, in pixels: one macroblock. */
const MIN_SIDE = 16;

/**
 * The known members of a `VideoEncoderConfig`, converted as Web IDL does it.
 *
 * @throws {TypeError} where the config is not a valid one (WebCodecs, "Valid VideoEncoderConfig")
 */
export function readConfig(value: unknown): VideoEncoderConfig {
  if (typeof value !== "object" || value === null) throw new TypeError("The config must be an object.");
  const given = value as Record<string, unknown>;
  if (given.codec === undefined) throw new TypeError("The config must have a codec.");
  const config: VideoEncoderConfig = {
    codec: String(given.codec),
    width: whole(given.width, "width", 2 ** 32 - 1),
    height: whole(given.height, "height", 2 ** 32 - 1),
  };
  const take = <Key extends keyof VideoEncoderConfig>(
    key: Key,
    read: (value: unknown, name: string) => NonNullable<VideoEncoderConfig[Key]>,
  ): void => {
    if (given[key] !== undefined) config[key] = read(given[key], key);
  };
  take("displayWidth", (side, name) => whole(side, name, 2 ** 32 - 1));
  take("displayHeight", (side, name) => whole(side, name, 2 ** 32 - 1));
  take("bitrate", (rate, name) => whole(rate, name, Number.MAX_SAFE_INTEGER));
  take("framerate", finite);
  take("hardwareAcceleration", oneOf(ACCELERATION));
  take("alpha", oneOf(ALPHA));
  take("scalabilityMode", String);
  take("bitrateMode", oneOf(BITRATE_MODES));
  take("latencyMode", oneOf(LATENCY_MODES));
  take("contentHint", String);
  take("avc", (avc, name) => {
    if (typeof avc !== "object" || avc === null) throw new TypeError(`The config's ${name} must be an object.`);
    const { format } = avc as { format?: unknown };
    return format === undefined ? {} : { format: oneOf(FORMATS)(format, "avc.format") };
  });
  const { codec, width, height, displayWidth = 1, displayHeight = 1 } = config;
  if (codec.trim() === "") throw new TypeError("The config's codec must not be empty.");
  if ([width, height, displayWidth, displayHeight].includes(0))
    throw new TypeError("The config's sides must not be 0.");
  return config;
}

/** Why a valid config is not supported; `undefined` where it is. */
export function unsupported(config: VideoEncoderConfig): string | undefined {
  const { width, height, bitrate, framerate } = config;
  const codec = parseCodec(config.codec);
  if (!codec) return `the codec ${JSON.stringify(config.codec)} is not avc1 in the Baseline, Main or High profile`;
  if (width % 2 === 1 || height % 2 === 1) return `a side of ${width}x${height} is odd`;
  if (Math.min(width, height) < MIN_SIDE) return `a side of ${width}x${height} is below ${MIN_SIDE} pixels`;
  if (!codec.holds(width, height)) return `${width}x${height} is more than level ${codec.level / 10} holds`;
  if (bitrate !== undefined && !(bitrate >= BITRATE_RANGE.min && bitrate <= BITRATE_RANGE.max)) {
    return `the bit rate of ${bitrate} is not ${BITRATE_RANGE.min} to ${BITRATE_RANGE.max} bits per second`;
  }
  if (framerate !== undefined && framerate <= 0) return "the frame rate is not above 0";
  if (config.alpha === "keep") return "H.264 has no alpha";
  if (config.hardwareAcceleration === "prefer-hardware") return "there is no hardware behind this encoder";
  if (config.scalabilityMode !== undefined && config.scalabilityMode !== "L1T1")
    return `the scalability mode ${config.scalabilityMode} is not there`;
  return undefined;
}

/** Web IDL's [EnforceRange]. */
function whole(value: unknown, name: string, max: number): number {
  const number = Math.trunc(Number(value));
  if (value === undefined || !Number.isFinite(number) || number < 0 || number > max)
    throw new TypeError(`The config's ${name} must be a whole number from 0.`);
  return number;
}

function finite(value: unknown, name: string): number {
  const number = Number(value);
  if (!Number.isFinite(number)) throw new TypeError(`The config's ${name} must be a finite number.`);
  return number;
}

function oneOf<Name extends string>(names: readonly Name[]): (value: unknown, name: string) => Name {
  return (value, name) => {
    const found = names.find((known) => known === String(value));
    if (found === undefined) throw new TypeError(`The config's ${name} must be one of ${names.join(", ")}.`);
    return found;
  };
}
