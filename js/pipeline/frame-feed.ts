import { GroupCutter } from "../model/groups.js";
import type { FrameRate } from "../model/options.js";
import type { ImageSource } from "../model/sources.js";
import { durationsTimeline, rateTimeline, type Timeline } from "../model/timeline.js";
import { parseColor } from "../options/color.js";
import type { CheckedSequence } from "../options/sequence-options.js";
import { nameOf } from "../options/source-kind.js";
import { type GroupSamples, Muxer } from "../output/mux.js";
import { BlobCollector, FaststartOutput, FragmentedOutput, movedToBlob } from "../output/output.js";
import type { PostableImage } from "../protocol/messages.js";
import { requireWorkers } from "../workers/start.js";
import { FeedProgress } from "./feed-progress.js";
import { GroupStream } from "./group-stream.js";
import { type Plan, planSize } from "./plan.js";
import { EncodeScope } from "./scope.js";
import { copySource } from "./snapshot.js";

/** Bytes of frames that a SequenceEncoder lets wait before `add` does. */
const MAX_PENDING_FRAME_BYTES = 2 ** 28;

/** Bytes of a pixel while it waits. */
const BYTES_PER_PIXEL = 4;

/** Frames on their way to workers, group by group, no more at once than memory allows. */
export class FrameFeed {
  readonly #options: CheckedSequence;
  readonly #scope: EncodeScope;
  readonly #cutter: GroupCutter;
  readonly #progress: FeedProgress;
  readonly #settings: Promise<Plan["settings"]>;
  /** Seconds of each frame, and whether any is its own rather than the rate's. */
  readonly #durations: number[] = [];
  #ownDurations = false;
  /** Seconds at which the last frame ends. */
  #end = 0;
  #length = 0;
  #encoded = 0;
  #stream: GroupStream | undefined;
  readonly #groups: Promise<GroupSamples>[] = [];
  #unfinishedGroups = 0;
  /** Frames are sent in order, one after the other. */
  #sending: Promise<void> = Promise.resolve();
  #wake: (() => void)[] = [];
  #failure: { reason: unknown } | undefined;

  constructor(options: CheckedSequence) {
    this.#options = options;
    this.#scope = new EncodeScope(options.encode.signal);
    this.#cutter = new GroupCutter(options.encode.keyframeInterval);
    this.#progress = new FeedProgress(options.encode.onProgress);
    this.#scope.signal.addEventListener("abort", () => this.#fail(this.#scope.signal.reason));
    this.#settings = this.#makeSettings();
    this.#settings.catch((error) => this.#fail(error));
  }

  get length(): number {
    return this.#length;
  }

  /** Copies the frame now; resolves when there is room for another. */
  async add(source: ImageSource, seconds: number | undefined): Promise<void> {
    this.#throwFailure();
    const index = this.#length++;
    const cut = this.#cutter.next(this.#startOf(index, seconds));
    const image = Promise.resolve(copySource(source, index, this.#scope.signal));
    image.catch((error) => this.#fail(error));
    const sent = this.#sending.then(async () => {
      if (cut.opensGroup) await this.#openGroup(index);
      this.#stream?.add(await image, nameOf(source), cut.keyframe);
    });
    this.#sending = sent;
    sent.catch((error) => {
      this.#fail(error);
      void image.then(discard, () => {});
    });
    await sent.catch(() => {});
    await this.#until(() => this.#length - this.#encoded <= this.#room());
    this.#throwFailure();
  }

  async finish(): Promise<Blob> {
    try {
      await this.#sending;
      this.#throwFailure();
      this.#stream?.close();
      this.#progress.close();
      const groups = await Promise.all(this.#groups);
      this.#progress.startWriting();
      const blob = await this.#write(groups);
      this.#throwFailure();
      this.#progress.finish();
      return blob;
    } catch (error) {
      this.#fail(error);
      throw this.#failure?.reason;
    } finally {
      this.#scope.close(undefined);
    }
  }

  abort(reason: unknown): void {
    this.#fail(reason);
  }

  /** The frame's beginning, after taking note of its duration. */
  #startOf(index: number, seconds: number | undefined): number {
    const { rate } = this.#options;
    const start = this.#end;
    const duration = seconds ?? secondsAt(rate);
    this.#durations.push(duration);
    this.#ownDurations ||= seconds !== undefined;
    this.#end = this.#ownDurations || !rate ? start + duration : ((index + 1) * rate.den) / rate.num;
    return start;
  }

  async #makeSettings(): Promise<Plan["settings"]> {
    requireWorkers();
    const { size, pictures, encode, rate } = this.#options;
    const { signal } = this.#scope;
    const { fit, limits } = pictures;
    const { profile, content, speed } = encode;
    const background = Uint8Array.from(parseColor(pictures.background, "options.background"));
    const planned = await planSize(size, new Map(), signal);
    // Rate control wants a rate in advance, which durations do not give; they are those of a slide show or of a screen.
    const frameRate = rate ? rate.num / rate.den : 30;
    return { ...planned, fit, background, ...limits, frameRate, profile, content, speed };
  }

  async #openGroup(first: number): Promise<void> {
    this.#stream?.close();
    this.#stream = undefined;
    const settings = await this.#settings;
    await this.#until(() => this.#unfinishedGroups < this.#options.encode.workers);
    this.#throwFailure();
    let before = 0;
    const stream = new GroupStream(settings, this.#options.encode.rate, first, this.#scope.signal, (encoded) => {
      this.#encoded += encoded - before;
      before = encoded;
      this.#progress.encoded(this.#encoded, this.#length);
      this.#changed();
    });
    this.#stream = stream;
    this.#unfinishedGroups++;
    const samples = stream.result.then((group) => {
      this.#unfinishedGroups--;
      this.#changed();
      return { ...group, data: movedToBlob(group.data) };
    });
    samples.catch((error) => this.#fail(error));
    this.#groups.push(samples);
  }

  async #write(groups: readonly GroupSamples[]): Promise<Blob> {
    const muxer = new Muxer(await this.#settings, this.#scope.signal);
    const timeline = this.#timeline();
    const collector = new BlobCollector();
    const faststart = new FaststartOutput(muxer, timeline);
    const fragmented = this.#options.encode.container === "fragmented";
    const output = fragmented ? new FragmentedOutput(muxer, timeline, collector.write) : faststart;
    for (const group of groups) {
      muxer.accept(group);
      await output.add(group);
    }
    await output.finish();
    return fragmented ? collector.file : faststart.file;
  }

  #timeline(): Timeline {
    const { rate } = this.#options;
    return this.#ownDurations || !rate ? durationsTimeline(this.#durations) : rateTimeline(this.#length, rate);
  }

  /** Frames that may wait. */
  #room(): number {
    const { width, height } = this.#options.size;
    return Math.max(1, Math.floor(MAX_PENDING_FRAME_BYTES / (width * height * BYTES_PER_PIXEL)));
  }

  /** Waits until a condition holds, or until there is a failure. */
  async #until(condition: () => boolean): Promise<void> {
    while (!this.#failure && !condition()) {
      await new Promise<void>((resolve) => {
        this.#wake.push(resolve);
      });
    }
  }

  #changed(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }

  /** The first failure is the one that everybody hears of. */
  #fail(reason: unknown): void {
    if (this.#failure) return;
    this.#failure = { reason };
    this.#scope.close(reason);
    this.#changed();
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.reason;
  }
}

function secondsAt(rate: FrameRate | undefined): number {
  return rate ? rate.den / rate.num : Number.NaN;
}

function discard(image: PostableImage): void {
  if (image.kind === "bitmap") image.bitmap.close();
}
