import { damaged, SoundFailure } from "../failure.js";

/** Bits per second by channels: rates that the encoders of all systems take. */
const BITRATES = [0, 96_000, 160_000] as const;

/** Samples that an encoder is given at once, and pieces that may wait in it. */
const PIECE_SAMPLES = 24_000;
const MOST_WAITING = 8;

/** Silence behind the sound, so that its end comes out of an encoder that holds back. */
const TAIL_SAMPLES = 4096;

/** AAC as an encoder gives it: an `AudioSpecificConfig`, and the blocks in order. */
export interface EncodedAac {
  config: Uint8Array<ArrayBuffer>;
  chunks: Uint8Array<ArrayBuffer>[];
}

/** What is to be encoded, as an `AudioBuffer` has it. */
export interface Pcm {
  readonly length: number;
  readonly sampleRate: number;
  readonly numberOfChannels: number;
  getChannelData(channel: number): Float32Array;
}

/** The configuration of the browser's AAC encoder for one or two channels; nothing where it has none. */
export async function findEncoder(
  numberOfChannels: number,
  sampleRate: number,
): Promise<AudioEncoderConfig | undefined> {
  if (typeof AudioEncoder === "undefined") return undefined;
  const bitrate = BITRATES[numberOfChannels];
  const wanted = { codec: "mp4a.40.2", sampleRate, numberOfChannels, ...(bitrate && { bitrate }) };
  const { supported } = await AudioEncoder.isConfigSupported(wanted).catch(() => ({ supported: false }));
  return supported ? wanted : undefined;
}

export async function encodeAac(encoder: AudioEncoderConfig, sound: Pcm): Promise<EncodedAac> {
  let config: Uint8Array<ArrayBuffer> | undefined;
  let failure: unknown;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const running = new AudioEncoder({
    output(chunk, metadata) {
      config ??= bytesOf(metadata?.decoderConfig?.description);
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      chunks.push(bytes);
    },
    error(error) {
      failure = error;
    },
  });
  try {
    running.configure(encoder);
    const length = sound.length + TAIL_SAMPLES;
    for (let at = 0; at < length && !failure; at += PIECE_SAMPLES) {
      const piece = pieceOf(sound, at, Math.min(PIECE_SAMPLES, length - at));
      running.encode(piece);
      piece.close();
      while (running.encodeQueueSize > MOST_WAITING && !failure) await soon();
    }
    await running.flush();
  } catch (error) {
    failure ??= error;
  } finally {
    if (running.state !== "closed") running.close();
  }
  if (failure)
    throw new SoundFailure(
      "unsupported-audio",
      `the browser's AAC encoder failed: ${failure}. Convert it to MP3 or M4A.`,
    );
  if (!config || chunks.length === 0) throw damaged("nothing came out of the browser's AAC encoder");
  return { config, chunks };
}

/** So many samples from one on, with silence behind the end. */
function pieceOf(sound: Pcm, at: number, length: number): AudioData {
  const { numberOfChannels, sampleRate } = sound;
  const data = new Float32Array(length * numberOfChannels);
  for (let channel = 0; channel < numberOfChannels; channel++) {
    data.set(sound.getChannelData(channel).subarray(at, at + length), channel * length);
  }
  const timestamp = Math.round((at * 1e6) / sampleRate);
  return new AudioData({ format: "f32-planar", sampleRate, numberOfFrames: length, numberOfChannels, timestamp, data });
}

function bytesOf(source: AllowSharedBufferSource | undefined): Uint8Array<ArrayBuffer> | undefined {
  if (!source) return undefined;
  const view = ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
  return view.slice() as Uint8Array<ArrayBuffer>;
}

function soon(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}
