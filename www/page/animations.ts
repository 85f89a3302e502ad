import type { AnimationFrame } from "../shared/messages.ts";
import { Helper } from "./helper.ts";

/**
 * The frames of animated files, for where every frame is a picture of the video. Made once a file, one file after the other. Emits
 * "known" after each.
 */
export class Animations extends EventTarget {
  readonly #helper = new Helper();
  readonly #known = new WeakMap<File, readonly AnimationFrame[] | null>();
  #wanted: readonly File[] = [];
  #busy = false;

  /** null: not known yet, or no animation that the browser gives the frames of. */
  of(file: File): readonly AnimationFrame[] | null {
    return this.#known.get(file) ?? null;
  }

  /** Files whose frames are wanted, in this order; what was wanted before no longer is. */
  want(files: readonly File[]): void {
    this.#wanted = files;
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (;;) {
      const file = this.#wanted.find((wanted) => !this.#known.has(wanted));
      if (file === undefined) break;
      this.#known.set(file, await this.#helper.ask({ kind: "frames", file }).catch(() => null));
      this.dispatchEvent(new Event("known"));
    }
    this.#busy = false;
  }
}
