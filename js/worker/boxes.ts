import type { CoreApi, EncodedGroup, PixelSize } from "../protocol/core.js";
import type { FragmentBoxes, StreamedBoxes, WorkerResults, WorkerTask } from "../protocol/messages.js";

/** The boxes that a streamed group brings along. */
export function streamedBoxes(
  core: CoreApi,
  { width, height }: PixelSize,
  { sps, pps, sizes, sync }: EncodedGroup,
  { sequence, times, firstSample, header, details, sound }: StreamedBoxes,
): Partial<FragmentBoxes> {
  const movie = { width, height, sps, pps, ...details };
  const settings = { ...movie, ...times };
  const fragment = core.fragment(settings, sequence, firstSample, sizes, sync, sound) as Uint8Array<ArrayBuffer>;
  if (!header) return { fragment };
  const { times: all, ...samples } = header;
  return { fragment, header: core.fragmentedHeader({ ...movie, ...all, ...samples }) as Uint8Array<ArrayBuffer> };
}

/** All boxes of a fragmented file whose groups are there. */
export function allBoxes(
  core: CoreApi,
  { movie, header: { times, ...samples }, fragments }: Extract<WorkerTask, { kind: "fragments" }>,
): WorkerResults["fragments"] {
  const sizes = Uint32Array.from(fragments.flatMap((fragment) => [...fragment.sizes]));
  const header = core.fragmentedHeader({ ...movie, ...times, ...samples, sizes }) as Uint8Array<ArrayBuffer>;
  const boxes = fragments.map(
    ({ times, firstSample, sizes, sync, sound }, index) =>
      core.fragment({ ...movie, ...times }, index + 1, firstSample, sizes, sync, sound) as Uint8Array<ArrayBuffer>,
  );
  return { header, boxes };
}
