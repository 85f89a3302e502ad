/** Samples of a track on their way out of the file. */
export interface TrackSamples {
  pieces: Pieces;
  ticks: number[];
}

/** Places of samples in a file, joined where one follows the other. */
export class Pieces {
  readonly #pieces: { at: number; length: number }[] = [];
  readonly #sizes: number[] = [];

  add(at: number, length: number): void {
    const last = this.#pieces.at(-1);
    if (last && last.at + last.length === at) last.length += length;
    else this.#pieces.push({ at, length });
    this.#sizes.push(length);
  }

  get count(): number {
    return this.#sizes.length;
  }

  get sizes(): Uint32Array<ArrayBuffer> {
    return Uint32Array.from(this.#sizes);
  }

  get places(): readonly { at: number; length: number }[] {
    return this.#pieces;
  }
}
