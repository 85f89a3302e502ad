//! Sizes in pixels.

use std::fmt;

/// Width and height in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Size {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl Size {
    /// A size of any kind, encodable or not.
    pub const fn new(width: u32, height: u32) -> Self {
        Self { width, height }
    }

    /// Pixels in all.
    pub const fn area(self) -> u64 {
        self.width as u64 * self.height as u64
    }

    /// Whether one more row or column at most is all that this size has over `other`: what a crop to even sides takes.
    pub const fn is_but_a_crop_from(self, other: Self) -> bool {
        self.width.wrapping_sub(other.width) <= 1 && self.height.wrapping_sub(other.height) <= 1
    }

    /// The same with sides cut to even numbers.
    pub const fn even(self) -> Self {
        Self { width: self.width & !1, height: self.height & !1 }
    }

    /// Width as height and height as width.
    pub const fn swapped(self) -> Self {
        Self { width: self.height, height: self.width }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}
