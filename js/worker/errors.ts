import { BROKE_DOWN, ERROR_CODES, type FramereelErrorCode } from "../model/errors.js";
import type { CoreError } from "../protocol/core.js";
import type { WireError } from "../protocol/messages.js";

/** Thrown where a task notices that it was cancelled. */
export class Cancelled extends Error {}

/** A failure whose code is known: the worker's own counterpart of the errors that wasm throws. */
export class WorkerFailure extends Error {
  readonly code: FramereelErrorCode;

  constructor(code: FramereelErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** Says that an error came while an image was read or decoded. */
export class LoadFailure extends Error {
  constructor(cause: unknown) {
    super(String(cause), { cause });
  }
}

/** Says which slot's image an error is about. */
export class SlotFailure extends Error {
  readonly slot: number;

  constructor(slot: number, cause: unknown) {
    super(String(cause), { cause });
    this.slot = slot;
  }
}

/** An image that broke a wasm instance down, and that the browser cannot decode either. */
export class BrokeDown extends WorkerFailure {
  constructor(cause?: unknown) {
    super("corrupt-image", BROKE_DOWN, cause);
  }
}

/** An image for which a decoder's memory is not enough: it may be while fewer workers run, as the pool tries. */
export class OutOfMemory extends WorkerFailure {
  readonly memory = true;

  constructor(cause?: unknown) {
    super("limit", "no memory is left for the decoded image; scale the image down", cause);
  }
}

/** The code of an error thrown by wasm or by `WorkerFailure`, if it has one. */
export function codeOf(error: unknown): FramereelErrorCode | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return ERROR_CODES.find((known) => known === code);
}

export function toWireError(error: unknown): WireError {
  if (error instanceof LoadFailure) return toWireError(error.cause);
  if (error instanceof SlotFailure) return { ...toWireError(error.cause), slot: error.slot };
  const message = error instanceof Error ? error.message : String(error);
  const { option, memory } = (error ?? {}) as Partial<CoreError>;
  const cause = error instanceof Error && error.cause !== undefined ? { cause: String(error.cause) } : {};
  return {
    code: codeOf(error) ?? "internal",
    message,
    ...(option !== undefined && { option }),
    ...(memory && { memory }),
    ...cause,
  };
}

/** Bytes that a memory must still be able to grow by: more than one image's pixels take. */
const ROOM = 2 ** 28;
const PAGE_BYTES = 2 ** 16;

/** Whether a wasm memory is at its end, asked after a trap, which does not say why: the instance is not used any more. */
export function isAtItsEnd(memory: WebAssembly.Memory | undefined): boolean {
  try {
    memory?.grow(ROOM / PAGE_BYTES);
    return false;
  } catch {
    return true;
  }
}

/** After a trap (a Rust panic, memory at its end) or a stack overflow the wasm instance is in no known state. */
export function isTrap(error: unknown): boolean {
  if (error instanceof SlotFailure || error instanceof LoadFailure) return isTrap(error.cause);
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

/** Whether an error came while an image was read or decoded. */
export function isLoading(error: unknown): boolean {
  if (error instanceof SlotFailure) return isLoading(error.cause);
  return error instanceof LoadFailure;
}
