import type { EncodeStats, Progress } from "framereel";

/** "1 image", "24 images". */
export function imageCount(count: number): string {
  return count === 1 ? "1 image" : `${count} images`;
}

/** Seconds to the millisecond: "1.000 s". */
export function seconds(value: number): string {
  return `${value.toFixed(3)} s`;
}

/** Bytes in decimal units, as file managers and download lists show them: "312 kB", "4.2 MB". */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  const megabytes = bytes / 1e6;
  return megabytes < 99.95 ? `${megabytes.toFixed(1)} MB` : `${Math.round(megabytes)} MB`;
}

/** A remaining time in the roughness people want it: "5 s left", "2 min left". */
export function timeLeft(etaSeconds: number): string {
  if (etaSeconds < 59.5) return `${Math.max(1, Math.round(etaSeconds))} s left`;
  const minutes = Math.round(etaSeconds / 60);
  return minutes < 60 ? `${minutes} min left` : `${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}

/** The line under the progress bar: frames done of all, and the remaining time once it is known. */
export function progressDetail(progress: Progress): string {
  const frames = `${progress.done} of ${progress.total} frames`;
  const left = progress.stage === "encoding" ? progress.etaSeconds : null;
  return left === null ? frames : `${frames}, ${timeLeft(left)}`;
}

/** What came out: "1280 × 720, 24 frames, 1.000 s, 312 kB". */
export function statsLine(stats: EncodeStats): string {
  const frames = stats.frames === 1 ? "1 frame" : `${stats.frames} frames`;
  return `${stats.width} × ${stats.height}, ${frames}, ${seconds(stats.duration)}, ${byteSize(stats.bytes)}`;
}
