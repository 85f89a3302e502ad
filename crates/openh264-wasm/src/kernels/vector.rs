//! Loads, sums and zips that kernels share.

use core::arch::wasm32::*;

/// Two times 8 bytes, the second above the first.
#[inline(always)]
pub(crate) unsafe fn load8_pair(low: *const u8, high: *const u8) -> v128 {
    v128_load64_lane::<1>(v128_load64_zero(low.cast()), high.cast())
}

/// Stores the high 8 bytes.
#[inline(always)]
pub(crate) unsafe fn store8_high(to: *mut u8, bytes: v128) {
    v128_store64_lane::<1>(bytes, to.cast());
}

/// |left - right| of unsigned bytes.
#[inline(always)]
pub(crate) fn difference(left: v128, right: v128) -> v128 {
    v128_or(u8x16_sub_sat(left, right), u8x16_sub_sat(right, left))
}

/// The sum of four 32-bit lanes.
#[inline(always)]
pub(crate) fn sum_i32(lanes: v128) -> i32 {
    let pairs = i32x4_add(lanes, i32x4_shuffle::<2, 3, 0, 1>(lanes, lanes));
    i32x4_extract_lane::<0>(i32x4_add(pairs, i32x4_shuffle::<1, 0, 3, 2>(pairs, pairs)))
}

/// The sum of eight 16-bit lanes, none above 32767: engines do this in one instruction, and the unsigned form in three.
#[inline(always)]
pub(crate) fn sum_i16(lanes: v128) -> i32 {
    sum_i32(i32x4_extadd_pairwise_i16x8(lanes))
}

/// Lanes of `BITS` bits, those of `first` and `second` taken in turns: the lower half.
#[inline(always)]
pub(crate) fn zip_low<const BITS: u32>(first: v128, second: v128) -> v128 {
    match BITS {
        8 => i8x16_shuffle::<0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23>(first, second),
        16 => i16x8_shuffle::<0, 8, 1, 9, 2, 10, 3, 11>(first, second),
        32 => i32x4_shuffle::<0, 4, 1, 5>(first, second),
        _ => i64x2_shuffle::<0, 2>(first, second),
    }
}

/// The upper half of [`zip_low`].
#[inline(always)]
pub(crate) fn zip_high<const BITS: u32>(first: v128, second: v128) -> v128 {
    match BITS {
        8 => i8x16_shuffle::<8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31>(first, second),
        16 => i16x8_shuffle::<4, 12, 5, 13, 6, 14, 7, 15>(first, second),
        32 => i32x4_shuffle::<2, 6, 3, 7>(first, second),
        _ => i64x2_shuffle::<1, 3>(first, second),
    }
}
