import { Unzip, type UnzipFile, UnzipInflate } from "fflate";
import { imageType, kindOf } from "../shared/file-kinds.ts";
import type { Answers, Unpacked } from "../shared/messages.ts";

/** Bytes of one unpacked file, framereel's own limit for a source image: more is a mistake or a trap. */
const MAX_ENTRY_BYTES = 2 ** 28;

/** Archives hold folders in folders; those that are archives themselves are left alone. */
const WANTED = new Set(["image", "delays"]);

/**
 * Hands out the images of a zip, one by one and in the archive's order, and names what else is in it. The archive is read as
 * a stream: at any time one unpacked file is in memory.
 *
 * @throws Error where the file is no zip, is cut off, or is packed in a way that zip programs of today do not use
 */
export async function unzip(file: Blob, give: (entry: Unpacked) => void): Promise<Answers["unzip"]> {
  const skipped: string[] = [];
  let entries = 0;
  let failure: Error | null = null;
  const stream = new Unzip((entry) => {
    entries += 1;
    const kind = kindOf(entry.name);
    if (WANTED.has(kind)) collect(entry, give, () => skipped.push(entry.name));
    else if (kind !== "hidden" && !entry.name.endsWith("/")) skipped.push(entry.name);
  });
  stream.register(UnzipInflate);

  const reader = file.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      stream.push(done ? new Uint8Array(0) : value, done);
      if (done) break;
    }
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  } finally {
    await reader.cancel();
  }
  if (failure !== null) throw failure;
  if (entries === 0) throw new Error("no file was found in it");
  return { skipped };
}

/** Gathers one entry's pieces; an entry that cannot be unpacked is reported and the others go on. */
function collect(entry: UnzipFile, give: (entry: Unpacked) => void, refuse: () => void): void {
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  let over = false;
  const giveUp = () => {
    if (over) return;
    over = true;
    pieces = [];
    refuse();
  };
  entry.ondata = (error, data, final) => {
    if (over) return;
    if (error !== null) return giveUp();
    bytes += data.length;
    if (bytes > MAX_ENTRY_BYTES) {
      giveUp();
      entry.terminate();
      return;
    }
    pieces.push(new Uint8Array(data)); // a copy: the data may be a view of the whole chunk
    if (!final) return;
    over = true;
    give({ path: entry.name, content: new Blob(pieces, { type: imageType(entry.name) }) });
  };
  try {
    entry.start();
  } catch {
    giveUp();
  }
}
