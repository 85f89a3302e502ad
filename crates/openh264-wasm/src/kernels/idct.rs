//! The inverse 4x4 core transform (ITU-T H.264 8.5.12.2), added to a prediction.
//!
//! Upstream keeps the first dimension's result in 16 bits and the second in 32. Here the second has 16 bits too, which is
//! the same while the first's results are small; where they are not, which takes contrasts and quantisers at their
//! limits, the block goes through [`idct_exact`].

use core::arch::wasm32::*;

use super::vector::*;

/// Two 4x4 blocks side by side, or their columns.
type Blocks = [v128; 4];

/// The second dimension adds up to 3.5 values: below this in magnitude, and with 32 for rounding, they fit 16 bits.
const SMALL: i16 = 8192;

#[inline(always)]
fn transform([a, b, c, d]: Blocks) -> Blocks {
    let (sum, difference) = (i16x8_add(a, c), i16x8_sub(a, c));
    let (right, left) = (i16x8_add(b, i16x8_shr(d, 1)), i16x8_sub(i16x8_shr(b, 1), d));
    [i16x8_add(sum, right), i16x8_add(difference, left), i16x8_sub(difference, left), i16x8_sub(sum, right)]
}

/// Coefficients (rows 0 1, rows 2 3 of a left block, then of a right one) to columns, as `dct::to_columns`.
#[inline(always)]
fn to_columns([left_low, left_high, right_low, right_high]: Blocks) -> Blocks {
    // Columns 0 1 | 2 3 of rows in the order 0 2 1 3, then the rows put right.
    let columns = |low: v128, high: v128| {
        let (even, odd) = (zip16_low(low, high), zip16_high(low, high));
        (zip16_low(even, odd), zip16_high(even, odd))
    };
    let (left01, left23) = columns(left_low, left_high);
    let (right01, right23) = columns(right_low, right_high);
    [zip64_low(left01, right01), zip64_high(left01, right01), zip64_low(left23, right23), zip64_high(left23, right23)]
}

/// Columns to rows of both blocks.
#[inline(always)]
fn to_rows([c0, c1, c2, c3]: Blocks) -> Blocks {
    let (left01, right01) = (zip16_low(c0, c1), zip16_high(c0, c1));
    let (left23, right23) = (zip16_low(c2, c3), zip16_high(c2, c3));
    let (left_low, left_high) = (zip32_low(left01, left23), zip32_high(left01, left23));
    let (right_low, right_high) = (zip32_low(right01, right23), zip32_high(right01, right23));
    [
        zip64_low(left_low, right_low),
        zip64_high(left_low, right_low),
        zip64_low(left_high, right_high),
        zip64_high(left_high, right_high),
    ]
}

/// The rounded error of both blocks by rows, unless a value might not fit 16 bits.
#[inline(always)]
fn errors(coefficients: Blocks) -> Option<Blocks> {
    let rows = to_rows(transform(to_columns(coefficients)));
    let magnitudes =
        v128_or(v128_or(i16x8_abs(rows[0]), i16x8_abs(rows[1])), v128_or(i16x8_abs(rows[2]), i16x8_abs(rows[3])));
    if v128_any_true(v128_and(magnitudes, i16x8_splat(-SMALL))) {
        return None;
    }
    Some(transform(rows).map(|row| i16x8_shr(i16x8_add(row, i16x8_splat(32)), 6)))
}

/// # Safety
/// `coefficients` has 32, two blocks'; 8 pixels of four rows of `prediction` are readable and of `output` writable.
#[inline(always)]
unsafe fn idct8x4(
    output: *mut u8,
    stride: i32,
    prediction: *const u8,
    prediction_stride: i32,
    coefficients: *const i16,
) {
    // SAFETY: the caller's promise.
    let loaded = [0, 1, 2, 3].map(|index| unsafe { v128_load(coefficients.add(index * 8).cast()) });
    if let Some(errors) = errors(loaded) {
        for (y, error) in (0..).zip(errors) {
            // SAFETY: row y of both.
            unsafe {
                let sum = i16x8_add(load8_wide(row(prediction, prediction_stride, y)), error);
                store8(row_mut(output, stride, y), u8x16_narrow_i16x8(sum, sum));
            }
        }
    } else {
        // SAFETY: the left and the right block.
        unsafe {
            idct_exact(output, stride, prediction, prediction_stride, coefficients);
            idct_exact(output.add(4), stride, prediction.add(4), prediction_stride, coefficients.add(16));
        }
    }
}

/// # Safety
/// `coefficients` has four blocks' 64; 8x8 pixels of `prediction` are readable and of `output` writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsIDctFourT4Rec_AArch64_neon(
    output: *mut u8,
    stride: i32,
    prediction: *const u8,
    prediction_stride: i32,
    coefficients: *const i16,
) {
    // SAFETY: the upper and the lower four rows.
    unsafe {
        idct8x4(output, stride, prediction, prediction_stride, coefficients);
        let lower = row(prediction, prediction_stride, 4);
        idct8x4(row_mut(output, stride, 4), stride, lower, prediction_stride, coefficients.add(32));
    }
}

/// # Safety
/// `coefficients` has 16; 4x4 pixels of `prediction` are readable and of `output` writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsIDctT4Rec_AArch64_neon(
    output: *mut u8,
    stride: i32,
    prediction: *const u8,
    prediction_stride: i32,
    coefficients: *const i16,
) {
    // SAFETY: 16 coefficients; the right block is none.
    let (low, high) = unsafe { (v128_load(coefficients.cast()), v128_load(coefficients.add(8).cast())) };
    let Some(errors) = errors([low, high, i16x8_splat(0), i16x8_splat(0)]) else {
        // SAFETY: the caller's promise.
        return unsafe { idct_exact(output, stride, prediction, prediction_stride, coefficients) };
    };
    for (y, error) in (0..).zip(errors) {
        // SAFETY: 4 bytes of row y of both.
        unsafe {
            let sum = i16x8_add(u16x8_extend_low_u8x16(load4(row(prediction, prediction_stride, y))), error);
            store4(row_mut(output, stride, y), u8x16_narrow_i16x8(sum, sum));
        }
    }
}

/// One block as upstream's C++ does it: also the reference of the kernels above.
///
/// # Safety
/// As for [`WelsIDctT4Rec_AArch64_neon`].
#[cold]
pub unsafe fn idct_exact(
    output: *mut u8,
    stride: i32,
    prediction: *const u8,
    prediction_stride: i32,
    coefficients: *const i16,
) {
    fn transform([a, b, c, d]: [i32; 4]) -> [i32; 4] {
        let (sum, difference, right, left) = (a + c, a - c, b + (d >> 1), (b >> 1) - d);
        [sum + right, difference + left, difference - left, sum - right]
    }
    let mut rows = [[0_i32; 4]; 4];
    for (y, line) in rows.iter_mut().enumerate() {
        // SAFETY: coefficients 4 y to 4 y + 3.
        let values = [0, 1, 2, 3].map(|x| i32::from(unsafe { *coefficients.add(y * 4 + x) }));
        *line = transform(values).map(|value| i32::from(value as i16));
    }
    for x in 0..4 {
        let errors = transform(rows.map(|row| row[x]));
        for (y, error) in (0..).zip(errors) {
            // SAFETY: pixel x of row y of both.
            unsafe {
                let predicted = i32::from(*row(prediction, prediction_stride, y).add(x));
                *row_mut(output, stride, y).add(x) = (predicted + ((error + 32) >> 6)).clamp(0, 255) as u8;
            }
        }
    }
}
