//! Rows of pixels out of a PNG's scanlines.

use super::scanlines::Scanlines;
use super::unfilter::{BEFORE, BEHIND, LINES, is_plain, undo};
use crate::raster::Layout;
use crate::size::Size;

/// The rows of a PNG of 8-bit RGB or RGBA that is not interlaced, as they are stored but for their filters.
pub(super) struct StoredRows<'a> {
    scanlines: Scanlines<'a>,
    layout: Layout,
    width: usize,
    /// Rows that are still in the scanlines.
    left: usize,
    /// The row above, and behind it those that were unfiltered with it, each with room around it.
    lines: Vec<u8>,
    /// Of these, how many there are and how many were taken.
    unfiltered: usize,
    taken: usize,
}

impl<'a> StoredRows<'a> {
    /// Those of a PNG of a size and layout.
    pub(super) fn new(png: &'a [u8], size: Size, layout: Layout) -> Self {
        let width = size.width as usize;
        let scanlines = Scanlines::new(png, width * layout.channels());
        Self { scanlines, layout, width, left: size.height as usize, lines: Vec::new(), unfiltered: 0, taken: 0 }
    }

    /// Reads the next row into as many bytes as it has. Nothing where the data are broken or there is no row any more.
    pub(super) fn read(&mut self, row: &mut [u8]) -> Option<()> {
        if self.taken == self.unfiltered {
            self.unfilter()?;
        }
        self.taken += 1;
        row.copy_from_slice(&self.lines[self.taken * self.stride() + BEFORE..][..row.len()]);
        Some(())
    }

    /// Reads what is left, by way of bytes for a row. Nothing where it is broken.
    pub(super) fn finish(mut self, row: &mut [u8]) -> Option<()> {
        while self.left > 0 || self.taken < self.unfiltered {
            self.read(row)?;
        }
        self.scanlines.finish()
    }

    /// Bytes from one of the lines to the next.
    fn stride(&self) -> usize {
        BEFORE + self.width * self.layout.channels() + BEHIND
    }

    /// Unfilters the next row, or as many as are quickest together.
    fn unfilter(&mut self) -> Option<()> {
        let stride = self.stride();
        self.lines.resize((1 + LINES) * stride, 0);
        self.lines.copy_within(self.unfiltered * stride..(1 + self.unfiltered) * stride, 0);
        let (above, lines) = self.lines.split_at_mut(stride);
        let mut lines = lines.chunks_exact_mut(stride);
        let mut lines: [&mut [u8]; LINES] = std::array::from_fn(|_| lines.next().unwrap_or_default());
        let mut filters = [0; LINES];
        let mut count = 0;
        for (line, filter) in lines.iter_mut().zip(&mut filters).take(self.left) {
            let (stored, bytes) = self.scanlines.next()?;
            line[BEFORE..][..bytes.len()].copy_from_slice(bytes);
            *filter = stored;
            count += 1;
            if count == 1 && is_plain(stored) {
                break;
            }
        }
        (self.taken, self.unfiltered) = (0, count);
        self.left -= count;
        match (count, self.layout) {
            (0, _) => None,
            (_, Layout::Rgb) => undo::<3>(filters, self.width, above, lines),
            (_, Layout::Rgba) => undo::<4>(filters, self.width, above, lines),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::decode;
    use crate::limits::Limits;

    const LIMITS: Limits = Limits { max_pixels: 1 << 20, max_bytes: 1 << 22 };

    fn random(state: &mut u32) -> usize {
        *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (*state >> 8) as usize
    }

    fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let checked = [kind, data].concat();
        [&(data.len() as u32).to_be_bytes()[..], &checked, &crc32fast::hash(&checked).to_be_bytes()].concat()
    }

    /// A PNG of scanlines as they are given, its data cut into chunks of at most so many bytes.
    fn png(size: Size, layout: Layout, scanlines: &[u8], most: usize) -> Vec<u8> {
        let colour_type = if layout == Layout::Rgb { 2 } else { 6 };
        let [width, height] = [size.width, size.height].map(u32::to_be_bytes);
        let header = [&width[..], &height, &[8, colour_type, 0, 0, 0]].concat();
        let mut file = [&b"\x89PNG\r\n\x1A\n"[..], &chunk(b"IHDR", &header)].concat();
        for data in fdeflate::compress_to_vec(scanlines).chunks(most) {
            file.extend(chunk(b"IDAT", data));
        }
        file.extend(chunk(b"IEND", b""));
        file
    }

    /// Any bytes are scanlines of some picture, if only the first of each is a filter.
    fn scanlines(size: Size, layout: Layout, filters: &[u8], state: &mut u32) -> Vec<u8> {
        // Few different bytes make many distances equal.
        let mask = if random(state) & 1 == 0 { 0xFF } else { 3 };
        let mut bytes = Vec::new();
        for _ in 0..size.height {
            bytes.push(filters[random(state) % filters.len()]);
            bytes.extend((0..size.width as usize * layout.channels()).map(|_| (random(state) & mask) as u8));
        }
        bytes
    }

    fn read(file: &[u8], size: Size, layout: Layout) -> Option<Vec<u8>> {
        let mut rows = StoredRows::new(file, size, layout);
        let mut pixels = vec![0; size.area() as usize * layout.channels()];
        let stride = size.width as usize * layout.channels();
        pixels.chunks_exact_mut(stride).try_for_each(|row| rows.read(row))?;
        assert!(rows.read(&mut vec![0; stride]).is_none(), "no row is left");
        rows.finish(&mut vec![0; stride])?;
        Some(pixels)
    }

    #[test]
    fn rows_are_those_that_the_png_crate_reads() {
        let mut state = 1;
        let filters: [&[u8]; 8] = [&[0], &[1], &[2], &[3], &[4], &[0, 1, 2, 4], &[1, 4], &[0, 1, 2, 3, 4]];
        let sizes =
            (1..40).map(|width| Size::new(width, 1 + width % 11)).chain([Size::new(301, 290), Size::new(9000, 3)]);
        for size in sizes {
            for layout in [Layout::Rgb, Layout::Rgba] {
                for filters in filters {
                    let stored = scanlines(size, layout, filters, &mut state);
                    let file = png(size, layout, &stored, 1 + random(&mut state) % 9000);
                    let whole = decode(&file, &LIMITS).unwrap();
                    assert!(read(&file, size, layout).unwrap() == whole.pixels, "{size} {layout:?} {filters:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_broken_is_told() {
        let (size, layout) = (Size::new(33, 20), Layout::Rgb);
        let stored = scanlines(size, layout, &[4], &mut 7);
        let whole = png(size, layout, &stored, 500);
        assert!(read(&whole, size, layout).is_some());
        let told = |what: &str, file: &[u8]| assert!(read(file, size, layout).is_none(), "{what}");
        told("rows too few", &png(size, layout, &stored[..19 * 100], 500));
        let mut unknown = stored.clone();
        unknown[100] = 5;
        told("a filter that there is not", &png(size, layout, &unknown, 500));
        for at in (0..whole.len() - 12).rev().take(700) {
            told("cut off", &whole[..at]);
        }
        let last = whole.windows(4).rposition(|kind| kind == b"IDAT").unwrap();
        for at in [last + 5, whole.len() - 13] {
            let mut broken = whole.clone();
            broken[at] ^= 1;
            told("a check value of the last chunk", &broken);
        }
    }
}
