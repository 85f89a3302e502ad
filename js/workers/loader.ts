import { WASM_FILES, type WasmName, type WasmUrlOption } from "../model/wasm-files.js";
import { isElsewhere, workerFromElsewhere } from "./blob-worker.js";
import { compileBytes, compileFrom } from "./wasm-module.js";

export type { WasmName } from "../model/wasm-files.js";

/** Where the worker and the wasm come from. Entries bring a default, `configure` overrides parts of it. */
export interface Loader {
  /** Whether its workers run in this thread, so that the browser need not have any. */
  readonly inThread?: true;
  createWorker(): Worker | Promise<Worker>;
  /** Address of the worker script as far as it is known, for advice when it does not start. */
  workerUrl(): string | undefined;
  compileModule(name: WasmName): Promise<WebAssembly.Module>;
}

/** What `configure` takes. */
export interface LoaderOverrides extends Partial<Record<WasmUrlOption, string | URL | undefined>> {
  workerUrl?: string | URL | undefined;
  createWorker?: (() => Worker) | undefined;
  wasmModule?: WebAssembly.Module | BufferSource | undefined;
}

let entryLoader: Loader | undefined;
let overrides: LoaderOverrides = {};
const compiled = new Map<WasmName, Promise<WebAssembly.Module>>();
/** Counts changes, so that workers started before one are not used after it. */
let generation = 0;

/** Called by each entry with its own way of loading. */
export function setEntryLoader(loader: Loader): void {
  entryLoader = loader;
}

export function overrideLoader(changes: LoaderOverrides): void {
  overrides = { ...overrides, ...changes };
  compiled.clear();
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

/** A module, compiled once and shared by all workers; a failure is not remembered. */
export function wasmModule(name: WasmName): Promise<WebAssembly.Module> {
  const known = compiled.get(name);
  if (known) return known;
  const attempt = compile(name);
  compiled.set(name, attempt);
  attempt.catch(() => {
    if (compiled.get(name) === attempt) compiled.delete(name);
  });
  return attempt;
}

async function compile(name: WasmName): Promise<WebAssembly.Module> {
  const { wasmModule } = overrides;
  if (name === "core" && wasmModule !== undefined)
    return "byteLength" in wasmModule ? compileBytes(wasmModule, name) : wasmModule;
  const url = overrides[WASM_FILES[name].option];
  return url === undefined ? entry().compileModule(name) : compileFrom(String(url), name);
}

export function needsWorkers(): boolean {
  return !entry().inThread;
}

function entry(): Loader {
  if (!entryLoader) throw new Error("an entry of framereel sets its loader before anything else runs");
  return entryLoader;
}
