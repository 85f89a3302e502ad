import type { Progress } from "framereel";
import { element } from "./dom.ts";
import { progressDetail } from "./format.ts";

/** What each step is called aloud; the visible names stand in index.html. */
const SPOKEN: Record<Progress["stage"], string> = {
  loading: "Preparing.",
  encoding: "Building the video.",
  writing: "Writing the file.",
  done: "The video is ready.",
};

/** Shows which step the work is at, how far it is, and the Cancel button. */
export class ProgressView {
  readonly #make = element("make", HTMLButtonElement);
  readonly #working = element("working", HTMLElement);
  readonly #steps = Array.from(element("steps", HTMLOListElement).children) as HTMLElement[];
  readonly #barRow = element("bar-row", HTMLElement);
  readonly #bar = element("bar", HTMLProgressElement);
  readonly #detail = element("detail", HTMLElement);
  readonly #cancel = element("cancel", HTMLButtonElement);
  readonly #announce: (text: string) => void;
  #stage: Progress["stage"] | null = null;

  constructor(announce: (text: string) => void, onCancel: () => void) {
    this.#announce = announce;
    this.#cancel.addEventListener("click", onCancel);
  }

  begin(): void {
    this.#make.hidden = true;
    this.#working.hidden = false;
    this.#barRow.hidden = false;
    this.#bar.value = 0;
    this.#detail.textContent = "";
    this.#show("loading");
    this.#cancel.focus();
  }

  update(progress: Progress): void {
    this.#bar.value = progress.fraction;
    this.#detail.textContent = progressDetail(progress);
    this.#show(progress.stage);
  }

  /** The work is over: with a video the steps stay and say "Ready", without one they go. */
  end(ready: boolean): void {
    this.#make.hidden = false;
    this.#barRow.hidden = true;
    this.#working.hidden = !ready;
    if (ready) this.#show("done");
    else this.#make.focus();
    this.#stage = null;
  }

  #show(stage: Progress["stage"]): void {
    if (stage === this.#stage) return;
    this.#stage = stage;
    this.#announce(SPOKEN[stage]);
    const at = this.#steps.findIndex((step) => step.dataset.stage === stage);
    for (const [index, step] of this.#steps.entries()) {
      step.classList.toggle("is-done", index < at || stage === "done");
      if (index === at) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    }
  }
}
