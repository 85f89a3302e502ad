//! Samples as they come, a strip of rows at a time, for those who need no whole planes.

use crate::header::Info;
use crate::image::Component;

/// Rows of one component. A scan gives those of its components from the top to the bottom, without gaps; should a file hold a
/// component twice, the rows begin anew, and the later ones count.
#[derive(Clone, Copy, Debug)]
pub struct Strip<'a> {
    /// The component's number in the file, from 0.
    pub component: usize,
    /// Number of the first row, from 0.
    pub first: usize,
    /// Rows of the component that mean something, one or more.
    pub rows: usize,
    /// Samples of a row that mean something.
    pub width: usize,
    /// At least `rows` rows of `stride` samples.
    pub samples: &'a [u8],
    /// Samples from one row to the next.
    pub stride: usize,
}

impl Strip<'_> {
    /// Row `y` of the strip.
    pub fn row(&self, y: usize) -> &[u8] {
        &self.samples[y * self.stride..][..self.width]
    }
}

/// Takes an image in strips.
pub trait StripSink {
    /// Sees what the header says before any memory is taken, and may decline the file.
    fn accept(&mut self, info: &Info<'_>) -> bool;

    /// Takes the next rows of a component.
    fn strip(&mut self, strip: &Strip<'_>);
}

/// A sink of nothing, for images that are kept whole.
#[derive(Debug)]
pub(crate) struct Whole<Accept>(pub(crate) Option<Accept>);

impl<Accept: FnOnce(&Info<'_>) -> bool> StripSink for Whole<Accept> {
    fn accept(&mut self, info: &Info<'_>) -> bool {
        self.0.take().is_some_and(|accept| accept(info))
    }

    fn strip(&mut self, _strip: &Strip<'_>) {}
}

/// What becomes of a row of units once it is decoded.
pub(crate) enum Rows<'a> {
    /// It stays at its place in a whole plane.
    Kept,
    /// It is handed over, and the next one takes its place.
    ToSink(&'a mut dyn StripSink),
}

impl std::fmt::Debug for Rows<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if matches!(self, Self::Kept) { "Kept" } else { "ToSink" })
    }
}

impl Rows<'_> {
    /// Where a row of units or blocks is written.
    #[inline(always)]
    pub(crate) const fn place(&self, row: usize) -> usize {
        if matches!(self, Self::Kept) { row } else { 0 }
    }

    /// Rows from `first` on are decoded, `count` with those that fill up the last block.
    pub(crate) fn end(&mut self, component: &Component, number: usize, first: usize, count: usize) {
        let Self::ToSink(sink) = self else { return };
        let rows = count.min(component.height.saturating_sub(first));
        if rows == 0 {
            return;
        }
        let Component { plane, width, .. } = component;
        let (samples, stride) = (plane.samples.as_slice(), plane.stride);
        sink.strip(&Strip { component: number, first, rows, width: *width, samples, stride });
    }
}
