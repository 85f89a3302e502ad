//! Luma between four pixels: the six-tap filter down the columns, then along the rows (ITU-T H.264 8.4.2.2.1).
//!
//! The second pass needs more than 16 bits, which nested divisions spare: with a, b and c the outer, middle and inner
//! pairs' sums, `(a - 5 b + 20 c + 512) >> 10` is `((((a - b) >> 2) - b + c) >> 2) + c + 32) >> 6`. Only the addition
//! of the first c can leave 16 bits; it saturates, and the result is then far outside 0 to 255 on the same side.

use core::arch::wasm32::*;
use core::mem::MaybeUninit;

use super::luma::six_taps;
use super::vector::*;

/// The most columns of the first pass, in groups of 8: 17 pixels need 22.
const GROUPS: usize = 3;

/// The first pass' results, of up to 17 rows. A narrower block leaves groups unset.
type Columns = [[v128; GROUPS]; 17];

/// Filters 8 columns down `height` rows. `SKIP` columns are dropped from the front: a last group starts so much
/// earlier, in order to read nothing past the block's surroundings.
///
/// # Safety
/// 8 bytes of rows -2 to `height` + 2 are readable at `source`; `columns` points into the first of `height` rows of
/// [`Columns`].
#[inline(always)]
unsafe fn down<const SKIP: u32>(columns: *mut v128, source: *const u8, stride: i32, height: i32) {
    // SAFETY: the caller's promise.
    unsafe {
        let load = |y: i32| u16x8_extend_low_u8x16(u64x2_shr(load8(row(source, stride, y)), SKIP * 8));
        let (mut a, mut b, mut c, mut d, mut e) = (load(-2), load(-1), load(0), load(1), load(2));
        for y in 0..height {
            let f = load(y + 3);
            columns.add(y as usize * GROUPS).write(six_taps([a, b, c, d, e, f]));
            (a, b, c, d, e) = (b, c, d, e, f);
        }
    }
}

/// The second pass over 8 pixels: their columns from two before on, and the next 8.
#[inline(always)]
fn along(low: v128, high: v128) -> v128 {
    let b = i16x8_shuffle::<1, 2, 3, 4, 5, 6, 7, 8>(low, high);
    let c = i16x8_shuffle::<2, 3, 4, 5, 6, 7, 8, 9>(low, high);
    let d = i16x8_shuffle::<3, 4, 5, 6, 7, 8, 9, 10>(low, high);
    let e = i16x8_shuffle::<4, 5, 6, 7, 8, 9, 10, 11>(low, high);
    let f = i16x8_shuffle::<5, 6, 7, 8, 9, 10, 11, 12>(low, high);
    let (outer, middle, inner) = (i16x8_add(low, f), i16x8_add(b, e), i16x8_add(c, d));
    let sum = i16x8_sub(i16x8_shr(i16x8_sub(outer, middle), 2), middle);
    let sum = i16x8_add(i16x8_shr(i16x8_add_sat(sum, inner), 2), inner);
    i16x8_shr(i16x8_add(sum, i16x8_splat(32)), 6)
}

macro_rules! center {
    ($name:ident, $width:literal) => {
        /// # Safety
        /// The block with 2 pixels before and 3 after it on both axes is readable, and nothing else is read; the block
        /// is writable. `height` is at most 17.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(
            source: *const u8,
            source_stride: i32,
            target: *mut u8,
            target_stride: i32,
            height: i32,
        ) {
            /// Whole groups of 8 columns, and how many columns the last one, partly filled, has.
            const WHOLE: usize = ($width + 5) / 8;
            const LAST: usize = ($width + 5) % 8;
            const SKIP: u32 = 8 - LAST as u32;
            let zero = i16x8_splat(0);
            let mut columns = MaybeUninit::<Columns>::uninit();
            let columns = columns.as_mut_ptr().cast::<v128>();
            // SAFETY: columns -2 to width + 2, which is where the last group ends.
            unsafe {
                for group in 0..WHOLE {
                    down::<0>(columns.add(group), source.sub(2).add(group * 8), source_stride, height);
                }
                down::<SKIP>(columns.add(WHOLE), source.offset($width + 3 - 8), source_stride, height);
            }
            for y in 0..height {
                // SAFETY: the groups of row y that were just written, which are at least two.
                let (first, second) = unsafe {
                    let columns = columns.add(y as usize * GROUPS);
                    (columns.read(), columns.add(1).read())
                };
                // SAFETY: the third is there for the widths that ask for it.
                let third = || unsafe { columns.add(y as usize * GROUPS + 2).read() };
                // SAFETY: row y of the block.
                unsafe {
                    let target = row_mut(target, target_stride, y);
                    let low = along(first, second);
                    match $width {
                        4 | 5 => store4(target, u8x16_narrow_i16x8(low, low)),
                        8 | 9 => store8(target, u8x16_narrow_i16x8(low, low)),
                        _ => store16(target, u8x16_narrow_i16x8(low, along(second, third()))),
                    }
                    let last = match $width {
                        5 => u8x16_extract_lane::<4>(u8x16_narrow_i16x8(low, low)),
                        9 => u8x16_extract_lane::<0>(u8x16_narrow_i16x8(along(second, zero), zero)),
                        17 => u8x16_extract_lane::<0>(u8x16_narrow_i16x8(along(third(), zero), zero)),
                        _ => continue,
                    };
                    *target.add($width - 1) = last;
                }
            }
        }
    };
}

center!(McHorVer22WidthEq16_AArch64_neon, 16);
center!(McHorVer22WidthEq8_AArch64_neon, 8);
center!(McHorVer22WidthEq4_AArch64_neon, 4);
center!(McHorVer22Width17_AArch64_neon, 17);
center!(McHorVer22Width9_AArch64_neon, 9);
center!(McHorVer22Width5_AArch64_neon, 5);

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    /// # Safety
    /// The block with 2 pixels before and 3 after it on both axes is readable; the block is writable.
    pub unsafe fn center(source: *const u8, stride: i32, target: *mut u8, target_stride: i32, width: i32, height: i32) {
        let taps = |at: &dyn Fn(i32) -> i32| at(-2) - 5 * at(-1) + 20 * at(0) + 20 * at(1) - 5 * at(2) + at(3);
        for y in 0..height {
            for x in 0..width {
                // SAFETY: at most two before and three after a pixel of the block on both axes.
                let pixel =
                    |dx: i32, dy: i32| i32::from(unsafe { *source.offset(((y + dy) * stride + x + dx) as isize) });
                let sum = taps(&|dx| taps(&|dy| pixel(dx, dy)));
                // SAFETY: inside the block.
                unsafe { *target.offset((y * target_stride + x) as isize) = ((sum + 512) >> 10).clamp(0, 255) as u8 };
            }
        }
    }
}
