//! JPEG's full-range BT.601 planes to the video's BT.709, limited range, 4:2:0. Both are linear in the samples, so RGB in
//! between would only add rounding; chroma that is halved already stays as it is.

use wide::{i16x8, u8x16};

use super::bt709::{BLACK, CODE_BITS, MIDDLE, cb, codes, cr, fixed, y};
use super::lanes::{HALF, LANES, narrow, narrow_half, put, take, widen};
use super::planes::Planes;
use crate::ycbcr::{KB, KR, Plane, YCbCr};

/// RGB of one code of luma and of each difference (ITU-T T.871 7).
const OF_Y: [f64; 3] = [1.0, 1.0, 1.0];
const OF_CB: [f64; 3] = [0.0, -2.0 * KB * (1.0 - KB) / (1.0 - KR - KB), 2.0 * (1.0 - KB)];
const OF_CR: [f64; 3] = [2.0 * (1.0 - KR), -2.0 * KR * (1.0 - KR) / (1.0 - KR - KB), 0.0];

/// New luma from old, and what the differences change in it.
const Y_OF_Y: i16 = fixed(y(OF_Y));
const Y_OF_CB: i16 = fixed(y(OF_CB));
const Y_OF_CR: i16 = fixed(y(OF_CR));

/// New differences from old ones; luma plays no part.
const CB_OF_CB: i16 = fixed(cb(OF_CB));
const CB_OF_CR: i16 = fixed(cb(OF_CR));
const CR_OF_CB: i16 = fixed(cr(OF_CB));
const CR_OF_CR: i16 = fixed(cr(OF_CR));

/// Fractional bits of a luma change: with those of the two weighings by quarters it still fits 16 bits.
const CHANGE_BITS: i32 = 5;
const WEIGHED_BITS: i32 = CHANGE_BITS + 4;

/// Rows that the conversion works in, kept from picture to picture.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Luma changes of the chroma rows above, at and below the place.
    changes: [Vec<i16>; 3],
    /// Between two chroma rows, three quarters of the nearer one and one of the other, in quarters.
    between: Vec<i16>,
    /// The same across, in sixteenths: one for each luma sample.
    weighed: Vec<i16>,
}

/// Converts the top left of an image into planes of the same size, or one row or column less.
pub(super) fn convert(image: &YCbCr, to: Planes<'_>, rows: &mut Rows) {
    let width = to.width;
    for (row, [top, bottom, u, v]) in to.row_pairs().enumerate() {
        rows.prepare(image, row);
        for (half, luma) in [top, bottom].into_iter().enumerate() {
            rows.weigh(image, half);
            convert_luma(image.y.row(2 * row + half, width), &rows.weighed, luma);
        }
        convert_chroma(image, row, u, v);
    }
}

impl Rows {
    /// Works out the luma changes around a row of the picture's chroma.
    fn prepare(&mut self, image: &YCbCr, row: usize) {
        let (_, down) = image.subsampling;
        if down == 1 {
            for half in 0..2 {
                change_luma(image, 2 * row + half, &mut self.changes[half]);
            }
            return;
        }
        let last = image.chroma_size().1 - 1;
        if row == 0 {
            change_luma(image, 0, &mut self.changes[0]);
            change_luma(image, 0, &mut self.changes[1]);
        } else {
            self.changes.rotate_left(1);
        }
        change_luma(image, (row + 1).min(last), &mut self.changes[2]);
    }

    /// Brings the luma changes to the place of each sample of the upper (0) or lower (1) row of luma. Chroma samples lie
    /// between luma samples, a quarter of their distance away: the triangle filter of libjpeg's "fancy upsampling".
    fn weigh(&mut self, image: &YCbCr, half: usize) {
        let (across, down) = image.subsampling;
        self.between.clear();
        if down == 1 {
            self.between.extend(self.changes[half].iter().map(|change| 4 * change));
        } else {
            let pairs = self.changes[1].iter().zip(&self.changes[2 * half]);
            self.between.extend(pairs.map(|(near, far)| 3 * near + far));
        }
        let between = &self.between[..];
        self.weighed.resize(between.len() * across, 0);
        if across == 1 {
            for (weighed, change) in self.weighed.iter_mut().zip(between) {
                *weighed = 4 * change;
            }
            return;
        }
        let last = between.len() - 1;
        let inner = between.windows(3).zip(self.weighed[2..].chunks_exact_mut(2));
        for (three, two) in inner {
            two[0] = 3 * three[1] + three[0];
            two[1] = 3 * three[1] + three[2];
        }
        self.weighed[0] = 4 * between[0];
        self.weighed[1] = 3 * between[0] + between[1.min(last)];
        self.weighed[2 * last] = 3 * between[last] + between[last.saturating_sub(1)];
        self.weighed[2 * last + 1] = 4 * between[last];
    }
}

/// What a row of chroma changes in luma.
fn change_luma(image: &YCbCr, row: usize, changes: &mut Vec<i16>) {
    let width = image.chroma_size().0;
    changes.resize(width, 0);
    let samples = image.cb.row(row, width).chunks(LANES).zip(image.cr.row(row, width).chunks(LANES));
    for ((cb, cr), changes) in samples.zip(changes.chunks_mut(LANES)) {
        let [cb, cr] = [cb, cr].map(|codes| widen(u8x16::new(take(codes))));
        for (half, changes) in changes.chunks_mut(HALF).enumerate() {
            let of_cb = difference(cb[half], 0).mul_scale_round_n(Y_OF_CB);
            let of_cr = difference(cr[half], 0).mul_scale_round_n(Y_OF_CR);
            let rounding = i16x8::splat(1 << (CODE_BITS - CHANGE_BITS - 1));
            put(changes, ((of_cb + of_cr + rounding) >> (CODE_BITS - CHANGE_BITS)).to_array());
        }
    }
}

fn convert_luma(from: &[u8], changes: &[i16], to: &mut [u8]) {
    for ((from, changes), to) in from.chunks(LANES).zip(changes.chunks(LANES)).zip(to.chunks_mut(LANES)) {
        let (from, changes) = (widen(u8x16::new(take(from))), take::<_, LANES>(changes));
        let half = |half: usize| {
            let change = i16x8::from_slice_unaligned(&changes[half * HALF..]);
            let luma = (from[half] << CODE_BITS).mul_scale_round_n(Y_OF_Y);
            codes(luma + (change >> (WEIGHED_BITS - CODE_BITS)), BLACK)
        };
        put(to, narrow([half(0), half(1)]).to_array());
    }
}

/// A difference with fractional bits, from the sum of 2^`shift` codes.
#[inline(always)]
fn difference(sum: i16x8, shift: i32) -> i16x8 {
    (sum - i16x8::splat(MIDDLE << shift)) << (CODE_BITS - shift)
}

/// One row of the picture's chroma.
fn convert_chroma(image: &YCbCr, row: usize, u: &mut [u8], v: &mut [u8]) {
    for (chunk, (u, v)) in u.chunks_mut(HALF).zip(v.chunks_mut(HALF)).enumerate() {
        let [cb, cr] = [&image.cb, &image.cr].map(|plane| mean(plane, image.subsampling, row, chunk));
        let turned =
            |of_cb, of_cr| narrow_half(codes(cb.mul_scale_round_n(of_cb) + cr.mul_scale_round_n(of_cr), MIDDLE));
        put(u, turned(CB_OF_CB, CB_OF_CR));
        put(v, turned(CR_OF_CB, CR_OF_CR));
    }
}

/// Samples of even places first, then those of odd ones.
const APART: [u8; LANES] = [0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15];

/// Eight differences of the picture: each the mean of the one, two or four samples that fall on its place.
#[inline(always)]
fn mean(plane: &Plane, (across, down): (usize, usize), row: usize, chunk: usize) -> i16x8 {
    let (columns, rows) = (2 / across, 2 / down);
    let first = chunk * HALF * columns;
    let mut sum = i16x8::ZERO;
    for row in row * rows..(row + 1) * rows {
        // The row with its padding: what lies beyond the image falls on lanes that nobody takes.
        let samples = u8x16::new(take(&plane.row(row, plane.stride)[first..]));
        sum += if columns == 1 {
            i16x8::from_u8x16_low(samples)
        } else {
            let [even, odd] = widen(samples.shuffle_zeroing(u8x16::new(APART)));
            even + odd
        };
    }
    difference(sum, (columns * rows).ilog2() as i32)
}
