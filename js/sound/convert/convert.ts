import { damaged, SoundFailure } from "../failure.js";
import { readAacConfig } from "../read/audio-specific-config.js";
import { bytesOf } from "../read/file-bytes.js";
import { AAC_PREROLL, OBJECT_TYPE, type Sound } from "../sound.js";
import { type EncodedAac, encodeAac, findEncoder } from "./aac-encoder.js";
import { encoderDelay } from "./encoder-delay.js";

/** Hertz that everything is converted to: every encoder takes it. */
const SAMPLE_RATE = 48_000;

/** Samples of each channel in a block of AAC. */
const BLOCK_SAMPLES = 1024;

/** Bytes of a file that is decoded as a whole, and takes several times as many then. */
const MAX_BYTES = 2 ** 28;

const ADVICE = "Convert it to MP3 or M4A, which work everywhere.";

/** Sound of any other kind that the browser knows, decoded and encoded as AAC by the browser. */
export async function convertedSound(file: Blob): Promise<Sound> {
  if (typeof OfflineAudioContext === "undefined") {
    throw new SoundFailure(
      "unsupported-audio",
      `it is neither AAC nor MP3, and only a page can decode others. ${ADVICE}`,
    );
  }
  if (file.size > MAX_BYTES) {
    const most = `${MAX_BYTES / 2 ** 20} MiB`;
    throw new SoundFailure("limit", `audio: a file that is to be converted may have ${most} at most. ${ADVICE}`);
  }
  const decoded = await stereo(await decode(file));
  const encoder = await findEncoder(decoded.numberOfChannels, SAMPLE_RATE);
  if (!encoder) {
    throw new SoundFailure(
      "unsupported-audio",
      `it is neither AAC nor MP3, and this browser has no AAC encoder to convert it with. ${ADVICE}`,
    );
  }
  const delay = await encoderDelay(encoder);
  const encoded = await encodeAac(encoder, decoded);
  return soundOf(encoded, decoded, delay);
}

function soundOf({ config, chunks }: EncodedAac, decoded: AudioBuffer, delay: number): Sound {
  const total = chunks.length * BLOCK_SAMPLES;
  return {
    codec: `mp4a.40.${readAacConfig(config)?.objectType ?? 2}`,
    objectType: OBJECT_TYPE.aac,
    config,
    channels: decoded.numberOfChannels,
    sampleRate: SAMPLE_RATE,
    timescale: SAMPLE_RATE,
    sizes: Uint32Array.from(chunks, ({ byteLength }) => byteLength),
    ticks: Uint32Array.of(BLOCK_SAMPLES),
    data: new Blob(chunks),
    heard: [{ from: Math.min(delay, total - 1), to: Math.min(delay + decoded.length, total) }],
    preroll: AAC_PREROLL,
  };
}

/** Kinds that every browser decodes: where one fails, the file is damaged rather than foreign. */
const KNOWN_KINDS = [/^RIFF....WAVE/s, /^OggS/, /^fLaC/, /^ID3/];

async function decode(file: Blob): Promise<AudioBuffer> {
  const bytes = await bytesOf(file);
  const start = String.fromCharCode(...new Uint8Array(bytes, 0, Math.min(12, bytes.byteLength)));
  try {
    const decoded = await new OfflineAudioContext(1, 1, SAMPLE_RATE).decodeAudioData(bytes);
    if (decoded.length > 0) return decoded;
  } catch (cause) {
    if (!KNOWN_KINDS.some((kind) => kind.test(start))) {
      throw new SoundFailure("unsupported-audio", `it is no sound that this browser can read. ${ADVICE}`, cause);
    }
  }
  throw damaged("the browser cannot decode it");
}

/** One or two channels: more are mixed down by the browser's own rules. */
async function stereo(sound: AudioBuffer): Promise<AudioBuffer> {
  if (sound.numberOfChannels <= 2) return sound;
  const context = new OfflineAudioContext(2, sound.length, SAMPLE_RATE);
  const source = context.createBufferSource();
  source.buffer = sound;
  source.connect(context.destination);
  source.start();
  return context.startRendering();
}
