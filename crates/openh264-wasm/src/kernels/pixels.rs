//! A block's place in a plane.

use core::arch::wasm32::v128;

use super::lanes::Lanes;

/// The pixels from a place in a plane on: pixel (0, 0), and the bytes from a row to the next. Of a plane that is only read,
/// nothing is written.
#[derive(Clone, Copy, Debug)]
pub struct Pixels {
    first: *mut u8,
    stride: i32,
}

impl Pixels {
    /// As upstream gives them.
    #[inline(always)]
    pub const fn new(first: *const u8, stride: i32) -> Self {
        Self { first: first.cast_mut(), stride }
    }

    /// The address of a pixel.
    #[inline(always)]
    pub(crate) unsafe fn at(self, x: i32, y: i32) -> *mut u8 {
        self.first.offset((self.stride * y) as isize).offset(x as isize)
    }

    /// The same plane from another pixel on.
    #[inline(always)]
    pub unsafe fn moved(self, x: i32, y: i32) -> Self {
        Self { first: self.at(x, y), ..self }
    }

    /// One pixel.
    #[inline(always)]
    pub unsafe fn pixel(self, x: i32, y: i32) -> i32 {
        i32::from(*self.at(x, y))
    }

    /// Sets one pixel, clipped to 0 to 255.
    #[inline(always)]
    pub unsafe fn put(self, x: i32, y: i32, value: i32) {
        *self.at(x, y) = value.clamp(0, 255) as u8;
    }

    /// The first pixels of a row as bytes, zeros above them.
    #[inline(always)]
    pub(crate) unsafe fn load<L: Lanes>(self, y: i32) -> v128 {
        L::load(self.at(0, y))
    }

    /// The first pixels of a row, 8 at the most, in lanes of 16 bits.
    #[inline(always)]
    pub(crate) unsafe fn load_wide<L: Lanes>(self, y: i32) -> v128 {
        L::load_wide(self.at(0, y))
    }

    /// The first pixels of the rows from `y` on that fill a vector.
    #[inline(always)]
    pub(crate) unsafe fn load_rows<L: Lanes>(self, y: i32) -> v128 {
        L::load_rows(self.moved(0, y))
    }

    /// Writes the first pixels of a row.
    #[inline(always)]
    pub(crate) unsafe fn store<L: Lanes>(self, y: i32, bytes: v128) {
        L::store(self.at(0, y), bytes);
    }
}
