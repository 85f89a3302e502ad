//! Rows to columns, of any lanes in any number of vectors.

use core::arch::wasm32::*;

use super::vector::{zip_high, zip_low};

/// The elements of all vectors, `BITS` each, as one row of which the two halves are laid together in turns, as one shuffles
/// cards. The digits of an element's place, in base 2, turn left by one.
#[inline(always)]
pub(crate) fn interleave<const BITS: u32, const VECTORS: usize>(from: [v128; VECTORS]) -> [v128; VECTORS] {
    let mut to = from;
    for index in 0..VECTORS / 2 {
        to[2 * index] = zip_low::<BITS>(from[index], from[index + VECTORS / 2]);
        to[2 * index + 1] = zip_high::<BITS>(from[index], from[index + VECTORS / 2]);
    }
    to
}

/// Four rows, one after another in all vectors, to columns of four, one after another. Two blocks of 4x4 side by side
/// become the left one's columns and then the right one's.
#[inline(always)]
pub(crate) fn columns<const BITS: u32, const VECTORS: usize>(rows: [v128; VECTORS]) -> [v128; VECTORS] {
    interleave::<BITS, VECTORS>(interleave::<BITS, VECTORS>(rows))
}

/// The same of four rows of 4 bytes, in one vector.
#[inline(always)]
pub(crate) fn columns_of_bytes(rows: v128) -> v128 {
    i8x16_shuffle::<0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15>(rows, rows)
}
