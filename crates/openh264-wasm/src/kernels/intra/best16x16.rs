//! The best of vertical, horizontal and DC prediction by SATD, with one transform of the source instead of three.
//!
//! A 4x4 block's transform is linear, and the three predictions have few values in it that are not zero: the vertical
//! one its row of vertical frequency 0, the horizontal one the column of horizontal frequency 0, DC their crossing. So
//! these are subtracted from the transformed source. Sums are halved once, at the end: see `satd`.

use core::arch::wasm32::*;

use crate::kernels::cost::satd::down;
use crate::kernels::lanes::{Eight, Sixteen};
use crate::kernels::pixels::Pixels;
use crate::kernels::transpose::columns;
use crate::kernels::vector::{sum_i16, sum_i32, zip_high, zip_low};

/// A transformed block. Lanes 0 to 3 of `low` are horizontal frequency 0 by rising vertical frequency, lanes 4 to 7
/// the next horizontal one; `high` has the other two.
#[derive(Clone, Copy)]
struct Transformed {
    low: v128,
    high: v128,
}

/// The horizontal transform of one block, given its columns 0 1 and 2 3.
#[inline(always)]
fn across(columns01: v128, columns23: v128) -> Transformed {
    let (sums, differences) = (i16x8_add(columns01, columns23), i16x8_sub(columns01, columns23));
    let (even, odd) = (zip_low::<64>(sums, differences), zip_high::<64>(sums, differences));
    Transformed { low: i16x8_add(even, odd), high: i16x8_sub(even, odd) }
}

/// The horizontal transform of two neighbouring blocks, given their vertically transformed rows.
#[inline(always)]
fn pair(rows: [v128; 4]) -> [Transformed; 2] {
    let [left01, left23, right01, right23] = columns::<16, 4>(rows);
    [across(left01, left23), across(right01, right23)]
}

/// Two blocks of the transformed vertical prediction, of 8 pixels of the row above.
#[inline(always)]
unsafe fn vertical_pair(above: Pixels) -> [Transformed; 2] {
    let zero = i16x8_splat(0);
    // Four equal rows have vertical frequency 0 only.
    pair([i16x8_shl(above.load_wide::<Eight>(0), 2), zero, zero, zero])
}

/// Sums of magnitudes in 32 bits, by mode.
#[derive(Clone, Copy)]
struct Sums {
    vertical: v128,
    horizontal: v128,
    dc: v128,
}

/// Writes the best mode's number and gives its cost; the prediction buffer is not needed.
/// The row above and the column left of `decoded` are read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsIntra16x16Combined3Satd_AArch64_neon(
    decoded: *const u8,
    decoded_stride: i32,
    source: *const u8,
    source_stride: i32,
    best_mode: &mut i32,
    lambda: i32,
    _prediction: *mut u8,
) -> i32 {
    let (decoded, source) = (Pixels::new(decoded, decoded_stride), Pixels::new(source, source_stride));
    let left: [i16; 16] = core::array::from_fn(|y| decoded.pixel(-1, y as i32) as i16);
    let sum_above = sum_i16(u16x8_extadd_pairwise_u8x16(decoded.load::<Sixteen>(-1)));
    let vertical = [vertical_pair(decoded.moved(0, -1)), vertical_pair(decoded.moved(8, -1))];
    let sum_left: i32 = left.iter().map(|pixel| i32::from(*pixel)).sum();
    let mean = ((sum_above + sum_left + 16) >> 5) as i16;
    let zero = i16x8_splat(0);
    let dc = i16x8_replace_lane::<0>(zero, mean * 16);

    let mut sums = Sums { vertical: zero, horizontal: zero, dc: zero };
    for y in 0..4 {
        let [l0, l1, l2, l3] = [0, 1, 2, 3].map(|index| left[y * 4 + index]);
        let (a, b, c, d) = (l0 + l2, l1 + l3, l0 - l2, l1 - l3);
        let horizontal = i16x8_shl(i16x8(a + b, c + d, c - d, a - b, 0, 0, 0, 0), 2);

        // A magnitude is at most 4080, and each 16-bit sum takes one or two of each of four blocks: 32640.
        let (mut of_vertical, mut of_low_h, mut of_low_dc, mut of_high) = (zero, zero, zero, zero);
        for (x, vertical) in vertical.iter().enumerate() {
            let source = source.moved(x as i32 * 8, y as i32 * 4);
            let rows = [0, 1, 2, 3].map(|y| source.load_wide::<Eight>(y));
            for (block, prediction) in pair(down(rows)).into_iter().zip(vertical) {
                let low = i16x8_abs(i16x8_sub(block.low, prediction.low));
                let high = i16x8_abs(i16x8_sub(block.high, prediction.high));
                of_vertical = i16x8_add(of_vertical, i16x8_add(low, high));
                of_low_h = i16x8_add(of_low_h, i16x8_abs(i16x8_sub(block.low, horizontal)));
                of_low_dc = i16x8_add(of_low_dc, i16x8_abs(i16x8_sub(block.low, dc)));
                of_high = i16x8_add(of_high, i16x8_abs(block.high));
            }
        }
        let high = i32x4_extadd_pairwise_i16x8(of_high);
        let add = |sum: v128, low: v128| i32x4_add(sum, i32x4_extadd_pairwise_i16x8(low));
        sums = Sums {
            vertical: add(sums.vertical, of_vertical),
            horizontal: add(i32x4_add(sums.horizontal, high), of_low_h),
            dc: add(i32x4_add(sums.dc, high), of_low_dc),
        };
    }

    // Upstream's numbers of the modes, in the order of trial; the first of equals wins.
    let (mut mode, mut cost) = (0, sum_i32(sums.vertical) >> 1);
    for (next_mode, sum) in [(1, sums.horizontal), (2, sums.dc)] {
        let next = (sum_i32(sum) >> 1) + lambda * 2;
        if next < cost {
            (mode, cost) = (next_mode, next);
        }
    }
    *best_mode = mode;
    cost
}
