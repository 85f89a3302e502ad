import type { Soundtrack } from "../protocol/soundtrack.js";
import { convertedSound } from "./convert/convert.js";
import { damaged } from "./failure.js";
import { LaidSound, type Laying } from "./lay/laid-sound.js";
import { checkPlausible } from "./plausible.js";
import { readAdts } from "./read/adts.js";
import { ascii, FileBytes } from "./read/file-bytes.js";
import { readMp3 } from "./read/mp3.js";
import { readMp4 } from "./read/mp4.js";
import { soundBetweenTags } from "./read/tags.js";
import type { Sound } from "./sound.js";

/** Types of the first box of an MP4 or MOV file. */
const FIRST_BOXES = ["ftyp", "moov", "mdat", "free", "skip", "wide", "pnot"];

/** A sound file as a soundtrack. Rejects with a `SoundFailure`. */
export async function openSoundtrack(file: Blob, laying: Laying): Promise<Soundtrack> {
  const sound = await readSound(file);
  checkPlausible(sound);
  return new LaidSound(sound, laying);
}

async function readSound(file: Blob): Promise<Sound> {
  return (await copied(new FileBytes(file))) ?? convertedSound(file);
}

/** The sound as it is, where it is of a kind that an MP4 holds and players know. */
async function copied(file: FileBytes): Promise<Sound | undefined> {
  if (file.size === 0) throw damaged("it is empty");
  if (FIRST_BOXES.includes(ascii(await file.read(0, 8), 4, 4))) return readMp4(file);
  const bounds = await soundBetweenTags(file);
  return (await readAdts(file, bounds)) ?? (await readMp3(file, bounds));
}
