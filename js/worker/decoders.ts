import * as formats from "../../pkg/formats_bg.js";
import * as heic from "../../pkg/heic_bg.js";
import type { Limits } from "../model/options.js";
import type { CoreApi, DecoderName, GroupEncoder, GroupSettings, ImageInfo } from "../protocol/core.js";
import type { TaskContext } from "./context.js";
import type { Pixels } from "./decode.js";
import { BrokeDown, isAtItsEnd, isTrap, OutOfMemory } from "./errors.js";

/** Decoders that are wasm modules of their own: the page loads one when the first file of its formats is met. */

/** What wasm-bindgen made for a module; both modules have the same door (crates/decoder-module). */
const GLUE = { formats, heic } satisfies Record<DecoderName, typeof formats>;

interface Exports {
  memory: WebAssembly.Memory;
  __wbindgen_start(): void;
}

/** Modules and the instances that are in a known state, for as long as the worker lives. */
const modules = new Map<DecoderName, WebAssembly.Module>();
const instances = new Map<DecoderName, Exports>();

/** Bytes at a file's ends that tell its format (crates/decoding/src/formats.rs). */
const HEAD = 256;
const TAIL = 18;

/** A file's bytes, and the handle that its name and type are known from. */
export interface LentFile {
  bytes: Uint8Array<ArrayBuffer>;
  blob: Blob;
}

/** Reads a file's header by the decoder that its format belongs to. */
export async function probeFile(
  core: CoreApi,
  file: LentFile,
  limits: Limits,
  context: TaskContext,
): Promise<ImageInfo> {
  const name = decoderOf(core, file);
  if (!name) return core.probe(file.bytes, limits);
  await ready(name, context);
  return guarded(name, () => GLUE[name].probe(file.bytes, hintOf(file), limits));
}

/** Where pictures go: an encoder's slots, or elsewhere. */
export type PictureTarget = Pick<GroupEncoder, "load" | "loadFrames" | "loadRgba">;

/** What a file is loaded with. */
export interface LoadSurroundings {
  core: CoreApi;
  target: PictureTarget;
  settings: GroupSettings;
  context: TaskContext;
}

/** Decodes a file into a slot of a group, or `frames` of it into the slots from there on. */
export async function loadFile(
  { core, target, settings, context }: LoadSurroundings,
  file: LentFile,
  slot: number,
  frames: { first: number; count: number } | undefined,
): Promise<void> {
  const name = decoderOf(core, file);
  if (!name) {
    if (frames) target.loadFrames(slot, file.bytes, frames.first, frames.count);
    else target.load(slot, file.bytes);
    return;
  }
  const converts = settings.colors === "convert";
  const { first, count } = frames ?? { first: 0, count: 1 };
  for (let index = 0; index < count; index++) {
    await ready(name, context);
    const decode = (): Pixels => GLUE[name].decode(file.bytes, hintOf(file), settings, converts, first + index);
    const { rgba, width, height } = guarded(name, decode);
    target.loadRgba(slot + index, rgba, width, height);
  }
}

function decoderOf(core: CoreApi, file: LentFile): DecoderName | undefined {
  const { bytes } = file;
  return core.decoderOf(bytes.subarray(0, HEAD), bytes.subarray(-TAIL), hintOf(file));
}

/** A file's name, or where it has none its type: what tells a TGA. */
function hintOf({ blob }: LentFile): string {
  return (blob as Partial<File>).name || blob.type;
}

/** Makes a decoder ready for use. */
async function ready(name: DecoderName, context: TaskContext): Promise<void> {
  if (instances.has(name)) return;
  const module = modules.get(name) ?? (await context.loadDecoder(name));
  modules.set(name, module);
  // In a thread of several pages, another task may have made it ready meanwhile.
  if (instances.has(name)) return;
  const glue = GLUE[name];
  const { exports } = new WebAssembly.Instance(module, { [`./${name}_bg.js`]: glue });
  glue.__wbg_set_wasm(exports);
  instances.set(name, exports as unknown as Exports);
  (exports as unknown as Exports).__wbindgen_start();
}

/** A decoder that broke down at a file is in no known state: the next file gets a new instance. */
function guarded<Result>(name: DecoderName, use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    if (!isTrap(error)) throw error;
    const memory = instances.get(name)?.memory;
    const isFull = isAtItsEnd(memory);
    // The glue keeps views of the memory that it drops when they are of no length, as all are once the memory grows.
    memory?.grow(0);
    instances.delete(name);
    throw isFull ? new OutOfMemory(error) : new BrokeDown(error);
  }
}
