import type { Progress } from "framereel";
import { element } from "../dom.ts";
import { onLanguage, words } from "../words/words.ts";

/** Shows which step the work is at, how far it is, here and in the tab's title, and the Cancel button. */
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
  #last: Progress | null = null;

  constructor(announce: (text: string) => void, onCancel: () => void) {
    this.#announce = announce;
    this.#cancel.addEventListener("click", onCancel);
    onLanguage(() => this.#last !== null && this.update(this.#last));
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
    this.#last = progress;
    this.#bar.value = progress.fraction;
    this.#detail.textContent = detail(progress);
    document.title = `${Math.floor(progress.fraction * 100)} % · framereel`;
    this.#show(progress.stage);
  }

  /** The work is over: with a video the steps stay and say "Ready", without one they go. */
  end(ready: boolean): void {
    this.#make.hidden = false;
    this.#barRow.hidden = true;
    this.#working.hidden = !ready;
    if (ready) this.#show("done");
    else this.#make.focus();
    document.title = words().title;
    this.#stage = null;
    this.#last = null;
  }

  #show(stage: Progress["stage"]): void {
    if (stage === this.#stage) return;
    this.#stage = stage;
    this.#announce(words().spoken[stage]);
    const at = this.#steps.findIndex((step) => step.dataset.stage === stage);
    for (const [index, step] of this.#steps.entries()) {
      step.classList.toggle("is-done", index < at || stage === "done");
      if (index === at) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    }
  }
}

/** Frames done of all, frames per second, and the remaining time once it is known. */
function detail({ done, total, stage, framesPerSecond, etaSeconds }: Progress): string {
  const parts = [words().frames(done, total)];
  if (stage === "encoding" && done > 0) parts.push(words().perSecond(framesPerSecond));
  if (stage === "encoding" && etaSeconds !== null) parts.push(words().left(etaSeconds));
  return words().list(parts);
}
