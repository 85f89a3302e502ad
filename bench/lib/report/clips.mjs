// Sections with a row per clip: rate and distortion, `maxBytes`, two builds.
import { CLIPS, KINDS } from "../content/index.mjs";
import { differences, overall, REFERENCE_CRFS, summarise } from "../rd-summary.mjs";
import { fixed, heading, on, percent, rate, signed, times } from "./format.mjs";
import { table } from "./table.mjs";

/** Entries of a result in the order of the kinds, clip a before clip b. */
export function inOrder(result) {
  const kinds = Object.keys(KINDS);
  return Object.values(result?.data.entries ?? {}).sort(
    (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.clip.localeCompare(b.clip),
  );
}

const nameOf = ({ kind, clip }) => `${KINDS[kind].title}, ${clip}`;

/** Entries of `rd` with what their curves say. */
export const rdRows = (result) => inOrder(result).map((entry) => ({ ...entry, ...summarise(entry) }));

export function rdSections(result) {
  const found = rdRows(result);
  if (found.length === 0) return [];
  const both = ({ psnr, vmaf }) => [percent(psnr) || "no common range", percent(vmaf) || "no common range"].join(" / ");
  const all = overall(found);
  return [
    heading("Bytes for the same quality"),
    `${on(result)}\`npm run bench -- rd\`: BD-rate (Bjontegaard, piecewise cubic) by luma PSNR / by VMAF of the four named qualities`,
    `against native x264 veryfast at constant rate factors, one thread, its own defaults; ${found[0].frames} pictures of 720p from`,
    "lossless files. Less is better. Settings were chosen on clip a; clip b was held back.\n",
    table(
      ["", '`content: "auto"`', '`"photo"`', '`"screen"`'],
      found.map((row) => [nameOf(row), both(row.bd.auto), both(row.bd.photo), both(row.bd.screen)]),
    ),
    '\n`"auto"` over the kinds, mean of PSNR and VMAF; the last column is how far it is from the better manual choice.\n',
    overallTable(found),
    heading("Named qualities beside x264 medium"),
    `Bytes of framereel's file / of x264 medium's at CRF ${Object.values(REFERENCE_CRFS).join(", ")}, and VMAF above it (+) or below it.\n`,
    table(
      ["", ...Object.keys(REFERENCE_CRFS).flatMap((name) => [`\`"${name}"\`: bytes`, "VMAF"])],
      [
        ...found.map((row) => [
          nameOf(row),
          ...Object.values(row.names).flatMap(({ ratio, difference }) => [ratio.toFixed(2), signed(difference, 1)]),
        ]),
        ...(all
          ? [
              [
                "geometric mean; mean",
                ...Object.values(all.names).flatMap(({ ratio, difference }) => [
                  ratio.toFixed(2),
                  signed(difference, 1),
                ]),
              ],
            ]
          : []),
      ],
    ),
    ...othersSection(found),
  ];
}

/** Clip a, clip b and both: means, and the worst with its name. */
function overallTable(found) {
  const named = (worst) => (worst ? `${percent(worst.value)} (${nameOf(worst)})` : "");
  const sets = [...CLIPS.map((clip) => [`clip ${clip}`, found.filter((row) => row.clip === clip)]), ["both", found]];
  return table(
    ["", "mean", "worst", "worst without flicker", "beyond manual, worst"],
    sets
      .map(([label, rows]) => [label, rows.length > 0 ? overall(rows) : null])
      .filter(([, all]) => all)
      .map(([label, { mean, worst, worstSteady, beyondManual }]) => [
        ...[label, percent(mean), named(worst), named(worstSteady), named(beyondManual)],
      ]),
  );
}

function othersSection(found) {
  const measured = found.filter(({ others }) => others);
  if (measured.length === 0) return [];
  const ids = [...new Set(measured.flatMap(({ others }) => Object.keys(others)))];
  const cell = ({ anchor, others }, id) => {
    const other = others[id];
    if (!other || other.failure) return other?.failure ?? "";
    const { psnr, vmaf } = differences(anchor, other.points);
    return `${percent(psnr)} / ${percent(vmaf)}`;
  };
  return [
    heading("Bytes for the same quality: other settings and other encoders"),
    "`npm run bench -- rd --others`: as above.\n",
    table(
      ["", ...measured.map(nameOf)],
      ids.map((id) => [
        measured.find(({ others }) => others[id]).others[id].label,
        ...measured.map((row) => cell(row, id)),
      ]),
    ),
  ];
}

export function maxbytesSection(result) {
  const found = inOrder(result);
  if (found.length === 0) return [];
  const shares = found[0].limits.map(({ share }) => share);
  return [
    heading("A limit in bytes"),
    `${on(result)}\`npm run bench -- maxbytes\`: time with \`maxBytes\` / time of a plain encode of ${found[0].frames} pictures, by turns in one`,
    `browser, ${found[0].rounds} rounds; and the share of the limit that is used. Limits are shares of the plain file.\n`,
    table(
      ["", "plain, s", ...shares.flatMap((share) => [`limit ${share}: time`, "used"])],
      found.map((row) => [
        nameOf(row),
        fixed(row.plain.seconds.median, 2),
        ...row.limits.flatMap(({ failure, ratio, fill }) =>
          failure ? [`failed: ${failure}`, ""] : [times(ratio), `${(fill * 100).toFixed(1)} %`],
        ),
      ]),
    ),
  ];
}

export function buildsSection(result) {
  const found = inOrder(result);
  if (found.length === 0) return [];
  return [
    heading("This build beside an older one"),
    `${on(result)}\`npm run bench -- builds --old=${found[0].old}\`: end to end at default options, by turns in one browser, ${found[0].rounds} rounds; frames per second.\n`,
    table(
      ["", "new", "old", "new / old", "bytes, new / old"],
      found.map((row) => [
        nameOf(row),
        rate(row.new),
        rate(row.older),
        times(row.ratio),
        (row.bytes.new / row.bytes.old).toFixed(2),
      ]),
    ),
  ];
}
