//! Sums of absolute differences, of one block and of the four around it.

use core::arch::wasm32::*;

use crate::kernels::lanes::{Eight, Four, Lanes, Sixteen};
use crate::kernels::pixels::Pixels;
use crate::kernels::vector::{difference, sum_i16, zip_high, zip_low};

/// The differences of `height` rows in eight 16-bit sums. A vector adds 255 * 2 at most: no sum overflows in 64 of them.
#[inline(always)]
unsafe fn sad<L: Lanes>(a: Pixels, b: Pixels, height: i32) -> v128 {
    let mut sums = u16x8_splat(0);
    for y in (0..height).step_by(L::ROWS as usize) {
        let differences = difference(a.load_rows::<L>(y), b.load_rows::<L>(y));
        sums = i16x8_add(sums, u16x8_extadd_pairwise_u8x16(differences));
    }
    sums
}

/// The totals of four sets of eight sums.
#[inline(always)]
fn totals(sums: [v128; 4]) -> v128 {
    let [a, b, c, d] = sums.map(|sums| i32x4_extadd_pairwise_i16x8(sums));
    let ab = i32x4_add(zip_low::<32>(a, b), zip_high::<32>(a, b));
    let cd = i32x4_add(zip_low::<32>(c, d), zip_high::<32>(c, d));
    i32x4_add(zip_low::<64>(ab, cd), zip_high::<64>(ab, cd))
}

macro_rules! single {
    ($name:ident, $lanes:ty, $height:literal) => {
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(a: *const u8, a_stride: i32, b: *const u8, b_stride: i32) -> i32 {
            sum_i16(sad::<$lanes>(Pixels::new(a, a_stride), Pixels::new(b, b_stride), $height))
        }
    };
}

single!(WelsSampleSad16x16_AArch64_neon, Sixteen, 16);
single!(WelsSampleSad16x8_AArch64_neon, Sixteen, 8);
single!(WelsSampleSad8x16_AArch64_neon, Eight, 16);
single!(WelsSampleSad8x8_AArch64_neon, Eight, 8);
single!(WelsSampleSad4x4_AArch64_neon, Four, 4);
single!(WelsProcessingSampleSad16x16_AArch64_neon, Sixteen, 16);
single!(WelsProcessingSampleSad8x8_AArch64_neon, Eight, 8);

/// Four SADs against the block one row up, one down, one column left and one right of `b`: upstream's order.
macro_rules! four {
    ($name:ident, $lanes:ty, $height:literal) => {
        /// A row and a column more are read on every side of `b`; `to` takes four numbers.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(a: *const u8, a_stride: i32, b: *const u8, b_stride: i32, to: *mut i32) {
            let (a, b) = (Pixels::new(a, a_stride), Pixels::new(b, b_stride));
            let up = sad::<$lanes>(a, b.moved(0, -1), $height);
            let down = sad::<$lanes>(a, b.moved(0, 1), $height);
            let left = sad::<$lanes>(a, b.moved(-1, 0), $height);
            let right = sad::<$lanes>(a, b.moved(1, 0), $height);
            v128_store(to.cast(), totals([up, down, left, right]));
        }
    };
}

four!(WelsSampleSadFour16x16_AArch64_neon, Sixteen, 16);
four!(WelsSampleSadFour16x8_AArch64_neon, Sixteen, 8);
four!(WelsSampleSadFour8x16_AArch64_neon, Eight, 16);
four!(WelsSampleSadFour8x8_AArch64_neon, Eight, 8);
four!(WelsSampleSadFour4x4_AArch64_neon, Four, 4);

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    use crate::kernels::pixels::Pixels;

    /// Of one block.
    pub unsafe fn sad(a: Pixels, b: Pixels, width: i32, height: i32) -> i32 {
        let mut sum = 0;
        for y in 0..height {
            for x in 0..width {
                sum += (a.pixel(x, y) - b.pixel(x, y)).abs();
            }
        }
        sum
    }

    /// Of the four around `b`; `totals` takes four numbers.
    pub unsafe fn sad_four(a: Pixels, b: Pixels, totals: *mut i32, width: i32, height: i32) {
        for (index, (x, y)) in [(0, -1), (0, 1), (-1, 0), (1, 0)].into_iter().enumerate() {
            *totals.add(index) = sad(a, b.moved(x, y), width, height);
        }
    }
}
