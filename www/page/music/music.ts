import { element, showText } from "../dom.ts";
import type { Sequence } from "../model/sequence.ts";
import type { Settings } from "../model/settings.ts";
import { onLanguage, words } from "../words/words.ts";
import { secondsOfSound } from "./seconds-of-sound.ts";

/** The music beside the images, and how long the video is for it. Emits "change". */
export class Music extends EventTarget {
  readonly #input = element("music-file", HTMLInputElement);
  readonly #name = element("music-name", HTMLElement);
  readonly #remove = element("remove-music", HTMLButtonElement);
  #file: File | null = null;
  /** null: not known, or not yet. */
  #seconds: number | null = null;

  constructor() {
    super();
    this.#input.addEventListener("change", () => {
      const [file] = this.#input.files ?? [];
      this.#input.value = ""; // so that picking the same file again is a change again
      if (file !== undefined) void this.#take(file);
    });
    this.#remove.addEventListener("click", () => {
      this.#input.focus(); // the button that had the focus is gone
      void this.#take(null);
    });
    onLanguage(() => this.#show());
  }

  get file(): File | null {
    return this.#file;
  }

  /**
   * The settings with which the video is as long as the music, where that is wanted: all images that have no seconds of their
   * own are shown equally long.
   */
  fitted(settings: Settings, sequenceFor: (settings: Settings) => Sequence): Settings {
    if (settings.musicLength !== "music" || this.#seconds === null) return settings;
    const seconds = (each: number): Settings => ({ ...settings, timing: "seconds", seconds: each });
    // A video's length grows evenly with the seconds of such images.
    const fixed = sequenceFor(seconds(0)).duration;
    const images = sequenceFor(seconds(1)).duration - fixed;
    const left = this.#seconds - fixed;
    return images > 0 && left > 0 ? seconds(left / images) : settings;
  }

  /** Bytes of the music in a video of so many seconds, about: it is copied as it is. */
  bytesFor(seconds: number): number {
    if (this.#file === null || this.#seconds === null) return 0;
    return (this.#file.size * seconds) / this.#seconds;
  }

  async #take(file: File | null): Promise<void> {
    this.#file = file;
    this.#seconds = null;
    this.#changed();
    if (file === null) return;
    const seconds = await secondsOfSound(file);
    if (this.#file !== file) return;
    this.#seconds = seconds;
    this.#changed();
  }

  #changed(): void {
    this.#show();
    this.dispatchEvent(new Event("change"));
  }

  #show(): void {
    const label = this.#file === null ? null : words().music(this.#file.name, this.#seconds);
    showText(this.#name, label);
    this.#name.title = label ?? "";
    this.#remove.hidden = this.#file === null;
    element("music-length", HTMLElement).hidden = this.#seconds === null;
  }
}
