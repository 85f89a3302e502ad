import { orAborted } from "../../concurrency/or-aborted.js";
import { FramereelError } from "../../model/errors.js";
import { asFailure } from "../../model/image-error.js";
import type { CheckedAudio } from "../../options/sound-options.js";
import { nameOf } from "../../options/source-kind.js";
import type { Soundtrack } from "../../protocol/soundtrack.js";
import { fetchFile, fileOf, isAddress } from "./source-file.js";

/** Opens the soundtrack that an encode was asked for. Bytes are copied before this returns. */
export async function openSoundtrack(
  audio: CheckedAudio | undefined,
  signal: AbortSignal,
): Promise<Soundtrack | undefined> {
  if (!audio) return undefined;
  try {
    // Decoding a long sound cannot be stopped, but nobody has to wait for it.
    return await orAborted(open(audio, signal), signal);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw soundError(error, nameOf(audio.source));
  }
}

async function open({ source, offset, loop }: CheckedAudio, signal: AbortSignal): Promise<Soundtrack> {
  const file = isAddress(source) ? fetchFile(source, signal, "corrupt-audio") : fileOf(source);
  const [room, bytes] = await Promise.all([loadSound(), file]);
  return room.openSoundtrack(bytes, { offset, loop });
}

/** The room that knows sound: a file of its own, so that silent videos do not pay for it. */
async function loadSound(): Promise<typeof import("../../sound/open.js")> {
  try {
    return await import("../../sound/open.js");
  } catch (cause) {
    throw new FramereelError(
      "load",
      'framereel\'s sound.js could not be loaded. Deploy it beside the script that imports it, or import from "framereel/inline".',
      { cause },
    );
  }
}

/** "audio (song.ogg): ..."; what concerns an option or the deployment speaks for itself. */
function soundError(error: unknown, name: string | undefined): FramereelError {
  const { code, message, cause } = asFailure(error);
  const isSound = code === "unsupported-audio" || code === "corrupt-audio" || code === "internal";
  const text = isSound ? `audio${name ? ` (${name})` : ""}: ${message}` : message;
  return new FramereelError(code, text, { cause });
}
