/**
 * The values of every option that is one of a few names: the one list that types and checks are derived from.
 * Their meaning stands with the options.
 */

export const FITS = ["contain", "cover", "stretch", "error"] as const;
/**
 * What happens to an image of another size than the video, see `ClipOptions.fit`.
 *
 * @useDeclaredType
 */
export type Fit = (typeof FITS)[number];

export const ANIMATED = ["first", "expand"] as const;
/**
 * What an animated file means, see `ClipOptions.animated`.
 *
 * @useDeclaredType
 */
export type Animated = (typeof ANIMATED)[number];

export const DECODERS = ["wasm", "browser"] as const;
/**
 * Who decodes, see `ClipOptions.decoder`.
 *
 * @useDeclaredType
 */
export type Decoder = (typeof DECODERS)[number];

export const COLORS = ["convert", "ignore"] as const;
/**
 * What becomes of colours that a file says are not sRGB's, see `ClipOptions.colors`.
 *
 * @useDeclaredType
 */
export type Colors = (typeof COLORS)[number];

export const NATURAL_SIZES = ["first", "largest"] as const;
/**
 * A size that follows from the images, see `ClipOptions.size`.
 *
 * @useDeclaredType
 */
export type NaturalSize = (typeof NATURAL_SIZES)[number];

export const QUALITIES = ["low", "medium", "high", "best"] as const;
/**
 * A named quality, see `EncodeOptions.quality`.
 *
 * @useDeclaredType
 */
export type Quality = (typeof QUALITIES)[number];

export const PROFILES = ["baseline", "main", "high"] as const;
/**
 * An H.264 profile, see `EncodeOptions.profile`.
 *
 * @useDeclaredType
 */
export type Profile = (typeof PROFILES)[number];

export const CONTENTS = ["photo", "screen", "auto"] as const;
/**
 * What the images show, see `EncodeOptions.content`.
 *
 * @useDeclaredType
 */
export type Content = (typeof CONTENTS)[number];

export const SPEEDS = ["fast", "balanced", "small"] as const;
/**
 * Effort against size, see `EncodeOptions.speed`.
 *
 * @useDeclaredType
 */
export type Speed = (typeof SPEEDS)[number];

export const CONTAINERS = ["faststart", "fragmented"] as const;
/**
 * How the file is laid out, see `EncodeOptions.container`.
 *
 * @useDeclaredType
 */
export type Container = (typeof CONTAINERS)[number];

/** What is going on in an encode, see `Progress.stage`. */
export type Stage = "loading" | "encoding" | "writing" | "done";

/** Why no more workers took part in an encode, see `EncodeStats.workersLimit`. */
export type WorkersLimit = "asked" | "processors" | "memory" | "groups";
