//! Columns around a vertical edge as vectors, and back.

use core::arch::wasm32::*;

use crate::kernels::lanes::{Eight, Four};
use crate::kernels::pixels::Pixels;
use crate::kernels::transpose::{columns, columns_of_bytes, interleave};
use crate::kernels::vector::zip_low;

/// Columns 0 to 7 of 16 rows: lane i is row i.
#[inline(always)]
pub(super) unsafe fn columns8(source: Pixels) -> [v128; 8] {
    // The first of the four steps that bring 16 rows to columns, while the rows are loaded.
    let rows = [0, 1, 2, 3, 4, 5, 6, 7].map(|y| zip_low::<8>(source.load::<Eight>(y), source.load::<Eight>(y + 8)));
    columns::<8, 8>(interleave::<8, 8>(rows))
}

/// Columns 0 to 3 of 8 rows at two places: lanes 0 to 7 are the first's rows.
#[inline(always)]
pub(super) unsafe fn columns4(first: Pixels, second: Pixels) -> [v128; 4] {
    let fours = [
        first.load_rows::<Four>(0),
        first.load_rows::<Four>(4),
        second.load_rows::<Four>(0),
        second.load_rows::<Four>(4),
    ];
    columns::<32, 4>(fours.map(columns_of_bytes))
}

/// Stores four rows of 4 bytes, as `columns::<8, 4>` gives them of columns.
#[inline(always)]
pub(super) unsafe fn store_rows(target: Pixels, rows: v128) {
    v128_store32_lane::<0>(rows, target.at(0, 0).cast());
    v128_store32_lane::<1>(rows, target.at(0, 1).cast());
    v128_store32_lane::<2>(rows, target.at(0, 2).cast());
    v128_store32_lane::<3>(rows, target.at(0, 3).cast());
}
