//! JPEG's full-range BT.601 planes to the video's BT.709, limited range, 4:2:0. Both are linear in the samples, so RGB in
//! between would only add rounding; chroma that is halved already stays as it is.

use wide::bytemuck::cast;
use wide::{i16x8, u16x8};

use super::bt709::{BLACK, CODE_BITS, MIDDLE, cb, codes, cr, fixed, y};
use super::lanes::{HALF, LANES, load, load_sums, narrow, narrow_half, put, widen};
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
    /// Between two chroma rows, three quarters of the nearer one and one of the other, in quarters. The first and the last are
    /// there once more at either end, the last as often as whole vectors of a row of luma want.
    between: Vec<i16>,
}

/// Converts the top left of an image into planes of the same size, or one row or column less.
pub(super) fn convert(image: &YCbCr, to: Planes<'_>, rows: &mut Rows) {
    let width = to.width;
    for (row, [top, bottom, u, v]) in to.enumerate() {
        rows.prepare(image, row);
        for (half, luma) in [top, bottom].into_iter().enumerate() {
            rows.weigh(image, half, width);
            let from = image.y.row(2 * row + half, width);
            if image.subsampling.0 == 2 {
                convert_halved_luma(from, &rows.between, luma);
            } else {
                convert_luma(from, &rows.between[1..], luma);
            }
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

    /// Brings the luma changes to the upper (0) or lower (1) row of luma. Chroma samples lie between luma samples, a quarter of
    /// their distance away: the triangle filter of libjpeg's "fancy upsampling", of which this is the way down.
    fn weigh(&mut self, image: &YCbCr, half: usize, width: usize) {
        let (near, far) = if image.subsampling.1 == 1 { (half, half) } else { (1, 2 * half) };
        let [near, far] = [near, far].map(|at| &self.changes[at][..]);
        self.between.resize(width.next_multiple_of(LANES) + 2, 0);
        let between = &mut self.between[1..];
        let count = near.len().min(between.len());
        for ((to, near), far) in between.iter_mut().zip(near).zip(far) {
            *to = 3 * near + far;
        }
        let last = between[count - 1];
        between[count..].fill(last);
        self.between[0] = self.between[1];
    }
}

/// What a row of chroma changes in luma.
fn change_luma(image: &YCbCr, row: usize, changes: &mut Vec<i16>) {
    let width = image.chroma_size().0;
    changes.resize(width, 0);
    let samples = image.cb.row(row, width).chunks(LANES).zip(image.cr.row(row, width).chunks(LANES));
    for ((cb, cr), changes) in samples.zip(changes.chunks_mut(LANES)) {
        let [cb, cr] = [cb, cr].map(|codes| widen(load(codes)));
        for (half, changes) in changes.chunks_mut(HALF).enumerate() {
            let of_cb = difference(cb[half], 0).mul_scale_round_n(Y_OF_CB);
            let of_cr = difference(cr[half], 0).mul_scale_round_n(Y_OF_CR);
            let rounding = i16x8::splat(1 << (CODE_BITS - CHANGE_BITS - 1));
            put(changes, ((of_cb + of_cr + rounding) >> (CODE_BITS - CHANGE_BITS)).to_array());
        }
    }
}

/// A row of luma that has a change for each sample.
fn convert_luma(from: &[u8], changes: &[i16], to: &mut [u8]) {
    for ((from, changes), to) in from.chunks(LANES).zip(changes.chunks(LANES)).zip(to.chunks_mut(LANES)) {
        let from = widen(load(from));
        let half = |half: usize| new_luma(from[half], vector(changes, half * HALF) << 2);
        put(to, narrow([half(0), half(1)]).to_array());
    }
}

/// A row of luma that has a change for two samples: each takes three quarters of its own and one of its neighbour's. Samples of
/// even and of odd places are the low and the high bytes of 16 bits, so nothing has to change places.
fn convert_halved_luma(from: &[u8], changes: &[i16], to: &mut [u8]) {
    for (at, (from, to)) in from.chunks(LANES).zip(to.chunks_mut(LANES)).enumerate() {
        let luma: u16x8 = cast(load(from));
        let [left, own, right] = [0, 1, 2].map(|step| vector(changes, at * HALF + step));
        let own = own + own + own;
        let even = clipped(new_luma(cast(luma & u16x8::splat(0xFF)), own + left));
        let odd = clipped(new_luma(cast(luma >> 8), own + right));
        put(to, cast::<_, [u8; LANES]>(even | (odd << 8)));
    }
}

#[inline(always)]
fn vector(changes: &[i16], at: usize) -> i16x8 {
    load_sums(changes.get(at..).unwrap_or_default())
}

/// Luma from codes and their changes in sixteenths.
#[inline(always)]
fn new_luma(codes_before: i16x8, changes: i16x8) -> i16x8 {
    let luma = (codes_before << CODE_BITS).mul_scale_round_n(Y_OF_Y);
    codes(luma + (changes >> (WEIGHED_BITS - CODE_BITS)), BLACK)
}

#[inline(always)]
fn clipped(codes: i16x8) -> i16x8 {
    codes.max(i16x8::ZERO).min(i16x8::splat(255))
}

/// A difference with fractional bits, from the sum of 2^`shift` codes.
#[inline(always)]
fn difference(sum: i16x8, shift: i32) -> i16x8 {
    (sum - i16x8::splat(MIDDLE << shift)) << (CODE_BITS - shift)
}

/// One row of the picture's chroma.
fn convert_chroma(image: &YCbCr, row: usize, u: &mut [u8], v: &mut [u8]) {
    match image.subsampling.0 {
        2 => turn_chroma(image, row, u, v, halved),
        _ => turn_chroma(image, row, u, v, whole),
    }
}

#[inline(always)]
fn turn_chroma(image: &YCbCr, row: usize, u: &mut [u8], v: &mut [u8], sums: impl Fn(&[u8], usize) -> i16x8) {
    // One row of samples falls on a row of the picture's, or two do; one counts twice.
    let rows = 2 / image.subsampling.1;
    let lines = [row * rows, row * rows + rows - 1];
    let [cb, cr] = [&image.cb, &image.cr].map(|plane: &Plane| lines.map(|line| plane.row(line, plane.stride)));
    for (at, (u, v)) in u.chunks_mut(HALF).zip(v.chunks_mut(HALF)).enumerate() {
        let [cb, cr] = [cb, cr].map(|[above, below]| difference(sums(above, at) + sums(below, at), 2));
        let turned =
            |of_cb, of_cr| narrow_half(codes(cb.mul_scale_round_n(of_cb) + cr.mul_scale_round_n(of_cr), MIDDLE));
        put(u, turned(CB_OF_CB, CB_OF_CR));
        put(v, turned(CR_OF_CB, CR_OF_CR));
    }
}

/// Twice eight samples, one for each of the picture's.
#[inline(always)]
fn halved(row: &[u8], at: usize) -> i16x8 {
    i16x8::from_u8x16_low(load(&row[at * HALF..])) << 1
}

/// Eight sums of two samples. The row has its padding: what lies beyond the image falls on lanes that nobody takes.
#[inline(always)]
fn whole(row: &[u8], at: usize) -> i16x8 {
    let pairs: u16x8 = cast(load(&row[at * LANES..]));
    cast((pairs & u16x8::splat(0xFF)) + (pairs >> 8))
}
