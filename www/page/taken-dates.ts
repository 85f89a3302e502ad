import { withHelper } from "./helper.ts";

/** Files read by one request. */
const BATCH = 64;

/** When photographs were taken, by their EXIF data; where there is none the file's own date stands in. */
export class TakenDates {
  readonly #dates = new WeakMap<File, number>();

  of(file: File): number {
    return this.#dates.get(file) ?? file.lastModified;
  }

  /** Reads what is not known yet. */
  async read(files: readonly File[]): Promise<void> {
    const unread = files.filter((file) => !this.#dates.has(file));
    if (unread.length === 0) return;
    await withHelper(async (helper) => {
      for (let from = 0; from < unread.length; from += BATCH) {
        const batch = unread.slice(from, from + BATCH);
        const dates = await helper.ask({ kind: "taken", files: batch }).catch(() => []);
        for (const [index, file] of batch.entries()) this.#dates.set(file, dates[index] ?? file.lastModified);
      }
    });
  }
}
