import { FramereelError } from "../model/errors.js";
import { WASM_FILES, type WasmName } from "../model/wasm-files.js";
import { viteAdvice } from "./vite-cache.js";

/** The first bytes of every wasm file: `\0asm` (WebAssembly Core Specification 5.5.16). */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];

/** Fetches and compiles a wasm file, and says what is wrong with the deployment where that fails. */
export async function compileFrom(url: string, name: WasmName): Promise<WebAssembly.Module> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw loadError(
      name,
      `could not be fetched from ${url}. The network is down, or the page's Content-Security-Policy (connect-src) or the other server's CORS headers forbid it.`,
      cause,
    );
  }
  if (!response.ok) {
    throw loadError(name, `was not found at ${response.url || url} (HTTP ${response.status}). ${mend(name, url)}`);
  }
  // Streaming insists on this type; without it the bytes compile as well, only later.
  if (mimeType(response) === "application/wasm") return compile(name, () => WebAssembly.compileStreaming(response));
  const bytes = await response.arrayBuffer();
  const start = new Uint8Array(bytes, 0, Math.min(MAGIC.length, bytes.byteLength));
  if (!MAGIC.every((byte, index) => start[index] === byte)) {
    throw loadError(
      name,
      `is not at ${response.url || url}: the server answered with something else (${mimeType(response) || "no type"}), probably its page for unknown addresses. ${mend(name, url)}`,
    );
  }
  return compileBytes(bytes, name);
}

/** What an entry that does not bring a wasm file throws where one is met that needs it. */
export function notPartOfEntry(name: WasmName): FramereelError {
  return loadError(name, 'is not part of this entry: import from "framereel", or convert the file to PNG or JPEG.');
}

function mend(name: WasmName, url: string): string {
  const { file, option } = WASM_FILES[name];
  return `Deploy ${file} there, or name its address with configure({ ${option} }).${viteAdvice(url)}`;
}

export function compileBytes(bytes: BufferSource, name: WasmName): Promise<WebAssembly.Module> {
  return compile(name, () => WebAssembly.compile(bytes));
}

async function compile(name: WasmName, work: () => Promise<WebAssembly.Module>): Promise<WebAssembly.Module> {
  try {
    return await work();
  } catch (cause) {
    const text = String(cause);
    if (/unsafe-eval|Content.Security.Policy|\bCSP\b/i.test(text)) {
      throw loadError(
        name,
        "may not be compiled: the page's Content-Security-Policy needs script-src 'wasm-unsafe-eval'.",
        cause,
      );
    }
    throw loadError(
      name,
      `could not be compiled. The file arrived damaged, or the browser is too old: WebAssembly SIMD is needed (Chrome 91, Firefox 89, Safari 16.4). ${text}`,
      cause,
    );
  }
}

function mimeType(response: Response): string {
  return (response.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

function loadError(name: WasmName, rest: string, cause?: unknown): FramereelError {
  return new FramereelError("load", `${WASM_FILES[name].what} ${rest}`, { cause });
}
