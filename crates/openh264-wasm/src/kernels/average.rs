//! The rounded mean of two blocks: what quarter-pixel positions are made of (ITU-T H.264 8.4.2.2.1).

use core::arch::wasm32::*;

use super::vector::*;

/// # Safety
/// `height` rows of 16 bytes are readable at `a` and `b`, writable at `target`.
#[inline(always)]
unsafe fn average16(
    target: *mut u8,
    target_stride: i32,
    a: *const u8,
    a_stride: i32,
    b: *const u8,
    b_stride: i32,
    height: i32,
) {
    for y in 0..height {
        // SAFETY: row y of all three.
        unsafe {
            let mean = u8x16_avgr(load16(row(a, a_stride, y)), load16(row(b, b_stride, y)));
            store16(row_mut(target, target_stride, y), mean);
        }
    }
}

/// # Safety
/// `height` rows of 8 bytes are readable at `a` and `b`, writable at `target`.
#[inline(always)]
unsafe fn average8(
    target: *mut u8,
    target_stride: i32,
    a: *const u8,
    a_stride: i32,
    b: *const u8,
    b_stride: i32,
    height: i32,
) {
    for y in 0..height {
        // SAFETY: row y of all three.
        unsafe {
            let mean = u8x16_avgr(load8(row(a, a_stride, y)), load8(row(b, b_stride, y)));
            store8(row_mut(target, target_stride, y), mean);
        }
    }
}

/// # Safety
/// `height` rows of 4 bytes are readable at `a` and `b`, writable at `target`.
#[inline(always)]
unsafe fn average4(
    target: *mut u8,
    target_stride: i32,
    a: *const u8,
    a_stride: i32,
    b: *const u8,
    b_stride: i32,
    height: i32,
) {
    for y in 0..height {
        // SAFETY: row y of all three.
        unsafe {
            let mean = u8x16_avgr(load4(row(a, a_stride, y)), load4(row(b, b_stride, y)));
            store4(row_mut(target, target_stride, y), mean);
        }
    }
}

macro_rules! export {
    ($name:ident, $average:ident) => {
        /// # Safety
        /// `height` rows of the block are readable at `a` and `b`, writable at `target`.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(
            target: *mut u8,
            target_stride: i32,
            a: *const u8,
            a_stride: i32,
            b: *const u8,
            b_stride: i32,
            height: i32,
        ) {
            // SAFETY: the caller's promise.
            unsafe { $average(target, target_stride, a, a_stride, b, b_stride, height) }
        }
    };
}

export!(PixelAvgWidthEq16_AArch64_neon, average16);
export!(PixelAvgWidthEq8_AArch64_neon, average8);
export!(PixelAvgWidthEq4_AArch64_neon, average4);
export!(PixStrideAvgWidthEq16_AArch64_neon, average16);

/// Upstream calls this for blocks 8 pixels wide, and for those of 4: its C++ writes as many as the block has, its
/// kernels for other processors 8. The buffer it writes to has room for 16 a row.
///
/// # Safety
/// `height` rows of 8 bytes are readable at `a` and `b`, writable at `target`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PixStrideAvgWidthEq8_AArch64_neon(
    target: *mut u8,
    target_stride: i32,
    a: *const u8,
    a_stride: i32,
    b: *const u8,
    b_stride: i32,
    height: i32,
) {
    // SAFETY: the caller's promise.
    unsafe { average8(target, target_stride, a, a_stride, b, b_stride, height) }
}

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    /// # Safety
    /// `height` rows of `width` bytes are readable at `a` and `b`, writable at `target`.
    #[allow(clippy::too_many_arguments)] // Upstream's, and the width.
    pub unsafe fn average(
        target: *mut u8,
        target_stride: i32,
        a: *const u8,
        a_stride: i32,
        b: *const u8,
        b_stride: i32,
        width: i32,
        height: i32,
    ) {
        for y in 0..height {
            for x in 0..width {
                // SAFETY: inside the three blocks.
                unsafe {
                    let a = u16::from(*a.offset((y * a_stride + x) as isize));
                    let b = u16::from(*b.offset((y * b_stride + x) as isize));
                    *target.offset((y * target_stride + x) as isize) = ((a + b + 1) >> 1) as u8;
                }
            }
        }
    }
}
