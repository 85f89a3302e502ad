//! The second transform, over DC coefficients (ITU-T H.264 8.5.10 and 8.5.11), and what goes with it.

use core::arch::wasm32::*;

use super::reconstruct;
use crate::kernels::lanes::{Eight, Sixteen};
use crate::kernels::pixels::Pixels;
use crate::kernels::transpose::columns;
use crate::kernels::vector::{zip_high, zip_low};

/// Sums and differences of a 4-point Hadamard transform, rising in frequency.
#[inline(always)]
fn transform([a, b, c, d]: [v128; 4]) -> [v128; 4] {
    let (outer, inner, slope, bend) = (i32x4_add(a, d), i32x4_add(b, c), i32x4_sub(a, d), i32x4_sub(b, c));
    [i32x4_add(outer, inner), i32x4_add(slope, bend), i32x4_sub(outer, inner), i32x4_sub(slope, bend)]
}

/// Transforms the first coefficients of a macroblock's 16 blocks, which are stored by quarters.
/// `coefficients` has 256; `output` takes 16.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsHadamardT4Dc_AArch64_neon(output: *mut i16, coefficients: *const i16) {
    let at = |block: usize| i32::from(*coefficients.add(block * 16));
    // Columns of the macroblock: blocks are numbered 0 1 4 5, 2 3 6 7, 8 9 12 13, 10 11 14 15.
    let blocks = [0, 1, 4, 5].map(|first| i32x4(at(first), at(first + 2), at(first + 8), at(first + 10)));
    let halves = transform(columns::<32, 4>(transform(blocks))).map(|row| i32x4_shr(i32x4_add(row, i32x4_splat(1)), 1));
    v128_store(output.cast(), i16x8_narrow_i32x4(halves[0], halves[1]));
    v128_store(output.add(8).cast(), i16x8_narrow_i32x4(halves[2], halves[3]));
}

/// Rows 0 1 and rows 2 3 of a 4x4 matrix, transformed down the columns in 16 bits, which may wrap as upstream's do.
#[inline(always)]
fn transform_inverse([low, high]: [v128; 2]) -> [v128; 2] {
    let (sums, differences) = (i16x8_add(low, high), i16x8_sub(low, high));
    let (even, odd) = (zip_low::<64>(sums, differences), zip_high::<64>(sums, differences));
    let (low, turned) = (i16x8_add(even, odd), i16x8_sub(even, odd));
    [low, i64x2_shuffle::<1, 0>(turned, turned)]
}

/// `values` has 16 numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsDequantIHadamard4x4_AArch64_neon(values: *mut i16, factor: u16) {
    let rows = [v128_load(values.cast()), v128_load(values.add(8).cast())];
    let across = columns::<16, 2>(transform_inverse(rows));
    let [low, high] = columns::<16, 2>(transform_inverse(across));
    let factor = u16x8_splat(factor);
    v128_store(values.cast(), i16x8_mul(low, factor));
    v128_store(values.add(8).cast(), i16x8_mul(high, factor));
}

/// Adds the coefficients of four blocks in a row, one each, to their four rows.
#[inline(always)]
unsafe fn add_dc(output: Pixels, prediction: Pixels, coefficients: *const i16) {
    // Saturation is beyond what the pixels can take.
    let errors = i16x8_shr(i16x8_add_sat(v128_load64_zero(coefficients.cast()), i16x8_splat(32)), 6);
    let left = i16x8_shuffle::<0, 0, 0, 0, 1, 1, 1, 1>(errors, errors);
    let right = i16x8_shuffle::<2, 2, 2, 2, 3, 3, 3, 3>(errors, errors);
    for y in 0..4 {
        let low = i16x8_add(prediction.load_wide::<Eight>(y), left);
        let high = i16x8_add(prediction.moved(8, y).load_wide::<Eight>(0), right);
        output.store::<Sixteen>(y, u8x16_narrow_i16x8(low, high));
    }
}

reconstruct!(
    /// Adds to each of 16 blocks of a prediction its one coefficient: `coefficients` has 16.
    WelsIDctRecI16x16Dc_AArch64_neon,
    |output, prediction, coefficients| for y in 0..4 {
        add_dc(output.moved(0, y * 4), prediction.moved(0, y * 4), coefficients.add(y as usize * 4));
    }
);

/// The 2x2 transform of the first coefficients of chroma's four blocks.
/// `coefficients` has 64.
unsafe fn chroma_dc(coefficients: *const i16) -> [i16; 4] {
    let [a, b, c, d] = [0, 16, 32, 48].map(|index| *coefficients.add(index));
    let (left, slope_left) = (a.wrapping_add(c), a.wrapping_sub(c));
    let (right, slope_right) = (b.wrapping_add(d), b.wrapping_sub(d));
    [
        left.wrapping_add(right),
        left.wrapping_sub(right),
        slope_left.wrapping_add(slope_right),
        slope_left.wrapping_sub(slope_right),
    ]
}

/// Whether any of chroma's four transformed DC coefficients is above what quantisation makes zero.
/// `coefficients` has 64.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsHadamardQuant2x2SkipKernel_AArch64_neon(coefficients: *const i16, threshold: i16) -> i32 {
    let values = chroma_dc(coefficients);
    i32::from(values.into_iter().any(|value| i32::from(value).abs() > i32::from(threshold)))
}

/// Takes chroma's DC coefficients out of their blocks, transforms and quantises them; gives how many are not zero.
/// `coefficients` has 64; `levels` and `block` take 4.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsHadamardQuant2x2_AArch64_neon(
    coefficients: *mut i16,
    offset: i16,
    factor: i16,
    levels: *mut i16,
    block: *mut i16,
) -> i32 {
    let values = chroma_dc(coefficients).map(|value| {
        let magnitude = ((i32::from(offset) + i32::from(value).abs()) * i32::from(factor)) >> 16;
        (if value < 0 { -magnitude } else { magnitude }) as i16
    });
    for (index, value) in values.into_iter().enumerate() {
        *coefficients.add(index * 16) = 0;
        *levels.add(index) = value;
        *block.add(index) = value;
    }
    values.into_iter().filter(|value| *value != 0).count() as i32
}

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    use crate::kernels::pixels::Pixels;

    /// Entry (i, j) of the transform: 1 or -1, with i sign changes along j.
    fn sign(i: usize, j: usize) -> i32 {
        [[1, 1, 1, 1], [1, 1, -1, -1], [1, -1, -1, 1], [1, -1, 1, -1]][i][j]
    }

    /// The sum over all of a 4x4 matrix, by the signs of output (y, x).
    fn sum(values: &dyn Fn(usize, usize) -> i32, y: usize, x: usize) -> i32 {
        (0..16).map(|index| sign(y, index / 4) * sign(x, index % 4) * values(index / 4, index % 4)).sum()
    }

    /// `coefficients` has 256; `output` takes 16.
    pub unsafe fn forward(output: *mut i16, coefficients: *const i16) {
        let number = |y: usize, x: usize| (y / 2 * 2 + x / 2) * 4 + y % 2 * 2 + x % 2;
        let value = |y: usize, x: usize| i32::from(*coefficients.add(number(y, x) * 16));
        for index in 0..16 {
            let half = (sum(&value, index / 4, index % 4) + 1) >> 1;
            *output.add(index) = half.clamp(-32768, 32767) as i16;
        }
    }

    /// `values` has 16 numbers.
    pub unsafe fn inverse(values: *mut i16, factor: u16) {
        let copy = values.cast::<[i16; 16]>().read_unaligned();
        let value = |y: usize, x: usize| i32::from(copy[y * 4 + x]);
        for index in 0..16 {
            let result = (sum(&value, index / 4, index % 4) as i16).wrapping_mul(factor as i16);
            *values.add(index) = result;
        }
    }

    /// `dc` has 16 numbers.
    pub unsafe fn add_dc(output: Pixels, prediction: Pixels, dc: *const i16) {
        for y in 0..16 {
            for x in 0..16 {
                let error = (i32::from(*dc.offset((y / 4 * 4 + x / 4) as isize)) + 32) >> 6;
                output.put(x, y, prediction.pixel(x, y) + error);
            }
        }
    }
}
