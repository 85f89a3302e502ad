import { element } from "../dom.ts";
import { onLanguage } from "../words/words.ts";

/** The message below the row of the image that stopped the video, with the button that leaves it out and goes on. */
export class BadImage {
  readonly root = element("bad-image", HTMLElement);
  readonly #text = element("bad-image-text", HTMLElement);
  readonly #button = element("leave-out", HTMLButtonElement);
  readonly #onChange: () => void;
  #id: number | null = null;
  #message: () => string = () => "";

  constructor(onChange: () => void, leaveOut: (id: number) => void) {
    this.#onChange = onChange;
    this.#button.addEventListener("click", () => this.#id !== null && leaveOut(this.#id));
    onLanguage(() => {
      this.#text.textContent = this.#message();
    });
  }

  get id(): number | null {
    return this.#id;
  }

  /** @param message asked again in another language */
  show(id: number, message: () => string): void {
    this.#id = id;
    this.#message = message;
    this.#text.textContent = message();
    this.root.hidden = false;
    this.#onChange();
  }

  /** Brings the message onto the screen, once its image is in view. */
  reveal(): void {
    this.root.scrollIntoView({ block: "nearest" });
  }

  clear(): void {
    this.#id = null;
    this.root.hidden = true;
    this.#onChange();
  }

  /** CSS pixels within the strip; `pointAt` is the left side of the tile that the message is about. */
  place(top: number, pointAt: number): void {
    this.root.style.top = `${top}px`;
    this.root.style.setProperty("--point-at", `${pointAt}px`);
  }
}
