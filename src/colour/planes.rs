//! The planes of a picture while it is filled.

/// Planar 4:2:0 samples without gaps. All sides of luma are even.
pub(super) struct Planes<'a> {
    /// Luma samples across.
    pub width: usize,
    pub y: &'a mut [u8],
    pub u: &'a mut [u8],
    pub v: &'a mut [u8],
}

impl<'a> Planes<'a> {
    /// From top to bottom, the two rows of luma that share their chroma, and the rows of that: blue, then red difference.
    pub(super) fn row_pairs(self) -> impl Iterator<Item = [&'a mut [u8]; 4]> {
        let width = self.width;
        let luma = self.y.chunks_exact_mut(2 * width).map(move |rows| rows.split_at_mut(width));
        let chroma = self.u.chunks_exact_mut(width / 2).zip(self.v.chunks_exact_mut(width / 2));
        luma.zip(chroma).map(|((top, bottom), (u, v))| [top, bottom, u, v])
    }
}
