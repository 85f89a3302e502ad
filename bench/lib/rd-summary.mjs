// What curves say: BD-rates, and how the named qualities stand beside x264 medium.
import { bdRate } from "./bd-rate.mjs";
import { KINDS } from "./content/index.mjs";

/** Each named quality and the rate factor of x264 medium that it is to look like; MoviePy's default is 23. */
export const REFERENCE_CRFS = { low: 33, medium: 28, high: 23, best: 17 };

/**
 * @typedef {{ bytes: number, psnr: number, vmaf: number }} Point
 *
 * @param {object} entry
 * @param {Point[]} entry.anchor - x264 veryfast
 * @param {Record<string, Point>} entry.references - x264 medium, by the name of the quality
 * @param {Record<string, (Point & { quality: string })[]>} entry.curves - framereel, by the option `content`
 * @returns {{
 *   bd: Record<string, { psnr: number | null, vmaf: number | null, mean: number | null }>,
 *   names: Record<string, { bytes: number, ratio: number, vmaf: number, reference: number, difference: number }>,
 * }} BD-rates as shares, 0.3 for 30 % more; `ratio` is bytes, `difference` VMAF, ours against the reference
 */
export function summarise({ anchor, references, curves }) {
  const bd = Object.fromEntries(
    Object.entries(curves).map(([content, points]) => [content, differences(anchor, points)]),
  );
  const names = Object.fromEntries(
    curves.auto.map(({ quality, bytes, vmaf }) => {
      const reference = references[quality];
      const ratio = bytes / reference.bytes;
      return [quality, { bytes, ratio, vmaf, reference: reference.vmaf, difference: vmaf - reference.vmaf }];
    }),
  );
  return { bd, names };
}

/** BD-rate by each measure and their mean. A measure whose range the curves do not share says nothing. */
export function differences(anchor, points) {
  const [psnr, vmaf] = ["psnr", "vmaf"].map((measure) => bdRate(anchor, points, measure));
  const known = [psnr, vmaf].filter((share) => share !== null);
  return { psnr, vmaf, mean: known.length > 0 ? mean(known) : null };
}

/**
 * Over the clips: what the targets are about.
 *
 * @param {{ kind: string, clip: string, bd: object, names: object }[]} rows - entries with what `summarise` says of them
 */
export function overall(rows) {
  const compared = rows.filter(({ bd }) => bd.auto.mean !== null);
  if (compared.length === 0) return null;
  const byMean = compared
    .map(({ kind, clip, bd }) => ({ kind, clip, value: bd.auto.mean }))
    .sort((a, b) => b.value - a.value);
  const beyondManual = compared.map(({ kind, clip, bd: { auto, photo, screen } }) => {
    const better = Math.min(photo.mean ?? Number.POSITIVE_INFINITY, screen.mean ?? Number.POSITIVE_INFINITY);
    return { kind, clip, value: (1 + auto.mean) / (1 + better) - 1 };
  });
  return {
    mean: mean(byMean.map(({ value }) => value)),
    worst: byMean[0],
    worstSteady: byMean.find(({ kind }) => !KINDS[kind].flickers) ?? null,
    beyondManual: largest(beyondManual),
    names: Object.fromEntries(
      Object.keys(REFERENCE_CRFS).map((name) => {
        const each = rows.map(({ kind, clip, names }) => ({ kind, clip, ...names[name] }));
        return [
          name,
          {
            ratio: Math.exp(mean(each.map(({ ratio }) => Math.log(ratio)))),
            difference: mean(each.map(({ difference }) => difference)),
            largest: largest(each.map(({ kind, clip, ratio }) => ({ kind, clip, value: ratio }))),
            lowest: largest(each.map(({ kind, clip, difference }) => ({ kind, clip, value: -difference }))),
          },
        ];
      }),
    ),
  };
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const largest = (values) => values.reduce((most, next) => (next.value > most.value ? next : most));
