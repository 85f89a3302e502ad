import type { Group } from "../model/groups.js";
import type { BlamedImage } from "../model/image-error.js";
import { nameOf } from "../options/source-kind.js";
import type { Step } from "../protocol/messages.js";
import type { Snapshot } from "./inputs/snapshot.js";
import type { Extract } from "./size/trial.js";
import { assignSlots, type Part, type Shot } from "./slots.js";
import type { GroupPictures } from "./source.js";

/** A group of a clip. Each source is sent once, before its first picture, and held until its last. */
export class ClipGroup implements GroupPictures {
  readonly repeatable = true;
  readonly index: number;
  readonly first: number;
  /** Samples. */
  readonly count: number;
  readonly #keyframes: readonly boolean[];
  readonly #shots: readonly Shot[];
  readonly #slots: readonly number[];
  readonly #parts: ReturnType<typeof assignSlots>["parts"];
  readonly #snapshot: Snapshot;

  constructor(index: number, { first, count, keyframes }: Group, shots: readonly Shot[], snapshot: Snapshot) {
    this.index = index;
    this.first = first;
    this.count = count;
    this.#keyframes = keyframes;
    this.#shots = shots;
    this.#snapshot = snapshot;
    const { parts, slots } = assignSlots(shots);
    this.#parts = parts;
    this.#slots = slots;
  }

  /** `count` pictures, one in `every`, as a group of their own, to see what they cost. */
  extract({ count, every }: Extract): ClipGroup {
    const some = <Item>(all: readonly Item[]): Item[] => all.filter((_, at) => at % every === 0).slice(0, count);
    return new ClipGroup(
      this.index,
      { first: this.first, count, keyframes: some(this.#keyframes) },
      some(this.#shots),
      this.#snapshot,
    );
  }

  async *steps(): AsyncGenerator<Step, void, void> {
    // All addresses of the group are fetched side by side; each step waits for its own.
    for (const { source, imageIndex } of this.#parts.values())
      void this.#snapshot.get(source, imageIndex).catch(() => {});
    const lastUse = new Map(this.#slots.map((slot, index) => [slot, index]));
    const sent = new Set<Part>();
    for (const [index, { source }] of this.#shots.entries()) {
      const slot = this.#slots[index] as number;
      const step: Step = { slot, forceIdr: this.#keyframes[index] as boolean, last: lastUse.get(slot) === index };
      const part = this.#parts.get(source) as Part;
      if (!sent.has(part)) {
        sent.add(part);
        const image = await this.#snapshot.get(source, part.imageIndex);
        step.image = { image, slot: part.slot, ...(part.frames && { frames: part.frames }) };
      }
      yield step;
    }
  }

  blame(slot: number | undefined): BlamedImage | undefined {
    const shot = slot === undefined ? undefined : this.#shots[this.#slots.indexOf(slot)];
    return shot && { index: shot.imageIndex, name: nameOf(shot.source) };
  }
}
