import { FramereelError } from "../model/errors.js";
import type { FromWorker, ToWorker } from "../protocol/messages.js";
import { createWorker, knownWorkerUrl, wasmModule } from "./loader.js";
import { viteAdvice } from "./vite-cache.js";

/** Seconds that a worker may take from its creation to its first message. */
const HELLO_TIMEOUT_SECONDS = 20;

/**
 * Starts a worker and waits until it can take tasks. Rejects with a `load` error that names the likely cause; never
 * waits for ever, whatever the browser keeps to itself.
 */
export async function startWorker(): Promise<Worker> {
  requireWorkers();
  const blocked = watchPolicy();
  let worker: Worker | undefined;
  try {
    worker = await create();
    // Both take their time, so neither waits for the other.
    const [module] = await Promise.all([wasmModule("core"), hello(worker)]);
    await handOver(worker, module);
    return worker;
  } catch (error) {
    worker?.terminate();
    if (error instanceof StartFailure) throw await explain(error, blocked.directive());
    throw error;
  } finally {
    blocked.stop();
  }
}

/** Fails where there is no browser around, with a word on what to do. */
export function requireWorkers(): void {
  if (typeof Worker !== "undefined") return;
  throw new FramereelError(
    "load",
    "framereel encodes in a browser, and there are no workers here. Call it on the client, not on the server.",
  );
}

/** The worker did not come up, for a reason that browsers do not tell. */
class StartFailure extends Error {}

async function create(): Promise<Worker> {
  try {
    return await createWorker();
  } catch (cause) {
    if (cause instanceof FramereelError) throw cause;
    throw new StartFailure(String(cause), { cause });
  }
}

function hello(worker: Worker): Promise<void> {
  return answerOf(worker, (message) => message.type === "hello");
}

function handOver(worker: Worker, module: WebAssembly.Module): Promise<void> {
  const ready = answerOf(worker, (message) => {
    if (message.type === "initFailed") {
      throw new FramereelError(
        "load",
        `framereel's worker could not start the wasm module: ${message.message}. The worker and the wasm file must be of the same version of framereel, and the worker's own Content-Security-Policy needs script-src 'wasm-unsafe-eval'.`,
      );
    }
    return message.type === "ready";
  });
  worker.postMessage({ type: "init", module } satisfies ToWorker);
  return ready;
}

/** Waits for a message; an error event or silence is a failure. `isIt` may throw. */
function answerOf(worker: Worker, isIt: (message: FromWorker) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const listeners = new AbortController();
    const settle = (finish: () => void): void => {
      listeners.abort();
      clearTimeout(timer);
      finish();
    };
    const timer = setTimeout(
      () => settle(() => reject(new StartFailure(`no sign of life for ${HELLO_TIMEOUT_SECONDS} s`))),
      HELLO_TIMEOUT_SECONDS * 1000,
    );
    const { signal } = listeners;
    worker.addEventListener(
      "message",
      ({ data }: MessageEvent<FromWorker>) => {
        try {
          if (isIt(data)) settle(resolve);
        } catch (error) {
          settle(() => reject(error));
        }
      },
      { signal },
    );
    worker.addEventListener("error", (event) => settle(() => reject(new StartFailure(event.message ?? ""))), {
      signal,
    });
    worker.addEventListener("messageerror", () => settle(() => reject(new StartFailure("an unreadable message"))), {
      signal,
    });
  });
}

/** Listens for the policy that may stop the script: its event is the only place where browsers say so. */
function watchPolicy(): { directive(): string | undefined; stop(): void } {
  let directive: string | undefined;
  const listen = (event: SecurityPolicyViolationEvent): void => {
    if (/^(worker|child|script)-src|^default-src/.test(event.effectiveDirective)) directive = event.effectiveDirective;
  };
  globalThis.document?.addEventListener("securitypolicyviolation", listen);
  return {
    directive: () => directive,
    stop: () => globalThis.document?.removeEventListener("securitypolicyviolation", listen),
  };
}

async function explain(failure: StartFailure, directive: string | undefined): Promise<FramereelError> {
  const reason = directive
    ? `the page's Content-Security-Policy forbids it (${directive}). Allow the worker's address, such as worker-src 'self'.`
    : ((await reasonAtAddress(knownWorkerUrl())) ??
      `${failure.message || "the browser does not say why"}. Look for its address in the network panel: a bundler may have left out worker.js (then name it with configure({ workerUrl }), or import from "framereel/inline").`);
  return new FramereelError("load", `framereel's worker did not start: ${reason}`, { cause: failure.cause ?? failure });
}

/** Asks for the script once more, as a plain request, to see what the server has to say. */
async function reasonAtAddress(url: string | undefined): Promise<string | undefined> {
  if (!url || !/^https?:/.test(url)) return undefined;
  const mend = `Deploy worker.js there, name its address with configure({ workerUrl }), or import from "framereel/inline".${viteAdvice(url)}`;
  let response: Response;
  try {
    response = await fetch(url, { method: "HEAD" });
  } catch {
    return `${url} cannot be fetched, from another origin perhaps, where workers may not come from. ${mend}`;
  }
  if (!response.ok) return `there is no file at ${url} (HTTP ${response.status}). ${mend}`;
  const type = response.headers.get("content-type") ?? "";
  if (/javascript|ecmascript/i.test(type)) return undefined;
  const page = /html/i.test(type) ? " That is probably the server's page for unknown addresses." : "";
  return `${url} is served as ${JSON.stringify(type)}, and module workers need text/javascript.${page} ${mend}`;
}
