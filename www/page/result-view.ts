import type { EncodeResult } from "framereel";
import { element } from "./dom.ts";
import { statsLine } from "./format.ts";

/** CSS pixels, as in the notebook of the reference: `clip.ipython_display(width=360)`. */
const PLAYER_WIDTH = 360;

/** Name of the file in the user's download folder. */
const FILE_NAME = "framereel.mp4";

/** The finished video: player, what it is, and the way to keep it. */
export class ResultView {
  readonly #root = element("result", HTMLElement);
  readonly #title = element("result-title", HTMLElement);
  readonly #player = element("player", HTMLElement);
  readonly #stats = element("stats", HTMLElement);
  readonly #keep = element("keep", HTMLElement);
  #url: string | null = null;

  show({ blob, stats }: EncodeResult): void {
    this.clear();
    this.#url = URL.createObjectURL(blob);
    const video = document.createElement("video");
    video.controls = true;
    video.playsInline = true;
    video.width = PLAYER_WIDTH;
    video.height = Math.round((PLAYER_WIDTH * stats.height) / stats.width); // known before the file is, so nothing jumps
    video.src = this.#url;
    video.setAttribute("aria-label", "Your video");
    this.#player.replaceChildren(video);
    this.#stats.textContent = statsLine(stats);
    this.#keep.replaceChildren(downloadLink(this.#url));
    this.#root.hidden = false;
    this.#title.focus({ preventScroll: true });
    this.#root.scrollIntoView({ block: "nearest" });
  }

  /** Takes the video away and frees it: a Blob lives as long as its URL. */
  clear(): void {
    this.#root.hidden = true;
    const video = this.#player.firstElementChild;
    if (video instanceof HTMLVideoElement) {
      video.removeAttribute("src");
      video.load(); // lets go of the data at once, not when the element is collected
    }
    this.#player.replaceChildren();
    this.#keep.replaceChildren();
    if (this.#url !== null) URL.revokeObjectURL(this.#url);
    this.#url = null;
  }
}

function downloadLink(url: string): HTMLAnchorElement {
  const link = document.createElement("a");
  link.className = "button primary";
  link.href = url;
  link.download = FILE_NAME;
  link.textContent = "Download";
  return link;
}
