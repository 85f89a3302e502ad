//! RGB or RGBA pixels to the video's planes, sixteen pixels of two rows at a time. The chroma of 2x2 pixels comes from
//! their mean.

use wide::{i16x8, u8x16};

use super::bt709::{BLACK, CODE_BITS, MIDDLE, cb, codes, cr, fixed, y};
use super::lanes::{HALF, LANES, narrow, narrow_half, put, take, widen};
use super::planes::Planes;
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
    match from.layout {
        Layout::Rgb => convert_rows::<3>(from, to),
        Layout::Rgba => convert_rows::<4>(from, to),
    }
}

fn convert_rows<const CHANNELS: usize>(from: &Fitted<'_>, to: Planes<'_>) {
    let bytes = to.width * CHANNELS;
    let pixels = |row: usize| from.pixels[row * from.stride..][..bytes].chunks(CHANNELS * LANES);
    for (row, [top, bottom, u, v]) in to.row_pairs().enumerate() {
        let lumas = top.chunks_mut(LANES).zip(bottom.chunks_mut(LANES));
        let chromas = u.chunks_mut(HALF).zip(v.chunks_mut(HALF));
        let pixels = pixels(2 * row).zip(pixels(2 * row + 1));
        for (((above, below), (top, bottom)), (u, v)) in pixels.zip(lumas).zip(chromas) {
            let [above, below] = [channels::<CHANNELS>(above), channels::<CHANNELS>(below)];
            put(top, luma(above).to_array());
            put(bottom, luma(below).to_array());
            let [new_u, new_v] = chroma(above, below);
            put(u, new_u);
            put(v, new_v);
        }
    }
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

/// Brings samples of even and odd places together again.
const IN_ORDER: [u8; LANES] = [0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15];

/// Red, green and blue of up to [`LANES`] pixels, those of even places first.
#[inline(always)]
fn channels<const CHANNELS: usize>(pixels: &[u8]) -> [u8x16; 3] {
    // Loops, as the closures of `array::from_fn` are not inlined here.
    let mut result = [u8x16::ZERO; 3];
    for vector in 0..CHANNELS {
        let bytes = u8x16::new(take(pixels.get(vector * LANES..).unwrap_or_default()));
        for (channel, result) in result.iter_mut().enumerate() {
            *result |= bytes.shuffle_zeroing(u8x16::new(Pixels::<CHANNELS>::INDICES[channel][vector]));
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
    [U, V].map(|factors| narrow_half(codes(weigh(factors, means), MIDDLE)))
}

#[inline(always)]
fn weigh(factors: [i16; 3], channels: [i16x8; 3]) -> i16x8 {
    let [red, green, blue] = [0, 1, 2].map(|at| channels[at].mul_scale_round_n(factors[at]));
    red + green + blue
}
