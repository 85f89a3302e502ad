import { FramereelError } from "../model/errors.js";
import type { DecoderName } from "../protocol/core.js";
import type { LoadedDecoder } from "../protocol/messages.js";
import { wasmModule } from "./loader.js";

/** The module that a worker asks for, in a form that can be posted. Never rejects. */
export async function loadDecoder(name: DecoderName): Promise<LoadedDecoder> {
  try {
    return { module: await wasmModule(name) };
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? { cause: String(error.cause) } : {};
    if (error instanceof FramereelError) return { error: { code: error.code, message: error.message, ...cause } };
    return { error: { code: "load", message: String(error) } };
  }
}
