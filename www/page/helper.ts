import { startWorker } from "page:worker";
import type { Answers, Parts, Reply, Request } from "../shared/messages.ts";

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
  readonly onPart: ((value: never) => void) | undefined;
}

/** The page's own worker (not framereel's): thumbnails, dates, archives, GIFs. Started by its first request. */
export class Helper {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #nextId = 1;

  /** Rejects where the work failed, with the worker's message. */
  ask<Kind extends Request["kind"]>(
    request: Extract<Request, { kind: Kind }>,
    onPart?: (part: Parts[Kind]) => void,
  ): Promise<Answers[Kind]> {
    const worker = this.#running();
    const id = this.#nextId++;
    return new Promise<Answers[Kind]>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, onPart });
      worker.postMessage({ id, request });
    });
  }

  /** Ends the worker and what it was doing; the next request starts a new one. */
  end(reason = new Error("ended")): void {
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  #running(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = startWorker();
    worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => this.#receive(data));
    worker.addEventListener("error", (event) =>
      this.end(new Error(event.message || "the page's worker did not start")),
    );
    this.#worker = worker;
    return worker;
  }

  #receive(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    if (waiting === undefined) return;
    if (reply.type === "part") {
      waiting.onPart?.(reply.value as never);
      return;
    }
    this.#waiting.delete(reply.id);
    if (reply.type === "done") waiting.resolve(reply.value as never);
    else waiting.reject(new Error(reply.message));
  }
}

/** One for a single long work, ended when that is over. */
export async function withHelper<Result>(work: (helper: Helper) => Promise<Result>): Promise<Result> {
  const helper = new Helper();
  try {
    return await work(helper);
  } finally {
    helper.end();
  }
}
