//! Sums of absolute differences after a 4x4 Hadamard transform.
//!
//! Upstream halves each 4x4 block's sum of 16 magnitudes, rounding up. The 16 transformed values are all odd or all
//! even, so the sum is even and one halving at the end gives the same. And |x + y| + |x - y| = 2 max(|x|, |y|), which
//! replaces the last butterfly and the halving at once.

use core::arch::wasm32::*;

use crate::kernels::lanes::{Eight, Four};
use crate::kernels::pixels::Pixels;
use crate::kernels::transpose::columns;
use crate::kernels::vector::{sum_i16, sum_i32, zip_high, zip_low};

/// The vertical transform of four rows.
#[inline(always)]
pub(crate) fn down([r0, r1, r2, r3]: [v128; 4]) -> [v128; 4] {
    let (a, b, c, d) = (i16x8_add(r0, r2), i16x8_add(r1, r3), i16x8_sub(r0, r2), i16x8_sub(r1, r3));
    [i16x8_add(a, b), i16x8_add(c, d), i16x8_sub(c, d), i16x8_sub(a, b)]
}

/// A first butterfly between the halves of a 4x4 block (columns 0 and 1 over 2 and 3), then the last between columns.
#[inline(always)]
fn finish(sums: v128, left: v128, right: v128) -> v128 {
    let added = i16x8_abs(i16x8_add(left, right));
    let taken = i16x8_abs(i16x8_sub(left, right));
    i16x8_add(sums, i16x8_max(zip_low::<64>(added, taken), zip_high::<64>(added, taken)))
}

/// Adds the half magnitudes of two neighbouring 4x4 blocks to eight sums, given their rows of differences. A magnitude is
/// at most 16 * 255 and each sum takes two of them: 128 pixels' fit 16 bits (4 times 2 * 4080 = 32640).
#[inline(always)]
fn hadamard8x4(sums: v128, rows: [v128; 4]) -> v128 {
    let [left01, left23, right01, right23] = columns::<16, 4>(down(rows));
    finish(finish(sums, left01, left23), right01, right23)
}

/// The eight sums of `width` x `height` pixels, multiples of 8 and 4, at most 128 of them.
#[inline(always)]
unsafe fn satd(a: Pixels, b: Pixels, width: i32, height: i32) -> v128 {
    let mut sums = u16x8_splat(0);
    for y in (0..height).step_by(4) {
        for x in (0..width).step_by(8) {
            let (a, b) = (a.moved(x, y), b.moved(x, y));
            let rows = [0, 1, 2, 3].map(|y| i16x8_sub(a.load_wide::<Eight>(y), b.load_wide::<Eight>(y)));
            sums = hadamard8x4(sums, rows);
        }
    }
    sums
}

macro_rules! block {
    ($name:ident, $width:literal, $height:literal) => {
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(a: *const u8, a_stride: i32, b: *const u8, b_stride: i32) -> i32 {
            sum_i16(satd(Pixels::new(a, a_stride), Pixels::new(b, b_stride), $width, $height))
        }
    };
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsSampleSatd16x16_AArch64_neon(
    a: *const u8,
    a_stride: i32,
    b: *const u8,
    b_stride: i32,
) -> i32 {
    let (a, b) = (Pixels::new(a, a_stride), Pixels::new(b, b_stride));
    // Together they would not fit 16 bits.
    let (upper, lower) = (satd(a, b, 16, 8), satd(a.moved(0, 8), b.moved(0, 8), 16, 8));
    sum_i32(i32x4_add(i32x4_extadd_pairwise_i16x8(upper), i32x4_extadd_pairwise_i16x8(lower)))
}

block!(WelsSampleSatd16x8_AArch64_neon, 16, 8);
block!(WelsSampleSatd8x16_AArch64_neon, 8, 16);
block!(WelsSampleSatd8x8_AArch64_neon, 8, 8);

/// The cost of one 4x4 block, given both as rows of 4 bytes.
#[inline(always)]
pub(crate) fn satd4x4(a: v128, b: v128) -> i32 {
    // Rows 0 1 and rows 2 3: the vertical butterflies go over two rows at once.
    let upper = i16x8_sub(u16x8_extend_low_u8x16(a), u16x8_extend_low_u8x16(b));
    let lower = i16x8_sub(u16x8_extend_high_u8x16(a), u16x8_extend_high_u8x16(b));
    let (added, taken) = (i16x8_add(upper, lower), i16x8_sub(upper, lower));
    let (even, odd) = (zip_low::<64>(added, taken), zip_high::<64>(added, taken));
    let (added, taken) = (i16x8_add(even, odd), i16x8_sub(even, odd));
    let (low, high) = (zip_low::<16>(added, taken), zip_high::<16>(added, taken));
    sum_i16(finish(u16x8_splat(0), zip_low::<32>(low, high), zip_high::<32>(low, high)))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsSampleSatd4x4_AArch64_neon(
    a: *const u8,
    a_stride: i32,
    b: *const u8,
    b_stride: i32,
) -> i32 {
    satd4x4(Pixels::new(a, a_stride).load_rows::<Four>(0), Pixels::new(b, b_stride).load_rows::<Four>(0))
}

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    use crate::kernels::pixels::Pixels;

    /// The two butterflies of a 4-point Hadamard transform, in place.
    fn transform(values: &mut [i32; 16], start: usize, step: usize) {
        let at = |index: usize| start + index * step;
        let (a, b, c, d) = (values[at(0)], values[at(1)], values[at(2)], values[at(3)]);
        let (sum_even, sum_odd, diff_even, diff_odd) = (a + c, b + d, a - c, b - d);
        values[at(0)] = sum_even + sum_odd;
        values[at(1)] = diff_even + diff_odd;
        values[at(2)] = diff_even - diff_odd;
        values[at(3)] = sum_even - sum_odd;
    }

    /// Sides are multiples of 4.
    pub unsafe fn satd(a: Pixels, b: Pixels, width: i32, height: i32) -> i32 {
        let mut sum = 0;
        for top in (0..height).step_by(4) {
            for left in (0..width).step_by(4) {
                let mut values = [0; 16];
                for (index, value) in values.iter_mut().enumerate() {
                    let (x, y) = (left + index as i32 % 4, top + index as i32 / 4);
                    *value = a.pixel(x, y) - b.pixel(x, y);
                }
                for line in 0..4 {
                    transform(&mut values, line * 4, 1);
                }
                for column in 0..4 {
                    transform(&mut values, column, 4);
                }
                sum += (values.iter().map(|value| value.abs()).sum::<i32>() + 1) >> 1;
            }
        }
        sum
    }
}
