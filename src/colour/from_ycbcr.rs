//! JPEG's full-range BT.601 planes to the video's BT.709, limited range, 4:2:0. Both are linear in the samples, so RGB in
//! between would only add rounding; chroma that is halved already stays as it is.

use wide::bytemuck::cast;
use wide::{i16x8, u8x16, u16x8};

use super::bt709::{BLACK, CODE_BITS, MIDDLE, cb, codes, cr, fixed, offset, y};
use super::lanes::{HALF, IN_ORDER, LANES, load, load_sums, narrow, narrow_both, part, put, widen};
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
            // Black and a rounding half come with them.
            let offset = i16x8::splat(offset(BLACK) + (1 << (CODE_BITS - CHANGE_BITS - 1)));
            put(changes, ((of_cb + of_cr + offset) >> (CODE_BITS - CHANGE_BITS)).to_array());
        }
    }
}

/// A row of luma that has a change for each sample.
fn convert_luma(from: &[u8], changes: &[i16], to: &mut [u8]) {
    for ((from, changes), to) in from.chunks(LANES).zip(changes.chunks(LANES)).zip(to.chunks_mut(LANES)) {
        let from = widen(load(from));
        let half = |half: usize| new_luma(from[half], load_sums(&changes[half * HALF..]) << 2, i16x8::splat(Y_OF_Y));
        put(to, narrow([half(0), half(1)]).to_array());
    }
}

/// A row of luma that has a change for two samples: each takes three quarters of its own and one of its neighbour's.
fn convert_halved_luma(from: &[u8], changes: &[i16], to: &mut [u8]) {
    let (from, from_rest) = from.as_chunks::<LANES>();
    let (to, to_rest) = to.as_chunks_mut::<LANES>();
    // Slices of one length each: so the loop checks no bounds.
    let [left, own, right] = [0, 1, 2].map(|start| &changes[start..].as_chunks::<HALF>().0[..from.len()]);
    let lanes = Halved::new();
    for ((((from, to), left), own), right) in from.iter().zip(&mut *to).zip(left).zip(own).zip(right) {
        *to = lanes.converted(*from, [*left, *own, *right]);
    }
    if !from_rest.is_empty() {
        let changes = &changes[from.len() * HALF..];
        let changes = [0, 1, 2].map(|start| changes[start..].first_chunk().copied().unwrap_or_default());
        put(to_rest, lanes.converted(part(from_rest), changes));
    }
}

/// What stays the same over a row. Not known to the compiler: browsers make a constant of a vector anew wherever it is used.
struct Halved {
    even: u16x8,
    factor: i16x8,
    in_order: u8x16,
}

impl Halved {
    fn new() -> Self {
        let (even, factor, in_order) = std::hint::black_box((0xFF, Y_OF_Y, IN_ORDER));
        Self { even: u16x8::splat(even), factor: i16x8::splat(factor), in_order: u8x16::new(in_order) }
    }

    /// Samples with the changes to the left, of their own, and to the right.
    #[inline(always)]
    fn converted(&self, luma: [u8; LANES], changes: [[i16; HALF]; 3]) -> [u8; LANES] {
        let luma: u16x8 = cast(luma);
        let [left, own, right] = changes.map(i16x8::new);
        let own = own + own + own;
        let even = new_luma(cast(luma & self.even), own + left, self.factor);
        let odd = new_luma(cast(luma >> 8), own + right, self.factor);
        narrow([even, odd]).shuffle(self.in_order).to_array()
    }
}

/// Luma from codes and their changes in sixteenths.
#[inline(always)]
fn new_luma(codes_before: i16x8, changes: i16x8, factor: i16x8) -> i16x8 {
    let luma = (codes_before << CODE_BITS).mul_scale_round(factor);
    // Sums beyond 16 bits are beyond white.
    luma.saturating_add(changes >> (WEIGHED_BITS - CODE_BITS)) >> CODE_BITS
}

/// A difference with fractional bits, from the sum of 2^`shift` codes.
#[inline(always)]
fn difference(sum: i16x8, shift: i32) -> i16x8 {
    (sum - i16x8::splat(MIDDLE << shift)) << (CODE_BITS - shift)
}

/// One row of the picture's chroma.
fn convert_chroma(image: &YCbCr, row: usize, u: &mut [u8], v: &mut [u8]) {
    match image.subsampling {
        (2, 2) => turn_chroma(image, row, u, v, |[only, _], at| halved(only, at) << 1),
        (2, _) => turn_chroma(image, row, u, v, |lines, at| halved(lines[0], at) + halved(lines[1], at)),
        _ => turn_chroma(image, row, u, v, |lines, at| whole(lines[0], at) + whole(lines[1], at)),
    }
}

/// The same, with the way to the sums of four samples, some of which may be one and the same.
#[inline(always)]
fn turn_chroma(image: &YCbCr, row: usize, u: &mut [u8], v: &mut [u8], sums: impl Fn([&[u8]; 2], usize) -> i16x8) {
    // One row of samples falls on a row of the picture's, or two do.
    let rows = 2 / image.subsampling.1;
    let lines = [row * rows, row * rows + rows - 1];
    let [cb_lines, cr_lines] =
        [&image.cb, &image.cr].map(|plane: &Plane| lines.map(|line| plane.row(line, plane.stride)));
    // Not known to the compiler, as in [`Halved`].
    let factors = std::hint::black_box([[CB_OF_CB, CB_OF_CR], [CR_OF_CB, CR_OF_CR]]);
    let [of_u, of_v] = factors.map(|factors| factors.map(i16x8::splat));
    for (at, (u, v)) in u.chunks_mut(HALF).zip(v.chunks_mut(HALF)).enumerate() {
        let [cb, cr] = [cb_lines, cr_lines].map(|lines| difference(sums(lines, at), 2));
        let turned = |[of_cb, of_cr]: [i16x8; 2]| codes(cb.mul_scale_round(of_cb) + cr.mul_scale_round(of_cr), MIDDLE);
        let [new_u, new_v] = narrow_both([turned(of_u), turned(of_v)]);
        put(u, new_u);
        put(v, new_v);
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
