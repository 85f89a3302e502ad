// A screen recording: an editor whose code scrolls in bursts and is typed, then slides, one pushing the other out.
import { random } from "../random.mjs";
import { textWidth, write } from "./glyphs.mjs";
import { ease } from "./noise.mjs";
import { photo } from "./photo.mjs";
import { mix, Picture } from "./raster.mjs";

/** When the slides come, when one pushes the other out and how long it takes, as shares of the clip. */
const SLIDES = 0.5;
const PUSH = { from: 0.7, to: 0.83 };

const WORDS =
  "frame image width height buffer encode slice sample index return const result error value table offset length queue worker signal track layer".split(
    " ",
  );
const KEYWORDS = ["let", "if", "for", "match", "return", "while", "use"];
const CODE_LINES = 240;

/** `scrolls`: first picture, last, and pixels of 720p a picture. */
const CLIPS = {
  a: {
    seed: 264,
    colours: {
      page: [30, 30, 30],
      side: [37, 37, 38],
      bar: [60, 60, 60],
      text: [212, 212, 212],
      dim: [110, 118, 129],
      accent: [0, 122, 204],
    },
    syntax: {
      keyword: [197, 134, 192],
      name: [156, 220, 254],
      call: [220, 220, 170],
      comment: [106, 153, 85],
      number: [181, 206, 168],
    },
    lineHeight: 20,
    size: 11,
    scrolls: [
      [4, 16, 6],
      [24, 30, 20],
      [38, 46, 3],
    ],
    push: "left",
    slides: [
      { page: [250, 250, 252], title: [24, 48, 96], text: [50, 50, 60], photo: null },
      { page: [18, 32, 58], title: [255, 214, 102], text: [230, 236, 245], photo: "coffee.png" },
    ],
  },
  b: {
    seed: 711,
    colours: {
      page: [255, 255, 255],
      side: [243, 243, 243],
      bar: [221, 221, 221],
      text: [40, 44, 52],
      dim: [150, 150, 150],
      accent: [104, 33, 122],
    },
    syntax: {
      keyword: [0, 0, 205],
      name: [0, 16, 128],
      call: [121, 94, 38],
      comment: [0, 128, 0],
      number: [9, 134, 88],
    },
    lineHeight: 24,
    size: 13,
    scrolls: [
      [2, 10, 12],
      [18, 34, 4],
      [40, 44, 31],
    ],
    push: "up",
    slides: [
      { page: [236, 240, 236], title: [160, 40, 40], text: [40, 40, 40], photo: "rocket.jpg" },
      { page: [255, 255, 255], title: [0, 110, 90], text: [70, 70, 70], photo: null },
    ],
  },
};

export function editor({ width, height, frames, clip }) {
  const look = CLIPS[clip];
  const px = (length) => Math.round((length * width) / 1280);
  const { pick, below } = random(look.seed);
  const lines = Array.from({ length: CODE_LINES }, () => codeLine(pick, below, look));
  const names = Array.from({ length: 26 }, () => `${"  ".repeat(below(3))}${pick(WORDS)}_${pick(WORDS)}.rs`);
  const log = Array.from(
    { length: 60 },
    (_, at) => `[${String(at).padStart(4, "0")}] ok ${pick(WORDS)} ${pick(WORDS)} ${below(9999)} us`,
  );
  const slides = look.slides.map((slide, at) => drawSlide(slide, at, { width, height, px, pick, below }));
  const firstSlide = Math.round(SLIDES * frames);
  return (picture, n) => {
    if (n < firstSlide) drawEditor(picture, n, look, { px, lines, names, log });
    else showSlides(picture, n / frames, slides, look.push);
  };
}

/** A line of code as [column, text, colour] pieces. */
function codeLine(pick, below, { colours, syntax }) {
  if (below(7) === 0) return [];
  const pieces = [];
  let column = 4 * below(4);
  const add = (text, colour) => {
    pieces.push([column, text, colour]);
    column += text.length;
  };
  if (below(6) === 0) {
    add(`// ${Array.from({ length: 3 + below(6) }, () => pick(WORDS)).join(" ")}`, syntax.comment);
    return pieces;
  }
  add(`${pick(KEYWORDS)} `, syntax.keyword);
  add(`${pick(WORDS)}_${pick(WORDS)}`, syntax.name);
  add(" = ", colours.text);
  add(pick(WORDS), syntax.call);
  add("(", colours.text);
  for (let argument = below(4); argument >= 0; argument--) {
    add(below(3) === 0 ? String(below(4096)) : pick(WORDS), below(3) === 0 ? syntax.number : syntax.name);
    add(argument > 0 ? ", " : ");", colours.text);
  }
  return pieces;
}

function drawEditor(picture, n, { colours, scrolls, lineHeight, size, syntax }, { px, lines, names, log }) {
  const scrolled = scrolls.reduce(
    (sum, [from, to, step]) => sum + Math.min(to - from, Math.max(0, n - from)) * px(step),
    0,
  );
  const step = px(lineHeight);
  const advance = textWidth(" ", px(size));
  picture.fill(colours.page);
  const first = Math.floor(scrolled / step);
  for (let row = first; row <= first + Math.ceil(px(500) / step); row++) {
    const y = px(44) + row * step - scrolled;
    write(picture, String(row + 1).padStart(3), px(188), y, { size: px(size), colour: colours.dim });
    for (const [column, text, colour] of lines[row % lines.length]) {
      write(picture, text, px(240) + column * advance, y, { size: px(size), colour });
    }
  }
  // Someone types while nothing scrolls; the cursor blinks.
  const typed = "let total = frames.length * ticks;".slice(0, Math.max(0, Math.floor((n - 17) / 1.5)));
  if (n >= 17 && n < 38) {
    picture.rectangle(px(236), px(300), px(700), step, mix(colours.page, colours.accent, 0.15));
    write(picture, typed, px(240), px(304), { size: px(size), colour: syntax.name });
  }
  if (n % 16 < 8) picture.rectangle(px(240) + typed.length * advance, px(300), Math.max(1, px(2)), step, colours.text);
  picture.rectangle(0, 0, px(180), picture.height, colours.side);
  for (const [at, name] of names.entries())
    write(picture, name, px(14), px(48 + at * 22), { size: px(10), colour: colours.text });
  picture.rectangle(px(4), px(44 + 22 * 6), px(172), px(20), mix(colours.side, colours.accent, 0.3));
  write(picture, names[6], px(14), px(48 + 6 * 22), { size: px(10), colour: colours.text });
  picture.rectangle(px(180), px(540), px(1100), px(156), mix(colours.page, [0, 0, 0], 0.12));
  const shown = 6 + Math.floor(n / 6);
  for (let row = 0; row < 7; row++) {
    write(picture, log[(shown + row) % log.length], px(192), px(550 + row * 20), {
      size: px(9),
      colour: syntax.number,
    });
  }
  picture.rectangle(px(1262), px(36), px(18), px(504), colours.side);
  picture.rectangle(px(1262), px(60) + scrolled / 12, px(18), px(60), colours.bar);
  picture.rectangle(0, 0, picture.width, px(36), colours.bar);
  write(picture, "frame_index.rs - editor", px(520), px(12), { size: px(11), colour: colours.text });
  picture.rectangle(0, px(696), picture.width, px(24), colours.accent);
  write(picture, `Ln ${first + 12}, Col ${4 + typed.length}   UTF-8   main`, px(12), px(703), {
    size: px(9),
    colour: [255, 255, 255],
  });
  pointer(picture, px(700) + px(220) * Math.sin(n / 17), px(330) + px(120) * Math.sin(n / 23), px(1));
}

/** An arrow, white with a black edge. */
function pointer(picture, x, y, scale) {
  const points = [
    [0, 0],
    [0, 17],
    [4, 13],
    [7, 19],
    [10, 18],
    [7, 12],
    [12, 12],
  ].map(([across, down]) => [Math.round(x) + across * scale, Math.round(y) + down * scale]);
  picture.polygon(points, [255, 255, 255]);
  picture.stroke([...points, points[0]], Math.max(1, scale), [0, 0, 0]);
}

function drawSlide(slide, at, { width, height, px, pick, below }) {
  const picture = new Picture(width, height);
  picture.fill(slide.page);
  picture.gradient(0, 0, width, px(110), mix(slide.page, slide.title, 0.35), slide.page);
  write(
    picture,
    `${at + 1}. ${pick(WORDS)} and ${pick(WORDS)}`.replace(/[a-z]/, (first) => first.toUpperCase()),
    px(80),
    px(64),
    {
      size: px(34),
      colour: slide.title,
      weight: px(5),
    },
  );
  for (let bullet = 0; bullet < 6; bullet++) {
    const y = px(190 + bullet * 76);
    picture.ellipse(px(98), y + px(10), px(7), px(7), slide.title);
    const words = Array.from({ length: 3 + below(3) }, () => pick(WORDS)).join(" ");
    write(picture, words.slice(0, slide.photo ? 28 : 44), px(128), y, {
      size: px(20),
      colour: slide.text,
      weight: px(2.4),
    });
  }
  if (slide.photo) {
    picture.rectangle(px(756), px(186), px(448), px(348), mix(slide.page, slide.text, 0.5));
    picture.paste(photo(slide.photo, px(440), px(340)), px(760), px(190));
  }
  write(picture, "framereel", px(1120), px(686), { size: px(12), colour: slide.text });
  return picture;
}

/** The first slide, the push, the second. */
function showSlides(picture, share, [first, second], direction) {
  const t = ease(Math.min(1, Math.max(0, (share - PUSH.from) / (PUSH.to - PUSH.from))));
  const [across, down] = direction === "left" ? [1, 0] : [0, 1];
  const [x, y] = [Math.round(t * picture.width) * across, Math.round(t * picture.height) * down];
  picture.paste(first, -x, -y);
  if (t > 0) picture.paste(second, picture.width * across - x, picture.height * down - y);
}
