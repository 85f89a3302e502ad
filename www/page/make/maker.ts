import { element, showText } from "../dom.ts";
import type { Item } from "../model/image-list.ts";
import { clipOf, type Sequence } from "../model/sequence.ts";
import { encodeOptions, type Settings } from "../model/settings.ts";
import type { VideoSize } from "../model/video-size.ts";
import { fileName } from "../result/file-name.ts";
import type { ResultView } from "../result/result-view.ts";
import { onLanguage, words } from "../words/words.ts";
import { canSaveToDisk, chooseFile, encodeToFile } from "./disk.ts";
import { type Failure, failureOf } from "./failure.ts";
import { ProgressView } from "./progress-view.ts";

/** What a video is made of, as it stood when the button was pressed; the page may change meanwhile. */
export interface Order {
  readonly items: readonly Item[];
  readonly settings: Settings;
  readonly sequence: Sequence;
  readonly size: Promise<VideoSize>;
  readonly music: File | null;
}

/** Makes the video, one at a time, and says how far it is, that it is done, or why not. */
export class Maker {
  readonly #problem = element("problem", HTMLElement);
  readonly #problemText = element("problem-text", HTMLElement);
  readonly #details = element("problem-details", HTMLDetailsElement);
  readonly #cancelled = element("cancelled", HTMLElement);
  readonly #toDisk = element("to-disk", HTMLInputElement);
  readonly #progress: ProgressView;
  readonly #result: ResultView;
  readonly #announce: (text: string) => void;
  readonly #onFailure: (failure: Failure, order: Order) => (() => string) | null;
  #job: AbortController | null = null;
  #message: (() => string) | null = null;

  /** @param onFailure shows a failure beside what it is about, and gives what is left to say beside the button, or null */
  constructor(
    result: ResultView,
    announce: (text: string) => void,
    onFailure: (failure: Failure, order: Order) => (() => string) | null,
  ) {
    this.#result = result;
    this.#announce = announce;
    this.#onFailure = onFailure;
    this.#progress = new ProgressView(announce, () => this.#job?.abort());
    element("to-disk-field", HTMLElement).hidden = !canSaveToDisk();
    addEventListener("beforeunload", (event) => this.#job !== null && event.preventDefault());
    onLanguage(() => this.#say(this.#message));
  }

  get busy(): boolean {
    return this.#job !== null;
  }

  /** True if there is a video at the end. Never rejects: failures are shown. Call it within the click, for the file dialog. */
  async make(order: Order): Promise<boolean> {
    const job = new AbortController();
    this.#job = job;
    this.#cancelled.hidden = true;
    this.#say(null);
    const name = fileName(order.items);
    let ready = false;
    try {
      let handle: FileSystemFileHandle | null = null;
      if (canSaveToDisk() && this.#toDisk.checked) {
        handle = await chooseFile(`${name}.mp4`);
        if (handle === null) return false;
      }
      this.#result.clear();
      this.#progress.begin();
      const clip = clipOf(order.items, order.settings, (await order.size).option);
      job.signal.throwIfAborted();
      const options = {
        ...encodeOptions(order.settings),
        ...(order.music !== null && { audio: { source: order.music, loop: true } }),
        signal: job.signal,
        onProgress: (at: Parameters<ProgressView["update"]>[0]) => this.#progress.update(at),
      };
      const made = handle === null ? await clip.encode(options) : await encodeToFile(clip, handle, options);
      ready = true;
      this.#progress.end(true);
      const { sequence, settings } = order;
      this.#result.show({ ...made, sequence, settings, name, savedAs: handle?.name ?? null });
      return true;
    } catch (error) {
      if (!ready) this.#progress.end(false);
      if (job.signal.aborted) {
        this.#cancelled.hidden = false;
        this.#announce(words().page.cancelled);
      } else this.#fail(failureOf(error), order);
      return false;
    } finally {
      this.#job = null;
    }
  }

  #fail(failure: Failure, order: Order): void {
    this.#say(this.#onFailure(failure, order));
    this.#details.hidden = failure.details === null;
    element("problem-said", HTMLElement).textContent = failure.details;
  }

  #say(message: (() => string) | null): void {
    this.#message = message;
    this.#problem.hidden = message === null;
    showText(this.#problemText, message?.() ?? null);
  }
}
