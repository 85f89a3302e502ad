//! A picture's luma at half its size: what the look-ahead works on.

use wide::bytemuck::cast;
use wide::{i16x8, u8x16, u16x8};

use crate::colour::Picture;

/// Samples across and down of a block that is measured; 16 at the picture's size.
pub(super) const BLOCK: usize = 8;

/// Macroblocks across and down of an area, which the block in its middle stands for. To measure each macroblock gains one
/// percent on flat animation, and takes twice as long; areas two high lose what scrolls.
const AREA: (usize, usize) = (2, 1);

/// Pixels across and down of an area.
pub(super) const AREA_PIXELS: (usize, usize) = (AREA.0 * 2 * BLOCK, AREA.1 * 2 * BLOCK);

/// Luma at half size, in whole macroblocks: what lies outside the picture repeats its last row and column.
#[derive(Clone, Debug)]
pub(super) struct HalfLuma {
    /// Areas across.
    pub(super) columns: usize,
    /// Areas down.
    pub(super) rows: usize,
    /// Samples from one row to the next; all of them are the plane's.
    pub(super) stride: usize,
    /// Rows of samples.
    pub(super) height: usize,
    /// Row by row.
    pub(super) samples: Vec<u8>,
}

impl HalfLuma {
    /// Each sample is the mean of 2x2 of the picture's.
    pub(super) fn new(picture: &Picture) -> Self {
        let planes = picture.planes();
        let (width, height) = (planes.y_stride, planes.y.len() / planes.y_stride);
        let stride = width.div_ceil(2 * BLOCK) * BLOCK;
        let whole = height.div_ceil(2 * BLOCK) * BLOCK;
        let (across, down) = (width / 2, height / 2);
        let mut samples = Vec::with_capacity(stride * whole);
        for pair in planes.y.chunks_exact(2 * width) {
            let (top, bottom) = pair.split_at(width);
            let start = samples.len();
            samples.resize(start + across, 0);
            halve(top, bottom, &mut samples[start..]);
            samples.resize(start + stride, samples[start + across - 1]);
        }
        for _ in down..whole {
            samples.extend_from_within((down - 1) * stride..down * stride);
        }
        Self {
            columns: stride.div_ceil(AREA.0 * BLOCK),
            rows: whole.div_ceil(AREA.1 * BLOCK),
            stride,
            height: whole,
            samples,
        }
    }

    /// How many areas there are.
    pub(super) fn areas(&self) -> usize {
        self.columns * self.rows
    }

    /// The corner of the block that stands for an area.
    #[inline(always)]
    pub(super) fn corner(&self, area: usize) -> (usize, usize) {
        let middle =
            |at: usize, blocks: usize, end: usize| (at * blocks * BLOCK + (blocks - 1) * BLOCK / 2).min(end - BLOCK);
        (middle(area % self.columns, AREA.0, self.stride), middle(area / self.columns, AREA.1, self.height))
    }

    /// The corner of a macroblock's block.
    pub(super) fn macroblock(&self, macroblock: usize) -> (usize, usize) {
        let across = self.stride / BLOCK;
        (macroblock % across * BLOCK, macroblock / across * BLOCK)
    }

    /// For each macroblock, the area that it lies in.
    pub(super) fn areas_of_macroblocks(&self) -> impl Iterator<Item = usize> {
        let (across, columns) = (self.stride / BLOCK, self.columns);
        (0..across * (self.height / BLOCK)).map(move |macroblock| {
            let (column, row) = (macroblock % across, macroblock / across);
            row / AREA.1 * columns + column / AREA.0
        })
    }

    /// The samples from one on, which may be the corner of a block.
    #[inline(always)]
    pub(super) fn from(&self, x: usize, y: usize) -> &[u8] {
        &self.samples[y * self.stride + x..]
    }
}

/// Two rows as one of half their length.
fn halve(top: &[u8], bottom: &[u8], to: &mut [u8]) {
    let (vectors, rest) = to.as_chunks_mut::<16>();
    let done = vectors.len() * 32;
    let pairs = top.as_chunks::<16>().0.chunks_exact(2).zip(bottom.as_chunks::<16>().0.chunks_exact(2));
    for (to, (top, bottom)) in vectors.iter_mut().zip(pairs) {
        // Two samples are the low and the high byte of 16 bits.
        let sums = |row: [u8; 16]| {
            let two: u16x8 = cast(row);
            (two & u16x8::splat(0xFF)) + (two >> 8)
        };
        let half = |at: usize| cast::<_, i16x8>((sums(top[at]) + sums(bottom[at]) + u16x8::splat(2)) >> 2);
        *to = u8x16::narrow_i16x8(half(0), half(1)).to_array();
    }
    let pairs = top[done..].chunks_exact(2).zip(bottom[done..].chunks_exact(2));
    for (to, (top, bottom)) in rest.iter_mut().zip(pairs) {
        let sum = top.iter().chain(bottom).map(|&sample| u16::from(sample)).sum::<u16>();
        *to = ((sum + 2) >> 2) as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::Size;

    #[test]
    fn samples_are_means_and_edges_repeat() {
        // Halved, 22 x 18 is 11 x 9 in two macroblocks each way; 86 is 43, a vector of 16 and more, in six.
        for (width, across, stride) in [(22, 11, 16), (86, 43, 48)] {
            let luma: Vec<u8> = (0..width * 18).map(|at| (at * 37 % 251) as u8).collect();
            let half = HalfLuma::new(&Picture::from_luma(Size::new(width as u32, 18), &luma));
            assert_eq!((half.rows, half.stride, half.height), (2, stride, 16));
            for (y, x) in (0..16).flat_map(|y| (0..stride).map(move |x| (y, x))) {
                let (left, top) = (2 * x.min(across - 1), 2 * y.min(8));
                let four = [0, 1, width, width + 1].map(|step| u32::from(luma[top * width + left + step]));
                assert_eq!(u32::from(half.samples[y * stride + x]), (four.iter().sum::<u32>() + 2) / 4, "{x}, {y}");
            }
        }
    }

    #[test]
    fn blocks_stand_for_the_areas_around_them() {
        // Three macroblocks across and down: areas of two and of one across.
        let half = HalfLuma::new(&Picture::from_luma(Size::new(48, 48), &[0; 48 * 48]));
        assert_eq!((half.columns, half.rows), (2, 3));
        let corners = [(4, 0), (16, 0), (4, 8), (16, 8), (4, 16), (16, 16)];
        assert_eq!([0, 1, 2, 3, 4, 5].map(|area| half.corner(area)), corners);
        assert_eq!(half.areas_of_macroblocks().collect::<Vec<_>>(), [0, 0, 1, 2, 2, 3, 4, 4, 5]);
    }
}
