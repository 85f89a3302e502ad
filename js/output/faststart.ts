import { pool } from "../workers/pool.js";
import { type FinishedFile, MP4_TYPE, type Output, type OutputContext } from "./output.js";
import { type GroupSamples, movedToBlob } from "./samples.js";
import { allTimes } from "./times.js";

/** A file with its index in front. The samples wait as Blobs, which the browser keeps out of the page's memory. */
export class FaststartOutput implements Output {
  readonly streamed = false;
  readonly #context: OutputContext;
  readonly #groups: (Pick<GroupSamples, "sizes" | "sync"> & { data: Blob })[] = [];

  constructor(context: OutputContext) {
    this.#context = context;
  }

  async add({ data, sizes, sync }: GroupSamples): Promise<void> {
    this.#groups.push({ data: movedToBlob(data), sizes, sync });
  }

  async overhead(groups: readonly GroupSamples[]): Promise<number> {
    return (await this.#header(groups)).byteLength;
  }

  async finish(): Promise<FinishedFile> {
    const header = await this.#header(this.#groups);
    this.#context.movie.acceptHeader(header);
    const blob = new Blob([header, ...this.#groups.map(({ data }) => data)], { type: MP4_TYPE });
    return { bytes: blob.size, blob };
  }

  #header(groups: readonly Pick<GroupSamples, "sizes" | "sync">[]): Promise<Uint8Array<ArrayBuffer>> {
    const { movie, timeline, signal } = this.#context;
    const sizes = Uint32Array.from(groups.flatMap((group) => [...group.sizes]));
    const sync = Uint8Array.from(groups.flatMap((group) => [...group.sync]));
    const settings = { ...movie.picture, ...allTimes(timeline()) };
    return pool.run({ task: { kind: "movieHeader", movie: settings, sizes, sync }, signal });
  }
}
