import { WASM_FILES, type WasmName, type WasmUrlOption } from "../model/wasm-files.js";
import { compileFrom } from "./wasm-module.js";

export type { WasmName } from "../model/wasm-files.js";

/** Where the worker and the wasm come from. Entries bring a default, `configure` overrides parts of it. */
export interface Loader {
  createWorker(): Worker | Promise<Worker>;
  /** Address of the worker script as far as it is known, for advice when it does not start. */
  workerUrl(): string | undefined;
  compileModule(name: WasmName): Promise<WebAssembly.Module>;
}

/** What `configure` takes. */
export interface LoaderOverrides extends Partial<Record<WasmUrlOption, string | URL | undefined>> {
  workerUrl?: string | URL | undefined;
  createWorker?: (() => Worker) | undefined;
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
  const url = overrides[WASM_FILES[name].option];
  const attempt = url === undefined ? entry().compileModule(name) : compileFrom(String(url), name);
  compiled.set(name, attempt);
  attempt.catch(() => {
    if (compiled.get(name) === attempt) compiled.delete(name);
  });
  return attempt;
}

function entry(): Loader {
  if (!entryLoader) throw new Error("an entry of framereel sets its loader before anything else runs");
  return entryLoader;
}
