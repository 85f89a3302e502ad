import { totalSeconds } from "../model/timeline.js";
import type { FragmentSamples, WorkerResults } from "../protocol/messages.js";
import { pool } from "../workers/pool.js";
import { type FinishedFile, MP4_TYPE, type Output, type OutputContext } from "./output.js";
import { type GroupSamples, movedToBlob } from "./samples.js";
import { soundBeside, soundOfFragments } from "./sound-beside.js";
import { headerTimes, partTimes } from "./times.js";

type Sizes = Pick<GroupSamples, "sizes" | "sync">;

/** A file of fragments, put together at the end, when the whole timeline is known. */
export class FragmentedOutput implements Output {
  readonly streamed = false;
  readonly #context: OutputContext;
  readonly #groups: (Sizes & { data: Blob })[] = [];

  constructor(context: OutputContext) {
    this.#context = context;
  }

  async add({ data, sizes, sync }: GroupSamples): Promise<void> {
    this.#groups.push({ data: movedToBlob(data), sizes, sync });
  }

  soundBytes(): number {
    return soundOfFragments(this.#context);
  }

  overhead(groups: readonly GroupSamples[]): Promise<number> {
    return fragmentsOverhead(this.#context, groups);
  }

  async finish(): Promise<FinishedFile> {
    const { header, boxes, sound } = await fragmentBoxes(this.#context, this.#groups);
    this.#context.movie.acceptHeader(header);
    const parts = this.#groups.flatMap(({ data }, index) => [
      boxes[index] as Uint8Array<ArrayBuffer>,
      data,
      ...(sound[index] ? [sound[index]] : []),
    ]);
    const blob = new Blob([header, ...parts], { type: MP4_TYPE });
    return { bytes: blob.size, blob };
  }
}

/** Bytes of all boxes of a fragmented file. */
export async function fragmentsOverhead(context: OutputContext, groups: readonly Sizes[]): Promise<number> {
  const { header, boxes } = await fragmentBoxes(context, groups);
  return boxes.reduce((sum, { byteLength }) => sum + byteLength, header.byteLength);
}

/** The boxes, and the sound that follows each group. */
async function fragmentBoxes(
  { movie, timeline, signal }: OutputContext,
  groups: readonly Sizes[],
): Promise<WorkerResults["fragments"] & { sound: (Blob | undefined)[] }> {
  const times = timeline();
  const fragments: FragmentSamples[] = [];
  const sound: (Blob | undefined)[] = [];
  let first = 0;
  for (const { sizes, sync } of groups) {
    const part = soundBeside(movie, times, first, sizes.length);
    const samples = part && { sound: part.samples };
    fragments.push({ ...partTimes(times, first, sizes.length), sizes, sync, ...samples });
    sound.push(part?.data);
    first += sizes.length;
  }
  const settings = { ...movie.picture, ...movie.details(totalSeconds(times)) };
  const task = { kind: "fragments", movie: settings, header: headerTimes(times, true), fragments } as const;
  return { ...(await pool.run({ task, signal })), sound };
}
