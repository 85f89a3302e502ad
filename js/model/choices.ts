/**
 * The values of every option that is one of a few names: the one list that types and checks are derived from.
 * Their meaning stands with the options.
 */

export const FITS = ["contain", "cover", "stretch", "error"] as const;
/** What happens to an image of another size than the video, see {@link ClipOptions.fit}. */
export type Fit = (typeof FITS)[number];

export const ANIMATED = ["first", "expand"] as const;
/** What an animated file means, see {@link ClipOptions.animated}. */
export type Animated = (typeof ANIMATED)[number];

export const DECODERS = ["wasm", "browser"] as const;
/** Who decodes, see {@link ClipOptions.decoder}. */
export type Decoder = (typeof DECODERS)[number];

/** Sizes that follow from the images. */
export const NATURAL_SIZES = ["first", "largest"] as const;

export const QUALITIES = ["low", "medium", "high", "best"] as const;
/** A named quality, see {@link EncodeOptions.quality}. */
export type Quality = (typeof QUALITIES)[number];

export const PROFILES = ["baseline", "main", "high"] as const;
/** An H.264 profile, see {@link EncodeOptions.profile}. */
export type Profile = (typeof PROFILES)[number];

export const CONTENTS = ["photo", "screen", "auto"] as const;
/** What the images show, see {@link EncodeOptions.content}. */
export type Content = (typeof CONTENTS)[number];

export const SPEEDS = ["fast", "balanced", "small"] as const;
/** Effort against size, see {@link EncodeOptions.speed}. */
export type Speed = (typeof SPEEDS)[number];

export const CONTAINERS = ["faststart", "fragmented"] as const;
/** How the file is laid out, see {@link EncodeOptions.container}. */
export type Container = (typeof CONTAINERS)[number];

/** What is going on in an encode, see {@link Progress.stage}. */
export type Stage = "loading" | "encoding" | "writing" | "done";
