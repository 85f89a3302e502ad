// A worker without a thread, for unit tests of the page's side: it says hello, takes the module, and does with tasks what the
// test says.
import type { FromWorker, ToWorker } from "../../js/protocol/messages.js";

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
