//! Columns around a vertical edge as vectors, and back.

use core::arch::wasm32::*;

use crate::kernels::vector::*;

/// Columns 0 to 7 of 16 rows of 8 bytes: lane i is row i.
///
/// # Safety
/// 8 bytes of 16 rows are readable.
#[inline(always)]
pub(super) unsafe fn columns8(source: *const u8, stride: i32) -> [v128; 8] {
    // SAFETY: the caller's promise.
    let load = |y: i32| unsafe { load8(row(source, stride, y)) };
    // Rows y and y + 8 in turns, then those with y + 4 and y + 12, and so on: lane order ends up 0 to 15.
    let two = |y: i32| zip8_low(load(y), load(y + 8));
    let four = |y: i32| (zip8_low(two(y), two(y + 4)), zip8_high(two(y), two(y + 4)));
    let eight = |y: i32| {
        let ((low, high), (next_low, next_high)) = (four(y), four(y + 2));
        [zip8_low(low, next_low), zip8_high(low, next_low), zip8_low(high, next_high), zip8_high(high, next_high)]
    };
    let (even, odd) = (eight(0), eight(1));
    let pair = |index: usize| (zip8_low(even[index], odd[index]), zip8_high(even[index], odd[index]));
    let ((c0, c1), (c2, c3), (c4, c5), (c6, c7)) = (pair(0), pair(1), pair(2), pair(3));
    [c0, c1, c2, c3, c4, c5, c6, c7]
}

/// Four columns to four vectors of four rows of 4 bytes each.
#[inline(always)]
pub(super) fn rows4([c0, c1, c2, c3]: [v128; 4]) -> [v128; 4] {
    let (low01, high01, low23, high23) = (zip8_low(c0, c1), zip8_high(c0, c1), zip8_low(c2, c3), zip8_high(c2, c3));
    [zip16_low(low01, low23), zip16_high(low01, low23), zip16_low(high01, high23), zip16_high(high01, high23)]
}

/// Stores the four rows that a vector of [`rows4`] holds.
///
/// # Safety
/// 4 bytes of four rows are writable.
#[inline(always)]
pub(super) unsafe fn store_rows4(target: *mut u8, stride: i32, rows: v128) {
    // SAFETY: the caller's promise; wasm stores need no alignment.
    unsafe {
        v128_store32_lane::<0>(rows, target.cast());
        v128_store32_lane::<1>(rows, row_mut(target, stride, 1).cast());
        v128_store32_lane::<2>(rows, row_mut(target, stride, 2).cast());
        v128_store32_lane::<3>(rows, row_mut(target, stride, 3).cast());
    }
}

/// Columns 0 to 3 of 8 rows of 4 bytes at two places: lanes 0 to 7 are the first's rows.
///
/// # Safety
/// 4 bytes of 8 rows are readable at both.
#[inline(always)]
pub(super) unsafe fn columns4(first: *const u8, second: *const u8, stride: i32) -> [v128; 4] {
    // SAFETY: four rows each of the caller's promise.
    let four = |source: *const u8, y: i32| unsafe { crate::kernels::sad::load4x4(row(source, stride, y), stride) };
    // Four rows of 4 bytes to four columns of 4 bytes.
    let turn = |rows: v128| i8x16_shuffle::<0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15>(rows, rows);
    let (a, b) = (turn(four(first, 0)), turn(four(first, 4)));
    let (c, d) = (turn(four(second, 0)), turn(four(second, 4)));
    let (ab_low, ab_high) = (zip32_low(a, b), zip32_high(a, b));
    let (cd_low, cd_high) = (zip32_low(c, d), zip32_high(c, d));
    [zip64_low(ab_low, cd_low), zip64_high(ab_low, cd_low), zip64_low(ab_high, cd_high), zip64_high(ab_high, cd_high)]
}
