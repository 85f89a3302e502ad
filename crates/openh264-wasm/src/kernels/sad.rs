//! Sums of absolute differences, of one block and of the four around it.

use core::arch::wasm32::*;

use super::vector::{difference, load4, load8_pair, load16, row, sum_i16};

/// Adds a row's 16 differences to eight 16-bit sums. 255 * 2 a row: no sum overflows in 64 rows.
#[inline(always)]
fn accumulate(sums: v128, left: v128, right: v128) -> v128 {
    i16x8_add(sums, u16x8_extadd_pairwise_u8x16(difference(left, right)))
}

/// # Safety
/// Both blocks are readable: 16 bytes of `height` rows.
#[inline(always)]
pub(crate) unsafe fn sad16(a: *const u8, a_stride: i32, b: *const u8, b_stride: i32, height: i32) -> v128 {
    let mut sums = u16x8_splat(0);
    for y in 0..height {
        // SAFETY: row y of both blocks, 16 bytes.
        sums = unsafe { accumulate(sums, load16(row(a, a_stride, y)), load16(row(b, b_stride, y))) };
    }
    sums
}

/// # Safety
/// Both blocks are readable: 8 bytes of `height` rows, an even number.
#[inline(always)]
pub(crate) unsafe fn sad8(a: *const u8, a_stride: i32, b: *const u8, b_stride: i32, height: i32) -> v128 {
    let mut sums = u16x8_splat(0);
    for y in (0..height).step_by(2) {
        // SAFETY: rows y and y + 1 of both blocks, 8 bytes each.
        sums = unsafe {
            let left = load8_pair(row(a, a_stride, y), row(a, a_stride, y + 1));
            let right = load8_pair(row(b, b_stride, y), row(b, b_stride, y + 1));
            accumulate(sums, left, right)
        };
    }
    sums
}

/// Four rows of 4 bytes as one vector.
///
/// # Safety
/// The four rows are readable.
#[inline(always)]
pub(crate) unsafe fn load4x4(a: *const u8, stride: i32) -> v128 {
    // SAFETY: the caller's promise; wasm loads need no alignment.
    unsafe {
        let rows = load4(a);
        let rows = v128_load32_lane::<1>(rows, row(a, stride, 1).cast());
        let rows = v128_load32_lane::<2>(rows, row(a, stride, 2).cast());
        v128_load32_lane::<3>(rows, row(a, stride, 3).cast())
    }
}

/// # Safety
/// Both blocks are readable: 4 bytes of 4 rows.
#[inline(always)]
unsafe fn sad4x4(a: *const u8, a_stride: i32, b: *const u8, b_stride: i32) -> v128 {
    // SAFETY: the caller's promise.
    unsafe { accumulate(u16x8_splat(0), load4x4(a, a_stride), load4x4(b, b_stride)) }
}

/// Writes the totals of four sets of eight sums.
///
/// # Safety
/// `totals` is writable for four numbers.
#[inline(always)]
unsafe fn store_totals(totals: *mut i32, sums: [v128; 4]) {
    let [up, down, left, right] = sums.map(|sums| i32x4_extadd_pairwise_i16x8(sums));
    let low = i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(up, down), i32x4_shuffle::<2, 6, 3, 7>(up, down));
    let high = i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(left, right), i32x4_shuffle::<2, 6, 3, 7>(left, right));
    let all = i32x4_add(i64x2_shuffle::<0, 2>(low, high), i64x2_shuffle::<1, 3>(low, high));
    // SAFETY: the caller's promise; wasm stores need no alignment.
    unsafe { v128_store(totals.cast(), all) }
}

macro_rules! single {
    ($name:ident, $sad:ident, $height:literal) => {
        /// # Safety
        /// Both blocks are readable; nothing outside them is read.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(a: *const u8, a_stride: i32, b: *const u8, b_stride: i32) -> i32 {
            // SAFETY: the caller's promise.
            sum_i16(unsafe { $sad(a, a_stride, b, b_stride, $height) })
        }
    };
}

single!(WelsSampleSad16x16_AArch64_neon, sad16, 16);
single!(WelsSampleSad16x8_AArch64_neon, sad16, 8);
single!(WelsSampleSad8x16_AArch64_neon, sad8, 16);
single!(WelsSampleSad8x8_AArch64_neon, sad8, 8);
single!(WelsProcessingSampleSad16x16_AArch64_neon, sad16, 16);
single!(WelsProcessingSampleSad8x8_AArch64_neon, sad8, 8);

/// # Safety
/// Both blocks are readable; nothing outside them is read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsSampleSad4x4_AArch64_neon(
    a: *const u8,
    a_stride: i32,
    b: *const u8,
    b_stride: i32,
) -> i32 {
    // SAFETY: the caller's promise.
    sum_i16(unsafe { sad4x4(a, a_stride, b, b_stride) })
}

/// Four SADs against the block one row up, one down, one column left and one right of `b`: upstream's order.
macro_rules! four {
    ($name:ident, $sad:ident $(, $height:literal)?) => {
        /// # Safety
        /// `a` is readable; `b` too, with a row and a column more on every side; `totals` takes four numbers.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(a: *const u8, a_stride: i32, b: *const u8, b_stride: i32, totals: *mut i32) {
            // SAFETY: the caller's promise.
            unsafe {
                store_totals(totals, [
                    $sad(a, a_stride, row(b, b_stride, -1), b_stride $(, $height)?),
                    $sad(a, a_stride, row(b, b_stride, 1), b_stride $(, $height)?),
                    $sad(a, a_stride, b.sub(1), b_stride $(, $height)?),
                    $sad(a, a_stride, b.add(1), b_stride $(, $height)?),
                ]);
            }
        }
    };
}

four!(WelsSampleSadFour16x16_AArch64_neon, sad16, 16);
four!(WelsSampleSadFour16x8_AArch64_neon, sad16, 8);
four!(WelsSampleSadFour8x16_AArch64_neon, sad8, 16);
four!(WelsSampleSadFour8x8_AArch64_neon, sad8, 8);
four!(WelsSampleSadFour4x4_AArch64_neon, sad4x4);

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    /// # Safety
    /// Both blocks are readable.
    pub unsafe fn sad(a: *const u8, a_stride: i32, b: *const u8, b_stride: i32, width: i32, height: i32) -> i32 {
        let mut sum = 0;
        for y in 0..height {
            for x in 0..width {
                // SAFETY: inside both blocks.
                let (left, right) =
                    unsafe { (*a.offset((y * a_stride + x) as isize), *b.offset((y * b_stride + x) as isize)) };
                sum += i32::from(left.abs_diff(right));
            }
        }
        sum
    }

    /// # Safety
    /// As for [`sad`], with a row and a column more of `b` on every side; `totals` takes four numbers.
    pub unsafe fn sad_four(
        a: *const u8,
        a_stride: i32,
        b: *const u8,
        b_stride: i32,
        totals: *mut i32,
        width: i32,
        height: i32,
    ) {
        for (index, step) in [-b_stride, b_stride, -1, 1].into_iter().enumerate() {
            // SAFETY: the caller's promise.
            unsafe { *totals.add(index) = sad(a, a_stride, b.offset(step as isize), b_stride, width, height) };
        }
    }
}
