//! Rows of pixels out of a PNG's scanlines.

use super::scanlines::Scanlines;
use super::unfilter::{BEFORE, BEHIND, LINES, is_plain, is_repeat, undo, undo_plain};
use crate::raster::Layout;
use crate::size::Size;

/// The rows of a PNG of 8-bit RGB or RGBA that is not interlaced, as they are stored but for their filters.
pub(super) struct StoredRows<'a> {
    scanlines: Scanlines<'a>,
    layout: Layout,
    width: usize,
    /// Rows that are still in the scanlines.
    left: usize,
    /// Room for rows, taken in turn, each with [`BEFORE`] and [`BEHIND`] around it.
    slots: Vec<u8>,
    /// The slot of the last row that was taken, and how many of those behind it are unfiltered.
    last: usize,
    unfiltered: usize,
    /// Whether the row behind these is the last of them once more.
    is_repeated: bool,
    /// How many rows up to the last one that was read are stored as those above them.
    repeats: usize,
}

/// One for the row above, which all zeros are at first.
const SLOTS: usize = 1 + LINES;

impl<'a> StoredRows<'a> {
    /// Those of a PNG of a size and layout.
    pub(super) fn new(png: &'a [u8], size: Size, layout: Layout) -> Self {
        let width = size.width as usize;
        let scanlines = Scanlines::new(png, width * layout.channels());
        Self {
            scanlines,
            layout,
            width,
            left: size.height as usize,
            slots: Vec::new(),
            last: 0,
            unfiltered: 0,
            is_repeated: false,
            repeats: 0,
        }
    }

    /// Reads the next row into as many bytes as it has. Nothing where the data are broken or there is no row any more.
    pub(super) fn read(&mut self, row: &mut [u8]) -> Option<()> {
        if self.unfiltered == 0 && !self.is_repeated {
            match self.layout {
                Layout::Rgb => self.unfilter::<3>(),
                Layout::Rgba => self.unfilter::<4>(),
            }?;
        }
        if self.unfiltered > 0 {
            self.unfiltered -= 1;
            self.last = (self.last + 1) % SLOTS;
            self.repeats = 0;
        } else {
            self.is_repeated = false;
            self.repeats += 1;
        }
        row.copy_from_slice(&self.slots[self.last * self.stride() + BEFORE..][..row.len()]);
        Some(())
    }

    /// See [`PlainPng::repeats`](super::PlainPng::repeats).
    pub(super) fn repeats(&self) -> usize {
        self.repeats
    }

    /// Reads what is left, by way of bytes for a row. Nothing where it is broken.
    pub(super) fn finish(mut self, row: &mut [u8]) -> Option<()> {
        while self.left + self.unfiltered > 0 || self.is_repeated {
            self.read(row)?;
        }
        self.scanlines.finish()
    }

    /// Bytes from one of the slots to the next.
    fn stride(&self) -> usize {
        BEFORE + self.width * self.layout.channels() + BEHIND
    }

    /// Unfilters the next row, or as many as are quickest together, up to one that is the row above once more. Nothing where there is
    /// none left.
    fn unfilter<const CHANNELS: usize>(&mut self) -> Option<()> {
        let stride = self.stride();
        self.slots.resize(SLOTS * stride, 0);
        let mut slots = self.slots.chunks_exact_mut(stride);
        let mut slots: [&mut [u8]; SLOTS] = std::array::from_fn(|_| slots.next().unwrap_or_default());
        slots.rotate_left(self.last);
        let [above, mut lines @ ..] = slots;
        let mut filters = [0; LINES];
        for (line, filter) in lines.iter_mut().zip(&mut filters).take(self.left) {
            let (stored, bytes) = self.scanlines.next()?;
            self.left -= 1;
            if is_repeat(stored, bytes) {
                self.is_repeated = true;
                break;
            }
            *filter = stored;
            self.unfiltered += 1;
            let line = &mut line[BEFORE..][..bytes.len()];
            if self.unfiltered == 1 && is_plain(stored) {
                undo_plain::<CHANNELS>(stored, bytes, &above[BEFORE..], line);
                return Some(());
            }
            line.copy_from_slice(bytes);
        }
        match self.unfiltered {
            0 => self.is_repeated.then_some(()),
            _ => undo::<CHANNELS>(filters, self.width, above, lines),
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

    /// Any bytes are scanlines of some picture, if only the first of each is a filter. With the filter for it, some are as those above.
    fn scanlines(size: Size, layout: Layout, filters: &[u8], state: &mut u32) -> Vec<u8> {
        // Few different bytes make many distances equal.
        let mask = if random(state) & 1 == 0 { 0xFF } else { 3 };
        let mut bytes = Vec::new();
        for _ in 0..size.height {
            if filters.contains(&2) && random(state).is_multiple_of(3) {
                bytes.push(2);
                bytes.resize(bytes.len() + size.width as usize * layout.channels(), 0);
                continue;
            }
            bytes.push(filters[random(state) % filters.len()]);
            bytes.extend((0..size.width as usize * layout.channels()).map(|_| (random(state) & mask) as u8));
        }
        bytes
    }

    fn read(file: &[u8], size: Size, layout: Layout) -> Option<Vec<u8>> {
        let mut rows = StoredRows::new(file, size, layout);
        let mut pixels = vec![0; size.area() as usize * layout.channels()];
        let stride = size.width as usize * layout.channels();
        let mut above = vec![0; stride];
        for row in pixels.chunks_exact_mut(stride) {
            rows.read(row)?;
            assert!(rows.repeats() == 0 || *row == above, "a repeat is the row above");
            above.copy_from_slice(row);
        }
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
