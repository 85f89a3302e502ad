import type { GroupBudget } from "../../protocol/messages.js";

/** The share of what is to come that makes up for what is over. */
const HORIZON = 0.5;
/** The share of all that does so at the least. */
const LEAST_HORIZON = 0.1;

/** A budget while a group spends it: the same as `src/encode/budget.rs`, where encoding follows it. */
export class Spending {
  readonly #budget: GroupBudget;
  #samples = 0;
  /** What all samples are expected to have, and those to come. */
  readonly #all: number;
  #toCome: number;
  /** By how much those so far were larger than expected. */
  #over = 0;

  constructor(budget: GroupBudget) {
    this.#budget = budget;
    this.#all = budget.bytes.reduce((sum, bytes) => sum + bytes, 0);
    this.#toCome = this.#all;
  }

  /** Rate factors that are added for the next picture. */
  correction(): number {
    const { factorsPerHalving, mostFactors } = this.#budget;
    const next = Math.max(HORIZON * this.#toCome, LEAST_HORIZON * this.#all);
    const left = next - this.#over;
    if (left <= 0 || this.#all <= 0) return mostFactors;
    const steps = factorsPerHalving * Math.log2(next / left);
    return Math.min(Math.max(steps, -mostFactors), mostFactors);
  }

  /** The next sample has so many bytes. */
  spend(bytes: number): void {
    const expected = this.#budget.bytes[this.#samples] ?? 0;
    this.#samples++;
    this.#toCome -= expected;
    this.#over += bytes - expected;
  }
}

/** Rate factors by which a group's samples gave way to its budget, each counted by its bytes. */
export function gaveWay(budget: GroupBudget, sizes: ArrayLike<number>): number {
  const spending = new Spending(budget);
  let bytes = 0;
  let weighed = 0;
  for (const size of Array.from(sizes)) {
    weighed += size * spending.correction();
    bytes += size;
    spending.spend(size);
  }
  return bytes > 0 ? weighed / bytes : 0;
}
