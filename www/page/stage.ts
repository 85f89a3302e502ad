import { element, part } from "./dom.ts";
import type { Preview } from "./preview/preview.ts";

/** The place of the moving picture: the preview, and once there is a video, a switch between the two. */
export class Stage {
  readonly #root = element("stage", HTMLElement);
  readonly #switch = element("stage-switch", HTMLElement);
  readonly #byVideo = part(this.#switch, "input[value=video]", HTMLInputElement);
  readonly #byPreview = part(this.#switch, "input[value=preview]", HTMLInputElement);
  readonly #preview: Preview;
  #images = false;
  #video = false;

  constructor(preview: Preview) {
    this.#preview = preview;
    this.#switch.addEventListener("change", () => this.#show());
  }

  /** Whether there are images to preview. */
  set images(images: boolean) {
    this.#images = images;
    if (!images && this.#video) this.#byVideo.checked = true;
    this.#show();
  }

  videoHere(): void {
    this.#video = true;
    this.#byVideo.checked = true;
    this.#show();
  }

  videoGone(): void {
    this.#video = false;
    this.#byPreview.checked = true;
    this.#show();
  }

  #show(): void {
    const showsVideo = this.#video && this.#byVideo.checked;
    this.#root.hidden = !this.#images && !this.#video;
    this.#switch.hidden = !this.#images || !this.#video;
    element("preview", HTMLElement).hidden = showsVideo;
    element("result", HTMLElement).hidden = !showsVideo;
    if (showsVideo) this.#preview.stop();
    else document.querySelector("video")?.pause();
  }
}
