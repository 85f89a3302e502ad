//! Chroma between pixels: the weighted mean of four by eighths (ITU-T H.264 8.4.2.2.2).

use core::arch::wasm32::*;

use crate::kernels::lanes::{Eight, Four, Lanes};
use crate::kernels::pixels::Pixels;

/// `weights` has the four of top left, top right, bottom left, bottom right.
#[inline(always)]
unsafe fn mean<L: Lanes>(source: Pixels, target: Pixels, weights: *const u8, height: i32) {
    let [top_left, top_right, bottom_left, bottom_right] =
        [0, 1, 2, 3].map(|index| u16x8_splat(u16::from(*weights.add(index))));
    let load = |y: i32| (source.load_wide::<L>(y), source.moved(1, y).load_wide::<L>(0));
    let (mut left, mut right) = load(0);
    for y in 0..height {
        let upper = i16x8_add(i16x8_mul(left, top_left), i16x8_mul(right, top_right));
        (left, right) = load(y + 1);
        let lower = i16x8_add(i16x8_mul(left, bottom_left), i16x8_mul(right, bottom_right));
        let sum = u16x8_shr(i16x8_add(i16x8_add(upper, lower), i16x8_splat(32)), 6);
        target.store::<L>(y, u8x16_narrow_i16x8(sum, sum));
    }
}

macro_rules! chroma {
    ($name:ident, $lanes:ty) => {
        /// Reads a column more on the right and a row more below; `weights` has four bytes.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(
            source: *const u8,
            source_stride: i32,
            target: *mut u8,
            target_stride: i32,
            weights: *const u8,
            height: i32,
        ) {
            let (source, target) = (Pixels::new(source, source_stride), Pixels::new(target, target_stride));
            mean::<$lanes>(source, target, weights, height);
        }
    };
}

chroma!(McChromaWidthEq8_AArch64_neon, Eight);
chroma!(McChromaWidthEq4_AArch64_neon, Four);

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    use crate::kernels::pixels::Pixels;

    /// `weights` has four bytes.
    pub unsafe fn chroma(source: Pixels, target: Pixels, weights: *const u8, width: i32, height: i32) {
        let [a, b, c, d] = [0, 1, 2, 3].map(|index| i32::from(*weights.add(index)));
        for y in 0..height {
            for x in 0..width {
                let at = |dx: i32, dy: i32| source.pixel(x + dx, y + dy);
                let sum = a * at(0, 0) + b * at(1, 0) + c * at(0, 1) + d * at(1, 1);
                target.put(x, y, (sum + 32) >> 6);
            }
        }
    }
}
