import { FramereelError } from "../model/errors.js";
import { viteAdvice } from "./vite-cache.js";

/** The first bytes of every wasm file: `\0asm` (WebAssembly Core Specification 5.5.16). */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];

/** Fetches and compiles the wasm file, and says what is wrong with the deployment where that fails. */
export async function compileFrom(url: string): Promise<WebAssembly.Module> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw loadError(
      `could not be fetched from ${url}. The network is down, or the page's Content-Security-Policy (connect-src) or the other server's CORS headers forbid it.`,
      cause,
    );
  }
  if (!response.ok) {
    throw loadError(`was not found at ${response.url || url} (HTTP ${response.status}). ${mend(url)}`);
  }
  // Streaming insists on this type; without it the bytes compile as well, only later.
  if (mimeType(response) === "application/wasm") return compile(() => WebAssembly.compileStreaming(response));
  const bytes = await response.arrayBuffer();
  const start = new Uint8Array(bytes, 0, Math.min(MAGIC.length, bytes.byteLength));
  if (!MAGIC.every((byte, index) => start[index] === byte)) {
    throw loadError(
      `is not at ${response.url || url}: the server answered with something else (${mimeType(response) || "no type"}), probably its page for unknown addresses. ${mend(url)}`,
    );
  }
  return compileBytes(bytes);
}

function mend(url: string): string {
  return `Deploy framereel.wasm there, or name its address with configure({ wasmUrl }).${viteAdvice(url)}`;
}

export function compileBytes(bytes: BufferSource): Promise<WebAssembly.Module> {
  return compile(() => WebAssembly.compile(bytes));
}

async function compile(work: () => Promise<WebAssembly.Module>): Promise<WebAssembly.Module> {
  try {
    return await work();
  } catch (cause) {
    const text = String(cause);
    if (/unsafe-eval|Content.Security.Policy|\bCSP\b/i.test(text)) {
      throw loadError(
        "may not be compiled: the page's Content-Security-Policy needs script-src 'wasm-unsafe-eval'.",
        cause,
      );
    }
    throw loadError(
      `could not be compiled. The file arrived damaged, or the browser is too old: WebAssembly SIMD is needed (Chrome 91, Firefox 89, Safari 16.4). ${text}`,
      cause,
    );
  }
}

function mimeType(response: Response): string {
  return (response.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

function loadError(rest: string, cause?: unknown): FramereelError {
  return new FramereelError("load", `framereel's wasm file ${rest}`, { cause });
}
