import { isElsewhere, workerFromElsewhere } from "./blob-worker.js";
import { compileBytes, compileFrom } from "./wasm-module.js";

/** Where the worker and the wasm come from. Entries bring a default, `configure` overrides parts of it. */
export interface Loader {
  /** Whether its workers run in this thread, so that the browser need not have any. */
  readonly inThread?: true;
  createWorker(): Worker | Promise<Worker>;
  /** Address of the worker script as far as it is known, for advice when it does not start. */
  workerUrl(): string | undefined;
  compileModule(): Promise<WebAssembly.Module>;
}

/** What `configure` takes. */
export interface LoaderOverrides {
  wasmUrl?: string | URL | undefined;
  workerUrl?: string | URL | undefined;
  createWorker?: (() => Worker) | undefined;
  wasmModule?: WebAssembly.Module | BufferSource | undefined;
}

let entryLoader: Loader | undefined;
let overrides: LoaderOverrides = {};
let compiled: Promise<WebAssembly.Module> | undefined;
/** Counts changes, so that workers started before one are not used after it. */
let generation = 0;

/** Called by each entry with its own way of loading. */
export function setEntryLoader(loader: Loader): void {
  entryLoader = loader;
}

export function overrideLoader(changes: LoaderOverrides): void {
  overrides = { ...overrides, ...changes };
  compiled = undefined;
  generation++;
}

export function loaderGeneration(): number {
  return generation;
}

export function createWorker(): Worker | Promise<Worker> {
  const { createWorker, workerUrl } = overrides;
  if (createWorker) return createWorker();
  const address = knownWorkerUrl();
  if (address !== undefined && isElsewhere(address)) return workerFromElsewhere(address);
  if (workerUrl !== undefined) return new Worker(workerUrl, { type: "module", name: "framereel" });
  return entry().createWorker();
}

export function knownWorkerUrl(): string | undefined {
  if (overrides.createWorker) return undefined;
  if (overrides.workerUrl !== undefined) return new URL(overrides.workerUrl, globalThis.location?.href).href;
  return entry().workerUrl();
}

/** The module, compiled once and shared by all workers; a failure is not remembered. */
export function wasmModule(): Promise<WebAssembly.Module> {
  if (!compiled) {
    const attempt = compile();
    compiled = attempt;
    attempt.catch(() => {
      if (compiled === attempt) compiled = undefined;
    });
  }
  return compiled;
}

async function compile(): Promise<WebAssembly.Module> {
  const { wasmModule, wasmUrl } = overrides;
  if (wasmModule !== undefined) return "byteLength" in wasmModule ? compileBytes(wasmModule) : wasmModule;
  return wasmUrl === undefined ? entry().compileModule() : compileFrom(String(wasmUrl));
}

export function needsWorkers(): boolean {
  return !entry().inThread;
}

function entry(): Loader {
  if (!entryLoader) throw new Error("an entry of framereel sets its loader before anything else runs");
  return entryLoader;
}
