import { baseName } from "../../shared/file-kinds.ts";
import type { Incoming } from "../model/image-list.ts";

/** A list of delays is small; a larger JSON is something else. */
const MAX_JSON_BYTES = 2 ** 22;

/**
 * Seconds of each frame of an ugoira by file name, in order: from any JSON that holds, at whatever depth, a list of
 * `{ "file": name, "delay": milliseconds }`, as Pixiv's own does and those that download programs write. null: no such list.
 */
export async function delaysOf(json: Blob): Promise<ReadonlyMap<string, number> | null> {
  if (json.size > MAX_JSON_BYTES) return null;
  try {
    return findDelays(JSON.parse(await json.text()));
  } catch {
    return null; // not JSON, whatever its name says
  }
}

function findDelays(value: unknown): ReadonlyMap<string, number> | null {
  if (typeof value !== "object" || value === null) return null;
  if (Array.isArray(value) && value.length > 0 && value.every(isFrame)) {
    return new Map(value.map(({ file, delay }) => [baseName(file), delay / 1000]));
  }
  for (const inner of Object.values(value)) {
    const found = findDelays(inner);
    if (found !== null) return found;
  }
  return null;
}

function isFrame(value: unknown): value is { file: string; delay: number } {
  if (typeof value !== "object" || value === null) return false;
  const { file, delay } = value as Record<string, unknown>;
  return typeof file === "string" && typeof delay === "number" && delay > 0;
}

/** The files with their delays. */
export function withDelays(files: readonly Incoming[], delays: ReadonlyMap<string, number>): Incoming[] {
  return files.map((incoming) => {
    const seconds = delays.get(baseName(incoming.path));
    return seconds === undefined ? incoming : { ...incoming, seconds };
  });
}
