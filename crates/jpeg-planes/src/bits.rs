//! The bits of a scan (ITU-T T.81 F.2.2.5), and codes out of them.

use crate::error::{Error, Result};
use crate::huffman::{Table, extend};
use crate::markers::{RST0, RST7};

/// Zeros behind the last segment: up to eight bytes are taken ahead of their use, and eight are read at once.
const PADDING: usize = 16;

/// The scan without stuffed bytes, in one segment for each restart interval.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    bytes: Vec<u8>,
    /// Where each segment ends.
    ends: Vec<usize>,
    /// The file ends where a marker should follow.
    is_cut: bool,
}

/// One restart interval.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segment<'a> {
    /// All bytes of the scan, and zeros behind them.
    bytes: &'a [u8],
    start: usize,
    end: usize,
    /// The file ends with this segment.
    is_cut: bool,
}

impl Scan {
    /// Takes the data of a scan, up to the marker behind it, and says how many bytes they are.
    ///
    /// # Errors
    /// [`Error::Broken`] where restart markers are out of order or where none should be (ITU-T T.81 E.1.4).
    pub(crate) fn unstuff(&mut self, data: &[u8], has_restarts: bool) -> Result<usize> {
        self.bytes.clear();
        self.ends.clear();
        let mut rest = data;
        loop {
            let Some(at) = memchr::memchr(0xFF, rest) else {
                self.bytes.extend_from_slice(rest);
                rest = &[];
                break;
            };
            self.bytes.extend_from_slice(&rest[..at]);
            rest = &rest[at..];
            match rest.get(1) {
                Some(0x00) => self.bytes.push(0xFF),
                Some(0xFF) => {
                    rest = &rest[1..];
                    continue;
                }
                Some(marker @ RST0..=RST7) => {
                    if !has_restarts || usize::from(marker & 7) != self.ends.len() % 8 {
                        return Err(Error::Broken("a restart marker is not where it should be"));
                    }
                    self.ends.push(self.bytes.len());
                }
                Some(_) => break,
                None => {
                    rest = &[];
                    break;
                }
            }
            rest = &rest[2..];
        }
        self.is_cut = rest.is_empty();
        self.ends.push(self.bytes.len());
        self.bytes.extend_from_slice(&[0; PADDING]);
        Ok(data.len() - rest.len())
    }

    /// Whether the file ends with the scan, without a marker.
    pub(crate) const fn is_cut(&self) -> bool {
        self.is_cut
    }

    pub(crate) fn segments(&self) -> impl Iterator<Item = Segment<'_>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let last = self.ends.len() - 1;
        starts.zip(&self.ends).enumerate().map(move |(index, (start, &end))| Segment {
            bytes: &self.bytes,
            start,
            end,
            is_cut: self.is_cut && index == last,
        })
    }
}

impl<'a> Segment<'a> {
    /// Its bytes alone.
    pub(crate) fn data(&self) -> &'a [u8] {
        &self.bytes[self.start..self.end]
    }

    /// Whether the file ends with it, without a marker.
    pub(crate) const fn is_cut(&self) -> bool {
        self.is_cut
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

/// Bytes that may be left over where the file ends without a marker. Where more are, the codes were not the image's: a
/// download that broke off may have left zeros.
const MOST_LEFT: usize = 16;

/// Reads a segment from its start.
#[derive(Debug)]
pub(crate) struct Bits<'a> {
    bytes: &'a [u8],
    end: usize,
    is_cut: bool,
    /// The byte to take next.
    next: usize,
    /// Bits that are taken and not used, from the top; below them, bits of the bytes to take next.
    bits: u64,
    /// How many of `bits` are taken.
    count: u32,
}

/// Bits of the longest code and the longest value together.
const MOST_AT_ONCE: u32 = 32;

impl<'a> Bits<'a> {
    pub(crate) fn new(segment: Segment<'a>) -> Self {
        let Segment { bytes, start, end, is_cut } = segment;
        Self { bytes, end, is_cut, next: start, bits: 0, count: 0 }
    }

    /// A copy, which can stay in registers as nothing points to it.
    #[inline(always)]
    pub(crate) const fn lifted(&self) -> Self {
        Self { ..*self }
    }

    /// A run of zeros and the value behind it.
    #[inline(always)]
    pub(crate) fn coefficient(&mut self, table: &Table) -> Option<(usize, i32)> {
        if self.count < MOST_AT_ONCE {
            self.refill()?;
        }
        let entry = table.look_up(self.bits)?;
        self.drop(entry.length());
        let missing = entry.missing();
        if missing == 0 {
            return Some((entry.run(), entry.value()));
        }
        let value = extend((self.bits >> (64 - missing)) as u32, missing);
        self.drop(missing);
        Some((entry.run(), value))
    }

    /// The next bits as a number.
    #[inline(always)]
    pub(crate) fn take(&mut self, count: u32) -> Option<u32> {
        if self.count < MOST_AT_ONCE {
            self.refill()?;
        }
        let value = if count == 0 { 0 } else { (self.bits >> (64 - count)) as u32 };
        self.drop(count);
        Some(value)
    }

    #[inline(always)]
    fn drop(&mut self, count: u32) {
        self.bits <<= count;
        self.count -= count;
    }

    /// Takes as many whole bytes as there is room for.
    #[inline(always)]
    fn refill(&mut self) -> Option<()> {
        let ahead = self.bytes.get(self.next..)?.first_chunk()?;
        self.bits |= u64::from_be_bytes(*ahead) >> self.count;
        let taken = (63 - self.count) / 8;
        self.next += taken as usize;
        self.count += 8 * taken;
        Some(())
    }

    /// Nothing where more bits were used than the segment has, or where the file ends with it and far fewer.
    pub(crate) fn finish(&self) -> Option<()> {
        let used = (self.next * 8 - self.count as usize).div_ceil(8);
        let is_all_used = !self.is_cut || used + MOST_LEFT >= self.end;
        (used <= self.end && is_all_used).then_some(())
    }
}
