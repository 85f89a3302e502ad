// The inputs and options whose files are the same bytes everywhere, as `sameBytes`. Runs in the page, beside `kit`; node reads the
// names. The inputs do not depend on the machine: photographs that are pinned by their hash, lossless files of known pixels, and pixels from
// integer arithmetic.

const PHOTOS = ["coffee.png", "rocket.jpg", "astronaut.png", "hubble_deep_field.jpg", "chelsea.png"];
const LOSSLESS = ["rgb.png", "rgb16.png", "rgba.png", "grey16.png", "rgb.bmp", "rgb.tif", "rgb.gif", "lossless.webp"];
const SIZE = { width: 192, height: 108 };

/** By name: the file that an encode with so many workers makes. */
const TABLE = {
  /** PNG and JPEG of several sizes in one clip, scaled and framed. */
  photographs: async (workers) => encode(await photos(8), { fps: 4, size: { width: 320, height: 240 } }, { workers }),
  "photographs that fill": async (workers) => {
    const options = { fps: 10, size: { width: 240, height: 320 }, fit: "cover" };
    return encode(await photos(10), options, { workers, quality: "best", keyframeInterval: 0.4 });
  },
  /** JPEG planes as they are, of odd sides, with durations. */
  "a slide show": async (workers) => {
    const files = (await photos(5)).filter(({ name }) => name.endsWith(".jpg"));
    return encode([...files, ...files], { durations: [0.5, 2, 3, 0.04] }, { workers, quality: "low" });
  },
  "lossless files of every format": async (workers) => {
    const files = await Promise.all(LOSSLESS.map((name) => kit.file(`card/${name}`)));
    return encode(files, { fps: 8, background: "rgb(32, 64, 160)" }, { workers });
  },
  "an animation, expanded and played back": async (workers) => {
    const clip = new kit.ImageSequenceClip([await kit.file("animated/animated.gif")], { fps: 1, animated: "expand" });
    return clip.boomerang().repeated(6).toBlob({ workers, keyframeInterval: 0.8 });
  },
  "a camera that moves": (workers) => encode(camera(48), { fps: 24 }, { workers, keyframeInterval: 0.25 }),
  "a constant QP": (workers) => encode(camera(24), { fps: 24 }, { workers, qp: 30, keyframeInterval: 0.25 }),
  "a bit rate": (workers) => encode(camera(48), { fps: 24 }, { workers, bitrate: 200_000, keyframeInterval: 0.25 }),
  "a largest size": (workers) => encode(camera(48), { fps: 24 }, { workers, maxBytes: 30_000, keyframeInterval: 0.25 }),
  "baseline, fast, fragmented": (workers) => {
    const options = { profile: "baseline", speed: "fast", container: "fragmented", keyframeInterval: 0.25 };
    return encode(camera(32), { fps: 24 }, { workers, ...options });
  },
  "main, small": (workers) => {
    return encode(camera(24), { fps: 24 }, { workers, profile: "main", speed: "small", keyframeInterval: 0.25 });
  },
  /** Flat drawings, each held for several images. */
  "a screen": (workers) => encode(screen(40), { fps: 20 }, { workers, keyframeInterval: 0.4 }),
  "frames from a canvas": async (workers) => {
    const encoder = new kit.SequenceEncoder({ ...SIZE, fps: 30, workers, keyframeInterval: 0.2 });
    const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
    for (const picture of camera(40)) {
      canvas.getContext("2d").putImageData(picture, 0, 0);
      await encoder.add(canvas);
    }
    return encoder.finish();
  },
};

/** The rows. */
export const NAMES = Object.keys(TABLE);

globalThis.sameBytes = {
  /** SHA-256 of a row's file, for each number of workers; the first is sent to the judge as well. */
  async digests(name, workers, as) {
    const digests = [];
    for (const [at, count] of workers.entries()) {
      const file = await TABLE[name](count);
      if (at === 0) await kit.upload(file, as);
      digests.push(await kit.digest(file));
    }
    return digests;
  },
};

function encode(images, clip, options) {
  return new kit.ImageSequenceClip(images, clip).toBlob(options);
}

/** The photographs, again and again. */
async function photos(count) {
  const fetched = PHOTOS.map(async (name) => new File([await (await fetch(`/photos/${name}`)).arrayBuffer()], name));
  const files = await Promise.all(fetched);
  return Array.from({ length: count }, (_, at) => files[at % files.length]);
}

/** By what they show and their number: the same pictures are encoded again and again. */
const drawn = new Map();

/** Opaque pictures, from what `colour` gives for a place and a picture: three integers, of which the last eight bits count. */
function pictures(count, colour, what) {
  const name = `${count} of ${what}`;
  if (!drawn.has(name)) drawn.set(name, draw(count, colour));
  return drawn.get(name);
}

function draw(count, colour) {
  return Array.from({ length: count }, (_, at) => {
    const picture = new ImageData(SIZE.width, SIZE.height);
    for (let y = 0; y < SIZE.height; y++) {
      for (let x = 0; x < SIZE.width; x++) picture.data.set([...colour(x, y, at), 255], 4 * (y * SIZE.width + x));
    }
    return picture;
  });
}

/** Texture of several scales under slopes of light, seen by a camera that goes right and down, with a cut in the middle. */
function camera(count) {
  return pictures(
    count,
    (x, y, at) => {
      const scene = 2 * at < count ? 0 : 977;
      const [u, v] = [x + 3 * at + scene, y + at];
      const light = ((u * u) >> 7) + ((v * v) >> 6);
      const texture = (hash(u >> 3, v >> 3) & 63) + (hash(u, v) & 15);
      return [light + texture, (light >> 1) + 2 * texture, 255 - light + texture].map((value) => clamp(value % 320));
    },
    "a camera",
  );
}

/** Windows with lines of something like text; every fourth picture brings a new line. */
function screen(count) {
  return pictures(
    count,
    (x, y, at) => {
      const line = (y >> 3) + Math.floor(at / 4);
      if (y < 12) return [40, 44, 52];
      const inked = (y & 7) < 6 && x > 20 && x < 60 + (hash(line, 7) % 110) && (hash(x, line * 8 + (y & 7)) & 3) === 0;
      return inked ? [30, 30, 200] : [250, 250, 245];
    },
    "a screen",
  );
}

/** Noise that is the same everywhere (a finaliser of MurmurHash3, Appleby 2011). */
function hash(x, y) {
  let value = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

function clamp(value) {
  return Math.min(255, Math.max(0, value));
}
