import { fragmentsOverhead } from "./fragmented.js";
import type { FinishedFile, Output, OutputContext } from "./output.js";
import type { GroupSamples } from "./samples.js";
import { soundBeside, soundOfFragments } from "./sound-beside.js";

/** A fragmented file that goes into a stream of the user's while it grows, as fast as the stream takes it. */
export class StreamOutput implements Output {
  readonly streamed = true;
  readonly #context: OutputContext;
  readonly #writer: SinkWriter;
  #bytes = 0;
  #samples = 0;

  constructor(context: OutputContext, writer: SinkWriter) {
    this.#context = context;
    this.#writer = writer;
  }

  async add({ header, fragment, data, sizes }: GroupSamples): Promise<void> {
    const { movie, timeline } = this.#context;
    if (header) movie.acceptHeader(header);
    const sound = soundBeside(movie, timeline(), this.#samples, sizes.length)?.data;
    this.#samples += sizes.length;
    for (const piece of [header, fragment, data, sound]) {
      if (!piece) continue;
      this.#bytes += piece instanceof Blob ? piece.size : piece.byteLength;
      await this.#writer.write(piece);
    }
  }

  soundBytes(): number {
    return soundOfFragments(this.#context);
  }

  overhead(groups: readonly GroupSamples[]): Promise<number> {
    return fragmentsOverhead(this.#context, groups);
  }

  async finish(): Promise<FinishedFile> {
    await this.#writer.close();
    return { bytes: this.#bytes };
  }
}

/** Writes pieces to a stream of the user's; resolves when there is room for the next. */
export class SinkWriter {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;

  constructor(sink: WritableStream<Uint8Array>) {
    this.#writer = sink.getWriter();
    // A failure of the sink comes out of `write` or `close`, whichever is next.
    this.#writer.closed.catch(() => {});
  }

  async write(piece: Uint8Array<ArrayBuffer> | Blob): Promise<void> {
    const bytes = piece instanceof Blob ? new Uint8Array(await piece.arrayBuffer()) : piece;
    await this.#writer.ready;
    this.#writer.write(bytes).catch(() => {});
  }

  async close(): Promise<void> {
    try {
      await this.#writer.close();
    } catch (error) {
      // Of a sink that failed at its last piece `close` says only that it did; what it threw comes out of `closed`.
      await this.#writer.closed;
      throw error;
    }
  }

  /** Tells the sink that nothing more comes and why; a sink that failed by itself is told nothing. */
  async abort(reason: unknown): Promise<void> {
    await this.#writer.abort(reason).catch(() => {});
  }
}
