import type { ClipOptions, EncodeOptions } from "framereel";
import { element, part } from "./dom.ts";

/** What the form says, in framereel's terms. Values are not checked here: framereel does, and its messages say what to change. */
export class Settings {
  readonly form = element("settings", HTMLFormElement);
  readonly #fps = element("fps", HTMLInputElement);
  readonly #seconds = element("seconds", HTMLInputElement);
  readonly #size = element("size", HTMLSelectElement);
  readonly #width = element("width", HTMLInputElement);
  readonly #height = element("height", HTMLInputElement);
  readonly #fit = element("fit", HTMLSelectElement);
  readonly #background = element("background", HTMLInputElement);
  readonly #quality = element("quality", HTMLSelectElement);
  readonly #byFps = part(this.form, "input[name=timing][value=fps]", HTMLInputElement);

  /** `onChange` is called after every change of a value. */
  constructor(onChange: () => void) {
    this.form.addEventListener("input", () => {
      this.#showFields();
      onChange();
    });
    this.#showFields(); // a browser may restore the form of the last visit
  }

  /** Options of a clip of `count` images. */
  clip(count: number): ClipOptions {
    return {
      ...this.#timing(count),
      size: this.#wantedSize(),
      fit: this.#fit.value as NonNullable<ClipOptions["fit"]>,
      background: this.#background.value,
    };
  }

  encode(): EncodeOptions {
    return { quality: this.#quality.value as NonNullable<EncodeOptions["quality"]> };
  }

  #timing(count: number): Pick<ClipOptions, "fps" | "durations"> {
    if (this.#byFps.checked) return { fps: this.#fps.valueAsNumber };
    return { durations: new Array<number>(count).fill(this.#seconds.valueAsNumber) };
  }

  #wantedSize(): NonNullable<ClipOptions["size"]> {
    if (this.#size.value !== "custom") return this.#size.value as "first" | "largest";
    return { width: this.#width.valueAsNumber, height: this.#height.valueAsNumber };
  }

  #showFields(): void {
    element("fps-field", HTMLElement).hidden = !this.#byFps.checked;
    element("seconds-field", HTMLElement).hidden = this.#byFps.checked;
    element("custom-size", HTMLElement).hidden = this.#size.value !== "custom";
  }
}
