//! The inverse discrete cosine transform of 8x8 blocks (ITU-T T.81 A.3.3), by the factorisation of Loeffler, Ligtenberg
//! and Moschytz (ICASSP 1989) with 12 multiplications, in fixed point, eight columns or rows at a time.

use wide::bytemuck::cast;
use wide::{i16x8, i32x8, u8x16};

use crate::BLOCK;
use crate::zigzag::Block;

/// Fractional bits of the constants.
const CONSTANT_BITS: i32 = 13;

/// Fractional bits that the first of the two passes keeps.
const KEPT_BITS: i32 = 2;

/// Both passes together multiply by 8, which is 3 bits.
const GAIN_BITS: i32 = 3;

/// The sample that a difference of 0 stands for (ITU-T T.81 A.3.1).
const MIDDLE: i16 = 128;

const fn fixed(value: f64) -> i32 {
    (value * (1 << CONSTANT_BITS) as f64 + 0.5) as i32
}

/// Writes a block's samples to rows of `stride` bytes.
#[inline(always)]
pub(crate) fn write(block: &Block, to: &mut [u8], stride: usize) {
    let columns = std::array::from_fn(|x| i32x8::from_i16x8(i16x8::from_slice_unaligned(&block[x * BLOCK..])));
    let columns = pass::<{ CONSTANT_BITS - KEPT_BITS }>(columns);
    let samples = pass::<{ CONSTANT_BITS + KEPT_BITS + GAIN_BITS }>(turned(columns).map(widen_apart));
    for (row, samples) in to.chunks_mut(stride).zip(samples) {
        let samples = samples.saturating_add(i16x8::splat(MIDDLE));
        let samples = u8x16::narrow_i16x8(samples, samples).shuffle_zeroing(u8x16::new(BY_TURNS));
        row[..BLOCK].copy_from_slice(&samples.to_array()[..BLOCK]);
    }
}

/// The same for a block of which all coefficients but the first are 0.
#[inline(always)]
pub(crate) fn write_flat(first: i16, to: &mut [u8], stride: usize) {
    let level = (i32::from(first) + (1 << (GAIN_BITS - 1))) >> GAIN_BITS;
    let sample = (level + i32::from(MIDDLE)).clamp(0, 255) as u8;
    for row in to.chunks_mut(stride).take(BLOCK) {
        row[..BLOCK].copy_from_slice(&[sample; BLOCK]);
    }
}

type Rows = [i16x8; BLOCK];

/// Lanes of 32 bits, first those of even places, then those of odd ones: `wide` widens in order, but lane by lane in wasm.
#[inline(always)]
fn widen_apart(lanes: i16x8) -> i32x8 {
    let even = lanes.dot(i16x8::new([1, 0, 1, 0, 1, 0, 1, 0]));
    let odd = lanes.dot(i16x8::new([0, 1, 0, 1, 0, 1, 0, 1]));
    cast([even, odd])
}

/// Brings lanes of even and odd places back into order.
const BY_TURNS: [u8; 16] = [0, 4, 1, 5, 2, 6, 3, 7, 0, 4, 1, 5, 2, 6, 3, 7];

/// Columns as rows.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline(always)]
fn turned(rows: Rows) -> Rows {
    i16x8::transpose(rows)
}

/// Columns as rows; `wide` does this one lane by lane in wasm.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline(always)]
fn turned(rows: Rows) -> Rows {
    use core::arch::wasm32::{i16x8 as v128_of, i16x8_extract_lane as lane, i16x8_shuffle, v128};
    let low = |a, b| i16x8_shuffle::<0, 8, 1, 9, 2, 10, 3, 11>(a, b);
    let high = |a, b| i16x8_shuffle::<4, 12, 5, 13, 6, 14, 7, 15>(a, b);
    // Lays the lower, then the upper halves of two rows together like the teeth of a zip; after three times, every lane
    // has come to its place.
    let zip = |[a, b, c, d, e, f, g, h]: [v128; 8]| {
        [low(a, e), high(a, e), low(b, f), high(b, f), low(c, g), high(c, g), low(d, h), high(d, h)]
    };
    let from = rows.map(|row| {
        let [a, b, c, d, e, f, g, h] = row.to_array();
        v128_of(a, b, c, d, e, f, g, h)
    });
    zip(zip(zip(from))).map(|row| {
        let low = [lane::<0>(row), lane::<1>(row), lane::<2>(row), lane::<3>(row)];
        let high = [lane::<4>(row), lane::<5>(row), lane::<6>(row), lane::<7>(row)];
        i16x8::new(std::array::from_fn(|at| if at < 4 { low[at] } else { high[at - 4] }))
    })
}

/// One dimension, in eight lanes: eight rows in, eight out. What does not fit 16 bits comes from no encoder and is
/// clipped; sums in between may wrap, as their differences come out right all the same.
#[inline(always)]
fn pass<const SHIFT: i32>([r0, r1, r2, r3, r4, r5, r6, r7]: [i32x8; BLOCK]) -> Rows {
    let half = i32x8::splat(1 << (SHIFT - 1));

    let shared = (r2 + r6) * fixed(0.541_196_100);
    let even2 = shared - r6 * fixed(1.847_759_065);
    let even3 = shared + r2 * fixed(0.765_366_865);
    let even0 = ((r0 + r4) << CONSTANT_BITS) + half;
    let even1 = ((r0 - r4) << CONSTANT_BITS) + half;
    let evens = [even0 + even3, even1 + even2, even1 - even2, even0 - even3];

    let (outer, inner) = ((r7 + r1) * fixed(0.899_976_223), (r5 + r3) * fixed(2.562_915_447));
    let shared = (r7 + r3 + r5 + r1) * fixed(1.175_875_602);
    let first = shared - (r7 + r3) * fixed(1.961_570_560);
    let second = shared - (r5 + r1) * fixed(0.390_180_644);
    let odds = [
        r1 * fixed(1.501_321_110) - outer + second,
        r3 * fixed(3.072_711_026) - inner + first,
        r5 * fixed(2.053_119_869) - inner + second,
        r7 * fixed(0.298_631_336) - outer + first,
    ];

    let clipped = |sum: i32x8| i16x8::from_i32x8_saturate(sum >> SHIFT);
    let mut result = [i16x8::ZERO; BLOCK];
    for row in 0..BLOCK / 2 {
        result[row] = clipped(evens[row] + odds[row]);
        result[BLOCK - 1 - row] = clipped(evens[row] - odds[row]);
    }
    result
}

/// A coefficient from its level. A value beyond 16 bits comes from no encoder, and may become any other.
#[inline(always)]
pub(crate) const fn dequantise(level: i16, step: i16) -> i16 {
    level.wrapping_mul(step)
}
