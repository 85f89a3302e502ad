//! How strongly a predicted macroblock's edges are filtered (bS of ITU-T H.264 8.7.2.1): 2 next to a block with
//! coefficients, 1 where motion differs by a pixel or more, else 0. Upstream itself puts in 4 for intra neighbours.

use core::arch::wasm32::*;

use crate::kernels::lanes::{Eight, Lanes, Sixteen};
use crate::kernels::transpose::columns_of_bytes;

/// Upstream's counts of coefficients: 16 of luma by rows, then 8 of chroma, then the next macroblock's.
const COUNTS: i32 = 24;
/// Motion vectors of a macroblock, by rows.
const VECTORS: i32 = 16;
/// Quarter pixels from which on motion differs.
const LIMIT: i16 = 4;

/// `LEFT_MB_POS` and `TOP_MB_POS`.
const LEFT: i32 = 1;
const TOP: i32 = 2;

/// All ones in each of the four 32-bit lanes whose vectors differ. No two differ by more than 16 bits hold.
#[inline(always)]
fn differs(a: v128, b: v128) -> v128 {
    let far = i16x8_gt(i16x8_abs(i16x8_sub(a, b)), i16x8_splat(LIMIT - 1));
    i32x4_ne(far, i32x4_splat(0))
}

/// Four times four lanes' masks as 16 bytes.
#[inline(always)]
fn to_bytes(masks: [v128; 4]) -> v128 {
    i8x16_narrow_i16x8(i16x8_narrow_i32x4(masks[0], masks[1]), i16x8_narrow_i32x4(masks[2], masks[3]))
}

/// 2, 1 or 0 for each of 16 pairs of blocks.
#[inline(always)]
fn strengths(counts: v128, other_counts: v128, moved: v128) -> v128 {
    let coded = i8x16_gt(v128_or(counts, other_counts), i8x16_splat(0));
    u8x16_max(v128_and(coded, u8x16_splat(2)), v128_and(moved, u8x16_splat(1)))
}

/// The strengths of the four vertical edges (each four rows), then of the four horizontal ones (each four columns).
///
/// `counts` and `vectors` point to a macroblock's in upstream's tables, in which the left (`LEFT` in `neighbours`) and
/// upper one (`TOP`, `macroblocks` before) stand too; `output` takes 32 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn DeblockingBSCalcEnc_AArch64_neon(
    counts: *const i8,
    vectors: *const i32,
    neighbours: i32,
    macroblocks: i32,
    output: *mut u8,
) {
    let zero = i32x4_splat(0);
    let rows = [0, 1, 2, 3].map(|y| v128_load(vectors.add(y * 4).cast()));
    let here = v128_load(counts.cast());
    let (left_counts, left_rows) = if neighbours & LEFT != 0 {
        let vectors = vectors.sub(VECTORS as usize);
        (v128_load(counts.sub(COUNTS as usize).cast()), [0, 1, 2, 3].map(|y| v128_load(vectors.add(y * 4).cast())))
    } else {
        (zero, [zero; 4])
    };
    let (upper_counts, upper_row) = if neighbours & TOP != 0 {
        let counts = counts.offset(-(macroblocks * COUNTS) as isize);
        let vectors = vectors.offset(-(macroblocks * VECTORS) as isize);
        (v128_load(counts.cast()), v128_load(vectors.add(12).cast()))
    } else {
        (zero, zero)
    };

    // Each row against itself moved one block to the right.
    let moved = [0, 1, 2, 3].map(|y| differs(rows[y], i32x4_shuffle::<3, 4, 5, 6>(left_rows[y], rows[y])));
    let lefts = i8x16_shuffle::<19, 0, 1, 2, 23, 4, 5, 6, 27, 8, 9, 10, 31, 12, 13, 14>(here, left_counts);
    Sixteen::store(output, columns_of_bytes(strengths(here, lefts, to_bytes(moved))));

    // Each row against the one above.
    let above = [upper_row, rows[0], rows[1], rows[2]];
    let moved = [0, 1, 2, 3].map(|y| differs(rows[y], above[y]));
    let uppers = i8x16_shuffle::<28, 29, 30, 31, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11>(here, upper_counts);
    Sixteen::store(output.add(16), strengths(here, uppers, to_bytes(moved)));
}

/// Sets a macroblock's 24 counts that are not zero to 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsNonZeroCount_AArch64_neon(counts: *mut u8) {
    let one = u8x16_splat(1);
    Sixteen::store(counts, u8x16_min(Sixteen::load(counts), one));
    Eight::store(counts.add(16), u8x16_min(Eight::load(counts.add(16)), one));
}
