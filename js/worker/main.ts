import {
  decoderOf,
  fragment,
  fragmentedHeader,
  GroupEncoder,
  initSync,
  movieHeader,
  PictureMaker,
  planSize,
  probe,
} from "../../pkg/framereel.js";
import type { CoreApi } from "../protocol/core.js";
import type { FromWorker, LoadedDecoder, MoreSteps, Rasterized, ToWorker, WorkerTask } from "../protocol/messages.js";
import type { TaskContext } from "./context.js";
import { Cancelled, isAtItsEnd, isLoading, isTrap, toWireError, WorkerFailure } from "./errors.js";
import { holdForLife } from "./lifeline.js";
import { runTask } from "./tasks.js";

/** The worker's side: takes one task at a time and answers each exactly once. */

/** Where the page is: a worker's global scope, or a port where both sides share a thread. */
export interface PageSide {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToWorker>) => void): void;
  addEventListener(type: "messageerror", listener: () => void): void;
}

const core: CoreApi = {
  decoderOf,
  fragment,
  fragmentedHeader,
  GroupEncoder,
  movieHeader,
  PictureMaker,
  planSize,
  probe,
};

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

/** A page, and what is done for it: in one thread there may be several. */
interface Side {
  readonly page: PageSide;
  running: Running | undefined;
  /** Settles once the page will hear of the worker's end. */
  held: Promise<void>;
}

/** The module's memory, once it is there. */
let memory: WebAssembly.Memory | undefined;

/** Whether the wasm instance trapped. A worker is replaced then, a thread is not. */
let broken = false;

/** Takes tasks from the page from now on. */
export function serve(page: PageSide): void {
  const side: Side = { page, running: undefined, held: Promise.resolve() };
  page.addEventListener("message", ({ data }) => receive(side, data));
  // What nobody hears of, the page would wait for.
  page.addEventListener("messageerror", () => {
    page.postMessage({ type: "broken", message: "a message to the worker could not be read" });
  });
  page.postMessage({ type: "hello" });
}

function receive(side: Side, data: ToWorker): void {
  switch (data.type) {
    case "init":
      init(side, data.module);
      return;
    case "hold":
      side.held = holdForLife(data.lock, () => side.page.postMessage({ type: "held", lock: data.lock }));
      return;
    case "task":
      void perform(side, data.id, data.task);
      return;
  }
  const { running } = side;
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
}

function init({ page }: Side, module: WebAssembly.Module): void {
  try {
    if (broken) throw new Error("it broke down in an earlier encode, and one thread has one instance of it");
    memory = initSync({ module }).memory;
    page.postMessage({ type: "ready" });
  } catch (error) {
    page.postMessage({ type: "initFailed", message: String(error) });
  }
}

async function perform(side: Side, id: number, task: WorkerTask): Promise<void> {
  const { page } = side;
  const current: Running = {
    id,
    cancelled: false,
    more: [],
    rasterized: undefined,
    decoderLoaded: undefined,
    wake: undefined,
  };
  side.running = current;
  try {
    await side.held;
    const { result, transfer } = await runTask(core, task, contextOf(page, current));
    page.postMessage({ type: "result", id, result }, transfer);
  } catch (error) {
    broken ||= isTrap(error);
    page.postMessage(answerTo(error, id));
  } finally {
    side.running = undefined;
  }
}

function answerTo(error: unknown, id: number): FromWorker {
  if (error instanceof Cancelled) return { type: "cancelled", id };
  const wire = toWireError(error);
  if (!isTrap(error)) return { type: "failed", id, error: wire };
  return {
    type: "crashed",
    id,
    message: wire.message,
    ...(wire.slot !== undefined && { slot: wire.slot }),
    ...(isLoading(error) && { loading: true as const }),
    ...(isAtItsEnd(memory) && { memory: true as const }),
  };
}

function contextOf(page: PageSide, current: Running): TaskContext {
  const { id } = current;
  return {
    checkCancelled() {
      if (current.cancelled) throw new Cancelled();
    },
    report(progress, transfer) {
      page.postMessage({ type: "progress", id, progress }, transfer);
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
      page.postMessage({ type: "needDecoder", id, name });
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
      page.postMessage({ type: "rasterize", id, blob, maxPixels });
      return new Promise((resolve) => {
        current.rasterized = resolve;
      });
    },
  };
}
