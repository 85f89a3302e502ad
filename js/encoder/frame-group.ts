import type { EncodedGroup, GroupSettings } from "../protocol/core.js";
import type { FrameStep, MoreSteps } from "../protocol/messages.js";
import type { SendSteps } from "../workers/handle.js";
import { pool } from "../workers/pool.js";

/** What a group is encoded by, and who hears of it. */
export interface FrameGroupOrder {
  settings: GroupSettings;
  /** Frames that may wait for what follows. */
  lookAhead: number;
  firstIdrId: number;
  signal: AbortSignal;
  /** So many more frames were taken in by the worker. */
  onTaken(count: number): void;
  onSamples(samples: EncodedGroup): void;
}

/** Frames that one worker encodes as they come; the samples come back as they are finished. */
export class FrameGroup {
  readonly #order: FrameGroupOrder;
  /** What came before the worker was there. */
  readonly #early: [MoreSteps, Transferable[]][] = [];
  #send: SendSteps | undefined;
  #taken = 0;
  #started = false;

  constructor(order: FrameGroupOrder) {
    this.#order = order;
  }

  get started(): boolean {
    return this.#started;
  }

  /** Has a worker begin. Resolves when the last samples were handed out; rejects with a `FramereelError`. */
  async start(): Promise<void> {
    this.#started = true;
    const { settings, lookAhead, firstIdrId, signal, onTaken, onSamples } = this.#order;
    await pool.run({
      task: { kind: "encodeFrames", settings, lookAhead, firstIdrId },
      signal,
      repeatable: false,
      listeners: {
        onStarted: (send) => {
          this.#send = send;
          for (const [more, moved] of this.#early.splice(0)) send(more, moved);
        },
        onProgress: ({ taken, samples }) => {
          onTaken(taken - this.#taken);
          this.#taken = taken;
          if (samples) onSamples(samples);
        },
      },
    });
  }

  add(step: FrameStep): void {
    const { frame } = step;
    this.#post({ steps: [], frames: [step] }, [frame.kind === "planes" ? frame.data.buffer : frame.bitmap]);
  }

  /** Has the frames so far encoded without those that follow. */
  drain(): void {
    this.#post({ steps: [], drain: true }, []);
  }

  /** No frame follows. */
  close(): void {
    this.#post({ steps: [], end: {} }, []);
  }

  #post(more: MoreSteps, moved: Transferable[]): void {
    if (this.#send) this.#send(more, moved);
    else this.#early.push([more, moved]);
  }
}
