import { element, showText } from "../dom.ts";
import { estimateBytes } from "../model/estimate.ts";
import type { Sequence } from "../model/sequence.ts";
import { rateOptions, type Settings } from "../model/settings.ts";
import type { VideoSize } from "../model/video-size.ts";
import { onLanguage, words } from "../words/words.ts";

/** Milliseconds of quiet before a sample is encoded for the estimate. */
const QUIET = 700;

/** From so many bytes on a file is offered to be saved straight to disk. */
const LARGE = 400e6;

interface Shown {
  readonly sequence: Sequence;
  readonly settings: Settings;
  readonly size: VideoSize;
  readonly soundBytes: number;
}

/** The line beside the button: images, duration, size in pixels and about how many bytes. */
export class Summary {
  readonly #toDisk = element("to-disk", HTMLInputElement);
  #shown: Shown | null = null;
  #bytes: number | null = null;
  #timer = 0;
  #running: AbortController | null = null;
  #toDiskTouched = false;

  constructor() {
    this.#toDisk.addEventListener("change", () => {
      this.#toDiskTouched = true;
    });
    onLanguage(() => this.#write());
  }

  /** @param options.estimate false while a video is being made, which the processors are wanted for */
  show(
    sequence: Sequence,
    settings: Settings,
    size: VideoSize,
    options: { readonly estimate: boolean; readonly soundBytes: number },
  ): void {
    this.stop();
    this.#shown = { sequence, settings, size, soundBytes: options.soundBytes };
    this.#bytes = null;
    this.#write();
    if (options.estimate && sequence.length > 0) this.#timer = setTimeout(() => void this.#estimate(), QUIET);
  }

  /** Gives up an estimate that is under way. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = null;
  }

  async #estimate(): Promise<void> {
    const shown = this.#shown;
    if (shown === null) return;
    const running = new AbortController();
    this.#running = running;
    try {
      const bytes = await estimateBytes(shown.sequence, shown.settings, shown.size, running.signal);
      if (running.signal.aborted) return;
      const { maxBytes = Number.POSITIVE_INFINITY } = rateOptions(shown.settings);
      this.#bytes = bytes === null ? null : Math.min(bytes + shown.soundBytes, maxBytes);
    } catch {
      return; // an image or a setting that the encode itself will speak of
    }
    this.#write();
    if (!this.#toDiskTouched && this.#bytes !== null) this.#toDisk.checked = this.#bytes >= LARGE;
  }

  #write(): void {
    const line = element("summary", HTMLElement);
    const note = element("size-note", HTMLElement);
    if (this.#shown === null || this.#shown.sequence.length === 0) {
      line.textContent = words().chooseFirst;
      showText(note, null);
      return;
    }
    const { sequence, settings, size } = this.#shown;
    const { maxBytes } = rateOptions(settings);
    const parts = [words().images(sequence.items.length)];
    if (Number.isFinite(sequence.duration)) parts[0] = words().summary(sequence.items.length, sequence.duration);
    if (size.known && size.width > 0 && size.height > 0) parts.push(words().videoSize(size.width, size.height));
    if (this.#bytes !== null) parts.push(words().estimate(this.#bytes));
    else if (maxBytes !== undefined && Number.isFinite(maxBytes)) parts.push(words().atMost(maxBytes));
    line.textContent = words().list(parts);
    const capped = size.capped === null ? null : words().capped(size.width, size.height, size.capped);
    const large = this.#bytes !== null && this.#bytes >= LARGE ? words().large : null;
    showText(note, [capped, large].filter((text) => text !== null).join(" ") || null);
  }
}
