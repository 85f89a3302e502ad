import { freeBuffer } from "../model/free-buffer.js";
import type { Timeline } from "../model/timeline.js";
import type { GroupSamples, Muxer } from "./mux.js";

const MP4_TYPE = "video/mp4";

/** Where encoded groups go, in order. `finish` gives the bytes of the file. */
export interface Output {
  add(group: GroupSamples): Promise<void>;
  finish(): Promise<number>;
}

/** Bytes as a Blob, which has a copy of its own: theirs is given back. */
export function movedToBlob(data: Uint8Array<ArrayBuffer> | Blob): Blob {
  if (data instanceof Blob) return data;
  const blob = new Blob([data]);
  freeBuffer(data.buffer);
  return blob;
}

/** A file with its index in front. The samples wait as Blobs, which the browser keeps out of the page's memory. */
export class FaststartOutput implements Output {
  readonly #muxer: Muxer;
  readonly #timeline: Timeline;
  readonly #parts: Blob[] = [];
  readonly #sizes: number[] = [];
  readonly #sync: number[] = [];
  #file: Blob | undefined;

  constructor(muxer: Muxer, timeline: Timeline) {
    this.#muxer = muxer;
    this.#timeline = timeline;
  }

  async add({ data, sizes, sync }: GroupSamples): Promise<void> {
    this.#parts.push(movedToBlob(data));
    for (const size of sizes) this.#sizes.push(size);
    for (const flag of sync) this.#sync.push(flag);
  }

  async finish(): Promise<number> {
    const header = await this.#muxer.movieHeader(
      this.#timeline,
      Uint32Array.from(this.#sizes),
      Uint8Array.from(this.#sync),
    );
    this.#file = new Blob([header, ...this.#parts], { type: MP4_TYPE });
    return this.#file.size;
  }

  get file(): Blob {
    return this.#file as Blob;
  }
}

/** Takes the pieces of a file one after the other; resolves when there is room for the next. */
export type WritePiece = (piece: Uint8Array<ArrayBuffer> | Blob) => Promise<void>;

/** A file that can be played while it grows: a fragment for each group. */
export class FragmentedOutput implements Output {
  readonly #muxer: Muxer;
  readonly #timeline: Timeline;
  readonly #write: WritePiece;
  #bytes = 0;
  #fragments = 0;
  #samples = 0;

  constructor(muxer: Muxer, timeline: Timeline, write: WritePiece) {
    this.#muxer = muxer;
    this.#timeline = timeline;
    this.#write = write;
  }

  async add(group: GroupSamples): Promise<void> {
    if (this.#fragments === 0) await this.#put(await this.#muxer.fragmentedHeader(this.#timeline));
    this.#fragments++;
    await this.#put(await this.#muxer.fragment(this.#timeline, this.#fragments, this.#samples, group));
    await this.#put(group.data);
    this.#samples += group.sizes.length;
  }

  async finish(): Promise<number> {
    return this.#bytes;
  }

  async #put(piece: Uint8Array<ArrayBuffer> | Blob): Promise<void> {
    this.#bytes += piece instanceof Blob ? piece.size : piece.byteLength;
    await this.#write(piece);
  }
}

/** Collects the pieces of a fragmented file. */
export class BlobCollector {
  readonly #parts: Blob[] = [];

  readonly write: WritePiece = async (piece) => {
    this.#parts.push(movedToBlob(piece));
  };

  get file(): Blob {
    return new Blob(this.#parts, { type: MP4_TYPE });
  }
}

/** Writes pieces to a stream of the user's as fast as the stream takes them. */
export class SinkWriter {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;

  constructor(sink: WritableStream<Uint8Array>) {
    this.#writer = sink.getWriter();
    // A failure of the sink comes out of `write` or `close`, whichever is next.
    this.#writer.closed.catch(() => {});
  }

  readonly write: WritePiece = async (piece) => {
    const bytes = piece instanceof Blob ? new Uint8Array(await piece.arrayBuffer()) : piece;
    await this.#writer.ready;
    this.#writer.write(bytes).catch(() => {});
  };

  close(): Promise<void> {
    return this.#writer.close();
  }

  /** Tells the sink that nothing more comes and why; a sink that failed by itself is told nothing. */
  async abort(reason: unknown): Promise<void> {
    await this.#writer.abort(reason).catch(() => {});
  }
}
