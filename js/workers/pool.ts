import type { TaskKind, WorkerResults, WorkerTask } from "../protocol/messages.js";
import { TaskFailure, type TaskListeners, WorkerCrash, WorkerHandle } from "./handle.js";
import { loaderGeneration } from "./loader.js";
import { startWorker } from "./start.js";

/**
 * Seconds without a job after which a worker is ended and its memory given back: enough to look at a video and make another,
 * which would take a tenth of a second longer with new workers.
 */
const IDLE_SECONDS = 60;

/** Times that a group is tried when its worker crashes. */
const GROUP_ATTEMPTS = 2;

/** A task and what must hold while it runs. */
export interface TaskRequest<Kind extends TaskKind> {
  task: Extract<WorkerTask, { kind: Kind }>;
  /** Objects that are moved rather than copied; a task with any cannot be repeated after a crash. */
  transfer?: Transferable[];
  signal: AbortSignal;
  listeners?: TaskListeners;
}

interface IdleWorker {
  handle: WorkerHandle;
  generation: number;
  timer: ReturnType<typeof setTimeout>;
}

/**
 * Workers that wait for the next task. How many run at once is the caller's business (see `inOrder`); the pool starts
 * them, keeps them for a while, and replaces those that break.
 */
class WorkerPool {
  #idle: IdleWorker[] = [];

  /**
   * Runs a task on an idle or a new worker. A crash is tried once more on a fresh worker, unless the task's data was
   * moved into the broken one. Rejects with `TaskFailure`, with a `FramereelError`, or with the signal's reason.
   */
  async run<Kind extends TaskKind>(request: TaskRequest<Kind>): Promise<WorkerResults[Kind]> {
    const { task, transfer = [], signal, listeners } = request;
    const attempts = transfer.length > 0 || listeners?.onStarted ? 1 : GROUP_ATTEMPTS;
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      const worker = await this.#take(signal);
      const { result, idle } = worker.handle.perform(task, transfer, signal, listeners);
      void idle.then(() => this.#giveBack(worker));
      try {
        return await result;
      } catch (error) {
        if (!(error instanceof WorkerCrash)) throw error;
        if (attempt < attempts) continue;
        throw new TaskFailure("internal", crashInWords(error, attempts), error.slot, error.message);
      }
    }
  }

  /** Ends the workers that wait, for instance because they come from an address that is no longer meant. */
  drop(): void {
    for (const { handle, timer } of this.#idle.splice(0)) {
      clearTimeout(timer);
      handle.terminate();
    }
  }

  async #take(signal: AbortSignal): Promise<{ handle: WorkerHandle; generation: number }> {
    const generation = loaderGeneration();
    for (let waiting = this.#idle.pop(); waiting; waiting = this.#idle.pop()) {
      clearTimeout(waiting.timer);
      if (!waiting.handle.dead && waiting.generation === generation) return waiting;
      waiting.handle.terminate();
    }
    const starting = startWorker().then((worker) => ({ handle: new WorkerHandle(worker), generation }));
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        reject(signal.reason);
        // It will be of use to the next encode.
        starting.then((worker) => this.#giveBack(worker)).catch(() => {});
      };
      signal.addEventListener("abort", abort, { once: true });
      starting.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
    });
  }

  #giveBack({ handle, generation }: { handle: WorkerHandle; generation: number }): void {
    if (handle.dead) return;
    const timer = setTimeout(() => {
      this.#idle = this.#idle.filter((idle) => idle.handle !== handle);
      handle.terminate();
    }, IDLE_SECONDS * 1000);
    this.#idle.push({ handle, generation, timer });
  }
}

function crashInWords({ message }: WorkerCrash, attempts: number): string {
  const times = attempts > 1 ? `${attempts} times in a row, each time in a fresh worker` : "while it encoded";
  return `framereel's encoder broke down ${times} (${message}). Memory may have run out: try smaller images or fewer workers; otherwise please report it.`;
}

/** One pool for the page: its workers outlast the encode that started them. */
export const pool = new WorkerPool();
