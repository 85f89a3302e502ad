import type { GroupBudget } from "../../protocol/messages.js";

/** Some pictures of a group: `count` of them from the first on, each `every` after the one before. */
export interface Extract {
  count: number;
  every: number;
}

/** One encode of a group, of all its pictures or of some. */
export interface Trial {
  group: number;
  rateFactor: number;
  pictures?: Extract;
  /** What the rate factor gives way to, picture by picture. */
  budget?: GroupBudget;
}

/** An encoded group, as far as the search looks at it. */
export interface Sized {
  /** Bytes of each sample. */
  readonly sizes: ArrayLike<number>;
}

/** What the search works with. */
export interface SearchEncoder<Result extends Sized> {
  /** Pictures of each group. */
  readonly counts: readonly number[];
  /** Pixels of a picture. */
  readonly pixels: number;
  /** Encodes side by side; results in the order of the trials. */
  encode(trials: readonly Trial[]): Promise<Result[]>;
  /** Bytes of the file that are not samples. */
  overhead(groups: readonly Result[]): Promise<number>;
}

/** `count` of `length` places, or all of them, spread evenly. */
export function spread(length: number, count: number): number[] {
  if (count >= length) return Array.from({ length }, (_, at) => at);
  if (count === 1) return [Math.floor((length - 1) / 2)];
  return Array.from({ length: count }, (_, at) => Math.round((at * (length - 1)) / (count - 1)));
}

/** Bytes of a group's samples. */
export function bytesOf({ sizes }: Sized): number {
  return sum(Array.from(sizes));
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
