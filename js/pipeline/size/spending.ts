import type { GroupBudget } from "../../protocol/messages.js";

/** The share of what is to come that makes up for what is over. */
const HORIZON = 0.5;
/** The share of all that does so at the least. */
const LEAST_HORIZON = 0.1;
/** How many times more or less than expected pictures may take as a rule. */
const BIAS = { least: 0.7, most: 1.4 };

/** A budget while a group spends it: the same as `src/encode/budget.rs`, where encoding follows it. */
export class Spending {
  readonly #budget: GroupBudget;
  #samples = 0;
  /** What all samples are expected to have, and those to come. */
  readonly #all: number;
  #toCome: number;
  /** By how much those so far were larger than expected. */
  #over = 0;
  /** What they would have had without corrections. */
  #uncorrected = 0;

  constructor(budget: GroupBudget) {
    this.#budget = budget;
    this.#all = budget.bytes.reduce((sum, bytes) => sum + bytes, 0);
    this.#toCome = this.#all;
  }

  /** Rate factors that are added for the next picture. */
  correction(): number {
    return this.#budget.factorsPerHalving * Math.log2(this.#times());
  }

  /** The next sample has so many bytes. */
  spend(bytes: number): void {
    const expected = this.#expected();
    this.#uncorrected += bytes * this.#times();
    this.#samples++;
    this.#toCome -= expected;
    this.#over += bytes - expected;
  }

  /** How many times smaller the next picture should be than at the group's rate factor. */
  #times(): number {
    const next = Math.max(HORIZON * this.#toCome, LEAST_HORIZON * this.#all, this.#expected());
    const left = next - this.#over;
    const { mostTimes } = this.#budget;
    return left > 0 ? clamp((this.#bias() * next) / left, 1 / mostTimes, mostTimes) : mostTimes;
  }

  /** What samples have at the group's rate factor, as a share of what is expected, by those so far. */
  #bias(): number {
    const expected = this.#all - this.#toCome;
    return expected > 0 ? clamp(this.#uncorrected / expected, BIAS.least, BIAS.most) : 1;
  }

  /** What the next sample is expected to have. */
  #expected(): number {
    return this.#budget.bytes[this.#samples] ?? 0;
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

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
