//! Copies of blocks, and memory set to zero.

use core::arch::wasm32::u8x16_splat;

use super::vector::*;

/// # Safety
/// 16 bytes of `height` rows of `source` are readable, of `target` writable.
#[inline(always)]
unsafe fn copy16(target: *mut u8, target_stride: i32, source: *const u8, source_stride: i32, height: i32) {
    for y in 0..height {
        // SAFETY: row y of both.
        unsafe { store16(row_mut(target, target_stride, y), load16(row(source, source_stride, y))) };
    }
}

/// # Safety
/// 8 bytes of `height` rows of `source` are readable, of `target` writable.
#[inline(always)]
unsafe fn copy8(target: *mut u8, target_stride: i32, source: *const u8, source_stride: i32, height: i32) {
    for y in 0..height {
        // SAFETY: row y of both; neither pointer need be aligned.
        unsafe {
            let value = row(source, source_stride, y).cast::<u64>().read_unaligned();
            row_mut(target, target_stride, y).cast::<u64>().write_unaligned(value);
        }
    }
}

/// # Safety
/// 4 bytes of `height` rows of `source` are readable, of `target` writable.
#[inline(always)]
unsafe fn copy4(target: *mut u8, target_stride: i32, source: *const u8, source_stride: i32, height: i32) {
    for y in 0..height {
        // SAFETY: row y of both; neither pointer need be aligned.
        unsafe {
            let value = row(source, source_stride, y).cast::<u32>().read_unaligned();
            row_mut(target, target_stride, y).cast::<u32>().write_unaligned(value);
        }
    }
}

macro_rules! block {
    ($name:ident, $copy:ident, $height:literal) => {
        /// # Safety
        /// The block is readable at `source` and writable at `target`.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(target: *mut u8, target_stride: i32, source: *const u8, source_stride: i32) {
            // SAFETY: the caller's promise.
            unsafe { $copy(target, target_stride, source, source_stride, $height) }
        }
    };
}

block!(WelsCopy16x16_AArch64_neon, copy16, 16);
block!(WelsCopy16x16NotAligned_AArch64_neon, copy16, 16);
block!(WelsCopy16x8NotAligned_AArch64_neon, copy16, 8);
block!(WelsCopy8x16_AArch64_neon, copy8, 16);
block!(WelsCopy8x8_AArch64_neon, copy8, 8);

/// Motion compensation by whole pixels: source first.
macro_rules! compensate {
    ($name:ident, $copy:ident) => {
        /// # Safety
        /// `height` rows of the block are readable at `source` and writable at `target`.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(
            source: *const u8,
            source_stride: i32,
            target: *mut u8,
            target_stride: i32,
            height: i32,
        ) {
            // SAFETY: the caller's promise.
            unsafe { $copy(target, target_stride, source, source_stride, height) }
        }
    };
}

compensate!(McCopyWidthEq16_AArch64_neon, copy16);
compensate!(McCopyWidthEq8_AArch64_neon, copy8);
compensate!(McCopyWidthEq4_AArch64_neon, copy4);

/// A loop, as the engine's own fill instruction goes through a call that costs more than these few bytes.
///
/// # Safety
/// `target` is writable for `size` bytes, a multiple of 8 as upstream's slots say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsSetMemZero_AArch64_neon(target: *mut u8, size: i32) {
    let zero = u8x16_splat(0);
    let whole = size & !15;
    for offset in (0..whole).step_by(16) {
        // SAFETY: the caller's promise. A size is never negative.
        unsafe { store16(target.add(offset as usize), zero) };
    }
    if whole < size {
        // SAFETY: the last 8.
        unsafe { store8(target.add(whole as usize), zero) };
    }
}

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    /// # Safety
    /// The block is readable at `source` and writable at `target`.
    pub unsafe fn copy(
        target: *mut u8,
        target_stride: i32,
        source: *const u8,
        source_stride: i32,
        width: i32,
        height: i32,
    ) {
        for y in 0..height {
            for x in 0..width {
                // SAFETY: inside both blocks.
                unsafe {
                    *target.offset((y * target_stride + x) as isize) = *source.offset((y * source_stride + x) as isize);
                }
            }
        }
    }
}
