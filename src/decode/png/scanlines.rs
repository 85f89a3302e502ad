//! A PNG's scanlines as they are stored, filtered, out of its IDAT chunks (PNG specification, third edition, 7.2 and 10).

use fdeflate::Decompressor;

/// Bytes of the signature, and of a chunk's length, its type and its check value each (5.2, 5.3).
const SIGNATURE: usize = 8;
const FIELD: usize = 4;

/// How far back deflate refers, in bytes (10.1).
const WINDOW: usize = 32_768;

/// Bytes that are inflated before what is older than the window makes room.
const ROOM: usize = 65_536;

/// The scanlines of a PNG whose rows have all the same length, from top to bottom.
pub(super) struct Scanlines<'a> {
    chunks: DataChunks<'a>,
    /// Of the current chunk, what is not inflated yet.
    input: &'a [u8],
    decompressor: Box<Decompressor>,
    /// The window, scanlines that are not taken yet, and room.
    buffer: Vec<u8>,
    taken: usize,
    filled: usize,
    /// Bytes of a scanline, with the one that tells its filter.
    length: usize,
}

impl<'a> Scanlines<'a> {
    /// Those of a PNG, of so many bytes behind the one that tells the filter.
    pub(super) fn new(png: &'a [u8], bytes: usize) -> Self {
        let length = 1 + bytes;
        Self {
            chunks: DataChunks { rest: png.get(SIGNATURE..).unwrap_or_default(), is_data: false },
            input: &[],
            decompressor: Box::default(),
            buffer: Vec::new(),
            taken: 0,
            filled: 0,
            length,
        }
    }

    /// The next scanline's filter and bytes. Nothing where the data end early or are broken.
    pub(super) fn next(&mut self) -> Option<(u8, &[u8])> {
        while self.filled - self.taken < self.length {
            self.inflate()?;
        }
        let line = &self.buffer[self.taken..][..self.length];
        self.taken += self.length;
        let (&filter, bytes) = line.split_first()?;
        Some((filter, bytes))
    }

    /// Looks at the chunks of data that are left. Nothing where one is broken.
    pub(super) fn finish(&mut self) -> Option<()> {
        while self.chunks.next()?.is_some() {}
        Some(())
    }

    /// Inflates some bytes more.
    fn inflate(&mut self) -> Option<()> {
        // Taken here: many a PNG is only looked at, and its rows may be as long as its header likes.
        self.buffer.resize(WINDOW + ROOM.max(self.length), 0);
        if self.input.is_empty() {
            // Without another chunk there may still be bytes in the decompressor.
            self.input = self.chunks.next()?.unwrap_or_default();
        }
        if self.filled == self.buffer.len() {
            let start = self.taken.min(self.filled - WINDOW);
            self.buffer.copy_within(start.., 0);
            self.taken -= start;
            self.filled -= start;
        }
        let (used, made) = self.decompressor.read(self.input, &mut self.buffer, self.filled, false).ok()?;
        self.input = &self.input[used..];
        self.filled += made;
        (used + made > 0).then_some(())
    }
}

/// The data of a PNG's IDAT chunks, which follow one another.
struct DataChunks<'a> {
    rest: &'a [u8],
    /// Whether one was there already.
    is_data: bool,
}

impl<'a> DataChunks<'a> {
    /// The next one's; none behind the last. Nothing where it is cut off or its check value is another.
    fn next(&mut self) -> Option<Option<&'a [u8]>> {
        loop {
            let (length, rest) = self.rest.split_first_chunk::<FIELD>()?;
            let checked = rest.get(..usize::try_from(u32::from_be_bytes(*length)).ok()?.checked_add(FIELD)?)?;
            let (kind, data) = checked.split_first_chunk::<FIELD>()?;
            if kind == b"IDAT" {
                let (check, rest) = rest[checked.len()..].split_first_chunk::<FIELD>()?;
                if crc32fast::hash(checked) != u32::from_be_bytes(*check) {
                    return None;
                }
                (self.rest, self.is_data) = (rest, true);
                return Some(Some(data));
            }
            if self.is_data {
                return Some(None);
            }
            self.rest = rest.get(checked.len() + FIELD..)?;
        }
    }
}
