import { encodeAac, type Pcm } from "./aac-encoder.js";

/** What encoders of AAC put in front at least: one block. */
const LEAST_DELAY = 1024;

/** A click at this sample of a short silence. */
const CLICK_AT = 9600;
const LENGTH = 19_200;

/**
 * Samples that an encoder puts in front of the sound. None says so, and each system's has its own number: a click is sent through
 * it and looked for behind the decoder.
 */
export async function encoderDelay(encoder: AudioEncoderConfig): Promise<number> {
  if (typeof AudioDecoder === "undefined") return LEAST_DELAY;
  const { config, chunks } = await encodeAac(encoder, clickOf(encoder));
  let loudest = { at: LEAST_DELAY + CLICK_AT, level: 0 };
  let decoded = 0;
  const decoder = new AudioDecoder({
    output(data) {
      const samples = new Float32Array(data.numberOfFrames);
      data.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
      for (const [index, sample] of samples.entries()) {
        if (Math.abs(sample) > loudest.level) loudest = { at: decoded + index, level: Math.abs(sample) };
      }
      decoded += data.numberOfFrames;
      data.close();
    },
    // What cannot be measured is taken to be usual.
    error() {},
  });
  try {
    const { codec, sampleRate, numberOfChannels } = encoder;
    decoder.configure({ codec, sampleRate, numberOfChannels, description: config });
    for (const [index, data] of chunks.entries()) {
      const timestamp = Math.round((index * LEAST_DELAY * 1e6) / sampleRate);
      decoder.decode(new EncodedAudioChunk({ type: "key", timestamp, data }));
    }
    await decoder.flush();
  } catch {
    return LEAST_DELAY;
  } finally {
    if (decoder.state !== "closed") decoder.close();
  }
  return Math.max(0, loudest.at - CLICK_AT);
}

/** A cosine with a soft beginning and end, loudest in its middle, as short as an encoder keeps in place. */
function clickOf({ sampleRate, numberOfChannels }: AudioEncoderConfig): Pcm {
  const samples = new Float32Array(LENGTH);
  const half = Math.round(sampleRate / 1000);
  for (let at = -half; at <= half; at++) {
    samples[CLICK_AT + at] =
      0.8 * Math.cos((Math.PI * at) / (2 * half)) ** 2 * Math.cos((2 * Math.PI * 2000 * at) / sampleRate);
  }
  return { length: LENGTH, sampleRate, numberOfChannels, getChannelData: () => samples };
}
