import type { GroupSettings } from "../../protocol/core.js";
import type { GroupImage, HelpedPicture, Step } from "../../protocol/messages.js";
import type { SendSteps } from "../../workers/handle.js";

/**
 * Steps between the one that the group's worker is at and the first that another may make the picture of: while it computes it hears
 * nothing.
 */
const LEAST_LEAD = 2;

/** Bytes of pictures that may be under way to a worker or wait for their turn there. */
const MAX_BYTES = 2 ** 25;

/** Bytes for a pixel of 4:2:0: half as many of chroma as of luma. */
const BYTES_PER_PIXEL = 1.5;

/** A step whose picture may be made elsewhere. */
interface Open {
  at: number;
  image: GroupImage;
}

/**
 * A group that other workers may make pictures for, while its own encodes. They take those that are next, as far ahead of the
 * encoder as they need: where a picture came too late, one more in between is left to the group's own worker.
 */
export class HelpedGroup {
  readonly settings: GroupSettings;
  readonly signal: AbortSignal;
  readonly #onChange: () => void;
  #send: SendSteps | undefined;
  /** Not yet given to anybody, in order. */
  #open: Open[] = [];
  /** Given away, and not yet taken in by the group's worker: the step of each slot. */
  readonly #givenAway = new Map<number, number>();
  #taken = 0;
  #lead = LEAST_LEAD;
  #closed = false;

  /** `onChange` is called when more may be given away, or nothing more. */
  constructor(settings: GroupSettings, signal: AbortSignal, onChange: () => void) {
    this.settings = settings;
    this.signal = signal;
    this.#onChange = onChange;
  }

  /** Hands the steps on and remembers those that may be helped with. A group that begins anew goes on without help. */
  async *watch(steps: AsyncIterable<Step>, send: SendSteps): AsyncGenerator<Step, void, void> {
    if (this.#send) this.close();
    this.#send = send;
    let at = 0;
    for await (const step of steps) {
      if (!this.#closed && step.image?.image.kind === "file" && !step.image.frames)
        this.#open.push({ at, image: step.image });
      at++;
      yield step;
    }
  }

  /** The group's worker has taken in so many steps. */
  taken(count: number): void {
    this.#taken = count;
    for (const [slot, at] of this.#givenAway) if (at < count) this.#givenAway.delete(slot);
    this.#onChange();
  }

  /** Pictures that may be given away. */
  get left(): number {
    const first = this.#open.findIndex(({ at }) => at >= this.#taken + this.#lead);
    return first < 0 ? 0 : this.#open.length - first;
  }

  /** The next picture for another worker to make, if there is one that is worth it and room for it. */
  giveAway(): GroupImage | undefined {
    const { width, height } = this.settings;
    const bytes = (this.#givenAway.size + 1) * width * height * BYTES_PER_PIXEL;
    const room = bytes <= MAX_BYTES || this.#givenAway.size === 0;
    if (!room || this.left === 0) return undefined;
    const next = this.#open.splice(0, this.#open.length - this.left + 1).at(-1) as Open;
    this.#givenAway.set(next.image.slot, next.at);
    this.#send?.({ steps: [], helped: [next.image.slot] }, []);
    return next.image;
  }

  /** A picture that another worker made. */
  deliver(picture: HelpedPicture): void {
    const at = this.#givenAway.get(picture.slot);
    // The group's worker was too fast to hear that another would make it.
    if (at === undefined) return;
    if (at <= this.#taken) this.#lead++;
    this.#send?.({ steps: [], pictures: [picture] }, picture.samples ? [picture.samples.buffer] : []);
  }

  /** Nothing more is given away: not where the group is over, or a helper has failed at one of its pictures. */
  close(): void {
    this.#closed = true;
    this.#open = [];
    this.#onChange();
  }
}
