// The camera-like recipe: lengths are pixels of 720p unless they say otherwise.

/** The wall is rendered at three times that, for 2160p without enlarging and for motion in thirds of a pixel. */
const FINE = 3;

/** Two rows of photographs that make 1920 x 1080; every one covers its box. All are public domain or CC0 (scripts/lib/photos.mjs). */
const ROWS = [
  [
    { name: "coffee.png", width: 960 },
    { name: "rocket.jpg", width: 960 },
  ],
  [
    { name: "astronaut.png", width: 640 },
    { name: "hubble_deep_field.jpg", width: 640 },
    { name: "chelsea.png", width: 640 },
  ],
];
const ROW_HEIGHT = 540;

/** The photographs in input order, and ffmpeg's graph that lays them out. */
export const WALL = { photos: ROWS.flat(), graph: wallGraph() };

function wallGraph() {
  let input = 0;
  const rows = ROWS.map((row, at) => {
    const boxes = row.map(({ width }, column) => {
      const [across, down] = [width * FINE, ROW_HEIGHT * FINE];
      const cover = `scale=${across}:${down}:force_original_aspect_ratio=increase:flags=lanczos+accurate_rnd`;
      return `[${input++}:v]format=gbrp,${cover},crop=${across}:${down}[p${at}${column}]`;
    });
    const labels = row.map((_, column) => `[p${at}${column}]`).join("");
    return `${boxes.join(";")};${labels}hstack=inputs=${row.length}[r${at}]`;
  });
  return `${rows.join(";")};${ROWS.map((_, at) => `[r${at}]`).join("")}vstack=inputs=${ROWS.length},format=rgb24`;
}

/** Pictures until pan and zoom are back where they began. */
const PERIOD = 360;

/** The hand's shake: amplitude in pixels and period in pictures; the periods share no factor, so it never repeats. */
const SHAKE_X = [
  [1.6, 17.3],
  [0.7, 7.1],
];
const SHAKE_Y = [
  [1.3, 19.9],
  [0.6, 6.3],
];

/** A sensor's noise, ffmpeg's `noise` filter: strength for luma, colour, and what the random numbers start from. */
const NOISE = "noise=c0_strength=3:c0_flags=t:c1_strength=2:c1_flags=t:c2_strength=2:c2_flags=t:all_seed=264";

/** ffmpeg's graph from the wall to pictures of a size. */
export function cameraGraph(width, height, fps) {
  const turn = `2*PI*on/${PERIOD}`;
  const shake = (waves) => waves.map(([size, period]) => `${size * FINE}*sin(2*PI*on/${period})`).join("+");
  // At 1.5 the window is 1280 x 720.
  const zoom = `1.5+0.12*sin(${turn})`;
  // The window's centre moves about the wall's middle; zoompan wants its top left corner.
  const x = `iw/2-iw/zoom/2+${240 * FINE}*sin(${turn})+${shake(SHAKE_X)}`;
  const y = `ih/2-ih/zoom/2+${110 * FINE}*sin(2*${turn})+${shake(SHAKE_Y)}`;
  // More pictures than anyone asks for; ffmpeg is told elsewhere when to stop.
  const pan = `zoompan=z='${zoom}':x='${x}':y='${y}':d=100000:s=3840x2160:fps=${fps}`;
  const fit = width === 3840 ? "null" : `scale=${width}:${height}:flags=area+accurate_rnd`;
  return `[0:v]format=yuv444p,${pan},${fit},${NOISE}`;
}
