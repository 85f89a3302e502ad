import { within } from "../../shared/placement.ts";
import { element, showText } from "../dom.ts";
import { Helper } from "../helper.ts";
import { onLanguage, words } from "../words/words.ts";
import { download } from "./downloads.ts";
import type { Made } from "./made.ts";

/** What is short enough for a GIF, which knows no prediction: more would be tens of megabytes. */
const MOST_FRAMES = 300;
const MOST_SECONDS = 20;
/** Pixels of a GIF, at most. */
const BOX = { width: 480, height: 480 };

/** Makes a GIF of a short clip, from the images themselves, and downloads it. A press while it is being made stops it. */
export class GifButton {
  readonly #button = element("gif", HTMLButtonElement);
  readonly #problem: HTMLElement;
  #made: Made | null = null;
  #helper: Helper | null = null;

  constructor(problem: HTMLElement) {
    this.#problem = problem;
    this.#button.addEventListener("click", () => (this.#helper === null ? void this.#make() : this.stop()));
    onLanguage(() => this.#write());
  }

  offer(made: Made): void {
    this.#made = made;
    const { frames, duration } = made.stats;
    // Where the browser gives no frames of animations, only the encoder knows them.
    const known = frames === made.sequence.length;
    this.#button.hidden = frames > MOST_FRAMES || duration > MOST_SECONDS || !known;
  }

  stop(): void {
    this.#helper?.end();
    this.#helper = null;
    this.#write();
  }

  async #make(): Promise<void> {
    if (this.#made === null) return;
    const { sequence, settings, stats, name } = this.#made;
    const helper = new Helper();
    this.#helper = helper;
    showText(this.#problem, null);
    this.#write(0);
    const frames = Array.from({ length: sequence.length }, (_, frame) => ({
      file: sequence.itemOf(frame)?.file ?? new Blob(),
      frame: sequence.stepOf(frame),
      seconds: sequence.secondsOf(frame),
    }));
    try {
      const { fit, background, colors } = settings;
      const request = { kind: "gif", frames, ...within(stats, BOX), fit, background, colors } as const;
      const gif = await helper.ask(request, (fraction) => this.#helper === helper && this.#write(fraction));
      download(gif, `${name}.gif`);
    } catch {
      if (this.#helper === helper) showText(this.#problem, words().gifFailed);
    }
    if (this.#helper === helper) this.stop();
  }

  #write(fraction: number | null = null): void {
    this.#button.textContent = fraction === null ? words().page.gif : words().makingGif(fraction);
  }
}
