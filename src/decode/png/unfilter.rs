//! Undoes the filters of scanlines (PNG specification, third edition, 9), of several at once: a pixel needs the one to its left, so
//! that one scanline alone is a chain of a dozen steps a pixel. A scanline that is a pixel behind the one above it is a chain of its
//! own, and four of them share vectors.

use wide::bytemuck::cast;
use wide::{f32x4, u8x16, u16x8};

/// Scanlines whose filters are undone together.
pub(super) const LINES: usize = 4;

/// Bytes of a vector, of which a pixel of either of [`LINES`] has four.
const LANES: usize = 16;

/// Bytes before a scanline's first pixel, which the ones below read as zeros, and behind its last.
pub(super) const BEFORE: usize = LANES;
pub(super) const BEHIND: usize = 4 * LANES;

/// The filters (9.2).
const NONE: u8 = 0;
const SUB: u8 = 1;
const UP: u8 = 2;
const AVERAGE: u8 = 3;
const PAETH: u8 = 4;

/// Whether a filter takes so few steps that a scanline alone is undone fastest.
pub(super) fn is_plain(filter: u8) -> bool {
    matches!(filter, NONE | SUB | UP)
}

/// Whether a scanline says that its row is the one above.
pub(super) fn is_repeat(filter: u8, stored: &[u8]) -> bool {
    let (vectors, rest) = stored.as_chunks::<LANES>();
    let is_zero = |vectors: &[[u8; LANES]]| {
        let all = vectors.iter().fold(u8x16::ZERO, |all, bytes| all | u8x16::new(*bytes));
        cast::<_, u128>(all) == 0
    };
    filter == UP && vectors.chunks(8).all(is_zero) && rest.iter().all(|byte| *byte == 0)
}

/// Undoes a filter that [is plain](is_plain), from a scanline's bytes to as many others.
pub(super) fn undo_plain<const CHANNELS: usize>(filter: u8, stored: &[u8], above: &[u8], line: &mut [u8]) {
    match filter {
        SUB => {
            let mut left = [0_u8; CHANNELS];
            for (stored, pixel) in stored.as_chunks::<CHANNELS>().0.iter().zip(line.as_chunks_mut::<CHANNELS>().0) {
                for (left, stored) in left.iter_mut().zip(stored) {
                    *left = left.wrapping_add(*stored);
                }
                *pixel = left;
            }
        }
        UP => {
            for ((byte, stored), above) in line.iter_mut().zip(stored).zip(above) {
                *byte = stored.wrapping_add(*above);
            }
        }
        _ => line.copy_from_slice(stored),
    }
}

/// Undoes the filters of [`LINES`] scanlines of `width` pixels, in place, each with [`BEFORE`] zeros before it and [`BEHIND`] bytes
/// behind it. Nothing where a filter is none of the five.
pub(super) fn undo<const CHANNELS: usize>(
    filters: [u8; LINES],
    width: usize,
    above: &[u8],
    lines: [&mut [u8]; LINES],
) -> Option<()> {
    if filters.iter().any(|filter| *filter > PAETH) {
        return None;
    }
    if filters.contains(&AVERAGE) {
        undo_together::<CHANNELS, true>(filters, width, above, lines);
    } else {
        undo_together::<CHANNELS, false>(filters, width, above, lines);
    }
    Some(())
}

/// The same; without `AVERAGES`, no filter is the mean.
fn undo_together<const CHANNELS: usize, const AVERAGES: bool>(
    filters: [u8; LINES],
    width: usize,
    above: &[u8],
    lines: [&mut [u8]; LINES],
) {
    let lanes = |of: &[u8]| -> u8x16 { cast(filters.map(|filter| if of.contains(&filter) { u32::MAX } else { 0 })) };
    let (with_left, with_above, average) =
        (lanes(&[SUB, AVERAGE, PAETH]), lanes(&[UP, AVERAGE, PAETH]), lanes(&[AVERAGE]));
    let Order { spread, packed, is_pixel } = Order::new::<CHANNELS>();
    // Lanes that get zero have a number out of range, as have those whose filter takes nothing from above.
    let next_line = u8x16::new(std::hint::black_box(NEXT_LINE)) | !with_above;
    let stride = 4 * CHANNELS;
    // As long as steps go, each from where its scanline's first pixel is then.
    let steps = (width + LINES - 1).div_ceil(4);
    let bytes = steps * stride + LANES;
    let above = &above[BEFORE..][..bytes];
    let [first, second, third, fourth] = lines;
    let lines = [
        &mut first[BEFORE..][..bytes],
        &mut second[BEFORE - CHANNELS..][..bytes],
        &mut third[BEFORE - 2 * CHANNELS..][..bytes],
        &mut fourth[BEFORE - 3 * CHANNELS..][..bytes],
    ];

    let (mut left, mut corner) = (u8x16::ZERO, u8x16::ZERO);
    for step in 0..steps {
        let at = step * stride;
        let load = |bytes: &[u8]| u8x16::new(*bytes[at..].first_chunk().unwrap_or(&[0; LANES]));
        let stored = [load(lines[0]), load(lines[1]), load(lines[2]), load(lines[3])];
        let mut pixels = transposed(stored.map(|bytes| bytes.shuffle(spread)));
        for (pixel, bytes) in pixels.iter_mut().zip(above[at..].windows(4).step_by(CHANNELS)) {
            let top = u32::from_le_bytes(*bytes.first_chunk().unwrap_or(&[0; 4]));
            let above = left.shuffle_zeroing(next_line) | cast::<_, u8x16>([top, 0, 0, 0]) & with_above;
            left &= with_left;
            left = *pixel + predicted::<AVERAGES>(left, above, corner, average);
            *pixel = left;
            corner = above & with_left;
        }
        let undone = transposed(pixels);
        for line in 0..LINES {
            let undone = is_pixel.bitselect(undone[line].shuffle(packed), stored[line]);
            if let Some(bytes) = lines[line][at..].first_chunk_mut() {
                *bytes = undone.to_array();
            }
        }
    }
}

/// Numbers of four bytes, those of each lane together.
#[inline(always)]
fn transposed(vectors: [u8x16; 4]) -> [u8x16; 4] {
    // By way of floating point, for which alone the crate has the two steps of pairs that processors have instructions for.
    f32x4::transpose(vectors.map(cast)).map(cast)
}

/// Paeth's predictor (9.4) of the bytes to the left, above, and above to the left, without wider numbers. With those to the left and
/// above in order, and `u` and `v` their distances from the corner, where it lies between them: the sum less the corner is
/// `u` away from the lower, `v` from the higher and `|u - v|` from the corner. Where the corner is outside, one of the two is zero.
#[inline(always)]
fn predicted<const AVERAGES: bool>(left: u8x16, above: u8x16, corner: u8x16, average: u8x16) -> u8x16 {
    let (mut low, high) = (left.min(above), left.max(above));
    let (u, v) = (high.saturating_sub(corner), corner.saturating_sub(low));
    let takes_low = at_most(u.saturating_add(u), v);
    let takes_high = at_most(v.saturating_add(v), u);
    // What is not in between becomes so.
    let mut between = corner.saturating_sub(takes_low).saturating_add(takes_high);
    if AVERAGES {
        let mean = (left & above) + halves(left ^ above);
        low = low.max(mean & average);
        between = between.saturating_sub(average);
    }
    between.min(high).max(low)
}

/// All bits of a byte where it is not more than the other.
#[inline(always)]
fn at_most(byte: u8x16, other: u8x16) -> u8x16 {
    byte.min(other).simd_eq(byte)
}

/// Half of each byte, rounded down.
#[inline(always)]
fn halves(bytes: u8x16) -> u8x16 {
    cast::<u16x8, u8x16>(cast::<u8x16, u16x8>(bytes) >> 1) & u8x16::splat(0x7F)
}

/// From the pixel of each scanline to that of the one below; the first one's comes from elsewhere.
const NEXT_LINE: [u8; LANES] = [255, 255, 255, 255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/// Where bytes of four pixels come from and go.
struct Order {
    /// Where they come from, for four bytes each.
    spread: u8x16,
    /// The way back; behind the pixels, anything.
    packed: u8x16,
    /// All bits of those that pixels have.
    is_pixel: u8x16,
}

impl Order {
    fn new<const CHANNELS: usize>() -> Self {
        // Not known to the compiler: of constants it makes shuffles of two vectors, which take more steps.
        let lanes = |of: fn(usize) -> usize| u8x16::new(std::hint::black_box(std::array::from_fn(|at| of(at) as u8)));
        Self {
            spread: lanes(|at| at / 4 * CHANNELS + at % 4),
            packed: lanes(|at| at / CHANNELS * 4 + at % CHANNELS),
            is_pixel: lanes(|at| if at < 4 * CHANNELS { 0xFF } else { 0 }),
        }
    }
}
