import { Changes } from "../concurrency/changes.js";
import { Queue } from "../concurrency/queue.js";
import { MAX_PENDING_BYTES, USUAL_RATE } from "../model/constants.js";
import { GroupCutter } from "../model/groups.js";
import type { BlamedImage } from "../model/image-error.js";
import type { ImageSource } from "../model/sources.js";
import type { Timeline } from "../model/timeline.js";
import { TimelineBuilder } from "../model/timeline-builder.js";
import type { CheckedSequence } from "../options/sequence-options.js";
import { nameOf } from "../options/source-kind.js";
import type { PostableImage, Step } from "../protocol/messages.js";
import { copySource } from "./inputs/snapshot.js";
import { makePlan, planSize } from "./plan.js";
import type { GroupPictures, PictureSource, Plan } from "./source.js";
import { BYTES_PER_PIXEL } from "./step-sender.js";

/** Frames that arrive one by one as a source of pictures. They are copied when they are added, and moved to the workers. */
export class FrameSource implements PictureSource {
  readonly live = true;
  #growing = true;
  /** Whether there will be a first frame at all is not known. */
  readonly groupsKnown = 1;
  readonly #options: CheckedSequence;
  readonly #signal: AbortSignal;
  readonly #cutter: GroupCutter;
  readonly #timeline: TimelineBuilder;
  readonly #groups = new Queue<FrameGroup>();
  readonly #changes = new Changes();
  /** The group that frames are added to. */
  #group: FrameGroup | undefined;
  #groupsOpened = 0;
  #taken = 0;
  #released: { reason: unknown } | undefined;

  constructor(options: CheckedSequence, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
    this.#cutter = new GroupCutter(options.encode.keyframeInterval);
    this.#timeline = new TimelineBuilder(options.rate);
  }

  get timeline(): Timeline {
    return this.#timeline.timeline;
  }

  get growing(): boolean {
    return this.#growing;
  }

  get length(): number {
    return this.#timeline.length;
  }

  async plan(): Promise<Plan> {
    const { size, pictures, encode, rate } = this.#options;
    const planned = await planSize(size, true, this.#signal);
    return makePlan(planned, [size], rate ? rate.num / rate.den : USUAL_RATE, pictures, encode);
  }

  groups(): AsyncIterable<GroupPictures> {
    return this.#groups;
  }

  /** Copies the frame now; resolves when there is room for another. */
  async add(source: ImageSource, seconds: number | undefined): Promise<void> {
    this.#throwIfReleased();
    const index = this.length;
    const { opensGroup, keyframe } = this.#cutter.next(this.#timeline.add(seconds));
    if (opensGroup || !this.#group) this.#openGroup(index);
    const image = copySource(source, index, this.#options.pictures.colors, this.#signal);
    this.#group?.add({ image, name: nameOf(source), keyframe });
    await image.catch((error) => this.release(error));
    await this.#changes.until(() => this.#released !== undefined || this.length - this.#taken <= this.#room());
    this.#throwIfReleased();
  }

  /** No frame follows. */
  close(): void {
    this.#growing = false;
    this.#group?.close();
    this.#groups.close();
  }

  release(reason: unknown): void {
    if (this.#released) return;
    this.#released = { reason };
    this.#group?.release(reason);
    for (const group of this.#groups.fail(reason)) group.release(reason);
    this.#changes.changed();
  }

  #openGroup(first: number): void {
    this.#group?.close();
    this.#group = new FrameGroup(this.#groupsOpened++, first, (more) => {
      this.#taken += more;
      this.#changes.changed();
    });
    this.#groups.push(this.#group);
  }

  /** Frames that may wait. */
  #room(): number {
    const { width, height } = this.#options.size;
    return Math.max(1, Math.floor(MAX_PENDING_BYTES / (width * height * BYTES_PER_PIXEL)));
  }

  #throwIfReleased(): void {
    if (this.#released) throw this.#released.reason;
  }
}

interface Frame {
  image: Promise<PostableImage>;
  name: string | undefined;
  keyframe: boolean;
}

/** A group of frames, of which more may come. */
class FrameGroup implements GroupPictures {
  readonly repeatable = false;
  readonly index: number;
  readonly first: number;
  readonly #frames = new Queue<Frame>();
  readonly #names: (string | undefined)[] = [];
  readonly #takenMore: (count: number) => void;
  #taken = 0;

  constructor(index: number, first: number, takenMore: (count: number) => void) {
    this.index = index;
    this.first = first;
    this.#takenMore = takenMore;
  }

  add(frame: Frame): void {
    this.#names.push(frame.name);
    this.#frames.push(frame);
  }

  close(): void {
    this.#frames.close();
  }

  release(reason: unknown): void {
    for (const { image } of this.#frames.fail(reason)) void image.then(discard, () => {});
  }

  async *steps(): AsyncGenerator<Step, void, void> {
    let slot = 0;
    for await (const { image, keyframe } of this.#frames) {
      yield { slot, forceIdr: keyframe, image: { image: await image, slot }, last: true };
      slot++;
    }
  }

  blame(slot: number | undefined): BlamedImage | undefined {
    return slot === undefined ? undefined : { index: this.first + slot, name: this.#names[slot] };
  }

  onTaken(count: number): void {
    this.#takenMore(count - this.#taken);
    this.#taken = count;
  }
}

function discard(image: PostableImage): void {
  if (image.kind === "bitmap") image.bitmap.close();
}
