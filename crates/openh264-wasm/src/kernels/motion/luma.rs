//! Luma between two pixels of one row or one column: the six-tap filter (ITU-T H.264 8.4.2.2.1), alone or averaged with
//! the pixel on one side.
//!
//! Nothing is read but the pixels the filter is defined on: two before the block and three after it.

use core::arch::wasm32::*;

use super::compensate;
use crate::kernels::lanes::{Eight, Four, Lanes, Sixteen};
use crate::kernels::pixels::Pixels;

/// The taps 1 -5 20 20 -5 1 over six neighbours, not yet rounded. At most 10710 and at least -2550.
#[inline(always)]
pub(crate) fn six_taps(pixels: [v128; 6]) -> v128 {
    let [a, b, c, d, e, f] = pixels;
    let (outer, middle, inner) = (i16x8_add(a, f), i16x8_add(b, e), i16x8_add(c, d));
    // outer + 5 * (4 * inner - middle)
    let lobes = i16x8_sub(i16x8_shl(inner, 2), middle);
    i16x8_add(outer, i16x8_add(i16x8_shl(lobes, 2), lobes))
}

/// The same, rounded and divided by 32, in 16 bits.
#[inline(always)]
fn filtered(pixels: [v128; 6]) -> v128 {
    i16x8_shr(i16x8_add(six_taps(pixels), i16x8_splat(16)), 5)
}

/// Which whole pixel the result is averaged with, in steps of one pixel along the filter; none where negative.
const ALONE: i32 = -1;

/// The filter along the first row, from 8 pixels of it or fewer.
#[inline(always)]
unsafe fn taps<L: Lanes>(source: Pixels) -> v128 {
    filtered([-2, -1, 0, 1, 2, 3].map(|x| source.moved(x, 0).load_wide::<L>(0)))
}

/// The first row.
#[inline(always)]
unsafe fn horizontal<L: Lanes, const MEAN: i32>(source: Pixels, target: Pixels) {
    let half = taps::<L>(source);
    finish::<L, MEAN>(source, target, u8x16_narrow_i16x8(half, half));
}

/// The first row, 16 pixels.
#[inline(always)]
unsafe fn horizontal16<const MEAN: i32>(source: Pixels, target: Pixels) {
    let half = u8x16_narrow_i16x8(taps::<Eight>(source), taps::<Eight>(source.moved(8, 0)));
    finish::<Sixteen, MEAN>(source, target, half);
}

#[inline(always)]
unsafe fn finish<L: Lanes, const MEAN: i32>(source: Pixels, target: Pixels, half: v128) {
    let result = if MEAN == ALONE { half } else { u8x16_avgr(half, source.moved(MEAN, 0).load::<L>(0)) };
    target.store::<L>(0, result);
}

#[inline(always)]
unsafe fn vertical<L: Lanes, const MEAN: i32>(source: Pixels, target: Pixels, height: i32) {
    let load = |y: i32| source.load_wide::<L>(y);
    let (mut a, mut b, mut c, mut d, mut e) = (load(-2), load(-1), load(0), load(1), load(2));
    for y in 0..height {
        let f = load(y + 3);
        let half = filtered([a, b, c, d, e, f]);
        let half = u8x16_narrow_i16x8(half, half);
        target.store::<L>(y, if MEAN == ALONE { half } else { u8x16_avgr(half, source.load::<L>(y + MEAN)) });
        (a, b, c, d, e) = (b, c, d, e, f);
    }
}

/// Rows through one of the filters of single rows.
macro_rules! rows {
    ($name:ident, |$source:ident, $target:ident| $body:expr) => {
        compensate!(
            /// Reads 2 pixels before and 3 after the block's rows.
            $name,
            |source, target, height| for y in 0..height {
                let ($source, $target) = (source.moved(0, y), target.moved(0, y));
                $body;
            }
        );
    };
}

rows!(McHorVer20WidthEq16_AArch64_neon, |source, target| horizontal16::<ALONE>(source, target));
rows!(McHorVer20WidthEq8_AArch64_neon, |source, target| horizontal::<Eight, ALONE>(source, target));
rows!(McHorVer20WidthEq4_AArch64_neon, |source, target| horizontal::<Four, ALONE>(source, target));
rows!(McHorVer10WidthEq16_AArch64_neon, |source, target| horizontal16::<0>(source, target));
rows!(McHorVer10WidthEq8_AArch64_neon, |source, target| horizontal::<Eight, 0>(source, target));
rows!(McHorVer10WidthEq4_AArch64_neon, |source, target| horizontal::<Four, 0>(source, target));
rows!(McHorVer30WidthEq16_AArch64_neon, |source, target| horizontal16::<1>(source, target));
rows!(McHorVer30WidthEq8_AArch64_neon, |source, target| horizontal::<Eight, 1>(source, target));
rows!(McHorVer30WidthEq4_AArch64_neon, |source, target| horizontal::<Four, 1>(source, target));

// One pixel more than a block has: the last ones go through the filter twice, for the reads' sake.
rows!(McHorVer20Width17_AArch64_neon, |source, target| {
    horizontal16::<ALONE>(source, target);
    horizontal::<Four, ALONE>(source.moved(13, 0), target.moved(13, 0));
});
rows!(McHorVer20Width9_AArch64_neon, |source, target| {
    horizontal::<Eight, ALONE>(source, target);
    horizontal::<Four, ALONE>(source.moved(5, 0), target.moved(5, 0));
});
rows!(McHorVer20Width5_AArch64_neon, |source, target| {
    horizontal::<Four, ALONE>(source, target);
    horizontal::<Four, ALONE>(source.moved(1, 0), target.moved(1, 0));
});

macro_rules! columns {
    ($name:ident, $lanes:ty, $mean:expr $(, $next:literal)?) => {
        compensate!(
            /// Reads 2 rows before and 3 after the block.
            $name,
            |source, target, height| {
                vertical::<$lanes, { $mean }>(source, target, height);
                $(vertical::<$lanes, { $mean }>(source.moved($next, 0), target.moved($next, 0), height);)?
            }
        );
    };
}

columns!(McHorVer02WidthEq16_AArch64_neon, Eight, ALONE, 8);
columns!(McHorVer02WidthEq8_AArch64_neon, Eight, ALONE);
columns!(McHorVer02WidthEq4_AArch64_neon, Four, ALONE);
columns!(McHorVer01WidthEq16_AArch64_neon, Eight, 0, 8);
columns!(McHorVer01WidthEq8_AArch64_neon, Eight, 0);
columns!(McHorVer01WidthEq4_AArch64_neon, Four, 0);
columns!(McHorVer03WidthEq16_AArch64_neon, Eight, 1, 8);
columns!(McHorVer03WidthEq8_AArch64_neon, Eight, 1);
columns!(McHorVer03WidthEq4_AArch64_neon, Four, 1);
// One row more than a block has: upstream passes the height.
columns!(McHorVer02Height17_AArch64_neon, Eight, ALONE, 8);
columns!(McHorVer02Height9_AArch64_neon, Eight, ALONE);
columns!(McHorVer02Height5_AArch64_neon, Four, ALONE);

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    use crate::kernels::pixels::Pixels;

    /// Along a filter whose step is (1, 0) or (0, 1), and averaged with the pixel so many steps on.
    pub unsafe fn half(
        source: Pixels,
        target: Pixels,
        (step_x, step_y): (i32, i32),
        mean: Option<i32>,
        width: i32,
        height: i32,
    ) {
        for y in 0..height {
            for x in 0..width {
                let at = |tap: i32| source.pixel(x + tap * step_x, y + tap * step_y);
                let sum = at(-2) - 5 * at(-1) + 20 * at(0) + 20 * at(1) - 5 * at(2) + at(3);
                let half = ((sum + 16) >> 5).clamp(0, 255);
                target.put(x, y, mean.map_or(half, |tap| (half + at(tap) + 1) >> 1));
            }
        }
    }
}
