// How near a file's pictures are to the source's, by ffmpeg: a decoder and measures that are nobody's here.

import { capture } from "./command.mjs";
import { rawFrames, rawInput } from "./content.mjs";
import { installVmaf } from "./install.mjs";

/** Netflix' model for 1080p televisions, the one that everyone names when they say VMAF. */
const VMAF = "libvmaf=model=version=vmaf_v0.6.1:n_threads=2";

/**
 * PSNR of luma and over all planes, SSIM of luma, VMAF, and the number of pictures. Encoders turn RGB into YCbCr by
 * either standard's matrix, and some do not say by which: the source is taken through both, and the better match counts.
 *
 * @param {string} file - an MP4 or a raw H.264 stream
 * @param {import("./content.mjs").Source} source
 * @param {("bt709" | "bt601")[]} [matrices]
 * @returns {Promise<{ psnrY: number, psnr: number, ssim: number, vmaf: number, frames: number, matrix: string }>}
 */
export async function quality(file, source, matrices = ["bt709", "bt601"]) {
  const matrix = matrices.length === 1 ? matrices[0] : await nearestMatrix(file, source, matrices);
  const printed = await compare(file, source, matrix, ["psnr", "ssim", VMAF]);
  return {
    matrix,
    psnrY: number(printed, /PSNR y:([\d.]+|inf)/),
    psnr: number(printed, /PSNR .*average:([\d.]+|inf)/),
    ssim: number(printed, /SSIM Y:([\d.]+)/),
    vmaf: number(printed, /VMAF score: ([\d.]+)/),
    frames: countFrames(file),
  };
}

async function nearestMatrix(file, source, matrices) {
  const found = [];
  for (const matrix of matrices) {
    const printed = await compare(file, source, matrix, ["psnr"]);
    found.push({ matrix, psnrY: number(printed, /PSNR y:([\d.]+|inf)/) });
  }
  return found.reduce((best, next) => (next.psnrY > best.psnrY ? next : best)).matrix;
}

/** What ffmpeg prints when its filters have compared a file with the source; pictures are paired by number. */
async function compare(file, source, matrix, filters) {
  const ffmpeg = installVmaf();
  // Containers' clocks differ, and so do their words about colour: codes are compared as they are, none is converted.
  const unnamed = ["range", "colorspace", "color_primaries", "color_trc"].map((name) => `${name}=unknown`).join(":");
  const number = `settb=1/1000,setpts=N,setparams=${unnamed},format=yuv420p`;
  const labels = (name) => filters.map((_, at) => `[${name}${at}]`).join("");
  const graph = [
    `[0:v]${number},split=${filters.length}${labels("file")}`,
    `[1:v]${number},split=${filters.length}${labels("source")}`,
    ...filters.map((filter, at) => {
      const shortest = filter.includes("=") ? `${filter}:shortest=1` : `${filter}=shortest=1`;
      return `[file${at}][source${at}]${shortest}[out${at}]`;
    }),
  ].join(";");
  const outputs = filters.flatMap((_, at) => ["-map", `[out${at}]`, "-f", "null", "-"]);
  const inputs = ["-i", file, ...rawInput(source, await rawFrames(source, matrix))];
  return capture(ffmpeg, ["-nostdin", "-nostats", "-v", "info", ...inputs, "-filter_complex", graph, ...outputs])
    .stderr;
}

function number(printed, pattern) {
  const found = pattern.exec(printed)?.[1];
  return found === "inf" ? Number.POSITIVE_INFINITY : Number(found);
}

function countFrames(file) {
  const stream = ["-select_streams", "v", "-show_entries", "stream=nb_read_packets", "-of", "csv=p=0"];
  return Number(capture("ffprobe", ["-v", "error", "-count_packets", ...stream, file]).stdout.trim());
}
