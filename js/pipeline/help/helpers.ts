import type { Decoder } from "../../model/choices.js";
import type { GroupSettings } from "../../protocol/core.js";
import type { SendSteps } from "../../workers/handle.js";
import { pool } from "../../workers/pool.js";
import { HelpedGroup } from "./helped-group.js";

/** Pictures that a helper has before it at once: one to make, and the next, so that it never waits for the page. */
const AT_ONCE = 2;

/** Pictures of a group that must be left for a worker to begin helping: for fewer it is not worth the messages. */
const LEAST_LEFT = 4;

/** Who may help, and with what. */
export interface HelpersOptions {
  decoder: Decoder;
  /** Groups that there will be in all. */
  groups: number;
  /** Workers at once, those that encode among them. */
  workers: number;
}

/**
 * Workers that have no group of their own any more make pictures for those that still encode: decoding is up to two thirds of the
 * work, and groups are of unequal weight. The file has the same bytes, as a picture is the same wherever it is made.
 */
export class Helpers {
  readonly #decoder: Decoder;
  readonly #workers: number;
  #toBegin: number;
  readonly #groups = new Set<HelpedGroup>();
  /** What each helper does when it may be able to take more. */
  readonly #feeds = new Set<() => void>();

  constructor({ decoder, groups, workers }: HelpersOptions) {
    this.#decoder = decoder;
    this.#toBegin = groups;
    this.#workers = workers;
  }

  /** A group is being encoded, until `end`. */
  begin(settings: GroupSettings, signal: AbortSignal): HelpedGroup {
    const group = new HelpedGroup(settings, signal, () => this.#look());
    this.#groups.add(group);
    this.#toBegin--;
    return group;
  }

  /** A group is encoded no longer. */
  end(group: HelpedGroup): void {
    this.#groups.delete(group);
    group.close();
  }

  /** Gives helpers more, and has workers that are free help where most is left. */
  #look(): void {
    for (const feed of this.#feeds) feed();
    while (this.#toBegin === 0 && this.#groups.size + this.#feeds.size < this.#workers) {
      const [most] = [...this.#groups].sort((one, other) => other.left - one.left);
      if (!most || most.left < LEAST_LEFT) return;
      void this.#help(most);
    }
  }

  async #help(group: HelpedGroup): Promise<void> {
    /** Slots of the pictures that this helper has before it. */
    const before = new Set<number>();
    let send: SendSteps | undefined;
    const feed = (): void => {
      while (send && before.size < AT_ONCE) {
        const image = group.giveAway();
        if (!image) break;
        before.add(image.slot);
        send({ steps: [{ slot: image.slot, forceIdr: false, image, last: true }] }, []);
      }
      if (!send || before.size > 0 || group.left > 0) return;
      send({ steps: [], end: {} }, []);
      send = undefined;
    };
    this.#feeds.add(feed);
    try {
      await pool.run({
        task: { kind: "makePictures", settings: group.settings, decoder: this.#decoder },
        signal: group.signal,
        repeatable: false,
        listeners: {
          onStarted(sendSteps) {
            send = sendSteps;
            feed();
          },
          onProgress({ picture }) {
            if (!picture) return;
            before.delete(picture.slot);
            group.deliver(picture);
            feed();
          },
        },
      });
    } catch {
      // What is wrong with an image is found out again, and told, where its group is encoded.
      group.close();
    }
    this.#feeds.delete(feed);
    for (const slot of before) group.deliver({ slot });
    this.#look();
  }
}
