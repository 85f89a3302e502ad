//! The planes of a picture while it is filled.

/// Planar 4:2:0 samples without gaps. All sides of luma are even.
pub(super) struct Planes<'a> {
    /// Luma samples across.
    pub width: usize,
    pub y: &'a mut [u8],
    pub u: &'a mut [u8],
    pub v: &'a mut [u8],
}

/// Two rows of luma that share their chroma, and the rows of that: blue, then red difference.
pub(super) type RowPair<'a> = [&'a mut [u8]; 4];

/// From top to bottom.
impl<'a> Iterator for Planes<'a> {
    type Item = RowPair<'a>;

    fn next(&mut self) -> Option<RowPair<'a>> {
        let width = self.width;
        let (top, bottom) = self.y.split_off_mut(..2 * width)?.split_at_mut(width);
        Some([top, bottom, self.u.split_off_mut(..width / 2)?, self.v.split_off_mut(..width / 2)?])
    }
}
