const WASM_FILE = /\/framereel\.wasm$/;

/**
 * Where the worker's script is, told by the address of the wasm file: beside it, where both have kept their names. Bundlers
 * rename the wasm file and give the worker an address that only their own code knows; then it is undefined.
 */
export function workerBeside(wasmUrl: string): string | undefined {
  return WASM_FILE.test(wasmUrl) ? new URL("worker.js", wasmUrl).href : undefined;
}
