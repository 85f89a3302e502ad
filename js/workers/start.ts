import { FramereelError } from "../model/errors.js";
import type { FromWorker, ToWorker } from "../protocol/messages.js";
import { isElsewhere } from "./blob-worker.js";
import { createWorker, knownWorkerUrl, needsWorkers, wasmModule } from "./loader.js";
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
    if (error instanceof StartFailure) throw await explain(error, blocked.violation());
    throw error;
  } finally {
    blocked.stop();
  }
}

/** Fails where there is no browser around, with a word on what to do. */
export function requireWorkers(): void {
  if (typeof Worker !== "undefined" || !needsWorkers()) return;
  throw new FramereelError(
    "load",
    "framereel encodes in a browser, and there are no workers here. Call it on the client, not on the server.",
  );
}

/** What engines say of an address that no policy of Trusted Types made. */
const TRUSTED_TYPES = /trusted|sink type/i;

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

/** What the page's Content-Security-Policy stopped. */
interface Violation {
  directive: string;
  /** Whether it was a worker from a `blob:` address. */
  ofBlob: boolean;
}

/** Listens for the policy that may stop the script: its event is the only place where browsers say so. */
function watchPolicy(): { violation(): Violation | undefined; stop(): void } {
  let violation: Violation | undefined;
  const listen = ({ effectiveDirective: directive, blockedURI }: SecurityPolicyViolationEvent): void => {
    if (/^(worker|child|script)-src|^default-src/.test(directive))
      violation = { directive, ofBlob: blockedURI.startsWith("blob") };
  };
  globalThis.document?.addEventListener("securitypolicyviolation", listen);
  return {
    violation: () => violation,
    stop: () => globalThis.document?.removeEventListener("securitypolicyviolation", listen),
  };
}

async function explain(failure: StartFailure, violation: Violation | undefined): Promise<FramereelError> {
  const address = knownWorkerUrl();
  const reason = TRUSTED_TYPES.test(failure.message)
    ? 'the page enforces Trusted Types. Make the worker by a policy of the page: configure({ createWorker: () => new Worker(policy.createScriptURL(address), { type: "module" }) }).'
    : violation
      ? `the page's Content-Security-Policy forbids it (${violation.directive}). ${permission(violation, address)}`
      : ((await reasonAtAddress(address)) ??
        `${failure.message || "the browser does not say why"}. Look for its address in the network panel: a bundler may have left out worker.js (then name it with configure({ workerUrl }), or import from "framereel/inline").`);
  return new FramereelError("load", `framereel's worker did not start: ${reason}`, { cause: failure.cause ?? failure });
}

/** What the policy must say. */
function permission({ ofBlob }: Violation, address: string | undefined): string {
  if (!ofBlob) return "Allow the worker's address, such as worker-src 'self'.";
  if (address === undefined || !isElsewhere(address)) return "Add blob: to its worker-src.";
  return `The script is of another origin (${address}) and starts by way of a blob: address: add blob: to worker-src, or serve worker.js from the page's own origin and name it with configure({ workerUrl }), for which worker-src 'self' is enough.`;
}

/** Asks for the script once more, as a plain request, to see what the server has to say. */
async function reasonAtAddress(url: string | undefined): Promise<string | undefined> {
  if (!url || !/^https?:/.test(url)) return undefined;
  const mend = `Deploy worker.js there, name its address with configure({ workerUrl }), or import from "framereel/inline".${viteAdvice(url)}`;
  let response: Response;
  try {
    response = await fetch(url, { method: "HEAD" });
  } catch {
    if (!isElsewhere(url)) return `${url} cannot be fetched. ${mend}`;
    return `${url} is of another origin and cannot be fetched: that server must send Access-Control-Allow-Origin with worker.js and framereel.wasm, and the page's Content-Security-Policy, if it has one, must name it in script-src and connect-src. Or serve both files from the page's own origin and name them with configure({ workerUrl, wasmUrl }).`;
  }
  if (!response.ok) return `there is no file at ${url} (HTTP ${response.status}). ${mend}`;
  const type = response.headers.get("content-type") ?? "";
  if (/javascript|ecmascript/i.test(type)) return undefined;
  const page = /html/i.test(type) ? " That is probably the server's page for unknown addresses." : "";
  return `${url} is served as ${JSON.stringify(type)}, and module workers need text/javascript.${page} ${mend}`;
}
