import { FramereelError, ImageSequenceClip } from "framereel";
import { element, showText } from "./dom.ts";
import { imageCount, seconds } from "./format.ts";
import { ImageList, type Picked } from "./image-list.ts";
import { takeImagesIn } from "./intake.ts";
import { keepForOffline } from "./offline.ts";
import { ProgressView } from "./progress-view.ts";
import { makeReorderable } from "./reorder.ts";
import { ResultView } from "./result-view.ts";
import { Settings } from "./settings.ts";
import { Strip } from "./strip.ts";

const announcer = element("announcer", HTMLElement);
const problem = element("problem", HTMLElement);
const cancelled = element("cancelled", HTMLElement);
const announce = (text: string) => {
  announcer.textContent = text;
};

const list = new ImageList();
const strip = new Strip(list, announce);
const settings = new Settings(showSummary);
const result = new ResultView();
/** The encode under way. */
let job: AbortController | null = null;
const progress = new ProgressView(announce, () => job?.abort());

takeImagesIn((files) => list.add(files));
makeReorderable(strip, list);
list.addEventListener("change", showList);
element("sort", HTMLButtonElement).addEventListener("click", () => list.sort());
element("clear", HTMLButtonElement).addEventListener("click", () => {
  list.clear();
  element("files", HTMLInputElement).focus();
});
settings.form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (job === null && list.items.length > 0) void makeVideo(list.items);
});
addEventListener("beforeunload", (event) => job !== null && event.preventDefault());
showList();
void keepForOffline().catch((error: unknown) => console.warn("framereel: not available offline:", error));

/** Encodes the images as they are now; the list may change meanwhile. Never rejects: failures are shown. */
async function makeVideo(items: readonly Picked[]): Promise<void> {
  job = new AbortController();
  const { signal } = job;
  strip.clearErrors();
  showText(problem, null);
  cancelled.hidden = true;
  result.clear();
  progress.begin();
  let ready = false;
  try {
    const clip = new ImageSequenceClip(files(items), settings.clip(items.length));
    const made = await clip.encode({ ...settings.encode(), signal, onProgress: (at) => progress.update(at) });
    ready = true;
    progress.end(ready);
    result.show(made);
  } catch (error) {
    if (!ready) progress.end(ready);
    if (signal.aborted) {
      cancelled.hidden = false;
      announce("Cancelled.");
    } else showFailure(error, items);
  } finally {
    job = null;
  }
}

/** Shows a failure next to the image it is about, and otherwise beside the button. */
function showFailure(error: unknown, items: readonly Picked[]): void {
  const message = error instanceof Error ? error.message : String(error);
  const index = error instanceof FramereelError ? error.imageIndex : undefined;
  const item = index === undefined ? undefined : items[index];
  const nextToIt = item !== undefined && strip.showError(item.id, message);
  showText(
    problem,
    nextToIt
      ? `Image ${items.indexOf(item) + 1}, ${item.name}, stopped the video. The reason stands next to it.`
      : message,
  );
}

/** Brings everything that counts images up to date. */
function showList(): void {
  const count = list.items.length;
  element("count", HTMLElement).textContent = imageCount(count);
  showText(element("order", HTMLElement), count < 2 ? null : list.arranged ? "in your order" : "in order of name");
  element("drag-hint", HTMLElement).hidden = count < 2 || list.arranged;
  element("sort", HTMLElement).hidden = !list.arranged;
  element("list-head", HTMLElement).hidden = count === 0;
  element("drop", HTMLElement).classList.toggle("is-small", count > 0);
  element("make", HTMLButtonElement).disabled = count === 0;
  showSummary();
}

/** How long the video will be. What framereel refuses gets its message on the button press, not while the user types. */
function showSummary(): void {
  const count = list.items.length;
  let text = "Choose images first.";
  if (count > 0) {
    try {
      const clip = new ImageSequenceClip(files(list.items), settings.clip(count));
      text = `${imageCount(count)}, ${seconds(clip.duration)}`;
    } catch {
      text = imageCount(count);
    }
  }
  element("summary", HTMLElement).textContent = text;
}

function files(items: readonly Picked[]): File[] {
  return items.map((item) => item.file);
}
