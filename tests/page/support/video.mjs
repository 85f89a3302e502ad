// What a <video> of the page shows, read back through a canvas.
import assert from "node:assert/strict";

/** What the video says of itself: pixels, seconds, and CSS pixels of its width on the page. */
export function videoFacts(page) {
  return page.locator("video").evaluate(async (video) => {
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
      await new Promise((resolve, reject) => {
        video.addEventListener("loadeddata", resolve, { once: true });
        video.addEventListener("error", () => reject(new Error(video.error.message)), { once: true });
      });
    }
    const { videoWidth, videoHeight, duration, controls } = video;
    return { videoWidth, videoHeight, duration, controls, cssWidth: video.getBoundingClientRect().width };
  });
}

/** Plays the video to its end, muted; resolves with the seconds it stands at then. */
export function playToEnd(page) {
  return page.locator("video").evaluate(async (video) => {
    video.muted = true;
    const ended = new Promise((resolve, reject) => {
      video.addEventListener("ended", resolve, { once: true });
      video.addEventListener("error", () => reject(new Error(video.error.message)), { once: true });
    });
    await video.play();
    await ended;
    return video.currentTime;
  });
}

/** Part of a picture, in shares of its width and height: the middle of the patches in pictures.mjs. */
const MIDDLE = { left: 0.375, top: 0.375, width: 0.25, height: 0.25 };

/** The mean colour of a part of the picture at each of the given seconds. */
export async function coloursAt(page, times, part = MIDDLE) {
  return (await partsAt(page, times, [part])).map(([colour]) => colour);
}

/** The mean colours of a grid of equal cells over the whole picture, row by row, at each of the given seconds. */
export function gridsAt(page, times, { columns, rows }) {
  const cell = (_, at) => ({
    left: (at % columns) / columns,
    top: Math.floor(at / columns) / rows,
    width: 1 / columns,
    height: 1 / rows,
  });
  return partsAt(page, times, Array.from({ length: columns * rows }, cell));
}

/** For each of the given seconds the mean colours of the parts. */
function partsAt(page, times, parts) {
  const measure = async (video, { times, parts }) => {
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const mean = ({ left, top, width, height }) => {
      const [x, w] = [left, width].map((share) => Math.round(share * canvas.width));
      const [y, h] = [top, height].map((share) => Math.round(share * canvas.height));
      const { data } = context.getImageData(x, y, w, h);
      const sums = [0, 0, 0];
      for (let at = 0; at < data.length; at += 4) for (let c = 0; c < 3; c += 1) sums[c] += data[at + c];
      return sums.map((sum) => sum / (data.length / 4));
    };
    const colours = [];
    for (const time of times) {
      // "seeked" may come before the new frame is there to draw. The frame's own callback may not come where it is the same frame.
      const seeked = new Promise((resolve) => video.addEventListener("seeked", resolve, { once: true }));
      const presented = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
      video.currentTime = time;
      await seeked;
      await Promise.race([presented, new Promise((resolve) => setTimeout(resolve, 1000))]);
      context.drawImage(video, 0, 0);
      colours.push(parts.map(mean));
    }
    return colours;
  };
  return page.locator("video").evaluate(measure, { times, parts });
}

/** Fails unless every channel is within `tolerance` codes. */
export function assertColour(actual, expected, tolerance, what) {
  const off = Math.max(...actual.map((value, channel) => Math.abs(value - expected[channel])));
  assert.ok(off <= tolerance, `${what}: expected ${expected}, got ${actual.map((value) => value.toFixed(1))}`);
}
