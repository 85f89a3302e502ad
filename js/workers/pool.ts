import { BROKE_DOWN } from "../model/errors.js";
import { type BlamedImage, imageError, plainError } from "../model/image-error.js";
import type { TaskKind, WorkerResults, WorkerTask } from "../protocol/messages.js";
import { TaskFailure, type TaskListeners, WorkerCrash, WorkerHandle } from "./handle.js";
import { loaderGeneration } from "./loader.js";
import { startWorker } from "./start.js";

/**
 * Seconds without a job after which a worker is ended and its memory given back: enough to look at a video and make another,
 * which would take a tenth of a second longer with new workers.
 */
const IDLE_SECONDS = 60;

/** Times that a task is tried as it is when its worker crashes. */
const ATTEMPTS = 2;

/** A task and what must hold while it runs. */
export interface TaskRequest<Kind extends TaskKind> {
  task: Extract<WorkerTask, { kind: Kind }>;
  signal: AbortSignal;
  listeners?: TaskListeners;
  /** Whether the task may begin again after a crash: not where its data was moved into the broken worker. Default true. */
  repeatable?: boolean;
  /** The image to name in an error, by its slot in a group; a task about one image has no slots. */
  blame?: (slot: number | undefined) => BlamedImage | undefined;
}

interface PooledWorker {
  handle: WorkerHandle;
  /** The loader's generation that it was started by. */
  generation: number;
}

interface IdleWorker extends PooledWorker {
  timer: ReturnType<typeof setTimeout>;
}

/** A task under way. */
interface Run {
  worker: PooledWorker;
  /** The most tasks that ran at the same time. */
  others: number;
}

/** A task that waits for a worker. */
interface Waiting {
  take(worker: PooledWorker): void;
  fail(reason: unknown): void;
}

/**
 * Workers that wait for the next task. How many run at once is the caller's business (see `inOrder`); the pool starts
 * them, keeps them for a while, and replaces those that break.
 */
export class WorkerPool {
  #idle: IdleWorker[] = [];
  /** Tasks without a worker: those that one is being started for, and those that wait until fewer run. */
  #waiting: Waiting[] = [];
  #starting = 0;
  readonly #running = new Set<Run>();
  /** Tasks that were not given up, and the most of them at once since workers were prepared last. */
  #tasks = 0;
  #mostTasks = 0;
  /** Tasks that may run at once: fewer once memory was refused, until all of them are done. */
  #most = Number.POSITIVE_INFINITY;

  /** Starts workers so that `count` tasks need not wait for one; those that are idle count. */
  prepare(count: number): void {
    this.#mostTasks = Math.max(this.#tasks, count);
    while (this.#idle.length + this.#starting < count) this.#start();
  }

  /** Ends idle workers beyond `count`: their memory is wanted elsewhere. */
  trim(count: number): void {
    this.#end(this.#idle.splice(count));
  }

  /** Runs a task on an idle or a new worker. Rejects with a `FramereelError`, or with the signal's reason. */
  async run<Kind extends TaskKind>(request: TaskRequest<Kind>): Promise<WorkerResults[Kind]> {
    this.#tasks++;
    this.#mostTasks = Math.max(this.#mostTasks, this.#tasks);
    try {
      return await this.#attempt(request);
    } catch (error) {
      if (!(error instanceof TaskFailure)) throw error;
      const image = request.blame?.(error.wire.slot);
      throw image ? imageError(error.wire, image) : plainError(error.wire);
    } finally {
      this.#tasks--;
    }
  }

  /**
   * Tries a task that crashed once more, on a fresh worker, and then without the image that may have done it. Where memory was
   * refused while others ran, it waits until fewer do, as often as it takes.
   */
  async #attempt<Kind extends TaskKind>({
    task: given,
    signal,
    listeners,
    repeatable = true,
  }: TaskRequest<Kind>): Promise<WorkerResults[Kind]> {
    const attempts = repeatable ? ATTEMPTS : 1;
    let task = given;
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      const run = await this.#take(signal);
      const { result, idle } = run.worker.handle.perform(task, signal, listeners);
      void idle.then(() => this.#ended(run, signal.aborted));
      try {
        return await result;
      } catch (error) {
        if (repeatable && run.others > 0 && lacksMemory(error)) {
          this.#runAtMost(run.others);
          attempt--;
          continue;
        }
        if (!(error instanceof WorkerCrash)) throw error;
        if (attempt < attempts) continue;
        const without = repeatable && withoutTrust(task, error);
        if (without) {
          task = without;
          attempt = 0;
          continue;
        }
        throw failureOf(error, attempts);
      }
    }
  }

  /** Ends the workers that wait, for instance because they come from an address that is no longer meant. */
  drop(): void {
    this.#end(this.#idle.splice(0));
  }

  #end(workers: readonly IdleWorker[]): void {
    for (const { handle, timer } of workers) {
      clearTimeout(timer);
      handle.terminate();
    }
  }

  /** Memory was refused to one task more than that: idle workers give theirs back, and fewer tasks run from here on. */
  #runAtMost(count: number): void {
    this.#end(this.#idle.splice(0));
    this.#most = Math.min(this.#most, count);
  }

  /** A worker begins a task. */
  #begin(worker: PooledWorker): Run {
    const run = { worker, others: 0 };
    this.#running.add(run);
    for (const each of this.#running) each.others = Math.max(each.others, this.#running.size - 1);
    return run;
  }

  /** A worker's task is over, or it has noticed that it was given up. */
  #ended(run: Run, wasGivenUp: boolean): void {
    this.#running.delete(run);
    if (this.#running.size === 0 && this.#waiting.length === 0) this.#most = Number.POSITIVE_INFINITY;
    this.#giveBack(run.worker, wasGivenUp);
  }

  #take(signal: AbortSignal): Promise<Run> {
    while (this.#running.size < this.#most) {
      const idle = this.#idle.pop();
      if (!idle) break;
      clearTimeout(idle.timer);
      if (isUsable(idle)) return Promise.resolve(this.#begin(idle));
      idle.handle.terminate();
    }
    return new Promise((resolve, reject) => {
      const settle = (): void => signal.removeEventListener("abort", abort);
      const waiting: Waiting = {
        take: (worker) => {
          settle();
          resolve(this.#begin(worker));
        },
        fail(reason) {
          settle();
          reject(reason);
        },
      };
      // The worker that is being started will be of use to the next encode.
      const abort = (): void => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        waiting.fail(signal.reason);
      };
      signal.addEventListener("abort", abort);
      this.#waiting.push(waiting);
      this.#startForWaiting();
    });
  }

  #start(): void {
    const generation = loaderGeneration();
    this.#starting++;
    startWorker().then(
      (worker) => {
        this.#starting--;
        this.#giveBack({ handle: new WorkerHandle(worker), generation }, true);
      },
      (error) => {
        this.#starting--;
        // Others go on without it, and those who wait have theirs in turn.
        const others = this.#running.size + this.#starting;
        if (others > 0) this.#runAtMost(others);
        // Of a worker that nobody waits for, nobody hears: the next task starts one anew.
        else for (const waiting of this.#waiting.splice(0)) waiting.fail(error);
      },
    );
  }

  #startForWaiting(): void {
    while (this.#starting < Math.min(this.#waiting.length, this.#most - this.#running.size)) this.#start();
  }

  /** Where tasks were given up and others begun at once, workers were started for these while those were ending theirs: some are `spare`. */
  #giveBack(worker: PooledWorker, spare: boolean): void {
    if (!isUsable(worker)) {
      worker.handle.terminate();
      this.#startForWaiting();
      return;
    }
    const waiting = this.#running.size < this.#most ? this.#waiting.shift() : undefined;
    if (waiting) waiting.take(worker);
    else if (spare && this.#running.size + this.#idle.length >= this.#mostTasks) worker.handle.terminate();
    else this.#keep(worker);
  }

  #keep({ handle, generation }: PooledWorker): void {
    const timer = setTimeout(() => {
      this.#idle = this.#idle.filter((idle) => idle.handle !== handle);
      handle.terminate();
    }, IDLE_SECONDS * 1000);
    this.#idle.push({ handle, generation, timer });
  }
}

/** Whether a task failed because memory was refused. */
function lacksMemory(error: unknown): boolean {
  return error instanceof WorkerCrash ? error.memory : error instanceof TaskFailure && error.wire.memory === true;
}

/** Not broken, and started as the loader is set up now. */
function isUsable({ handle, generation }: PooledWorker): boolean {
  return !handle.dead && generation === loaderGeneration();
}

/** The task with a word not to give an image to wasm again, where that image broke it down for the first time. */
function withoutTrust<Task extends WorkerTask>(task: Task, { slot, loading }: WorkerCrash): Task | undefined {
  if (!loading) return undefined;
  if (task.kind === "probe") return task.distrusted ? undefined : { ...task, distrusted: true };
  if (task.kind !== "encodeGroup" || slot === undefined) return undefined;
  const { distrusted = [] } = task;
  return distrusted.includes(slot) ? undefined : { ...task, distrusted: [...distrusted, slot] };
}

/** A worker that broke down at an image says something about the image; otherwise it is our own fault. */
function failureOf(crash: WorkerCrash, attempts: number): TaskFailure {
  const { slot, loading, memory, message: cause } = crash;
  const [code, message] = memory
    ? (["limit", "no memory is left for it, with no other worker at work; take smaller images"] as const)
    : loading
      ? (["corrupt-image", BROKE_DOWN] as const)
      : (["internal", crashInWords(crash, attempts)] as const);
  return new TaskFailure({ code, message, cause, ...(slot !== undefined && { slot }) });
}

function crashInWords({ message }: WorkerCrash, attempts: number): string {
  const times = attempts > 1 ? `${attempts} times in a row, each time in a fresh worker` : "while it encoded";
  return `framereel's encoder broke down ${times} (${message}). Memory may have run out: try smaller images or fewer workers; otherwise please report it.`;
}

/** One pool for the page: its workers outlast the encode that started them. */
export const pool = new WorkerPool();
