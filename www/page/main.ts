import { Animations } from "./animations.ts";
import { element, showText } from "./dom.ts";
import { takeImagesIn } from "./intake/intake.ts";
import type { Failure } from "./make/failure.ts";
import { Maker, type Order } from "./make/maker.ts";
import { SettingsForm } from "./make/settings-form.ts";
import { Summary } from "./make/summary.ts";
import { firstSize } from "./model/first-size.ts";
import { ImageList, type Item } from "./model/image-list.ts";
import { Selection } from "./model/selection.ts";
import { Sequence } from "./model/sequence.ts";
import type { Settings } from "./model/settings.ts";
import { videoSize } from "./model/video-size.ts";
import { Music } from "./music/music.ts";
import { keepForOffline } from "./offline.ts";
import { Preview } from "./preview/preview.ts";
import { ResultView } from "./result/result-view.ts";
import { Stage } from "./stage.ts";
import { Arranging } from "./strip/arranging.ts";
import { Drag } from "./strip/drag.ts";
import { makeSelectable } from "./strip/keys.ts";
import { ListHead } from "./strip/list-head.ts";
import { Strip } from "./strip/strip.ts";
import { TakenDates } from "./taken-dates.ts";
import { Thumbnails } from "./thumbnails.ts";
import { onLanguage, startLanguage, words } from "./words/words.ts";

const announce = (text: string) => showText(element("announcer", HTMLElement), text);
const makeButton = element("make", HTMLButtonElement);

const dates = new TakenDates();
const list = new ImageList((file) => dates.of(file));
const selection = new Selection(list);
const thumbnails = new Thumbnails();
const strip = new Strip(list, selection, thumbnails, leaveOut);
const arranging = new Arranging(strip, list, selection, announce);
const settings = new SettingsForm();
const music = new Music();
const animations = new Animations();
const preview = new Preview(thumbnails, animations);
const summary = new Summary();
const result = new ResultView();
const stage = new Stage(preview);
const maker = new Maker(result, announce, showFailure);

takeImagesIn((files) => void takeIn(files));
makeSelectable(strip, list, selection, arranging);
new Drag(strip, selection, arranging);
new ListHead(list, selection, arranging, dates);

list.addEventListener("change", () => {
  strip.badImage.clear();
  showList();
});
settings.addEventListener("change", showVideo);
music.addEventListener("change", showVideo);
settings.form.addEventListener("submit", (event) => {
  event.preventDefault();
  void make();
});
/** The image that the preview last followed the keyboard or a click to. */
let followed: number | null = null;
selection.addEventListener("change", () => {
  if (selection.current === followed) return;
  followed = selection.current;
  preview.goToImage(list.indexOf(followed ?? Number.NaN));
});
/** The first image whose size is known and shown: another first image may make another video. */
let knownFirst: File | undefined;
animations.addEventListener("known", showVideo);
thumbnails.addEventListener("known", () => {
  wantFrames();
  const first = list.items[0]?.file;
  if (first === undefined || first === knownFirst || thumbnails.of(first) === undefined) return;
  knownFirst = first;
  showVideo();
});
onLanguage(showMakeButton);
onLanguage(wantFrames);
element("use-frames", HTMLButtonElement).addEventListener("click", () => {
  settings.choose("animated", "expand");
  makeButton.focus(); // the button that had the focus is gone
});
startLanguage();
showList();
void keepForOffline().catch((error: unknown) => console.warn("framereel: not available offline:", error));

async function takeIn(files: Parameters<ImageList["add"]>[0]): Promise<void> {
  if (list.order === "taken") await dates.read(files.map(({ file }) => file));
  list.add(files);
}

/** Makes the video of the images and settings as they are now. */
async function make(): Promise<void> {
  if (maker.busy || list.items.length === 0 || !settings.check()) return;
  const { items } = list;
  const values = valuesFor(items);
  const [first] = items;
  if (first === undefined) return;
  summary.stop();
  preview.stop();
  strip.badImage.clear();
  stage.videoGone();
  thumbnails.paused = true;
  const size = firstSize(first.file, thumbnails).then((known) => videoSize(values, known));
  const ready = await maker.make({
    items,
    settings: values,
    sequence: sequenceOf(items, values),
    size,
    music: music.file,
  });
  thumbnails.paused = false;
  showMakeButton();
  if (result.shown) stage.videoHere(); // the last one, where the visitor left the file dialog
  if (ready) result.focus();
}

/** Takes the image that stopped the video out and goes on. */
function leaveOut(id: number): void {
  list.remove(new Set([id]));
  makeButton.focus();
  void make();
}

/** Shows a failure beside what it is about; what is left to say beside the button. */
function showFailure(failure: Failure, order: Order): (() => string) | null {
  if (failure.setting !== null) {
    settings.blame(failure.setting, failure.text);
    return null;
  }
  if (failure.imageIndex === null) return failure.text;
  const place = order.sequence.placeOf(failure.imageIndex);
  const item = order.items[place];
  if (item === undefined || list.indexOf(item.id) < 0) return failure.text;
  strip.badImage.show(item.id, failure.text);
  strip.reveal(item.id);
  strip.badImage.reveal();
  return () => words().stopped(place + 1, item.label);
}

/** Brings everything that shows images up to date. */
function showList(): void {
  const none = list.items.length === 0;
  element("drop", HTMLElement).classList.toggle("is-small", !none);
  element("strip-scroller", HTMLElement).hidden = none;
  makeButton.disabled = none;
  knownFirst = undefined;
  stage.images = !none;
  showVideo();
  strip.render();
}

/** Brings everything that speaks of the video to come up to date. */
function showVideo(): void {
  const values = valuesFor(list.items);
  const first = list.items[0];
  const known = first === undefined ? null : (thumbnails.of(first.file) ?? null);
  wantFrames();
  const sequence = sequenceOf(list.items, values);
  const size = videoSize(values, known);
  preview.show(sequence, values, size);
  summary.show(sequence, values, size, { estimate: !maker.busy, soundBytes: music.bytesFor(sequence.duration) });
}

/** The settings as the music changes them. */
function valuesFor(items: readonly Item[]): Settings {
  return music.fitted(settings.values, (values) => sequenceOf(items, values));
}

function sequenceOf(items: readonly Item[], values: Settings): Sequence {
  return new Sequence(items, values, (file) => animations.of(file));
}

/** Asks for the frames of animations where they all are shown; says that there are any where they are not. */
function wantFrames(): void {
  const moving = list.items.map(({ file }) => file).filter((file) => (thumbnails.of(file)?.frames ?? 1) > 1);
  const all = settings.values.animated === "expand";
  animations.want(all ? moving : []);
  element("animated-note", HTMLElement).hidden = all || moving.length === 0;
  element("animated-text", HTMLElement).textContent = words().animated(moving.length);
}

function showMakeButton(): void {
  makeButton.textContent = result.shown ? words().page.makeAgain : words().page.make;
}
