//! The inverse discrete cosine transform of 8x8 blocks (ITU-T T.81 A.3.3), by the factorisation of Loeffler, Ligtenberg
//! and Moschytz (ICASSP 1989) in fixed point, eight columns or rows at a time. Its factors are multiplied out, to twice as many
//! multiplications: processors do two of them and the addition at once.

use wide::bytemuck::cast;
use wide::{f32x4, i16x8, i32x4, u8x16};

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

const fn fixed(value: f64) -> i16 {
    (value * (1 << CONSTANT_BITS) as f64 + 0.5) as i16
}

/// Two factors, for lanes by turns.
const fn factors(first: i16, second: i16) -> i16x8 {
    i16x8::new([first, second, first, second, first, second, first, second])
}

/// Rows or columns that are multiplied and added together: what of them makes the sums and differences that the even part begins
/// with, the rest of it, and the odd part.
pub(crate) const PAIRS: [[usize; 2]; 4] = [[0, 4], [2, 6], [1, 3], [5, 7]];

/// For each of [`PAIRS`], by what results.
#[derive(Debug)]
struct Factors {
    sums: [i16x8; 2],
    evens: [i16x8; 2],
    /// Those of both pairs.
    odds: [[i16x8; 2]; BLOCK / 2],
}

static FACTORS: Factors = {
    const ONE: i16 = 1 << CONSTANT_BITS;
    const EVEN: i16 = fixed(0.541_196_100);
    const ODD: i16 = fixed(1.175_875_602);
    const OUTER: i16 = ODD - fixed(0.899_976_223);
    const INNER: i16 = ODD - fixed(2.562_915_447);
    const FIRST: i16 = ODD - fixed(1.961_570_560);
    const SECOND: i16 = ODD - fixed(0.390_180_644);
    Factors {
        sums: [factors(ONE, ONE), factors(ONE, -ONE)],
        evens: [factors(EVEN + fixed(0.765_366_865), EVEN), factors(EVEN, EVEN - fixed(1.847_759_065))],
        odds: [
            [factors(OUTER + SECOND - ODD + fixed(1.501_321_110), ODD), factors(SECOND, OUTER)],
            [factors(ODD, INNER + FIRST - ODD + fixed(3.072_711_026)), factors(INNER, FIRST)],
            [factors(SECOND, INNER), factors(INNER + SECOND - ODD + fixed(2.053_119_869), ODD)],
            [factors(OUTER, FIRST), factors(ODD, OUTER + FIRST - ODD + fixed(0.298_631_336))],
        ],
    }
};

/// Writes a block's samples to rows of `stride` bytes.
#[inline(always)]
pub(crate) fn write(block: &Block, to: &mut [u8], stride: usize) {
    // Not known to the compiler: browsers make a constant of a vector anew wherever it is used, in more steps than a load.
    let factors = std::hint::black_box(&FACTORS);
    let vector = |at: usize| i16x8::from_slice_unaligned(&block[at * BLOCK..]);
    let columns = std::array::from_fn(|pair| [vector(2 * pair), vector(2 * pair + 1)]);
    let columns = pass::<{ CONSTANT_BITS - KEPT_BITS }>(factors, columns);
    let samples = pass::<{ CONSTANT_BITS + KEPT_BITS + GAIN_BITS }>(factors, turned(columns));
    for (two, samples) in to.chunks_mut(2 * stride).zip(samples.as_chunks::<2>().0) {
        let samples = samples.map(|samples| samples.saturating_add(i16x8::splat(MIDDLE)));
        let samples = u8x16::narrow_i16x8(samples[0], samples[1]).to_array();
        two[..BLOCK].copy_from_slice(&samples[..BLOCK]);
        two[stride..][..BLOCK].copy_from_slice(&samples[BLOCK..]);
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

/// One dimension, in eight lanes: eight rows in, by [pairs](PAIRS) in lanes by turns, those of four lanes and of the other four;
/// eight rows out. What does not fit 16 bits comes from no encoder and is clipped; sums in between may wrap, as their differences
/// come out right all the same.
#[inline(always)]
fn pass<const SHIFT: i32>(factors: &Factors, [sums, evens, odds, more_odds]: [[i16x8; 2]; 4]) -> Rows {
    let mut result = [[i32x4::ZERO; 2]; BLOCK];
    for half in 0..2 {
        let rounded = |factors| sums[half].dot(factors) + i32x4::splat(1 << (SHIFT - 1));
        let [sum, difference] = factors.sums.map(rounded);
        let [outer, inner] = factors.evens.map(|factors| evens[half].dot(factors));
        let evens = [sum + outer, difference + inner, difference - inner, sum - outer];
        for (row, even) in evens.into_iter().enumerate() {
            let [first, second] = factors.odds[row];
            let odd = odds[half].dot(first) + more_odds[half].dot(second);
            result[row][half] = (even + odd) >> SHIFT;
            result[BLOCK - 1 - row][half] = (even - odd) >> SHIFT;
        }
    }
    result.map(|halves| i16x8::from_i32x8_saturate(cast(halves)))
}

/// Rows whose lanes are in the order of [`PAIRS`] as pairs of such rows as their columns are, in lanes by turns.
#[inline(always)]
fn turned(rows: Rows) -> [[i16x8; 2]; 4] {
    // By way of floating point, for which alone `wide` has the two steps of pairs that processors have instructions for.
    let [a, b, c, d, e, f, g, h]: [f32x4; BLOCK] = rows.map(cast);
    let [low, high] = [[a, b, c, d], [e, f, g, h]].map(f32x4::transpose);
    std::array::from_fn(|pair| [cast(low[pair]), cast(high[pair])])
}

/// A coefficient from its level. A value beyond 16 bits comes from no encoder, and may become any other.
#[inline(always)]
pub(crate) const fn dequantise(level: i16, step: i16) -> i16 {
    level.wrapping_mul(step)
}
