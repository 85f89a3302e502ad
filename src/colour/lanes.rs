//! Vectors filled from rows and written to rows that need not end where a vector does.
//!
//! Whole vectors go by a load or a store. A copy of a length that is known only at run time would be a call into the
//! browser for each of them, and take longer than all the arithmetic.

use wide::bytemuck::cast;
use wide::{i16x8, u8x16};

/// Samples of a row that are taken at once.
pub(super) const LANES: usize = 16;

/// Lanes of 16 bits.
pub(super) const HALF: usize = LANES / 2;

/// Brings samples of even and odd places together again.
pub(super) const IN_ORDER: [u8; LANES] = [0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15];

/// The first [`LANES`] samples, or what there is of them and then zeros.
#[inline(always)]
pub(super) fn load(from: &[u8]) -> u8x16 {
    // A vector in either case: an array of bytes would go by way of memory.
    from.first_chunk().map_or_else(|| u8x16::new(part(from)), |whole| u8x16::new(*whole))
}

/// The first [`HALF`] sums, or what there is of them and then zeros.
#[inline(always)]
pub(super) fn load_sums(from: &[i16]) -> i16x8 {
    from.first_chunk().map_or_else(|| i16x8::new(part(from)), |whole| i16x8::new(*whole))
}

/// Fewer than `N` items, and then zeros.
#[cold]
#[inline(never)]
pub(super) fn part<T: Copy + Default, const N: usize>(from: &[T]) -> [T; N] {
    let mut part = [T::default(); N];
    part.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
    part
}

/// Writes the items that there is room for.
#[inline(always)]
pub(super) fn put<T: Copy, const N: usize>(to: &mut [T], items: [T; N]) {
    match to.first_chunk_mut() {
        Some(whole) => *whole = items,
        None => to.iter_mut().zip(items).for_each(|(to, item)| *to = item),
    }
}

/// Codes with room for arithmetic, those of the lower lanes first. `wide` has this too, lane by lane in wasm.
#[inline(always)]
pub(super) fn widen(codes: u8x16) -> [i16x8; 2] {
    // A code's high byte is the one behind it: wasm's order, and that of every machine that this is built for.
    [cast(u8x16::unpack_low(codes, u8x16::ZERO)), cast(u8x16::unpack_high(codes, u8x16::ZERO))]
}

/// Sums as codes, all below 0 and above 255 clipped.
#[inline(always)]
pub(super) fn narrow([low, high]: [i16x8; 2]) -> u8x16 {
    u8x16::narrow_i16x8(low, high)
}

/// The codes of either vector of sums.
#[inline(always)]
pub(super) fn narrow_both(sums: [i16x8; 2]) -> [[u8; HALF]; 2] {
    cast(narrow(sums))
}
