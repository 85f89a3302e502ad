import { Scope } from "../concurrency/scope.js";
import type { EncodeResult, EncodeStats } from "../model/options.js";
import type { CheckedEncode } from "../options/encode-options.js";
import { SinkWriter } from "../output/stream.js";
import { ClipSource, type Sequence } from "./clip-source.js";
import { type Encoded, encode } from "./encode.js";

/** Encodes a clip into a Blob. */
export async function encodeToBlob(sequence: Sequence, options: CheckedEncode): Promise<EncodeResult> {
  const { stats, blob } = await encodeClip(sequence, options);
  return { blob: blob as Blob, stats };
}

/** Encodes a clip into a stream, which is closed at the end, or aborted with the reason of a failure. */
export async function encodeToSink(
  sequence: Sequence,
  options: CheckedEncode,
  sink: WritableStream<Uint8Array>,
): Promise<EncodeStats> {
  return (await encodeClip(sequence, options, new SinkWriter(sink))).stats;
}

function encodeClip(sequence: Sequence, options: CheckedEncode, writer?: SinkWriter): Promise<Encoded> {
  const scope = new Scope(options.signal);
  const source = new ClipSource(sequence, options, scope.signal);
  return encode({ source, options, scope, ...(writer && { writer }) });
}
