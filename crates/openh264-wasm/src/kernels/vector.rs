//! Loads, stores and sums that every kernel shares.

use core::arch::wasm32::*;

/// The next row: `stride` bytes on, which may be backwards.
///
/// # Safety
/// Both `pointer` and the result are inside one plane of the caller's.
#[inline(always)]
pub(crate) unsafe fn row(pointer: *const u8, stride: i32, index: i32) -> *const u8 {
    // SAFETY: the caller's promise.
    unsafe { pointer.offset((stride * index) as isize) }
}

/// [`row`] of a plane that is written.
///
/// # Safety
/// As for [`row`].
#[inline(always)]
pub(crate) unsafe fn row_mut(pointer: *mut u8, stride: i32, index: i32) -> *mut u8 {
    // SAFETY: the caller's promise.
    unsafe { pointer.offset((stride * index) as isize) }
}

/// 16 bytes at any alignment.
///
/// # Safety
/// `pointer` is readable for 16 bytes.
#[inline(always)]
pub(crate) unsafe fn load16(pointer: *const u8) -> v128 {
    // SAFETY: the caller's promise; wasm loads need no alignment.
    unsafe { v128_load(pointer.cast()) }
}

/// 8 bytes at any alignment, zeros above them.
///
/// # Safety
/// `pointer` is readable for 8 bytes.
#[inline(always)]
pub(crate) unsafe fn load8(pointer: *const u8) -> v128 {
    // SAFETY: the caller's promise; wasm loads need no alignment.
    unsafe { v128_load64_zero(pointer.cast()) }
}

/// 4 bytes at any alignment, zeros above them.
///
/// # Safety
/// `pointer` is readable for 4 bytes.
#[inline(always)]
pub(crate) unsafe fn load4(pointer: *const u8) -> v128 {
    // SAFETY: the caller's promise; wasm loads need no alignment.
    unsafe { v128_load32_zero(pointer.cast()) }
}

/// 8 bytes as 16-bit lanes.
///
/// # Safety
/// `pointer` is readable for 8 bytes.
#[inline(always)]
pub(crate) unsafe fn load8_wide(pointer: *const u8) -> v128 {
    // SAFETY: the caller's promise; wasm loads need no alignment.
    unsafe { u16x8_load_extend_u8x8(pointer) }
}

/// Two times 8 bytes, the second above the first.
///
/// # Safety
/// Both are readable for 8 bytes.
#[inline(always)]
pub(crate) unsafe fn load8_pair(low: *const u8, high: *const u8) -> v128 {
    // SAFETY: the caller's promise; wasm loads need no alignment.
    unsafe { v128_load64_lane::<1>(v128_load64_zero(low.cast()), high.cast()) }
}

/// # Safety
/// `pointer` is writable for 16 bytes.
#[inline(always)]
pub(crate) unsafe fn store16(pointer: *mut u8, value: v128) {
    // SAFETY: the caller's promise; wasm stores need no alignment.
    unsafe { v128_store(pointer.cast(), value) }
}

/// Stores the low 8 bytes.
///
/// # Safety
/// `pointer` is writable for 8 bytes.
#[inline(always)]
pub(crate) unsafe fn store8(pointer: *mut u8, value: v128) {
    // SAFETY: the caller's promise; wasm stores need no alignment.
    unsafe { v128_store64_lane::<0>(value, pointer.cast()) }
}

/// Stores the high 8 bytes.
///
/// # Safety
/// `pointer` is writable for 8 bytes.
#[inline(always)]
pub(crate) unsafe fn store8_high(pointer: *mut u8, value: v128) {
    // SAFETY: the caller's promise; wasm stores need no alignment.
    unsafe { v128_store64_lane::<1>(value, pointer.cast()) }
}

/// Stores the low 4 bytes.
///
/// # Safety
/// `pointer` is writable for 4 bytes.
#[inline(always)]
pub(crate) unsafe fn store4(pointer: *mut u8, value: v128) {
    // SAFETY: the caller's promise; wasm stores need no alignment.
    unsafe { v128_store32_lane::<0>(value, pointer.cast()) }
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

/// Lanes of 16 bits, those of `low` and `high` taken in turns: the lower half.
#[inline(always)]
pub(crate) fn zip16_low(low: v128, high: v128) -> v128 {
    i16x8_shuffle::<0, 8, 1, 9, 2, 10, 3, 11>(low, high)
}

/// The upper half of [`zip16_low`].
#[inline(always)]
pub(crate) fn zip16_high(low: v128, high: v128) -> v128 {
    i16x8_shuffle::<4, 12, 5, 13, 6, 14, 7, 15>(low, high)
}

/// [`zip16_low`] of 32-bit lanes.
#[inline(always)]
pub(crate) fn zip32_low(low: v128, high: v128) -> v128 {
    i32x4_shuffle::<0, 4, 1, 5>(low, high)
}

/// [`zip16_high`] of 32-bit lanes.
#[inline(always)]
pub(crate) fn zip32_high(low: v128, high: v128) -> v128 {
    i32x4_shuffle::<2, 6, 3, 7>(low, high)
}

/// The low halves of both.
#[inline(always)]
pub(crate) fn zip64_low(low: v128, high: v128) -> v128 {
    i64x2_shuffle::<0, 2>(low, high)
}

/// The high halves of both.
#[inline(always)]
pub(crate) fn zip64_high(low: v128, high: v128) -> v128 {
    i64x2_shuffle::<1, 3>(low, high)
}

/// [`zip16_low`] of bytes.
#[inline(always)]
pub(crate) fn zip8_low(low: v128, high: v128) -> v128 {
    i8x16_shuffle::<0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23>(low, high)
}

/// [`zip16_high`] of bytes.
#[inline(always)]
pub(crate) fn zip8_high(low: v128, high: v128) -> v128 {
    i8x16_shuffle::<8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31>(low, high)
}
