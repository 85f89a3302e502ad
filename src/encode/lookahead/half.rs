//! A picture's luma at half its size: what the look-ahead works on. A block of 8x8 samples stands for a macroblock.

use crate::colour::Picture;

/// Samples across and down of a block; 16 at the picture's size, a macroblock.
pub(super) const BLOCK: usize = 8;

/// Luma at half size, in whole blocks: what lies outside the picture repeats its last row and column.
#[derive(Clone, Debug)]
pub(super) struct HalfLuma {
    /// Blocks across.
    pub(super) columns: usize,
    /// Blocks down.
    pub(super) rows: usize,
    /// Samples from one row to the next; all of them are the plane's.
    pub(super) stride: usize,
    /// Row by row.
    pub(super) samples: Vec<u8>,
}

impl HalfLuma {
    /// Each sample is the mean of 2x2 of the picture's.
    pub(super) fn new(picture: &Picture) -> Self {
        let planes = picture.planes();
        let (width, height) = (planes.y_stride, planes.y.len() / planes.y_stride);
        let (columns, rows) = (width.div_ceil(2 * BLOCK), height.div_ceil(2 * BLOCK));
        let stride = columns * BLOCK;
        let mut samples = vec![0; stride * rows * BLOCK];
        let (across, down) = (width / 2, height / 2);
        for (target, pair) in samples.chunks_exact_mut(stride).zip(planes.y.chunks_exact(2 * width)) {
            let (top, bottom) = pair.split_at(width);
            let (inside, outside) = target.split_at_mut(across);
            for ((sample, top), bottom) in inside.iter_mut().zip(top.chunks_exact(2)).zip(bottom.chunks_exact(2)) {
                let sum = u16::from(top[0]) + u16::from(top[1]) + u16::from(bottom[0]) + u16::from(bottom[1]);
                *sample = ((sum + 2) >> 2) as u8;
            }
            outside.fill(inside[across - 1]);
        }
        let (inside, outside) = samples.split_at_mut(down * stride);
        for row in outside.chunks_exact_mut(stride) {
            row.copy_from_slice(&inside[(down - 1) * stride..]);
        }
        Self { columns, rows, stride, samples }
    }

    /// How many blocks there are.
    pub(super) fn blocks(&self) -> usize {
        self.columns * self.rows
    }

    /// The samples from one on, which may be the corner of a block.
    #[inline(always)]
    pub(super) fn from(&self, x: usize, y: usize) -> &[u8] {
        &self.samples[y * self.stride + x..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::Size;

    #[test]
    fn samples_are_means_and_edges_repeat() {
        // 22 x 18 halved is 11 x 9, in 2 x 2 blocks.
        let luma: Vec<u8> = (0..22 * 18).map(|at| (at * 37 % 251) as u8).collect();
        let half = HalfLuma::new(&Picture::from_luma(Size::new(22, 18), &luma));
        assert_eq!((half.columns, half.rows, half.stride), (2, 2, 16));
        for (y, x) in (0..16).flat_map(|y| (0..16).map(move |x| (y, x))) {
            let (left, top) = (2 * x.min(10), 2 * y.min(8));
            let sum: u32 = [0, 1, 22, 23].iter().map(|step| u32::from(luma[top * 22 + left + step])).sum();
            assert_eq!(u32::from(half.samples[y * 16 + x]), (sum + 2) / 4, "{x}, {y}");
        }
    }
}
