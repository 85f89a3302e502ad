import { FramereelError } from "../model/errors.js";
import type { ClipOptions, DisplayOptions, EncodeOptions, EncodeResult, EncodeStats } from "../model/options.js";
import type { ImageSource } from "../model/sources.js";
import { imageAt, joinTimelines, reverseTimeline, sliceTimeline, totalSeconds } from "../model/timeline.js";
import { checkNumber, invalidOption } from "../options/check.js";
import { checkClipOptions } from "../options/clip-options.js";
import { checkDisplayOptions, checkEncodeOptions } from "../options/encode-options.js";
import { checkSink, refuseFaststart } from "../options/sink.js";
import { checkSources } from "../options/source-kind.js";
import { videoElement } from "../output/video-element.js";
import { encodeToBlob, encodeToSink } from "../pipeline/clip-encode.js";
import type { Sequence } from "../pipeline/clip-source.js";

/**
 * A sequence of images that becomes a video. n images give n samples, each shown exactly as long as it was said.
 *
 * A clip is never changed: `reversed` and the like return new clips over the same sources. Nothing is read before an
 * encode, and a clip can be encoded as often as you like.
 *
 * @example
 * const clip = new ImageSequenceClip(sortByName(input.files), { fps: 24 });
 * const blob = await clip.toBlob();
 */
export class ImageSequenceClip {
  readonly #sequence: Sequence;

  /**
   * @param images in order; the same source may stand at many places
   * @throws {FramereelError} `invalid-option` for an option or an image that cannot be right
   */
  constructor(images: Iterable<ImageSource>, options: ClipOptions) {
    this.#sequence = images instanceof Checked ? images.sequence : checkClip(images, options);
  }

  /** Images; an animation that `animated: "expand"` will expand counts as one. */
  get length(): number {
    return this.#sequence.images.length;
  }

  /** Seconds, exactly the sum of all images'. Expanded animations bring their own time when the clip is encoded. */
  get duration(): number {
    return totalSeconds(this.#sequence.timeline);
  }

  /** Images per second on average: length / duration. */
  get fps(): number {
    return this.length / this.duration;
  }

  /**
   * Place of the image that is shown at a time. From the clip's end on it is the last one.
   *
   * @param seconds from 0 on
   */
  indexAt(seconds: number): number {
    return imageAt(this.#sequence.timeline, checkNumber(seconds, "seconds", { min: 0, unit: "seconds" }));
  }

  /** The images from the last to the first; expanded animations play backwards. */
  reversed(): ImageSequenceClip {
    const { images, timeline, pictures } = this.#sequence;
    const backwards = images.map(({ source, backwards }) => ({ source, backwards: !backwards }));
    return ImageSequenceClip.#of({ images: backwards.reverse(), timeline: reverseTimeline(timeline), pictures });
  }

  /** There and back, without showing either end twice when it is looped: 1 2 3 becomes 1 2 3 2. */
  boomerang(): ImageSequenceClip {
    const back = this.reversed().#slice(1, Math.max(1, this.length - 1));
    return back ? this.concat(back) : this;
  }

  /** The clip `times` times in a row. */
  repeated(times: number): ImageSequenceClip {
    checkNumber(times, "times", { min: 1, integer: true });
    return this.concat(...Array.from({ length: times - 1 }, () => this));
  }

  /** This clip and then the others. Size, fit, background and the like are this clip's. */
  concat(...clips: ImageSequenceClip[]): ImageSequenceClip {
    for (const [index, clip] of clips.entries()) {
      if (!(clip instanceof ImageSequenceClip)) throw invalidOption(`clips[${index}]`, "an ImageSequenceClip", clip);
    }
    const all = [this.#sequence, ...clips.map((clip) => clip.#sequence)];
    const timeline = joinTimelines(all.map((sequence) => sequence.timeline));
    return ImageSequenceClip.#of({ ...this.#sequence, images: all.flatMap(({ images }) => images), timeline });
  }

  /**
   * Encodes the clip into an MP4 file.
   *
   * @throws {FramereelError} see its codes; the signal's reason where it was aborted
   */
  async toBlob(options?: EncodeOptions): Promise<Blob> {
    return (await this.encode(options)).blob;
  }

  /** As {@link toBlob}, and says what came out. */
  async encode(options?: EncodeOptions): Promise<EncodeResult> {
    return encodeToBlob(this.#sequence, checkEncodeOptions(options));
  }

  /**
   * Writes the clip as a fragmented MP4 while it is being encoded, no faster than the sink takes it, so that memory stays
   * flat however long the clip is. Closes the sink at the end and aborts it on a failure. What the sink itself throws
   * comes out as it is.
   */
  async writeTo(sink: WritableStream<Uint8Array>, options?: EncodeOptions): Promise<EncodeStats> {
    const checked = checkEncodeOptions(options);
    refuseFaststart(options?.container);
    const stream = checkSink(sink, "sink");
    return encodeToSink(this.#sequence, { ...checked, container: "fragmented" }, stream);
  }

  /**
   * Encodes the clip and shows it. Resolves with a `<video>` that knows its size and duration; putting it into the document
   * is yours. The file is given back to the browser when the element is garbage collected.
   */
  async display(options?: DisplayOptions & EncodeOptions): Promise<HTMLVideoElement> {
    const { display, encode } = checkDisplayOptions(options);
    if (typeof document === "undefined") {
      throw new FramereelError("invalid-option", "display() needs a document, and there is none here. Use toBlob().");
    }
    const { blob } = await encodeToBlob(this.#sequence, encode);
    return videoElement(blob, display, encode.signal);
  }

  /** Images `first` up to `end`, or nothing where there are none. */
  #slice(first: number, end: number): ImageSequenceClip | undefined {
    if (first >= end) return undefined;
    const { images, timeline, pictures } = this.#sequence;
    return ImageSequenceClip.#of({
      images: images.slice(first, end),
      timeline: sliceTimeline(timeline, first, end),
      pictures,
    });
  }

  /** A clip over what is already checked. */
  static #of(sequence: Sequence): ImageSequenceClip {
    return new ImageSequenceClip(new Checked(sequence) as never, undefined as never);
  }
}

/** What takes the place of a constructor's arguments where there is nothing left to check. */
class Checked {
  readonly sequence: Sequence;

  constructor(sequence: Sequence) {
    this.sequence = sequence;
  }
}

function checkClip(images: Iterable<ImageSource>, options: ClipOptions): Sequence {
  const sources = checkSources(images, "images");
  const { timeline, pictures } = checkClipOptions(options, sources.length);
  return { images: sources.map((source) => ({ source, backwards: false })), timeline, pictures };
}
