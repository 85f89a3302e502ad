import { placement, type Size } from "../../shared/placement.ts";
import type { Animations } from "../animations.ts";
import { element } from "../dom.ts";
import type { Sequence } from "../model/sequence.ts";
import type { Settings } from "../model/settings.ts";
import type { Thumbnails } from "../thumbnails.ts";
import { onLanguage, words } from "../words/words.ts";
import { Bitmaps } from "./bitmaps.ts";

/** Frames that are decoded ahead of the one that plays. */
const AHEAD = 8;
/** Milliseconds that the preview stands before its picture is decoded whole: one that is only passed by is not worth it. */
const SETTLE = 150;
/** CSS pixels of the preview, at most. */
const MOST = { width: 372, height: 300 };

/** Plays the sequence at its own timing before anything is encoded: from the thumbnails, and sharp where it stands still. */
export class Preview {
  readonly #canvas = element("preview-canvas", HTMLCanvasElement);
  readonly #play = element("play", HTMLButtonElement);
  readonly #scrub = element("scrub", HTMLInputElement);
  readonly #thumbnails: Thumbnails;
  readonly #animations: Animations;
  readonly #bitmaps = new Bitmaps();
  #sequence: Sequence | null = null;
  #settings: Settings | null = null;
  #size: Size = { width: 16, height: 9 };
  #frame = 0;
  /** What is shown sharp, or is being decoded for that. */
  #sharp: string | null = null;
  /** The time at which second 0 would have been, while it plays. */
  #playing: { from: number } | null = null;

  constructor(thumbnails: Thumbnails, animations: Animations) {
    this.#thumbnails = thumbnails;
    this.#animations = animations;
    this.#play.addEventListener("click", () => (this.#playing === null ? this.#start() : this.#pause()));
    this.#scrub.addEventListener("input", () => this.#go(this.#scrub.valueAsNumber));
    thumbnails.addEventListener("known", () => this.#playing === null && this.#sharp === null && this.#draw());
    onLanguage(() => this.#showTexts());
  }

  /** Another sequence, size, fit or background. The place stays where it is, as far as there is one. */
  show(sequence: Sequence, settings: Settings, size: Size): void {
    const duration = sequence.duration;
    const playable = sequence.length > 0 && duration > 0 && Number.isFinite(duration);
    this.#sequence = playable ? sequence : null;
    this.#settings = settings;
    if (size.width > 0 && size.height > 0) this.#size = size;
    if (!playable) this.#pause();
    this.#play.disabled = !playable;
    this.#scrub.disabled = !playable;
    this.#scrub.max = String(Math.max(0, sequence.length - 1));
    this.#frame = Math.min(this.#frame, Math.max(0, sequence.length - 1));
    this.#layOut();
    this.#draw();
  }

  /** Goes to the first frame that shows the image at this place of the list, unless it plays. */
  goToImage(place: number): void {
    if (this.#playing === null && this.#sequence !== null && place >= 0) this.#go(this.#sequence.frameOf(place));
  }

  stop(): void {
    this.#pause();
  }

  #start(): void {
    if (this.#sequence === null) return;
    const last = this.#frame === this.#sequence.length - 1;
    const at = last ? 0 : this.#sequence.startOf(this.#frame);
    this.#playing = { from: performance.now() - at * 1000 };
    this.#showTexts();
    this.#tick();
  }

  #pause(): void {
    if (this.#playing === null) return;
    this.#playing = null;
    this.#draw();
  }

  #tick(): void {
    if (this.#playing === null || this.#sequence === null) return;
    const seconds = ((performance.now() - this.#playing.from) / 1000) % this.#sequence.duration;
    const frame = this.#sequence.frameAt(seconds);
    if (frame !== this.#frame) {
      this.#frame = frame;
      this.#draw();
    }
    for (let ahead = 1; ahead <= AHEAD; ahead += 1) {
      const small = this.#small((frame + ahead) % this.#sequence.length);
      if (small != null) this.#bitmaps.get(small);
    }
    requestAnimationFrame(() => this.#tick());
  }

  #go(frame: number): void {
    this.#frame = frame;
    if (this.#playing !== null && this.#sequence !== null) {
      this.#playing.from = performance.now() - this.#sequence.startOf(frame) * 1000;
    }
    this.#draw();
  }

  /** The canvas in the shape of the video, with as many pixels as the screen shows of it. */
  #layOut(): void {
    const { width, height } = this.#size;
    const scale = Math.min(MOST.width / width, MOST.height / height);
    const density = Math.min(2, devicePixelRatio);
    this.#canvas.style.width = `${Math.round(width * scale)}px`;
    this.#canvas.style.aspectRatio = `${width} / ${height}`;
    this.#canvas.width = Math.max(1, Math.round(width * scale * density));
    this.#canvas.height = Math.max(1, Math.round(height * scale * density));
  }

  #draw(): void {
    this.#sharp = null;
    delete this.#canvas.dataset.sharp;
    this.#showTexts();
    const item = this.#sequence?.itemOf(this.#frame);
    const thumbnail = item === undefined ? null : this.#thumbnails.of(item.file);
    if (item === undefined || thumbnail === null) {
      this.#blank(item?.label ?? "");
      return;
    }
    const small = this.#small(this.#frame);
    if (small == null || thumbnail === undefined) return;
    const redraw = () => this.#playing === null && this.#small(this.#frame) === small && this.#draw();
    const bitmap = this.#bitmaps.get(small, redraw);
    if (bitmap === null) return;
    this.#paint(bitmap, thumbnail);
    if (this.#playing === null) void this.#sharpen(item.file);
  }

  /** Shows the picture itself in place of its thumbnail, once it has stood still for a moment. */
  async #sharpen(file: File): Promise<void> {
    const { width, height } = this.#canvas;
    const mark = [this.#frame, width, height].join();
    this.#sharp = mark;
    await new Promise((resolve) => setTimeout(resolve, SETTLE));
    const thumbnail = this.#thumbnails.of(file);
    if (thumbnail == null || this.#sharp !== mark) return;
    // Large enough for "cover", which shows a part of it.
    const scale = Math.max(width / thumbnail.width, height / thumbnail.height);
    const wanted = { file, frame: this.#sequence?.stepOf(this.#frame) ?? null };
    const size = { width: thumbnail.width * scale, height: thumbnail.height * scale };
    // Thumbnails are shown as browsers show files, whatever the setting.
    const picture = await this.#thumbnails.sharp(wanted, size, this.#settings?.colors ?? "convert");
    if (picture === null) return;
    if (this.#sharp === mark) {
      this.#paint(picture, thumbnail);
      this.#canvas.dataset.sharp = "";
    }
    picture.close();
  }

  #paint(bitmap: ImageBitmap, natural: Size): void {
    const context = this.#blank("");
    const { x, y, width, height } = placement(this.#settings?.fit ?? "contain", natural, this.#canvas);
    if (context !== undefined) context.drawImage(bitmap, x, y, width, height);
  }

  /** The background alone, with a word where there is no picture to be had. */
  #blank(text: string): CanvasRenderingContext2D | undefined {
    const context = this.#canvas.getContext("2d") ?? undefined;
    if (context === undefined) return undefined;
    const { width, height } = this.#canvas;
    context.fillStyle = this.#settings?.background ?? "#000000";
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = "high";
    context.fillStyle = "#9aa3a0";
    context.font = `${Math.round(width / 24)}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.fillText(text, width / 2, height / 2, width * 0.9);
    return context;
  }

  /** The small copy of what a frame shows; undefined: not there yet, null: the browser cannot decode it. */
  #small(frame: number): Blob | null | undefined {
    const item = this.#sequence?.itemOf(frame);
    if (item === undefined) return undefined;
    const step = this.#sequence?.stepOf(frame) ?? null;
    if (step !== null) return this.#animations.of(item.file)?.[step]?.small;
    const thumbnail = this.#thumbnails.of(item.file);
    return thumbnail == null ? thumbnail : thumbnail.small;
  }

  #showTexts(): void {
    const sequence = this.#sequence;
    const item = sequence?.itemOf(this.#frame);
    const length = sequence?.length ?? 0;
    this.#scrub.value = String(this.#frame);
    const counter = words().frameCounter(length === 0 ? 0 : this.#frame + 1, length);
    this.#scrub.setAttribute("aria-valuetext", counter);
    element("frame-counter", HTMLElement).textContent = counter;
    element("preview-time", HTMLElement).textContent = words().timeOf(
      sequence?.startOf(this.#frame) ?? 0,
      sequence?.duration ?? 0,
    );
    this.#canvas.setAttribute("aria-label", words().previewOf(item?.label ?? ""));
    this.#play.setAttribute("aria-label", this.#playing === null ? words().page.play : words().page.pause);
    this.#play.title = this.#play.getAttribute("aria-label") ?? "";
    this.#play.classList.toggle("is-playing", this.#playing !== null);
  }
}
