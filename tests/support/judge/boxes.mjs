// A file as mp4box reads it: a parser of its own, beside ffmpeg's and the `mp4` crate's.
import { readFileSync } from "node:fs";
import { createFile, MP4BoxBuffer } from "mp4box";

/**
 * @returns what the video's track says of itself: `samples` (start and duration in ticks, place, bytes, sync), `timescale`, `width` and
 *   `height`, `config` (avcC: profile, level, number of parameter sets) and `colour` (colr); and `created`, the movie's Date
 */
export function readBoxes(path) {
  const bytes = readFileSync(path);
  const file = createFile();
  let facts;
  let problem;
  file.onReady = (info) => {
    facts = info;
  };
  file.onError = (module, message) => {
    problem = new Error(`mp4box, ${module}: ${message}`);
  };
  const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(copy, 0), true);
  file.flush();
  if (problem) throw problem;
  if (facts?.videoTracks.length !== 1)
    throw new Error(`mp4box finds ${facts?.videoTracks.length ?? "no"} video tracks`);
  assertTiled(file.boxes, bytes.length);
  const [{ id, timescale, video }] = facts.videoTracks;
  const { avcC, colr } = file.getTrackById(id).mdia.minf.stbl.stsd.entries[0];
  return {
    created: facts.created,
    timescale,
    ...video,
    fragmented: facts.isFragmented,
    samples: file.getTrackSamplesInfo(id).map(({ dts, cts, duration, size, is_sync, offset }) => {
      return { start: dts, shown: cts, duration, bytes: size, sync: is_sync, offset };
    }),
    config: {
      profile: avcC.AVCProfileIndication,
      level: avcC.AVCLevelIndication,
      parameterSets: [avcC.SPS.length, avcC.PPS.length],
    },
    colour: colr && {
      type: colr.colour_type,
      primaries: colr.colour_primaries,
      transfer: colr.transfer_characteristics,
      matrix: colr.matrix_coefficients,
      fullRange: Boolean(colr.full_range_flag),
    },
  };
}

/** The outermost boxes cover the file from its first byte to its last. */
function assertTiled(boxes, length) {
  let end = 0;
  for (const { type, start, size } of boxes) {
    if (start !== end) throw new Error(`mp4box: ${type} begins at ${start}, not at ${end}`);
    end += size;
  }
  if (end !== length) throw new Error(`mp4box: the boxes end at ${end}, the file at ${length}`);
}
