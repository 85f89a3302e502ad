import { inOrder } from "../concurrency/in-order.js";
import { orAborted } from "../concurrency/or-aborted.js";
import type { Scope } from "../concurrency/scope.js";
import { GROUPS_AHEAD_PER_WORKER } from "../model/constants.js";
import type { EncodeStats } from "../model/options.js";
import { totalSeconds } from "../model/timeline.js";
import type { CheckedEncode, RateControl } from "../options/encode-options.js";
import { memoryBudget, workersWithin } from "../options/memory.js";
import { FaststartOutput } from "../output/faststart.js";
import { FragmentedOutput } from "../output/fragmented.js";
import { Movie } from "../output/movie.js";
import type { FinishedFile, Output, OutputContext } from "../output/output.js";
import type { GroupSamples } from "../output/samples.js";
import { soundBeside } from "../output/sound-beside.js";
import { type SinkWriter, StreamOutput } from "../output/stream.js";
import { headerTimes, partTimes } from "../output/times.js";
import type { GroupEnd } from "../protocol/messages.js";
import { pool } from "../workers/pool.js";
import { requireWorkers } from "../workers/start.js";
import type { ClipGroup } from "./clip-group.js";
import { searchFile } from "./file-search.js";
import { encodeGroup, type GroupJob } from "./group-task.js";
import { Helpers } from "./help/helpers.js";
import { openSoundtrack } from "./inputs/soundtrack.js";
import { ProgressMeter } from "./progress.js";
import { USUAL_PASSES } from "./size/search.js";
import type { GroupPictures, PictureSource, Plan } from "./source.js";

/** What an encode is asked for. */
export interface EncodeOrder {
  source: PictureSource;
  options: CheckedEncode;
  scope: Scope;
  /** Where the file goes, if not into a Blob. */
  writer?: SinkWriter;
}

/** What came out, with the file where it did not go into a stream. */
export interface Encoded extends Pick<FinishedFile, "blob"> {
  stats: EncodeStats;
}

/** The one way from pictures to a file: plan, groups in workers, output. Ends the scope and releases the source. */
export async function encode(order: EncodeOrder): Promise<Encoded> {
  const { source, scope, writer } = order;
  const { signal } = scope;
  let failure: unknown;
  try {
    requireWorkers();
    signal.throwIfAborted();
    return await run(order);
  } catch (error) {
    failure = signal.aborted ? signal.reason : error;
    // Not waited for: a sink that is stuck in a write would never be done with it.
    void writer?.abort(failure);
    throw failure;
  } finally {
    scope.close(failure);
    source.release(failure);
  }
}

async function run({ source, options, scope, writer }: EncodeOrder): Promise<Encoded> {
  const { signal } = scope;
  const { most, isAuto } = options.workers;
  const workersFor = (allowed: number): number => Math.min(allowed, source.groupsKnown);
  // Starting a worker takes as long as looking at the first images: both at once.
  pool.prepare(workersFor(most));
  const meter = new ProgressMeter(options.onProgress, source);
  const opened = openSoundtrack(options.audio, signal);
  // Of two failures, that of the pictures is told.
  opened.catch(() => {});
  const plan = await source.plan(workersFor(most));
  const soundtrack = await opened;
  const workers = isAuto ? Math.min(most, workersWithin(memoryBudget(), plan.workerBytes)) : most;
  if (workers < most) pool.trim(workers);
  // Expanded animations may have made it more.
  pool.prepare(workersFor(workers));
  const movie = new Movie(plan.settings, options.tags, soundtrack);
  const output = makeOutput(options, { movie, timeline: () => source.timeline, signal }, writer);

  const counts = { frames: 0, keyframes: 0, groups: 0 };
  for await (const group of encodedGroups({ source, options, plan, workers, movie, output, meter, signal })) {
    movie.accept(group);
    await orAborted(output.add(group), signal);
    signal.throwIfAborted();
    counts.groups++;
    counts.frames += group.sizes.length;
    counts.keyframes += group.sync.reduce((sum, flag) => sum + flag, 0);
  }
  meter.startWriting();
  const { bytes, blob } = await orAborted(output.finish(), signal);
  signal.throwIfAborted();
  const { elapsedSeconds } = meter;
  meter.finish();
  const { width, height } = plan.settings;
  const { frames, keyframes, groups } = counts;
  const stats = {
    width,
    height,
    frames,
    duration: totalSeconds(source.timeline),
    bytes,
    codec: movie.codec,
    elapsedSeconds,
    framesPerSecond: frames / elapsedSeconds,
    keyframes,
    workers: Math.min(workers, groups),
    workersLimit: groups < workers ? "groups" : isAuto ? (workers < most ? "memory" : "processors") : "asked",
  } as const;
  return { stats, ...(blob && { blob }) };
}

function makeOutput({ container }: CheckedEncode, context: OutputContext, writer: SinkWriter | undefined): Output {
  if (writer) return new StreamOutput(context, writer);
  return container === "fragmented" ? new FragmentedOutput(context) : new FaststartOutput(context);
}

interface Running {
  source: PictureSource;
  options: CheckedEncode;
  plan: Plan;
  workers: number;
  movie: Movie;
  output: Output;
  meter: ProgressMeter;
  signal: AbortSignal;
}

/** The groups of the file: encoded once, or those found by a search for `maxBytes`. */
async function* encodedGroups(running: Running): AsyncGenerator<GroupSamples> {
  const { source, options, plan, meter } = running;
  const { rateControl } = options;
  if ("maxBytes" in rateControl) {
    // Only a clip's groups can be had again and again.
    const groups = [...(source.groups() as Iterable<ClipGroup>)];
    meter.startEncoding(USUAL_PASSES);
    const encodeJobs = (jobs: readonly GroupJob[]): AsyncIterable<GroupSamples> => encodeInOrder(running, jobs);
    yield* await searchFile({ ...running, groups, size: plan.settings, encodeJobs }, rateControl.maxBytes);
    return;
  }
  meter.startEncoding();
  const groups = source.groups();
  const jobs =
    Symbol.asyncIterator in groups
      ? jobsOf(groups, rateControl)
      : Array.from(groups, (pictures) => ({ pictures, rateControl }));
  yield* encodeInOrder(running, jobs);
}

async function* jobsOf(
  groups: AsyncIterable<GroupPictures>,
  rateControl: RateControl,
): AsyncGenerator<GroupJob, void, void> {
  for await (const pictures of groups) yield { pictures, rateControl };
}

/** Encodes groups side by side and hands them out in order. */
function encodeInOrder(
  { source, plan, workers, movie, output, meter, signal }: Running,
  jobs: readonly GroupJob[] | AsyncIterable<GroupJob>,
): AsyncIterable<GroupSamples> {
  // Of groups that are yet to come, nobody knows when a worker is free.
  const helpers =
    Symbol.asyncIterator in jobs
      ? undefined
      : new Helpers({ decoder: plan.decoder, groups: jobs.length, workers: Math.min(workers, source.groupsKnown) });
  const endOf = ({ index, first }: GroupPictures, count: number): GroupEnd => {
    if (!output.streamed) return {};
    const { timeline, live } = source;
    const header = index === 0 && { header: headerTimes(timeline, !live) };
    const details = movie.details(live ? undefined : totalSeconds(timeline));
    const sound = soundBeside(movie, timeline, first, count);
    const beside = { details, ...(sound && { sound: sound.samples }) };
    return { boxes: { sequence: index + 1, ...partTimes(timeline, first, count), ...header, ...beside } };
  };
  return inOrder(jobs, { atOnce: workers, ahead: GROUPS_AHEAD_PER_WORKER * workers }, (job) =>
    encodeGroup(job, { plan, endOf, signal, helpers, onProgress: meter.part() }),
  );
}
