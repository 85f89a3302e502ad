import {
  decoderOf,
  fragment,
  fragmentedHeader,
  GroupEncoder,
  initSync,
  movieHeader,
  planSize,
  probe,
} from "../../pkg/framereel.js";
import type { CoreApi } from "../protocol/core.js";
import type { FromWorker, LoadedDecoder, MoreSteps, Rasterized, ToWorker, WorkerTask } from "../protocol/messages.js";
import type { TaskContext } from "./context.js";
import { Cancelled, isLoading, isTrap, toWireError, WorkerFailure } from "./errors.js";
import { runTask } from "./tasks.js";

/** The worker's entry: takes one task at a time and answers each exactly once. */

// The part of DedicatedWorkerGlobalScope that is used; TypeScript's DOM and worker libraries cannot be loaded together.
declare const self: {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToWorker>) => void): void;
  addEventListener(type: "messageerror", listener: () => void): void;
  addEventListener(type: "unhandledrejection", listener: (event: PromiseRejectionEvent) => void): void;
};

const core: CoreApi = { decoderOf, fragment, fragmentedHeader, GroupEncoder, movieHeader, planSize, probe };

/** The task under way, with what messages for it do. */
interface Running {
  id: number;
  cancelled: boolean;
  more: MoreSteps[];
  rasterized: ((rasterized: Rasterized) => void) | undefined;
  /** Hears of the decoder that the task asked for; nothing comes where it is cancelled. */
  decoderLoaded: ((decoder: LoadedDecoder | undefined) => void) | undefined;
  /** Wakes the task where it waits for more steps. */
  wake: (() => void) | undefined;
}

let running: Running | undefined;

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
      running.decoderLoaded?.(undefined);
      break;
    case "rasterized":
      running.rasterized?.(data.rasterized);
      break;
    case "decoder":
      running.decoderLoaded?.(data.decoder);
      break;
  }
  running.wake?.();
});

// What nobody hears of, the page would wait for.
self.addEventListener("messageerror", () => {
  self.postMessage({ type: "broken", message: "a message to the worker could not be read" });
});
self.addEventListener("unhandledrejection", ({ reason }) => {
  self.postMessage({ type: "broken", message: String(reason) });
});

self.postMessage({ type: "hello" });

function init(module: WebAssembly.Module): void {
  try {
    initSync({ module });
    self.postMessage({ type: "ready" });
  } catch (error) {
    self.postMessage({ type: "initFailed", message: String(error) });
  }
}

async function perform(id: number, task: WorkerTask): Promise<void> {
  const current: Running = {
    id,
    cancelled: false,
    more: [],
    rasterized: undefined,
    decoderLoaded: undefined,
    wake: undefined,
  };
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
  const loading = isLoading(error) ? { loading: true as const } : {};
  return {
    type: "crashed",
    id,
    message: wire.message,
    ...(wire.slot !== undefined && { slot: wire.slot }),
    ...loading,
  };
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
    async loadDecoder(name) {
      this.checkCancelled();
      self.postMessage({ type: "needDecoder", id, name });
      const decoder = await new Promise<LoadedDecoder | undefined>((resolve) => {
        current.decoderLoaded = resolve;
      });
      if (!decoder) throw new Cancelled();
      if ("error" in decoder) {
        const { code, message, cause } = decoder.error;
        throw new WorkerFailure(code, message, cause);
      }
      return decoder.module;
    },
    rasterize(blob, maxPixels) {
      self.postMessage({ type: "rasterize", id, blob, maxPixels });
      return new Promise((resolve) => {
        current.rasterized = resolve;
      });
    },
  };
}
