//! RGB or RGBA pixels to the video's planes, sixteen pixels of two rows at a time. The chroma of 2x2 pixels comes from
//! their mean.

use wide::{i16x8, u8x16};

use super::bt709::{BLACK, CODE_BITS, MIDDLE, cb, codes, cr, fixed, y};
use super::lanes::{HALF, IN_ORDER, LANES, narrow, narrow_both, part, put, widen};
use super::planes::{Planes, RowPair};
use crate::fit::Fitted;
use crate::raster::Layout;

/// The factors of red, green and blue in a sample.
const fn factors(of_red: f64, of_blue: f64, sum: i16) -> [i16; 3] {
    // Green takes the rest: so grey has no difference, and white is white.
    [fixed(of_red), sum - fixed(of_red) - fixed(of_blue), fixed(of_blue)]
}

const RED: [f64; 3] = [1.0, 0.0, 0.0];
const BLUE: [f64; 3] = [0.0, 0.0, 1.0];
const WHITE: [f64; 3] = [1.0, 1.0, 1.0];

const Y: [i16; 3] = factors(y(RED), y(BLUE), fixed(y(WHITE)));
const U: [i16; 3] = factors(cb(RED), cb(BLUE), 0);
const V: [i16; 3] = factors(cr(RED), cr(BLUE), 0);

/// Converts pixels of the planes' size; alpha is not looked at.
pub(super) fn convert(from: &Fitted<'_>, to: Planes<'_>) {
    let mut rows = Rows::new(from.layout, to);
    let mut before = None;
    for two in from.pixels.chunks(2 * from.stride) {
        let pixels = two.split_at(from.stride).into();
        rows.push(pixels, before);
        before = Some(pixels);
    }
}

/// Converts rows of so many bytes that `next` fills, two at a time; what it says then is whether they are the two before. Nothing
/// once it gives nothing.
pub(super) fn convert_rows(
    layout: Layout,
    stride: usize,
    to: Planes<'_>,
    mut next: impl FnMut(&mut [u8]) -> Option<bool>,
) -> Option<()> {
    let pairs = to.y.len() / (2 * to.width);
    let mut rows = Rows::new(layout, to);
    let [mut pixels, mut before] = [vec![0; 2 * stride], vec![0; 2 * stride]];
    for pair in 0..pairs {
        std::mem::swap(&mut pixels, &mut before);
        if next(&mut pixels)? && pair > 0 {
            std::mem::swap(&mut pixels, &mut before);
            rows.repeat();
            continue;
        }
        let [pixels, before] = [&pixels, &before].map(|two| two.split_at(stride).into());
        rows.push(pixels, (pair > 0).then_some(before));
    }
    Some(())
}

/// Planes that are filled from rows of pixels, two at a time from the top.
struct Rows<'a> {
    convert: fn(Pair<'_>, Option<Pair<'_>>, &mut RowPair<'a>, Option<&RowPair<'a>>),
    planes: Planes<'a>,
    /// Those that were filled last.
    last: Option<RowPair<'a>>,
}

/// Pixels of two rows, from the first of either row on.
type Pair<'a> = [&'a [u8]; 2];

impl<'a> Rows<'a> {
    fn new(layout: Layout, planes: Planes<'a>) -> Self {
        let convert = match layout {
            Layout::Rgb => convert_pair::<3, { 3 * LANES }>,
            Layout::Rgba => convert_pair::<4, { 4 * LANES }>,
        };
        Self { convert, planes, last: None }
    }

    /// Takes the next two rows; `before` are those before them. What lies below the planes is not taken.
    fn push(&mut self, pixels: Pair<'_>, before: Option<Pair<'_>>) {
        let Some(mut to) = self.planes.next() else { return };
        (self.convert)(pixels, before, &mut to, self.last.as_ref());
        self.last = Some(to);
    }

    /// Takes the last two rows once more.
    fn repeat(&mut self) {
        let (Some(mut to), Some(last)) = (self.planes.next(), &self.last) else { return };
        for (to, last) in to.iter_mut().zip(last) {
            to.copy_from_slice(last);
        }
        self.last = Some(to);
    }
}

/// Pixels that are those of the two rows above become what those became: in drawings most are. `BYTES` are those of [`LANES`] pixels.
fn convert_pair<const CHANNELS: usize, const BYTES: usize>(
    pixels: Pair<'_>,
    before: Option<Pair<'_>>,
    to: &mut RowPair<'_>,
    last: Option<&RowPair<'_>>,
) {
    let whole = to[0].len() / LANES;
    // Read, not known: of constants the compiler makes shuffles of two vectors, and browsers load each mask anew in every round.
    let indices = &std::hint::black_box(Pixels::<CHANNELS>::INDICES);
    let [top_y, bottom_y, u, v] = to;
    let (top_y, top_rest) = top_y.as_chunks_mut::<LANES>();
    let (bottom_y, bottom_rest) = bottom_y.as_chunks_mut::<LANES>();
    let (u, u_rest) = u.as_chunks_mut::<HALF>();
    let (v, v_rest) = v.as_chunks_mut::<HALF>();
    // Slices of one length each: so the loop checks no bounds.
    let to = (&mut top_y[..whole], &mut bottom_y[..whole], &mut u[..whole], &mut v[..whole]);
    let [top, bottom] = pixels.map(|row| &row.as_chunks::<BYTES>().0[..whole]);
    if let Some((before, [last_top, last_bottom, last_u, last_v])) = before.zip(last) {
        let [before_top, before_bottom] = before.map(|row| &row.as_chunks::<BYTES>().0[..whole]);
        let lumas = [last_top, last_bottom].map(|row| &row.as_chunks::<LANES>().0[..whole]);
        let chromas = [last_u, last_v].map(|row| &row.as_chunks::<HALF>().0[..whole]);
        for at in 0..whole {
            let is_known = is_same(&top[at], &before_top[at]) && is_same(&bottom[at], &before_bottom[at]);
            (to.0[at], to.1[at], to.2[at], to.3[at]) = if is_known {
                (lumas[0][at], lumas[1][at], chromas[0][at], chromas[1][at])
            } else {
                samples(indices, &top[at], &bottom[at])
            };
        }
    } else {
        for at in 0..whole {
            (to.0[at], to.1[at], to.2[at], to.3[at]) = samples(indices, &top[at], &bottom[at]);
        }
    }
    let [top, bottom] = pixels.map(|row| part::<_, BYTES>(&row[whole * BYTES..]));
    let rest = samples(indices, &top, &bottom);
    put(top_rest, rest.0);
    put(bottom_rest, rest.1);
    put(u_rest, rest.2);
    put(v_rest, rest.3);
}

/// Whether both are the same. One vector tells most that are not.
#[inline(always)]
fn is_same<const BYTES: usize>(bytes: &[u8; BYTES], other: &[u8; BYTES]) -> bool {
    let (vectors, others) = (bytes.as_chunks::<LANES>().0, other.as_chunks::<LANES>().0);
    let equal = |at: usize| u8x16::new(vectors[at]).simd_eq(u8x16::new(others[at]));
    let mut all = equal(0);
    if !all.all() {
        return false;
    }
    for at in 1..BYTES / LANES {
        all &= equal(at);
    }
    all.all()
}

/// Luma of [`LANES`] pixels in either of two rows, and the differences that they share.
#[inline(always)]
fn samples<const CHANNELS: usize, const BYTES: usize>(
    indices: &[[[u8; LANES]; CHANNELS]; 3],
    top: &[u8; BYTES],
    bottom: &[u8; BYTES],
) -> ([u8; LANES], [u8; LANES], [u8; HALF], [u8; HALF]) {
    let [top, bottom] = [top, bottom].map(|pixels| channels(indices, pixels));
    let [u, v] = chroma(top, bottom);
    (luma(top).to_array(), luma(bottom).to_array(), u, v)
}

/// Pixels of so many channels, worked out at compile time.
struct Pixels<const CHANNELS: usize>;

impl<const CHANNELS: usize> Pixels<CHANNELS> {
    /// For red, green and blue and each of the vectors that hold [`LANES`] pixels, where the bytes go: the index of the byte
    /// for each lane, or one out of range where another vector has it. Pixels of even places fill the lower half of the
    /// lanes, so that neighbours can be added.
    const INDICES: [[[u8; LANES]; CHANNELS]; 3] = {
        let mut indices = [[[0xFF; LANES]; CHANNELS]; 3];
        let mut at = 0;
        while at < 3 * LANES {
            let (channel, lane) = (at / LANES, at % LANES);
            let pixel = 2 * (lane % HALF) + lane / HALF;
            let byte = pixel * CHANNELS + channel;
            indices[channel][byte / LANES][lane] = (byte % LANES) as u8;
            at += 1;
        }
        indices
    };
}

/// Red, green and blue of [`LANES`] pixels, those of even places first.
#[inline(always)]
fn channels<const CHANNELS: usize, const BYTES: usize>(
    indices: &[[[u8; LANES]; CHANNELS]; 3],
    pixels: &[u8; BYTES],
) -> [u8x16; 3] {
    // Loops, as the closures of `array::from_fn` are not inlined here.
    let mut result = [u8x16::ZERO; 3];
    for (vector, bytes) in pixels.as_chunks::<LANES>().0.iter().enumerate() {
        for (channel, result) in result.iter_mut().enumerate() {
            *result |= u8x16::new(*bytes).shuffle_zeroing(u8x16::new(indices[channel][vector]));
        }
    }
    result
}

#[inline(always)]
fn luma(channels: [u8x16; 3]) -> u8x16 {
    let channels = channels.map(widen);
    let half = |half: usize| codes(weigh(Y, channels.map(|codes| codes[half] << CODE_BITS)), BLACK);
    narrow([half(0), half(1)]).shuffle_zeroing(u8x16::new(IN_ORDER))
}

/// Eight samples of either difference.
#[inline(always)]
fn chroma(above: [u8x16; 3], below: [u8x16; 3]) -> [[u8; HALF]; 2] {
    let pairs = |row: [u8x16; 3]| row.map(widen).map(|[even, odd]| even + odd);
    let (above, below) = (pairs(above), pairs(below));
    // A sum of four codes is their mean with two fractional bits.
    let means = [0, 1, 2].map(|channel| (above[channel] + below[channel]) << (CODE_BITS - 2));
    narrow_both([U, V].map(|factors| codes(weigh(factors, means), MIDDLE)))
}

#[inline(always)]
fn weigh(factors: [i16; 3], channels: [i16x8; 3]) -> i16x8 {
    let [red, green, blue] = [0, 1, 2].map(|at| channels[at].mul_scale_round_n(factors[at]));
    red + green + blue
}
