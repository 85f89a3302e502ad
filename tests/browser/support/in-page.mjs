// What the tests' code in the page works with, as `kit`. Runs in the browser.
import * as framereel from "/dist/index.js";

const kit = { ...framereel, file, files, upload, shownAt, digest, failureOf, pixelsAt };
globalThis.kit = kit;

/** A fixture as the file that a user would have picked. */
async function file(path) {
  const response = await fetch(`/fixtures/${path}`);
  if (!response.ok) throw new Error(`no fixture ${path}`);
  const bytes = await response.arrayBuffer();
  return new File([bytes], path.split("/").at(-1), { type: response.headers.get("content-type") });
}

/** frame1 to frame`count` of a folder. */
function files(folder, count) {
  return Promise.all(Array.from({ length: count }, (_, index) => file(`${folder}/frame${index + 1}.${folder}`)));
}

/** Sends a file to the test's own side, where ffprobe can look at it. */
async function upload(blob, name) {
  await fetch(`/received/${name}`, { method: "POST", body: blob });
}

/**
 * What the browser's own player shows: the video's facts, and the mean colour around the given points (in video pixels) at
 * the given times.
 */
async function shownAt(blob, times, points = [], radius = 4) {
  const video = document.createElement("video");
  video.muted = true;
  video.src = URL.createObjectURL(blob);
  await new Promise((resolve, reject) => {
    video.onloadeddata = resolve;
    video.onerror = () => reject(new Error(`the video does not play: ${video.error?.message}`));
  });
  const { videoWidth: width, videoHeight: height, duration } = video;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const pictures = [];
  for (const time of times) {
    // "seeked" may come before the new frame is there to draw. The frame's own callback may not come where it is the same frame.
    const presented = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    await new Promise((resolve) => {
      video.onseeked = resolve;
      video.currentTime = time;
    });
    await Promise.race([presented, new Promise((resolve) => setTimeout(resolve, 1000))]);
    context.drawImage(video, 0, 0);
    pictures.push(points.map((point) => pixelsAt(context, point, radius)));
  }
  URL.revokeObjectURL(video.src);
  return { width, height, duration, pictures };
}

/** Mean colour of the square around a point. */
function pixelsAt(context, { x, y }, radius) {
  const { data } = context.getImageData(x - radius, y - radius, 2 * radius, 2 * radius);
  const sums = [0, 0, 0];
  for (let at = 0; at < data.length; at += 4)
    for (let channel = 0; channel < 3; channel += 1) sums[channel] += data[at + channel];
  return sums.map((sum) => sum / (data.length / 4));
}

/** SHA-256 of a file, in hexadecimal. */
async function digest(blob) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** How something fails, as plain values; `undefined` if it does not. */
async function failureOf(work) {
  try {
    await work();
    return undefined;
  } catch (error) {
    const { name, code, message, imageIndex, imageName } = error ?? {};
    return { name, code, message, imageIndex, imageName, isFramereelError: error instanceof framereel.FramereelError };
  }
}
