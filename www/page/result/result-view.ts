import { element, showText } from "../dom.ts";
import { onLanguage, words } from "../words/words.ts";
import { download, posterOf } from "./downloads.ts";
import { GifButton } from "./gif-button.ts";

import { frameAt, type Made, middleOf } from "./made.ts";

/** CSS pixels of the player, unless it fills the width. */
const PLAYER_WIDTH = 360;

const button = (id: string) => element(id, HTMLButtonElement);

/** The finished video: player, what it is, and the ways to keep it. */
export class ResultView {
  readonly #title = element("result-title", HTMLElement);
  readonly #player = element("player", HTMLElement);
  readonly #loop = element("loop", HTMLInputElement);
  readonly #fullWidth = element("full-width", HTMLInputElement);
  readonly #download = element("download", HTMLAnchorElement);
  readonly #problem = element("result-problem", HTMLElement);
  readonly #gif = new GifButton(this.#problem);
  #made: Made | null = null;
  #url: string | null = null;

  constructor() {
    this.#loop.addEventListener("change", () => this.#layOut());
    this.#fullWidth.addEventListener("change", () => this.#layOut());
    button("step-back").addEventListener("click", () => this.#step(-1));
    button("step-on").addEventListener("click", () => this.#step(1));
    button("share").addEventListener("click", () => void this.#share());
    button("poster").addEventListener("click", () => void this.#poster());
    onLanguage(() => this.#write());
  }

  get shown(): boolean {
    return this.#made !== null;
  }

  show(made: Made): void {
    this.clear();
    this.#made = made;
    this.#url = URL.createObjectURL(made.blob);
    const video = document.createElement("video");
    video.controls = true;
    video.playsInline = true;
    video.src = this.#url;
    this.#player.replaceChildren(video);
    this.#download.href = this.#url;
    this.#download.download = `${made.name}.mp4`;
    this.#download.hidden = made.savedAs !== null;
    button("share").hidden = !canShare(this.#file(made));
    this.#gif.offer(made);
    this.#layOut();
    this.#write();
  }

  focus(): void {
    this.#title.focus({ preventScroll: true });
    element("stage", HTMLElement).scrollIntoView({ block: "nearest" });
  }

  /** Takes the video away and frees it: a Blob lives as long as its URL. */
  clear(): void {
    const video = this.#video;
    if (video !== null) {
      video.removeAttribute("src");
      video.load(); // lets go of the data at once, not when the element is collected
    }
    this.#player.replaceChildren();
    this.#download.removeAttribute("href");
    showText(this.#problem, null);
    this.#gif.stop();
    if (this.#url !== null) URL.revokeObjectURL(this.#url);
    this.#url = null;
    this.#made = null;
  }

  get #video(): HTMLVideoElement | null {
    const video = this.#player.firstElementChild;
    return video instanceof HTMLVideoElement ? video : null;
  }

  #layOut(): void {
    const video = this.#video;
    if (video === null || this.#made === null) return;
    const { width, height } = this.#made.stats;
    video.loop = this.#loop.checked;
    video.classList.toggle("is-full-width", this.#fullWidth.checked);
    video.width = PLAYER_WIDTH;
    video.height = Math.round((PLAYER_WIDTH * height) / width); // known before the file is, so nothing jumps
  }

  /** To the middle of the frame before or after the one that is shown. */
  #step(by: -1 | 1): void {
    const video = this.#video;
    if (video === null || this.#made === null) return;
    video.pause();
    video.currentTime = middleOf(this.#made, frameAt(this.#made, video.currentTime) + by);
  }

  async #share(): Promise<void> {
    if (this.#made === null) return;
    try {
      await navigator.share({ files: [this.#file(this.#made)] });
    } catch (error) {
      // AbortError: the visitor closed the system's dialog.
      if (!(error instanceof DOMException && error.name === "AbortError")) showText(this.#problem, words().shareFailed);
    }
  }

  async #poster(): Promise<void> {
    const video = this.#video;
    if (video === null || this.#made === null) return;
    const { name } = this.#made;
    const frame = frameAt(this.#made, video.currentTime) + 1;
    try {
      download(await posterOf(video), `${name}-${frame}.png`);
    } catch {
      showText(this.#problem, words().errors.memory); // the one reason why a canvas makes no PNG
    }
  }

  #file({ blob, name }: Made): File {
    return new File([blob], `${name}.mp4`, { type: "video/mp4" });
  }

  #write(): void {
    if (this.#made === null) return;
    const { width, height, frames, duration, bytes, elapsedSeconds, framesPerSecond, codec } = this.#made.stats;
    const { savedAs } = this.#made;
    this.#video?.setAttribute("aria-label", words().page.result);
    element("stats", HTMLElement).textContent = words().stats(width, height, frames, duration, bytes);
    element("took", HTMLElement).textContent = words().took(elapsedSeconds, framesPerSecond, codec);
    showText(element("saved", HTMLElement), savedAs === null ? null : words().saved(savedAs));
  }
}

function canShare(file: File): boolean {
  return typeof navigator.share === "function" && (navigator.canShare?.({ files: [file] }) ?? false);
}
