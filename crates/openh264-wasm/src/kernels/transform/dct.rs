//! The forward 4x4 core transform of a prediction's error (ITU-T H.264 8.5.12 inverted; no scaling).

use core::arch::wasm32::*;

use super::{Blocks, side_by_side};
use crate::kernels::lanes::{Eight, Four, Lanes};
use crate::kernels::pixels::Pixels;
use crate::kernels::transpose::columns;

/// One dimension of the transform, over the four vectors. |values| grow by 6 at most: 255 * 36 fits.
#[inline(always)]
fn transform([a, b, c, d]: Blocks) -> Blocks {
    let (outer, inner) = (i16x8_add(a, d), i16x8_add(b, c));
    let (slope, bend) = (i16x8_sub(a, d), i16x8_sub(b, c));
    [
        i16x8_add(outer, inner),
        i16x8_add(i16x8_shl(slope, 1), bend),
        i16x8_sub(outer, inner),
        i16x8_sub(slope, i16x8_shl(bend, 1)),
    ]
}

/// The first four rows of `a` less those of `b`, transformed: each block's rows one after another.
#[inline(always)]
unsafe fn transformed<L: Lanes>(a: Pixels, b: Pixels) -> Blocks {
    let rows = [0, 1, 2, 3].map(|y| i16x8_sub(a.load_wide::<L>(y), b.load_wide::<L>(y)));
    columns::<16, 4>(transform(side_by_side(columns::<16, 4>(transform(rows)))))
}

/// The first four rows, 8 pixels of each: `output` takes 32 coefficients.
#[inline(always)]
unsafe fn dct8x4(output: *mut i16, a: Pixels, b: Pixels) {
    for (index, pair) in transformed::<Eight>(a, b).into_iter().enumerate() {
        v128_store(output.add(index * 8).cast(), pair);
    }
}

/// `output` takes the four blocks' 64 coefficients.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsDctFourT4_AArch64_neon(
    output: *mut i16,
    a: *const u8,
    a_stride: i32,
    b: *const u8,
    b_stride: i32,
) {
    let (a, b) = (Pixels::new(a, a_stride), Pixels::new(b, b_stride));
    dct8x4(output, a, b);
    dct8x4(output.add(32), a.moved(0, 4), b.moved(0, 4));
}

/// `output` takes 16 coefficients.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsDctT4_AArch64_neon(
    output: *mut i16,
    a: *const u8,
    a_stride: i32,
    b: *const u8,
    b_stride: i32,
) {
    let [low, high, ..] = transformed::<Four>(Pixels::new(a, a_stride), Pixels::new(b, b_stride));
    v128_store(output.cast(), low);
    v128_store(output.add(8).cast(), high);
}

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    use crate::kernels::pixels::Pixels;

    fn transform(values: &mut [i16], start: usize, step: usize) {
        let at = |index: usize| start + index * step;
        let (a, b, c, d) = (values[at(0)], values[at(1)], values[at(2)], values[at(3)]);
        let (outer, inner, slope, bend) = (a + d, b + c, a - d, b - c);
        values[at(0)] = outer + inner;
        values[at(1)] = slope * 2 + bend;
        values[at(2)] = outer - inner;
        values[at(3)] = slope - bend * 2;
    }

    /// `output` takes 16 coefficients.
    pub unsafe fn dct(output: *mut i16, a: Pixels, b: Pixels) {
        let values = core::slice::from_raw_parts_mut(output, 16);
        for (index, value) in values.iter_mut().enumerate() {
            let (x, y) = (index as i32 % 4, index as i32 / 4);
            *value = (a.pixel(x, y) - b.pixel(x, y)) as i16;
        }
        for line in 0..4 {
            transform(values, line * 4, 1);
        }
        for column in 0..4 {
            transform(values, column, 4);
        }
    }

    /// `output` takes 64 coefficients.
    pub unsafe fn dct_four(output: *mut i16, a: Pixels, b: Pixels) {
        for block in 0..4 {
            let (x, y) = (block % 2 * 4, block / 2 * 4);
            dct(output.add(block as usize * 16), a.moved(x, y), b.moved(x, y));
        }
    }
}
