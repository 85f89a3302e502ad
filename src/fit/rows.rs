//! Images scaled a few rows at a time, so that what is in between is never there as a whole.

use fast_image_resize::Resizer;
use fast_image_resize::images::TypedImageRef;
use fast_image_resize::pixels::U8;

use super::geometry::Rect;
use super::{Canvas, DrawError, draw};
use crate::ycbcr::{Plane, Strip};

/// Samples on either side of a place that the filter weighs, where nothing is scaled down (Lanczos with three lobes).
const FILTER_RADIUS: f64 = 3.0;

/// Rows that are made together where a plane is scaled down. The resizer rounds its weights by the largest of those that it works
/// with; of so many rows that is the largest of all.
const ROWS_AT_ONCE: u32 = 32;

/// Which rows of an image become which of the target.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stretch {
    /// The first row, which may begin inside one, and how many there are.
    pub(super) top: f64,
    pub(super) height: f64,
    /// Rows of the whole image.
    pub(super) image_rows: usize,
    pub(super) target_rows: u32,
}

impl Stretch {
    /// Rows of the image for one of the target.
    pub(super) fn scale(&self) -> f64 {
        self.height / f64::from(self.target_rows)
    }

    /// The rows that a row of the target is made of, and one more on either side for what floating point rounds.
    pub(super) fn sources(&self, row: u32) -> (usize, usize) {
        let centre = self.top + (f64::from(row) + 0.5) * self.scale();
        let radius = FILTER_RADIUS * self.scale().max(1.0);
        let within = |row: f64| row.clamp(0.0, self.image_rows as f64) as usize;
        (within((centre - radius).floor() - 1.0), within((centre + radius).ceil() + 1.0))
    }

    /// What becomes the target's rows from `from` up to `to`, by its top and height among the image's rows `first` up to `end`.
    pub(super) fn part(&self, (from, to): (u32, u32), (first, end): (usize, usize)) -> (f64, f64) {
        let top = self.top + f64::from(from) * self.scale() - first as f64;
        (top, (f64::from(to - from) * self.scale()).min((end - first) as f64 - top))
    }

    /// Whether so many rows of the target may be made together: where the image is scaled up it is small, and taken as a whole.
    fn are_enough(&self, rows: u32) -> bool {
        rows >= ROWS_AT_ONCE && self.scale() > 1.0
    }

    /// The target's rows in parts to be made one after the other, each by its first and one more than its last.
    pub(super) fn parts(self) -> impl Iterator<Item = (u32, u32)> {
        let eighth = self.target_rows.div_ceil(8);
        let rows = if self.are_enough(eighth) { eighth } else { self.target_rows.max(1) };
        (0..self.target_rows).step_by(rows as usize).map(move |from| (from, (from + rows).min(self.target_rows)))
    }
}

/// Brings the rows of one plane to the target's height as they come, then all columns to its width. The samples are those of
/// the resizer for the plane as a whole, which goes the same way: down first, then across.
#[derive(Debug, Default)]
pub(super) struct RowScaler {
    stretch: Stretch,
    /// The columns that are drawn, and all there are.
    left: f64,
    across: f64,
    width: usize,
    /// Rows at hand, and the number of the first one.
    window: Vec<u8>,
    first: usize,
    /// Rows that are made, in the plane's width.
    squeezed: Plane,
    made: u32,
    failure: Option<String>,
}

impl RowScaler {
    /// Gets ready for a plane of `width` by `image_rows` samples, of which `from` is to become `target_rows` high. Nothing where
    /// memory is short.
    #[must_use]
    pub(super) fn begin(
        &mut self,
        (width, image_rows): (usize, usize),
        from: Rect<f64>,
        target_rows: u32,
    ) -> Option<()> {
        self.squeezed.shape(width, target_rows as usize)?;
        self.stretch = Stretch { top: from.y, height: from.height, image_rows, target_rows };
        (self.left, self.across, self.width) = (from.x, from.width, width);
        self.restart();
        Some(())
    }

    fn restart(&mut self) {
        self.window.clear();
        self.first = 0;
        self.made = 0;
        self.failure = None;
    }

    /// Takes the next rows.
    pub(super) fn push(&mut self, strip: &Strip<'_>, resizer: &mut Resizer) {
        if strip.first == 0 {
            self.restart();
        }
        if strip.first != self.at_hand() || strip.width != self.width {
            self.failure = Some(format!("rows from {} on for {}", strip.first, self.at_hand()));
        }
        if self.failure.is_some() {
            return;
        }
        for y in 0..strip.rows {
            self.window.extend_from_slice(strip.row(y));
        }
        if let Err(error) = self.make_rows(resizer) {
            self.failure = Some(error.to_string());
        }
    }

    /// Draws the plane, all of whose rows have come, onto a part of a canvas.
    pub(super) fn draw(&self, canvas: Canvas<'_>, to: Rect<u32>, resizer: &mut Resizer) -> Result<(), DrawError> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone().into());
        }
        let rows = self.stretch.target_rows;
        if self.made != rows {
            return Err(format!("{} of {} rows have come", self.at_hand(), self.stretch.image_rows).into());
        }
        let squeezed = TypedImageRef::<U8>::from_buffer(self.width as u32, rows, &self.squeezed.samples)?;
        let from = Rect { x: self.left, y: 0.0, width: self.across, height: f64::from(rows) };
        draw(resizer, &squeezed, from, canvas, to)
    }

    /// One more than the last row that has come.
    const fn at_hand(&self) -> usize {
        self.first + self.window.len() / self.width
    }

    /// Makes the rows that can be made, and lets go of what no further one needs.
    fn make_rows(&mut self, resizer: &mut Resizer) -> Result<(), DrawError> {
        let (stretch, at_hand) = (self.stretch, self.at_hand());
        let mut end = self.made;
        while end < stretch.target_rows && stretch.sources(end).1 <= at_hand {
            end += 1;
        }
        let is_last = end == stretch.target_rows;
        if end == self.made || !(is_last || stretch.are_enough(end - self.made)) {
            return Ok(());
        }
        let width = self.width as u32;
        let window = TypedImageRef::<U8>::from_buffer(width, (at_hand - self.first) as u32, &self.window)?;
        let (top, height) = stretch.part((self.made, end), (self.first, at_hand));
        let made = &mut self.squeezed.samples[self.made as usize * self.width..end as usize * self.width];
        let from = Rect { x: 0.0, y: top, width: self.width as f64, height };
        let all = Rect { x: 0, y: 0, width, height: end - self.made };
        draw(resizer, &window, from, Canvas { width, height: all.height, bytes: made }, all)?;
        self.made = end;
        let next = if is_last { at_hand } else { stretch.sources(end).0 };
        let unneeded = next.saturating_sub(self.first);
        self.window.drain(..unneeded * self.width);
        self.first += unneeded;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 61;
    const HEIGHT: usize = 203;

    /// Noise that is the same every time (xorshift, Marsaglia 2003).
    fn noise() -> Vec<u8> {
        let mut state = 0x9E37_79B9_u32;
        let next = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state as u8
        };
        std::iter::repeat_with(next).take(WIDTH * HEIGHT).collect()
    }

    fn canvas(samples: &mut [u8]) -> Canvas<'_> {
        Canvas { width: 300, height: 400, bytes: samples }
    }

    #[test]
    fn rows_in_strips_become_the_samples_of_the_plane_as_a_whole() {
        let samples = noise();
        let whole = Rect { x: 0.0, y: 0.0, width: WIDTH as f64, height: HEIGHT as f64 };
        let inner = Rect { x: 3.25, y: 10.6, width: 40.5, height: 171.3 };
        let [mut in_strips, mut at_once] = [vec![9; 300 * 400], vec![9; 300 * 400]];
        let mut scaler = RowScaler::default();
        let mut resizer = Resizer::new();
        let plane = TypedImageRef::<U8>::from_buffer(WIDTH as u32, HEIGHT as u32, &samples).unwrap();
        for (from, width, height) in [
            (whole, 30, 100),
            (whole, 61, 203),
            (whole, 61, 77),
            (whole, 17, 203),
            (whole, 3, 2),
            (whole, 299, 399),
            (inner, 22, 31),
            (inner, 40, 171),
            (inner, 100, 300),
        ] {
            let to = Rect { x: 1, y: 1, width, height };
            draw(&mut resizer, &plane, from, canvas(&mut at_once), to).unwrap();
            for rows in [1, 8, 16, 100, HEIGHT] {
                scaler.begin((WIDTH, HEIGHT), from, height).unwrap();
                for first in (0..HEIGHT).step_by(rows) {
                    let rows = rows.min(HEIGHT - first);
                    let samples = &samples[first * WIDTH..];
                    let strip = Strip { component: 0, first, rows, width: WIDTH, samples, stride: WIDTH };
                    scaler.push(&strip, &mut resizer);
                    let needed = (f64::from(ROWS_AT_ONCE) + 2.0 * FILTER_RADIUS) * scaler.stretch.scale();
                    let kept = scaler.window.len() / WIDTH;
                    assert!(
                        scaler.stretch.scale() <= 1.0 || kept <= rows + needed as usize + 10,
                        "{kept} rows are kept"
                    );
                }
                scaler.draw(canvas(&mut in_strips), to, &mut resizer).unwrap();
                assert!(in_strips == at_once, "{from:?} to {width}x{height} in strips of {rows}");
            }
        }
    }

    #[test]
    fn rows_that_are_missing_are_an_error() {
        let samples = noise();
        let from = Rect { x: 0.0, y: 0.0, width: WIDTH as f64, height: HEIGHT as f64 };
        let to = Rect { x: 0, y: 0, width: 30, height: 100 };
        for ranges in [vec![(0, 100)], vec![(0, 50), (51, 152)], vec![(1, 202)]] {
            let mut scaler = RowScaler::default();
            let mut resizer = Resizer::new();
            scaler.begin((WIDTH, HEIGHT), from, 100).unwrap();
            for (first, rows) in ranges {
                let samples = &samples[first * WIDTH..];
                scaler.push(&Strip { component: 0, first, rows, width: WIDTH, samples, stride: WIDTH }, &mut resizer);
            }
            assert!(scaler.draw(canvas(&mut vec![0; 300 * 400]), to, &mut resizer).is_err());
        }
    }
}
