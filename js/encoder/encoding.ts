import { Changes } from "../concurrency/changes.js";
import { MAX_PENDING_BYTES } from "../model/constants.js";
import { type Cut, GroupCutter } from "../model/groups.js";
import type { EncodedGroup, GroupSettings } from "../protocol/core.js";
import type { PostableFrame } from "../protocol/messages.js";
import { pool } from "../workers/pool.js";
import type { ParameterSets } from "./chunk.js";
import { FrameClock } from "./frame-clock.js";
import { FrameGroup } from "./frame-group.js";

/** Groups that may be under way or waiting for their turn, for each worker. */
const GROUPS_AHEAD_PER_WORKER = 2;

/** Frames that may wait for the worker in realtime: the one that it takes next, and one more. */
const REALTIME_PENDING = 2;

/** `idr_pic_id` of every other group begins here, half of its range away. */
const OTHER_IDR_IDS = 2 ** 15;

/** Frames that a group may look ahead; the core allows fewer where memory says so. */
const MOST_AHEAD = 40;

/** What one configuration comes down to. */
export interface EncodingPlan {
  settings: GroupSettings;
  /** One worker, and no frame waits for those that follow. */
  realtime: boolean;
  workers: number;
  /** Groups of the stream before this configuration's. */
  groupsBefore: number;
}

/** A frame that has its pixels. */
export interface ReadyFrame {
  image: PostableFrame;
  /** Microseconds. */
  timestamp: number;
  duration: number | null;
  keyFrame: boolean;
  qp: number | undefined;
}

/** A coded picture: NAL units, each after its length in four bytes. */
export interface Sample extends Pick<ReadyFrame, "timestamp" | "duration"> {
  data: Uint8Array<ArrayBuffer>;
  isKey: boolean;
  sets: ParameterSets;
}

/** A group, and what came back of it before its turn. */
interface Turn {
  group: FrameGroup;
  /** The frames whose samples are not handed out. */
  frames: Pick<ReadyFrame, "timestamp" | "duration">[];
  /** Bytes of the frames that the worker has not taken. */
  pending: number[];
  ready: EncodedGroup[];
  sets: ParameterSets | undefined;
  closed: boolean;
  done: boolean;
}

/** One configuration of an encoder at work: groups of frames in workers side by side, samples in order. */
export class Encoding {
  readonly #plan: EncodingPlan;
  readonly #onSample: (sample: Sample) => void;
  readonly #onFailure: (error: unknown) => void;
  readonly #controller = new AbortController();
  readonly #changes = new Changes();
  readonly #cutter = new GroupCutter(undefined);
  readonly #clock: FrameClock;
  /** Groups whose samples are not all handed out, in order. */
  readonly #turns: Turn[] = [];
  #groups: number;
  #running = 0;
  #added = 0;
  #handedOut = 0;

  /** `onSample` may abort this. */
  constructor(plan: EncodingPlan, onSample: (sample: Sample) => void, onFailure: (error: unknown) => void) {
    this.#plan = plan;
    this.#groups = plan.groupsBefore;
    this.#onSample = onSample;
    this.#onFailure = onFailure;
    this.#clock = new FrameClock(plan.settings.frameRate);
    pool.prepare(1);
  }

  /** Groups of the stream so far. */
  get groups(): number {
    return this.#groups;
  }

  /** Resolves when there is room for another frame. */
  room(): Promise<void> {
    return this.#changes.until(() => this.#over || this.#hasRoom());
  }

  add({ image, keyFrame, qp, timestamp, duration }: ReadyFrame): void {
    const { opensGroup, keyframe } = this.#cut(timestamp, keyFrame);
    let turn = this.#turns.at(-1);
    if (!turn || turn.closed || opensGroup) {
      this.#closeLast();
      turn = this.#open();
    }
    this.#added++;
    turn.frames.push({ timestamp, duration });
    turn.pending.push(bytesOf(image));
    turn.group.add({ frame: image, forceIdr: keyframe, ...(qp !== undefined && { qp }) });
  }

  /** Resolves when all samples of the frames so far are handed out. */
  flush(): Promise<void> {
    const last = this.#turns.at(-1);
    if (last && !last.closed) last.group.drain();
    return this.#untilHandedOut(this.#added);
  }

  /** No frame follows; resolves when all samples are handed out. */
  finish(): Promise<void> {
    this.#closeLast();
    return this.#untilHandedOut(this.#added);
  }

  /** Gives everything up: nothing more is handed out, and what waits goes on. */
  abort(): void {
    this.#controller.abort();
    this.#changes.changed();
  }

  get #over(): boolean {
    return this.#controller.signal.aborted;
  }

  #hasRoom(): boolean {
    const pending = this.#turns.flatMap((turn) => turn.pending);
    if (this.#plan.realtime) return pending.length < REALTIME_PENDING;
    return pending.reduce((sum, bytes) => sum + bytes, 0) < MAX_PENDING_BYTES;
  }

  #untilHandedOut(frames: number): Promise<void> {
    return this.#changes.until(() => this.#over || this.#handedOut >= frames);
  }

  /** Where keyframes and groups begin: in realtime only where they must. */
  #cut(timestamp: number, wanted: boolean): Cut {
    const isFirst = this.#added === 0;
    if (this.#plan.realtime) return { opensGroup: isFirst, keyframe: isFirst || wanted };
    return this.#cutter.next(this.#clock.at(timestamp), wanted);
  }

  #closeLast(): void {
    const last = this.#turns.at(-1);
    if (!last || last.closed) return;
    last.closed = true;
    last.group.close();
  }

  #open(): Turn {
    const { settings, realtime } = this.#plan;
    const group = new FrameGroup({
      settings,
      lookAhead: realtime ? 0 : MOST_AHEAD,
      firstIdrId: (this.#groups++ % 2) * OTHER_IDR_IDS,
      signal: this.#controller.signal,
      onTaken: (count) => {
        turn.pending.splice(0, count);
        this.#changes.changed();
      },
      onSamples: (samples) => {
        turn.ready.push(samples);
        this.#handOut();
      },
    });
    const turn: Turn = { group, frames: [], pending: [], ready: [], sets: undefined, closed: false, done: false };
    this.#turns.push(turn);
    this.#startGroups();
    return turn;
  }

  /** Starts as many groups as there are workers, in order, not too far ahead of what is handed out. */
  #startGroups(): void {
    const { workers } = this.#plan;
    for (const turn of this.#turns.slice(0, GROUPS_AHEAD_PER_WORKER * workers)) {
      if (this.#running >= workers) return;
      if (!turn.group.started) void this.#run(turn);
    }
  }

  async #run(turn: Turn): Promise<void> {
    this.#running++;
    try {
      await turn.group.start();
      turn.done = true;
    } catch (error) {
      if (!this.#over) this.#onFailure(error);
      return;
    } finally {
      this.#running--;
    }
    this.#handOut();
    this.#startGroups();
  }

  /** Hands out what is ready of the first group, and of those after it where that one is done. */
  #handOut(): void {
    for (let turn = this.#turns[0]; turn && !this.#over; turn = this.#turns[0]) {
      for (let samples = turn.ready.shift(); samples; samples = turn.ready.shift()) this.#handOutAll(turn, samples);
      if (!turn.done) break;
      this.#turns.shift();
    }
    this.#changes.changed();
  }

  #handOutAll(turn: Turn, { data, sizes, sync, sps, pps }: EncodedGroup): void {
    // They come with the first sample of a group only.
    if (sps.length > 0) turn.sets = { sps, pps };
    let at = 0;
    for (const [index, size] of sizes.entries()) {
      const frame = turn.frames.shift();
      if (this.#over || !frame || !turn.sets) return;
      const sample = { ...frame, data: data.subarray(at, at + size), isKey: sync[index] === 1, sets: turn.sets };
      at += size;
      this.#handedOut++;
      this.#onSample(sample);
    }
  }
}

function bytesOf(image: PostableFrame): number {
  return image.kind === "planes" ? image.data.byteLength : image.bitmap.width * image.bitmap.height * 4;
}
