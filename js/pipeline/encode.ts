import { cutGroups, type Group } from "../model/groups.js";
import type { EncodeResult, EncodeStats } from "../model/options.js";
import { type Timeline, totalSeconds } from "../model/timeline.js";
import type { CheckedEncode } from "../options/encode-options.js";
import { type GroupSamples, Muxer } from "../output/mux.js";
import { BlobCollector, FaststartOutput, FragmentedOutput, type Output, SinkWriter } from "../output/output.js";
import { pool } from "../workers/pool.js";
import { requireWorkers } from "../workers/start.js";
import { encodeGroup } from "./group-task.js";
import { inOrder } from "./in-order.js";
import { type EncodePass, searchLargestFit } from "./max-bytes.js";
import { makePlan, type Plan, type Sequence } from "./plan.js";
import { ProgressMeter } from "./progress.js";
import { EncodeScope } from "./scope.js";
import { Snapshot } from "./snapshot.js";

/** Groups that may be under way or waiting for their turn in the file, for each worker. */
const GROUPS_AHEAD_PER_WORKER = 2;

/** Makes the output once the plan is known. */
type MakeOutput = (muxer: Muxer, plan: Plan) => Output;

/** Encodes a sequence into a Blob. */
export async function encodeToBlob(sequence: Sequence, options: CheckedEncode): Promise<EncodeResult> {
  let holder: { readonly file: Blob } | undefined;
  const stats = await encode(sequence, options, (muxer, { timeline }) => {
    if (options.container === "fragmented") {
      const collector = new BlobCollector();
      holder = collector;
      return new FragmentedOutput(muxer, timeline, collector.write);
    }
    const output = new FaststartOutput(muxer, timeline);
    holder = output;
    return output;
  });
  return { blob: (holder as { readonly file: Blob }).file, stats };
}

/** Encodes a sequence into a stream, which is closed at the end, or aborted with the reason of a failure. */
export async function encodeToSink(
  sequence: Sequence,
  options: CheckedEncode,
  sink: WritableStream<Uint8Array>,
): Promise<EncodeStats> {
  const writer = new SinkWriter(sink);
  try {
    return await encode(sequence, options, (muxer, { timeline }) => {
      const output = new FragmentedOutput(muxer, timeline, writer.write);
      return {
        add: (group) => output.add(group),
        async finish() {
          await writer.close();
          return output.finish();
        },
      };
    });
  } catch (error) {
    await writer.abort(error);
    throw error;
  }
}

async function encode(sequence: Sequence, options: CheckedEncode, makeOutput: MakeOutput): Promise<EncodeStats> {
  requireWorkers();
  const scope = new EncodeScope(options.signal);
  const { signal } = scope;
  signal.throwIfAborted();
  const snapshot = new Snapshot(new Set(sequence.images.map(({ source }) => source)), signal);
  let failure: unknown;
  try {
    // Starting a worker takes as long as looking at the first images: both at once.
    pool.prepare(workersFor(sequence.timeline, options));
    const meter = new ProgressMeter(options.onProgress, sequence.images.length);
    const plan = await makePlan(sequence, options, snapshot, signal);
    const groups = cutGroups(plan.timeline, options.keyframeInterval);
    const workers = Math.min(options.workers, groups.length);
    pool.prepare(workers);
    const muxer = new Muxer(plan.settings, signal);
    const output = makeOutput(muxer, plan);
    const encodeAll: EncodePass = (which, rateOf) =>
      inOrder(which.length, { atOnce: workers, ahead: GROUPS_AHEAD_PER_WORKER * workers }, (at) => {
        const index = which[at] as number;
        const onProgress = (encoded: number): void => meter.encoded(at, encoded);
        return encodeGroup(plan, groups[index] as Group, rateOf(index), snapshot, signal, onProgress);
      });

    const stats = { keyframes: 0, frames: 0 };
    for await (const group of encodedGroups(plan, groups, options, encodeAll, muxer, meter)) {
      muxer.accept(group);
      await output.add(group);
      signal.throwIfAborted();
      stats.frames += group.sizes.length;
      stats.keyframes += group.sync.reduce((sum, flag) => sum + flag, 0);
    }
    meter.startWriting();
    const codec = await muxer.codec();
    const bytes = await output.finish();
    signal.throwIfAborted();
    const { elapsedSeconds } = meter;
    meter.finish();
    const { width, height } = plan.settings;
    const duration = totalSeconds(plan.timeline);
    const framesPerSecond = stats.frames / elapsedSeconds;
    return { width, height, ...stats, duration, bytes, codec, elapsedSeconds, framesPerSecond, workers };
  } catch (error) {
    failure = signal.aborted ? signal.reason : error;
    throw failure;
  } finally {
    scope.close(failure);
    snapshot.release();
  }
}

/** The groups of the file: encoded once, or those found by a search for `maxBytes`. */
async function* encodedGroups(
  plan: Plan,
  groups: readonly Group[],
  { rate, container }: CheckedEncode,
  encodeAll: EncodePass,
  muxer: Muxer,
  meter: ProgressMeter,
): AsyncGenerator<GroupSamples> {
  if ("maxBytes" in rate) {
    yield* await searchLargestFit({ plan, groups, container, encodeAll, muxer, meter }, rate.maxBytes);
    return;
  }
  meter.startEncoding(plan.shots.length);
  yield* encodeAll([...groups.keys()], () => rate);
}

/** Workers that have something to do, as far as the timeline is known: expanded animations may make it longer. */
function workersFor(timeline: Timeline, { workers, keyframeInterval }: CheckedEncode): number {
  return Math.min(workers, cutGroups(timeline, keyframeInterval).length);
}
