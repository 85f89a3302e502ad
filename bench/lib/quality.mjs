// How near a file's pictures are to the source's, by ffmpeg: a decoder and a measure that are nobody's here.

import { capture } from "./command.mjs";
import { rawFrames } from "./content.mjs";

/**
 * PSNR of luma and over all planes, SSIM of luma, and the number of pictures. Encoders turn RGB into YCbCr by either
 * standard's matrix, and some do not say by which: the source is taken through both, and the better match counts.
 *
 * @param {string} file - an MP4 or a raw H.264 stream
 * @param {object} source - what `content` gave
 * @param {("bt709" | "bt601")[]} [matrices]
 */
export function quality(file, source, matrices = ["bt709", "bt601"]) {
  const found = matrices.map((matrix) => ({ matrix, ...compare(file, source, rawFrames(source, matrix)) }));
  return found.reduce((best, next) => (next.psnrY > best.psnrY ? next : best));
}

function compare(file, { width, height }, raw) {
  const reference = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${width}x${height}`, "-i", raw];
  // Pictures are paired by number: containers' clocks differ.
  const number = "settb=1/1000,setpts=N";
  const graph = `[0:v]${number},format=yuv420p,split[a][b];[1:v]${number},split[c][d];[a][c]psnr=shortest=1[p];[b][d]ssim=shortest=1[s]`;
  const outputs = ["-map", "[p]", "-f", "null", "-", "-map", "[s]", "-f", "null", "-"];
  const { stderr } = capture("ffmpeg", [
    "-nostdin",
    "-v",
    "info",
    "-i",
    file,
    ...reference,
    "-filter_complex",
    graph,
    ...outputs,
  ]);
  const value = (pattern) => {
    const found = pattern.exec(stderr)?.[1];
    return found === "inf" ? Number.POSITIVE_INFINITY : Number(found);
  };
  return {
    psnrY: value(/PSNR y:([\d.]+|inf)/),
    psnr: value(/PSNR .*average:([\d.]+|inf)/),
    ssim: value(/SSIM Y:([\d.]+)/),
    frames: Number(
      capture("ffprobe", [
        "-v",
        "error",
        "-count_packets",
        "-select_streams",
        "v",
        "-show_entries",
        "stream=nb_read_packets",
        "-of",
        "csv=p=0",
        file,
      ]).stdout.trim(),
    ),
  };
}
