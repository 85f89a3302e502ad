//! The rounded mean of two blocks: what quarter-pixel positions are made of (ITU-T H.264 8.4.2.2.1).

use core::arch::wasm32::*;

use crate::kernels::lanes::{Eight, Four, Lanes, Sixteen};
use crate::kernels::pixels::Pixels;

#[inline(always)]
unsafe fn average<L: Lanes>(target: Pixels, a: Pixels, b: Pixels, height: i32) {
    for y in 0..height {
        target.store::<L>(y, u8x16_avgr(a.load::<L>(y), b.load::<L>(y)));
    }
}

macro_rules! export {
    ($(#[$doc:meta])* $name:ident, $lanes:ty) => {
        $(#[$doc])*
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
            let target = Pixels::new(target, target_stride);
            average::<$lanes>(target, Pixels::new(a, a_stride), Pixels::new(b, b_stride), height);
        }
    };
}

export!(PixelAvgWidthEq16_AArch64_neon, Sixteen);
export!(PixelAvgWidthEq8_AArch64_neon, Eight);
export!(PixelAvgWidthEq4_AArch64_neon, Four);
export!(PixStrideAvgWidthEq16_AArch64_neon, Sixteen);
export!(
    /// Upstream calls this for blocks 8 pixels wide, and for those of 4: its C++ writes as many as the block has, its
    /// kernels for other processors 8. The buffer it writes to has room for 16 a row.
    PixStrideAvgWidthEq8_AArch64_neon,
    Eight
);

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    use crate::kernels::pixels::Pixels;

    /// The mean of `a` and `b`.
    pub unsafe fn average(target: Pixels, a: Pixels, b: Pixels, width: i32, height: i32) {
        for y in 0..height {
            for x in 0..width {
                target.put(x, y, (a.pixel(x, y) + b.pixel(x, y) + 1) >> 1);
            }
        }
    }
}
