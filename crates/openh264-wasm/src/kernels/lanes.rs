//! How many pixels of a row a kernel takes at once.

use core::arch::wasm32::*;

use super::pixels::Pixels;
use super::vector::load8_pair;

/// A number of neighbouring pixels.
pub(crate) trait Lanes {
    /// Rows that fill a vector.
    const ROWS: i32;

    /// The pixels as bytes, zeros above them.
    unsafe fn load(from: *const u8) -> v128;

    /// The first 8 of them in lanes of 16 bits.
    #[inline(always)]
    unsafe fn load_wide(from: *const u8) -> v128 {
        u16x8_extend_low_u8x16(Self::load(from))
    }

    /// As many rows as fill a vector.
    unsafe fn load_rows(from: Pixels) -> v128;

    /// Writes the lowest bytes, one a pixel.
    unsafe fn store(to: *mut u8, bytes: v128);

    /// Copies one row's pixels.
    #[inline(always)]
    unsafe fn copy(to: *mut u8, from: *const u8) {
        Self::store(to, Self::load(from));
    }
}

pub(crate) struct Sixteen;
pub(crate) struct Eight;
pub(crate) struct Four;

impl Lanes for Sixteen {
    const ROWS: i32 = 1;

    #[inline(always)]
    unsafe fn load(from: *const u8) -> v128 {
        v128_load(from.cast())
    }

    #[inline(always)]
    unsafe fn load_rows(from: Pixels) -> v128 {
        from.load::<Self>(0)
    }

    #[inline(always)]
    unsafe fn store(to: *mut u8, bytes: v128) {
        v128_store(to.cast(), bytes);
    }
}

impl Lanes for Eight {
    const ROWS: i32 = 2;

    #[inline(always)]
    unsafe fn load(from: *const u8) -> v128 {
        v128_load64_zero(from.cast())
    }

    #[inline(always)]
    unsafe fn load_wide(from: *const u8) -> v128 {
        u16x8_load_extend_u8x8(from)
    }

    #[inline(always)]
    unsafe fn load_rows(from: Pixels) -> v128 {
        load8_pair(from.at(0, 0), from.at(0, 1))
    }

    #[inline(always)]
    unsafe fn store(to: *mut u8, bytes: v128) {
        v128_store64_lane::<0>(bytes, to.cast());
    }

    #[inline(always)]
    unsafe fn copy(to: *mut u8, from: *const u8) {
        to.cast::<u64>().write_unaligned(from.cast::<u64>().read_unaligned());
    }
}

impl Lanes for Four {
    const ROWS: i32 = 4;

    #[inline(always)]
    unsafe fn load(from: *const u8) -> v128 {
        v128_load32_zero(from.cast())
    }

    #[inline(always)]
    unsafe fn load_rows(from: Pixels) -> v128 {
        let rows = from.load::<Self>(0);
        let rows = v128_load32_lane::<1>(rows, from.at(0, 1).cast());
        let rows = v128_load32_lane::<2>(rows, from.at(0, 2).cast());
        v128_load32_lane::<3>(rows, from.at(0, 3).cast())
    }

    #[inline(always)]
    unsafe fn store(to: *mut u8, bytes: v128) {
        v128_store32_lane::<0>(bytes, to.cast());
    }

    #[inline(always)]
    unsafe fn copy(to: *mut u8, from: *const u8) {
        to.cast::<u32>().write_unaligned(from.cast::<u32>().read_unaligned());
    }
}
