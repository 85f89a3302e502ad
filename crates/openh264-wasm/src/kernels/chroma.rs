//! Chroma between pixels: the weighted mean of four by eighths (ITU-T H.264 8.4.2.2.2).

use core::arch::wasm32::*;

use super::vector::*;

/// # Safety
/// `LANES` pixels and one more of `height` + 1 rows are readable at `source`, the block is writable, `weights` has the
/// four of top left, top right, bottom left, bottom right. Nothing else is read.
#[inline(always)]
unsafe fn mean<const LANES: usize>(
    source: *const u8,
    source_stride: i32,
    target: *mut u8,
    target_stride: i32,
    weights: *const u8,
    height: i32,
) {
    // SAFETY: the caller's promise.
    unsafe {
        let [top_left, top_right, bottom_left, bottom_right] =
            [0, 1, 2, 3].map(|index| u16x8_splat(u16::from(*weights.add(index))));
        let load = |y: i32| {
            let source = row(source, source_stride, y);
            if LANES == 8 {
                (load8_wide(source), load8_wide(source.add(1)))
            } else {
                (u16x8_extend_low_u8x16(load4(source)), u16x8_extend_low_u8x16(load4(source.add(1))))
            }
        };
        let (mut left, mut right) = load(0);
        for y in 0..height {
            let upper = i16x8_add(i16x8_mul(left, top_left), i16x8_mul(right, top_right));
            (left, right) = load(y + 1);
            let lower = i16x8_add(i16x8_mul(left, bottom_left), i16x8_mul(right, bottom_right));
            let sum = u16x8_shr(i16x8_add(i16x8_add(upper, lower), i16x8_splat(32)), 6);
            let (target, bytes) = (row_mut(target, target_stride, y), u8x16_narrow_i16x8(sum, sum));
            if LANES == 8 { store8(target, bytes) } else { store4(target, bytes) }
        }
    }
}

macro_rules! chroma {
    ($name:ident, $lanes:literal) => {
        /// # Safety
        /// The block with a column more on the right and a row more below is readable; the block is writable; `weights`
        /// has four bytes.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(
            source: *const u8,
            source_stride: i32,
            target: *mut u8,
            target_stride: i32,
            weights: *const u8,
            height: i32,
        ) {
            // SAFETY: the caller's promise.
            unsafe { mean::<$lanes>(source, source_stride, target, target_stride, weights, height) }
        }
    };
}

chroma!(McChromaWidthEq8_AArch64_neon, 8);
chroma!(McChromaWidthEq4_AArch64_neon, 4);

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    /// # Safety
    /// The block with a column more on the right and a row more below is readable; the block is writable; `weights`
    /// has four bytes.
    pub unsafe fn chroma(
        source: *const u8,
        stride: i32,
        target: *mut u8,
        target_stride: i32,
        weights: *const u8,
        width: i32,
        height: i32,
    ) {
        // SAFETY: four bytes.
        let [a, b, c, d] = [0, 1, 2, 3].map(|index| i32::from(unsafe { *weights.add(index) }));
        for y in 0..height {
            for x in 0..width {
                // SAFETY: inside the block and one column, one row more.
                let at = |x: i32, y: i32| i32::from(unsafe { *source.offset((y * stride + x) as isize) });
                let sum = a * at(x, y) + b * at(x + 1, y) + c * at(x, y + 1) + d * at(x + 1, y + 1);
                // SAFETY: inside the block.
                unsafe { *target.offset((y * target_stride + x) as isize) = ((sum + 32) >> 6) as u8 };
            }
        }
    }
}
