// A worker without a thread, for unit tests of the page's side: it says hello, takes the module, and does with tasks what the
// test says.
import type { FromWorker, ToWorker } from "../../js/protocol/messages.js";
import { setEntryLoader } from "../../js/workers/loader.js";

type Task = Extract<ToWorker, { type: "task" }>;

/** What a test can decide about a worker. */
export interface Behaviour {
  /** Whether it says hello: otherwise the test does. */
  greets?: boolean;
  /** Why it cannot take the module. */
  refuses?: string;
  onTask?(worker: FakeWorker, task: Task): void;
  onMessage?(worker: FakeWorker, message: ToWorker): void;
}

/** Stands in for the browser's `Worker`. */
export class FakeWorker extends EventTarget {
  readonly received: ToWorker[] = [];
  terminated = false;
  readonly #behaviour: Behaviour;

  constructor(behaviour: Behaviour = {}) {
    super();
    this.#behaviour = behaviour;
    if (behaviour.greets ?? true) setTimeout(() => this.say({ type: "hello" }));
  }

  postMessage(message: ToWorker): void {
    // As a browser does: what cannot be copied throws, and the receiver has a copy.
    const copy = message.type === "init" ? message : structuredClone(message);
    this.received.push(copy);
    queueMicrotask(() => {
      if (this.terminated) return;
      const { refuses } = this.#behaviour;
      if (copy.type === "init") this.say(refuses ? { type: "initFailed", message: refuses } : { type: "ready" });
      if (copy.type === "task") this.#behaviour.onTask?.(this, copy);
      this.#behaviour.onMessage?.(this, copy);
    });
  }

  /** A message to the page. */
  say(message: FromWorker): void {
    if (this.terminated) return;
    this.dispatchEvent(Object.assign(new Event("message"), { data: message }));
  }

  /** The script throws where nobody catches it, or does not load. */
  fail(message: string): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }

  terminate(): void {
    this.terminated = true;
  }
}

/** From now on the package starts such workers; gives the list that they are put into. `behave` says what the nth one does, from 0. */
export function useFakeWorkers(behave: (nth: number) => Behaviour): FakeWorker[] {
  const workers: FakeWorker[] = [];
  // That there are workers at all is asked of the environment.
  Object.assign(globalThis, { Worker: FakeWorker });
  setEntryLoader({
    createWorker() {
      const worker = new FakeWorker(behave(workers.length));
      workers.push(worker);
      return worker as unknown as Worker;
    },
    workerUrl: () => undefined,
    compileModule: async () => ({}) as WebAssembly.Module,
  });
  return workers;
}
