import { FramereelError } from "../model/errors.js";
import type {
  FromWorker,
  GroupProgress,
  MoreSteps,
  TaskKind,
  ToWorker,
  WireError,
  WorkerResults,
  WorkerTask,
} from "../protocol/messages.js";
import { lifelineName, whenReleased } from "./lifeline.js";
import { loadDecoder } from "./load-decoder.js";
import { rasterizeSvg } from "./rasterize.js";

/** What a worker says of the trap that ended it, as in `FromWorker`. */
interface CrashPlace {
  slot?: number;
  loading?: boolean;
  memory?: boolean;
}

/** The worker died or its wasm instance trapped: the task may be tried once more elsewhere. */
export class WorkerCrash extends Error {
  readonly slot: number | undefined;
  /** Whether it happened to an image's decoder. */
  readonly loading: boolean;
  /** Whether the browser refused the worker memory. */
  readonly memory: boolean;

  constructor(message: string, { slot, loading = false, memory = false }: CrashPlace = {}) {
    super(message);
    this.slot = slot;
    this.loading = loading;
    this.memory = memory;
  }
}

/** A failure that a worker reported; the pool makes a `FramereelError` of it. */
export class TaskFailure extends Error {
  readonly wire: WireError;

  constructor(wire: WireError) {
    super(wire.message);
    this.wire = wire;
  }
}

/** Sends steps of a group to the worker; objects in `moved` are moved rather than copied. */
export type SendSteps = (more: MoreSteps, moved: Transferable[]) => void;

/** What the caller of a task hears while it runs. */
export interface TaskListeners {
  onProgress?: (progress: GroupProgress) => void;
  /** Called each time that a worker begins the task, with a way to send it a group's steps. */
  onStarted?: (send: SendSteps) => void;
}

interface Pending {
  id: number;
  resolve(result: WorkerResults[TaskKind]): void;
  reject(error: unknown): void;
  listeners: TaskListeners;
  /** Called when the worker has answered, even if nobody waits for the answer any more. */
  answered(): void;
}

/** A started worker, as the page sees it. Takes one task at a time. */
export class WorkerHandle {
  readonly #worker: Worker;
  #nextId = 1;
  #pending: Pending | undefined;
  #dead = false;
  readonly #ended = new AbortController();

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => this.#receive(data));
    worker.addEventListener("error", (event) => this.#crash(event.message || "the worker stopped"));
    worker.addEventListener("messageerror", () => this.#crash("a message of the worker could not be read"));
    const lock = lifelineName();
    if (lock) this.#post({ type: "hold", lock });
  }

  /** Whether the worker must not be given another task. */
  get dead(): boolean {
    return this.#dead;
  }

  /**
   * Runs a task. `result` rejects with the signal's reason as soon as it is aborted; `idle` resolves when the worker
   * can take another task, or is dead.
   */
  perform<Kind extends TaskKind>(
    task: Extract<WorkerTask, { kind: Kind }>,
    signal: AbortSignal,
    listeners: TaskListeners = {},
  ): { result: Promise<WorkerResults[Kind]>; idle: Promise<void> } {
    const id = this.#nextId++;
    let answered = (): void => {};
    const idle = new Promise<void>((resolve) => {
      answered = resolve;
    });
    const result = new Promise<WorkerResults[Kind]>((resolve, reject) => {
      const abort = (): void => {
        reject(signal.reason);
        // Nobody waits for this task any more, so nobody is told how it goes on.
        if (this.#pending?.id === id) this.#pending.listeners = {};
        this.#post({ type: "cancel", id });
      };
      const settled = (): void => signal.removeEventListener("abort", abort);
      this.#pending = {
        id,
        resolve: (value) => resolve(value as WorkerResults[Kind]),
        reject,
        listeners,
        answered: () => {
          settled();
          answered();
        },
      };
      try {
        this.#post({ type: "task", id, task });
      } catch (error) {
        // What cannot be posted never reached the worker, which is free for the next task.
        this.#settle((pending) => pending.reject(error));
        return;
      }
      if (signal.aborted) abort();
      else signal.addEventListener("abort", abort);
    });
    listeners.onStarted?.((more, moved) => {
      if (this.#pending?.id === id) this.#post({ type: "more", id, more }, moved);
    });
    return { result, idle };
  }

  terminate(): void {
    this.#dead = true;
    this.#ended.abort();
    this.#worker.terminate();
  }

  #post(message: ToWorker, transfer: Transferable[] = []): void {
    if (!this.#dead) this.#worker.postMessage(message, transfer);
  }

  #receive(message: FromWorker): void {
    if (message.type === "broken") this.#crash(message.message);
    if (message.type === "held") {
      whenReleased(message.lock, this.#ended.signal, () => this.#crash("the browser ended the worker"));
    }
    const pending = this.#pending;
    if (!pending || !("id" in message) || message.id !== pending.id) return;
    switch (message.type) {
      case "progress":
        pending.listeners.onProgress?.(message.progress);
        return;
      case "rasterize":
        void this.#rasterize(message);
        return;
      case "needDecoder":
        void loadDecoder(message.name).then((decoder) => this.#post({ type: "decoder", id: message.id, decoder }));
        return;
      case "crashed":
        this.#crash(message.message, message);
        return;
      case "result":
        this.#settle(({ resolve }) => resolve(message.result));
        return;
      case "failed":
        // What it holds is of use to others.
        if (message.error.memory) this.terminate();
        this.#settle(({ reject }) => reject(new TaskFailure(message.error)));
        return;
      case "cancelled":
        this.#settle(({ reject }) => reject(new FramereelError("aborted", "The task was cancelled.")));
    }
  }

  /** The worker waits for an answer, whatever happens here. */
  async #rasterize({ id, blob, maxPixels }: Extract<FromWorker, { type: "rasterize" }>): Promise<void> {
    const rasterized = await rasterizeSvg(blob, maxPixels);
    try {
      const moved = rasterized && "bitmap" in rasterized ? [rasterized.bitmap] : [];
      this.#post({ type: "rasterized", id, rasterized }, moved);
    } catch {
      this.#post({ type: "rasterized", id, rasterized: null });
    }
  }

  #crash(message: string, place?: CrashPlace): void {
    this.terminate();
    this.#settle(({ reject }) => reject(new WorkerCrash(message, place)));
  }

  /** The task under way is over, one way or another. */
  #settle(finish: (pending: Pending) => void): void {
    const pending = this.#pending;
    if (!pending) return;
    this.#pending = undefined;
    finish(pending);
    pending.answered();
  }
}
