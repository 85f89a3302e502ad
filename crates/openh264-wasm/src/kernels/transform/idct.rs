//! The inverse 4x4 core transform (ITU-T H.264 8.5.12.2), added to a prediction.
//!
//! Upstream keeps the first dimension's result in 16 bits and the second in 32. Here the second has 16 bits too, which is
//! the same while the first's results are small; where they are not, which takes contrasts and quantisers at their
//! limits, the block goes through [`idct_exact`].

use core::arch::wasm32::*;

use super::{Blocks, reconstruct, side_by_side};
use crate::kernels::lanes::{Eight, Four, Lanes};
use crate::kernels::pixels::Pixels;
use crate::kernels::transpose::columns;

/// The second dimension adds up to 3.5 values: below this in magnitude, and with 32 for rounding, they fit 16 bits.
const SMALL: i16 = 8192;

#[inline(always)]
fn transform([a, b, c, d]: Blocks) -> Blocks {
    let (sum, difference) = (i16x8_add(a, c), i16x8_sub(a, c));
    let (right, left) = (i16x8_add(b, i16x8_shr(d, 1)), i16x8_sub(i16x8_shr(b, 1), d));
    [i16x8_add(sum, right), i16x8_add(difference, left), i16x8_sub(difference, left), i16x8_sub(sum, right)]
}

/// The rounded error of both blocks by rows, unless a value might not fit 16 bits. `coefficients` are both blocks' rows one
/// after another.
#[inline(always)]
fn errors([left01, left23, right01, right23]: Blocks) -> Option<Blocks> {
    let ([left01, left23], [right01, right23]) =
        (columns::<16, 2>([left01, left23]), columns::<16, 2>([right01, right23]));
    let across = transform(side_by_side([left01, left23, right01, right23]));
    let rows = side_by_side(columns::<16, 4>(across));
    let magnitudes =
        v128_or(v128_or(i16x8_abs(rows[0]), i16x8_abs(rows[1])), v128_or(i16x8_abs(rows[2]), i16x8_abs(rows[3])));
    if v128_any_true(v128_and(magnitudes, i16x8_splat(-SMALL))) {
        return None;
    }
    Some(transform(rows).map(|row| i16x8_shr(i16x8_add(row, i16x8_splat(32)), 6)))
}

/// Adds errors to the first four rows.
#[inline(always)]
unsafe fn add<L: Lanes>(output: Pixels, prediction: Pixels, errors: Blocks) {
    for (y, error) in (0..).zip(errors) {
        let sum = i16x8_add(prediction.load_wide::<L>(y), error);
        output.store::<L>(y, u8x16_narrow_i16x8(sum, sum));
    }
}

/// Two blocks' 32 coefficients.
#[inline(always)]
unsafe fn idct8x4(output: Pixels, prediction: Pixels, coefficients: *const i16) {
    if let Some(errors) = errors([0, 1, 2, 3].map(|index| v128_load(coefficients.add(index * 8).cast()))) {
        add::<Eight>(output, prediction, errors);
    } else {
        idct_exact(output, prediction, coefficients);
        idct_exact(output.moved(4, 0), prediction.moved(4, 0), coefficients.add(16));
    }
}

reconstruct!(
    /// `coefficients` has four blocks' 64.
    WelsIDctFourT4Rec_AArch64_neon,
    |output, prediction, coefficients| {
        idct8x4(output, prediction, coefficients);
        idct8x4(output.moved(0, 4), prediction.moved(0, 4), coefficients.add(32));
    }
);

reconstruct!(
    /// `coefficients` has 16.
    WelsIDctT4Rec_AArch64_neon,
    |output, prediction, coefficients| idct4x4(output, prediction, coefficients)
);

/// One block's 16 coefficients.
#[inline(always)]
unsafe fn idct4x4(output: Pixels, prediction: Pixels, coefficients: *const i16) {
    // The right block is none.
    let (low, high, none) = (v128_load(coefficients.cast()), v128_load(coefficients.add(8).cast()), i16x8_splat(0));
    match errors([low, high, none, none]) {
        Some(errors) => add::<Four>(output, prediction, errors),
        None => idct_exact(output, prediction, coefficients),
    }
}

/// One block as upstream's C++ does it: also the reference of the kernels above.
#[cold]
pub unsafe fn idct_exact(output: Pixels, prediction: Pixels, coefficients: *const i16) {
    fn transform([a, b, c, d]: [i32; 4]) -> [i32; 4] {
        let (sum, difference, right, left) = (a + c, a - c, b + (d >> 1), (b >> 1) - d);
        [sum + right, difference + left, difference - left, sum - right]
    }
    let mut rows = [[0_i32; 4]; 4];
    for (y, line) in rows.iter_mut().enumerate() {
        let values = [0, 1, 2, 3].map(|x| i32::from(*coefficients.add(y * 4 + x)));
        *line = transform(values).map(|value| i32::from(value as i16));
    }
    for x in 0..4 {
        let errors = transform(rows.map(|row| row[x]));
        for (y, error) in (0..).zip(errors) {
            output.put(x as i32, y, prediction.pixel(x as i32, y) + ((error + 32) >> 6));
        }
    }
}
