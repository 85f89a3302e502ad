//! Copies of blocks, and memory set to zero.

use core::arch::wasm32::u8x16_splat;

use super::compensate;
use crate::kernels::lanes::{Eight, Four, Lanes, Sixteen};
use crate::kernels::pixels::Pixels;

#[inline(always)]
unsafe fn copy<L: Lanes>(target: Pixels, source: Pixels, height: i32) {
    for y in 0..height {
        L::copy(target.at(0, y), source.at(0, y));
    }
}

macro_rules! block {
    ($name:ident, $lanes:ty, $height:literal) => {
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(target: *mut u8, target_stride: i32, source: *const u8, source_stride: i32) {
            copy::<$lanes>(Pixels::new(target, target_stride), Pixels::new(source, source_stride), $height);
        }
    };
}

block!(WelsCopy16x16_AArch64_neon, Sixteen, 16);
block!(WelsCopy16x16NotAligned_AArch64_neon, Sixteen, 16);
block!(WelsCopy16x8NotAligned_AArch64_neon, Sixteen, 8);
block!(WelsCopy8x16_AArch64_neon, Eight, 16);
block!(WelsCopy8x8_AArch64_neon, Eight, 8);

// Motion compensation by whole pixels.
compensate!(McCopyWidthEq16_AArch64_neon, |source, target, height| copy::<Sixteen>(target, source, height));
compensate!(McCopyWidthEq8_AArch64_neon, |source, target, height| copy::<Eight>(target, source, height));
compensate!(McCopyWidthEq4_AArch64_neon, |source, target, height| copy::<Four>(target, source, height));

/// `target` has `size` bytes, a multiple of 8 as upstream's slots say. A loop, as the engine's own fill instruction goes
/// through a call that costs more than these few bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsSetMemZero_AArch64_neon(target: *mut u8, size: i32) {
    let zero = u8x16_splat(0);
    let whole = size & !15;
    for offset in (0..whole).step_by(16) {
        // A size is never negative.
        Sixteen::store(target.add(offset as usize), zero);
    }
    if whole < size {
        Eight::store(target.add(whole as usize), zero);
    }
}

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    use crate::kernels::pixels::Pixels;

    /// A block.
    pub unsafe fn copy(target: Pixels, source: Pixels, width: i32, height: i32) {
        for y in 0..height {
            for x in 0..width {
                target.put(x, y, source.pixel(x, y));
            }
        }
    }
}
