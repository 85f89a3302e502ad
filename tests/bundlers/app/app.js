// The fixture app: the same file in every way of building it. Makes three images, encodes them, shows the
// video. One is of a format whose decoder is a wasm file of its own.
import { FramereelError, ImageSequenceClip, sortByName } from "framereel";

export { configure } from "framereel";

const WIDTH = 320;
const HEIGHT = 180;
const FPS = 2;
/** File names out of order, and the colour of each. */
const IMAGES = { "frame10.png": [0, 0, 255], "frame2.ppm": [0, 255, 0], "frame1.png": [255, 0, 0] };

/** Shows the video in `place`, or the error's code and message. */
export async function showClip(place) {
  try {
    const files = await Promise.all(
      Object.entries(IMAGES).map(([name, colour]) => (name.endsWith(".ppm") ? pixmap : draw)(name, colour)),
    );
    const clip = new ImageSequenceClip(sortByName(files), { fps: FPS });
    place.append(await clip.display({ width: 160, muted: true }));
  } catch (error) {
    const text = document.createElement("p");
    text.className = "failure";
    text.textContent =
      error instanceof FramereelError ? `${error.code}: ${error.message}` : String(error.stack ?? error);
    place.append(text);
  }
}

async function draw(name, colour) {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext("2d");
  context.fillStyle = `rgb(${colour})`;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  return new File([blob], name, { type: blob.type });
}

/** Netpbm's simplest file of colours. */
function pixmap(name, colour) {
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3).map((_, index) => colour[index % 3]);
  return new File([`P6 ${WIDTH} ${HEIGHT} 255\n`, pixels], name);
}
