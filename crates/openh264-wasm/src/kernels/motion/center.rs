//! Luma between four pixels: the six-tap filter down the columns, then along the rows (ITU-T H.264 8.4.2.2.1).
//!
//! The second pass needs more than 16 bits, which nested divisions spare: with a, b and c the outer, middle and inner
//! pairs' sums, `(a - 5 b + 20 c + 512) >> 10` is `((((a - b) >> 2) - b + c) >> 2) + c + 32) >> 6`. Only the addition
//! of the first c can leave 16 bits; it saturates, and the result is then far outside 0 to 255 on the same side.

use core::arch::wasm32::*;
use core::mem::MaybeUninit;

use super::compensate;
use super::luma::six_taps;
use crate::kernels::lanes::{Eight, Four, Sixteen};
use crate::kernels::pixels::Pixels;

/// The most columns of the first pass, in groups of 8: 17 pixels need 22.
const GROUPS: usize = 3;

/// The first pass' results, of up to 17 rows. A narrower block leaves groups unset.
type Columns = [[v128; GROUPS]; 17];

/// Filters 8 columns down `height` rows, into the first group of each row of [`Columns`] from `columns` on; reads 2 rows before
/// and 3 after. `skipped` columns are dropped from the front: a last group starts so much earlier, in order to read nothing
/// past the block's surroundings.
#[inline(always)]
unsafe fn down(skipped: u32, columns: *mut v128, source: Pixels, height: i32) {
    let load = |y: i32| u16x8_extend_low_u8x16(u64x2_shr(source.load::<Eight>(y), skipped * 8));
    let (mut a, mut b, mut c, mut d, mut e) = (load(-2), load(-1), load(0), load(1), load(2));
    for y in 0..height {
        let f = load(y + 3);
        columns.add(y as usize * GROUPS).write(six_taps([a, b, c, d, e, f]));
        (a, b, c, d, e) = (b, c, d, e, f);
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

/// A block `WIDTH` pixels wide.
#[inline(always)]
unsafe fn center<const WIDTH: i32>(source: Pixels, target: Pixels, height: i32) {
    // Whole groups of 8 columns; the last one, partly filled, ends where the block's surroundings do.
    let whole = ((WIDTH + 5) / 8) as usize;
    let zero = i16x8_splat(0);
    let mut columns = MaybeUninit::<Columns>::uninit();
    let columns = columns.as_mut_ptr().cast::<v128>();
    for group in 0..whole {
        down(0, columns.add(group), source.moved(group as i32 * 8 - 2, 0), height);
    }
    down(8 - (WIDTH + 5) as u32 % 8, columns.add(whole), source.moved(WIDTH + 3 - 8, 0), height);
    for y in 0..height {
        let columns = columns.add(y as usize * GROUPS);
        // There are at least two groups, and a third for the widths that ask for it.
        let (first, second) = (columns.read(), columns.add(1).read());
        let third = || columns.add(2).read();
        let low = along(first, second);
        match WIDTH {
            4 | 5 => target.store::<Four>(y, u8x16_narrow_i16x8(low, low)),
            8 | 9 => target.store::<Eight>(y, u8x16_narrow_i16x8(low, low)),
            _ => target.store::<Sixteen>(y, u8x16_narrow_i16x8(low, along(second, third()))),
        }
        let last = match WIDTH {
            5 => u8x16_extract_lane::<4>(u8x16_narrow_i16x8(low, low)),
            9 => u8x16_extract_lane::<0>(u8x16_narrow_i16x8(along(second, zero), zero)),
            17 => u8x16_extract_lane::<0>(u8x16_narrow_i16x8(along(third(), zero), zero)),
            _ => continue,
        };
        *target.at(WIDTH - 1, y) = last;
    }
}

macro_rules! center {
    ($name:ident, $width:literal) => {
        compensate!(
            /// Reads 2 pixels before the block and 3 after it on both axes. `height` is at most 17.
            $name,
            |source, target, height| center::<$width>(source, target, height)
        );
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
    use crate::kernels::pixels::Pixels;

    /// By the definition, in 32 bits.
    pub unsafe fn center(source: Pixels, target: Pixels, width: i32, height: i32) {
        let taps = |at: &dyn Fn(i32) -> i32| at(-2) - 5 * at(-1) + 20 * at(0) + 20 * at(1) - 5 * at(2) + at(3);
        for y in 0..height {
            for x in 0..width {
                let sum = taps(&|dx| taps(&|dy| source.pixel(x + dx, y + dy)));
                target.put(x, y, (sum + 512) >> 10);
            }
        }
    }
}
