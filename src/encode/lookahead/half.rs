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
