import { totalSeconds } from "../model/timeline.js";
import type { WorkerResults } from "../protocol/messages.js";
import type { Soundtrack } from "../protocol/soundtrack.js";
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

  soundBytes(): number {
    return this.#sound()?.data.size ?? 0;
  }

  async overhead(groups: readonly GroupSamples[]): Promise<number> {
    return (await this.#header(groups, this.#sound())).bytes.byteLength;
  }

  async finish(): Promise<FinishedFile> {
    const sound = this.#sound();
    const { bytes, runs } = await this.#header(this.#groups, sound);
    this.#context.movie.acceptHeader(bytes);
    const pictures = this.#groups.map(({ data }) => data);
    const samples = sound ? interleaved(runs, new Blob(pictures), sound.data) : pictures;
    const blob = new Blob([bytes as Uint8Array<ArrayBuffer>, ...samples], { type: MP4_TYPE });
    return { bytes: blob.size, blob };
  }

  #sound(): Laid | undefined {
    const { movie, timeline } = this.#context;
    return movie.soundtrack?.whole(totalSeconds(timeline()));
  }

  #header(
    groups: readonly Pick<GroupSamples, "sizes" | "sync">[],
    sound: Laid | undefined,
  ): Promise<WorkerResults["movieHeader"]> {
    const { movie, timeline, signal } = this.#context;
    const sizes = Uint32Array.from(groups.flatMap((group) => [...group.sizes]));
    const sync = Uint8Array.from(groups.flatMap((group) => [...group.sync]));
    const settings = { ...movie.picture, ...allTimes(timeline()), ...(sound && { sound: sound.track }) };
    const task = { kind: "movieHeader", movie: settings, sizes, sync, ...(sound && { sound: sound.samples }) } as const;
    return pool.run({ task, signal });
  }
}

type Laid = ReturnType<Soundtrack["whole"]>;

/** Bytes of pictures and of sound in the order that the index says: so many of pictures, of sound, of pictures again. */
function interleaved(runs: ArrayLike<number>, pictures: Blob, sound: Blob): Blob[] {
  const read = [0, 0] as [number, number];
  return Array.from(runs, (bytes, index) => {
    const track = (index % 2) as 0 | 1;
    const from = read[track];
    read[track] += bytes;
    return (track === 0 ? pictures : sound).slice(from, read[track]);
  });
}
