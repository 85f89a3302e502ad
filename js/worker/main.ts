import {
  fragment,
  fragmentedHeader,
  GroupEncoder,
  initSync,
  movieHeader,
  planSize,
  probe,
} from "../../pkg/framereel.js";
import type { CoreApi } from "../protocol/core.js";
import type { FromWorker, MoreSteps, ToWorker, WorkerTask } from "../protocol/messages.js";
import type { TaskContext } from "./context.js";
import { Cancelled, isAtItsEnd, isTrap, toWireError } from "./errors.js";
import { runTask } from "./tasks.js";

/** The worker's entry: takes one task at a time and answers each exactly once. */

// The part of DedicatedWorkerGlobalScope that is used; TypeScript's DOM and worker libraries cannot be loaded together.
declare const self: {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToWorker>) => void): void;
};

const core: CoreApi = { fragment, fragmentedHeader, GroupEncoder, movieHeader, planSize, probe };

/** The task under way, with what messages for it do. */
interface Running {
  id: number;
  cancelled: boolean;
  more: MoreSteps[];
  rasterized: ((bitmap: ImageBitmap | null) => void) | undefined;
  /** Wakes the task where it waits for more steps. */
  wake: (() => void) | undefined;
}

let running: Running | undefined;
/** The module's memory, once it is there. */
let memory: WebAssembly.Memory | undefined;

self.addEventListener("message", ({ data }) => {
  switch (data.type) {
    case "init":
      return init(data.module);
    case "task":
      void perform(data.id, data.task);
      return;
  }
  // A message for a task that is over already crossed its answer, and is void.
  if (running?.id !== data.id) return;
  switch (data.type) {
    case "more":
      running.more.push(data.more);
      break;
    case "cancel":
      running.cancelled = true;
      running.rasterized?.(null);
      break;
    case "rasterized":
      running.rasterized?.(data.bitmap);
      break;
  }
  running.wake?.();
});

self.postMessage({ type: "hello" });

function init(module: WebAssembly.Module): void {
  try {
    memory = initSync({ module }).memory;
    self.postMessage({ type: "ready" });
  } catch (error) {
    self.postMessage({ type: "initFailed", message: String(error) });
  }
}

async function perform(id: number, task: WorkerTask): Promise<void> {
  const current: Running = { id, cancelled: false, more: [], rasterized: undefined, wake: undefined };
  running = current;
  try {
    const { result, transfer } = await runTask(core, task, contextOf(current));
    self.postMessage({ type: "result", id, result }, transfer);
  } catch (error) {
    self.postMessage(answerTo(error, id));
  } finally {
    running = undefined;
  }
}

function answerTo(error: unknown, id: number): FromWorker {
  if (error instanceof Cancelled) return { type: "cancelled", id };
  const wire = toWireError(error);
  if (!isTrap(error)) return { type: "failed", id, error: wire };
  const slot = wire.slot === undefined ? {} : { slot: wire.slot };
  return { type: "crashed", id, message: wire.message, ...slot, memory: isAtItsEnd(memory) };
}

function contextOf(current: Running): TaskContext {
  const { id } = current;
  return {
    checkCancelled() {
      if (current.cancelled) throw new Cancelled();
    },
    report(progress) {
      self.postMessage({ type: "progress", id, progress });
    },
    takeMore: () => current.more.shift(),
    async untilMore() {
      while (current.more.length === 0) {
        this.checkCancelled();
        await new Promise<void>((resolve) => {
          current.wake = resolve;
        });
      }
    },
    rasterize(blob) {
      self.postMessage({ type: "rasterize", id, blob });
      return new Promise((resolve) => {
        current.rasterized = resolve;
      });
    },
  };
}
