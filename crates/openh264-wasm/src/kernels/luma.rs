//! Luma between two pixels of one row or one column: the six-tap filter (ITU-T H.264 8.4.2.2.1), alone or averaged with
//! the pixel on one side.
//!
//! Nothing is read but the pixels the filter is defined on: two before the block and three after it.

use core::arch::wasm32::*;

use super::vector::*;

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

/// How many pixels of a row go through the filter at once.
trait Lanes {
    /// # Safety
    /// `pointer` is readable for that many bytes.
    unsafe fn load(pointer: *const u8) -> v128;
    /// # Safety
    /// `pointer` is writable for that many bytes.
    unsafe fn store(pointer: *mut u8, value: v128);
}

struct Eight;
struct Four;

impl Lanes for Eight {
    #[inline(always)]
    unsafe fn load(pointer: *const u8) -> v128 {
        // SAFETY: the caller's promise.
        unsafe { load8(pointer) }
    }
    #[inline(always)]
    unsafe fn store(pointer: *mut u8, value: v128) {
        // SAFETY: the caller's promise.
        unsafe { store8(pointer, value) }
    }
}

impl Lanes for Four {
    #[inline(always)]
    unsafe fn load(pointer: *const u8) -> v128 {
        // SAFETY: the caller's promise.
        unsafe { load4(pointer) }
    }
    #[inline(always)]
    unsafe fn store(pointer: *mut u8, value: v128) {
        // SAFETY: the caller's promise.
        unsafe { store4(pointer, value) }
    }
}

/// Which whole pixel the result is averaged with, in steps of one pixel along the filter; none where negative.
const ALONE: i32 = -1;

/// # Safety
/// A row of the block with 2 pixels before and 3 after is readable at `source`; the block's row is writable.
#[inline(always)]
unsafe fn horizontal<L: Lanes, const MEAN: i32>(source: *const u8, target: *mut u8) {
    // SAFETY: the caller's promise.
    unsafe {
        let pixels = [0, 1, 2, 3, 4, 5].map(|tap| u16x8_extend_low_u8x16(L::load(source.sub(2).add(tap))));
        let half = filtered(pixels);
        let half = u8x16_narrow_i16x8(half, half);
        let result = if MEAN == ALONE { half } else { u8x16_avgr(half, L::load(source.offset(MEAN as isize))) };
        L::store(target, result);
    }
}

/// # Safety
/// 16 pixels with 2 before and 3 after are readable at `source`; 16 are writable at `target`.
#[inline(always)]
unsafe fn horizontal16<const MEAN: i32>(source: *const u8, target: *mut u8) {
    // SAFETY: the caller's promise.
    unsafe {
        let taps = |start: usize| [0, 1, 2, 3, 4, 5].map(|tap| load8_wide(source.sub(2).add(start + tap)));
        let half = u8x16_narrow_i16x8(filtered(taps(0)), filtered(taps(8)));
        let result = if MEAN == ALONE { half } else { u8x16_avgr(half, load16(source.offset(MEAN as isize))) };
        store16(target, result);
    }
}

/// # Safety
/// `height` rows of the columns with 2 rows before and 3 after are readable at `source`, the block writable.
#[inline(always)]
unsafe fn vertical<L: Lanes, const MEAN: i32>(
    source: *const u8,
    stride: i32,
    target: *mut u8,
    target_stride: i32,
    height: i32,
) {
    // SAFETY: rows -2 to height + 2 of the source, 0 to height - 1 of the target.
    unsafe {
        let load = |y: i32| u16x8_extend_low_u8x16(L::load(row(source, stride, y)));
        let (mut a, mut b, mut c, mut d, mut e) = (load(-2), load(-1), load(0), load(1), load(2));
        for y in 0..height {
            let f = load(y + 3);
            let half = filtered([a, b, c, d, e, f]);
            let half = u8x16_narrow_i16x8(half, half);
            let result = if MEAN == ALONE { half } else { u8x16_avgr(half, L::load(row(source, stride, y + MEAN))) };
            L::store(row_mut(target, target_stride, y), result);
            (a, b, c, d, e) = (b, c, d, e, f);
        }
    }
}

/// Rows through one of the filters of single rows.
macro_rules! rows {
    ($name:ident, |$source:ident, $target:ident| $body:expr) => {
        /// # Safety
        /// `height` rows of the block, with 2 pixels before and 3 after, are readable; the block is writable.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(
            source: *const u8,
            source_stride: i32,
            target: *mut u8,
            target_stride: i32,
            height: i32,
        ) {
            for y in 0..height {
                // SAFETY: row y of both.
                unsafe {
                    let ($source, $target) = (row(source, source_stride, y), row_mut(target, target_stride, y));
                    $body;
                }
            }
        }
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
    horizontal::<Four, ALONE>(source.add(13), target.add(13));
});
rows!(McHorVer20Width9_AArch64_neon, |source, target| {
    horizontal::<Eight, ALONE>(source, target);
    horizontal::<Four, ALONE>(source.add(5), target.add(5));
});
rows!(McHorVer20Width5_AArch64_neon, |source, target| {
    horizontal::<Four, ALONE>(source, target);
    horizontal::<Four, ALONE>(source.add(1), target.add(1));
});

macro_rules! columns {
    ($name:ident, $lanes:ty, $mean:expr $(, $next:literal)?) => {
        /// # Safety
        /// `height` rows of the block, with 2 before and 3 after, are readable; the block is writable.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(
            source: *const u8,
            source_stride: i32,
            target: *mut u8,
            target_stride: i32,
            height: i32,
        ) {
            // SAFETY: the caller's promise.
            unsafe {
                vertical::<$lanes, { $mean }>(source, source_stride, target, target_stride, height);
                $(vertical::<$lanes, { $mean }>(
                    source.add($next), source_stride, target.add($next), target_stride, height,
                );)?
            }
        }
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
    /// # Safety
    /// The block with 2 pixels before and 3 after it along the filter (`step`) is readable; it is writable at `target`.
    #[allow(clippy::too_many_arguments)] // Upstream's, the filter's step, its mean, and the width.
    pub unsafe fn half(
        source: *const u8,
        stride: i32,
        target: *mut u8,
        target_stride: i32,
        step: i32,
        mean: Option<i32>,
        width: i32,
        height: i32,
    ) {
        for y in 0..height {
            for x in 0..width {
                // SAFETY: at most two steps before and three after a pixel of the block.
                let at = |tap: i32| i32::from(unsafe { *source.offset((y * stride + x + tap * step) as isize) });
                let sum = at(-2) - 5 * at(-1) + 20 * at(0) + 20 * at(1) - 5 * at(2) + at(3);
                let half = ((sum + 16) >> 5).clamp(0, 255);
                let result = mean.map_or(half, |tap| (half + at(tap) + 1) >> 1);
                // SAFETY: inside the block.
                unsafe { *target.offset((y * target_stride + x) as isize) = result as u8 };
            }
        }
    }
}
