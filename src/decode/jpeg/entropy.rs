//! The scan's bits, and blocks of coefficients out of them (ITU-T T.81 F.2).

use super::header::Component;
use super::huffman::{Table, extend};

/// Zeros behind the last segment: up to eight bytes are taken ahead of their use, and eight are read at once.
const PADDING: usize = 16;

/// The scan without stuffed bytes, in one segment for each restart interval.
#[derive(Debug, Default)]
pub(super) struct Scan {
    bytes: Vec<u8>,
    /// Where each segment ends.
    ends: Vec<usize>,
}

impl Scan {
    /// Takes the data of a scan, up to the end of the image. False where that does not follow, or restart markers are
    /// missing, out of order or where none should be (ITU-T T.81 B.1.1.5, E.1.4).
    pub(super) fn unstuff(&mut self, mut data: &[u8], has_restarts: bool) -> bool {
        self.bytes.clear();
        self.ends.clear();
        while let Some(at) = memchr::memchr(0xFF, data) {
            self.bytes.extend_from_slice(&data[..at]);
            match data.get(at + 1) {
                Some(0x00) => self.bytes.push(0xFF),
                Some(marker @ 0xD0..=0xD7) if has_restarts && usize::from(marker & 7) == self.ends.len() % 8 => {
                    self.ends.push(self.bytes.len());
                }
                Some(0xFF) => {
                    data = &data[at + 1..];
                    continue;
                }
                Some(0xD9) => {
                    self.ends.push(self.bytes.len());
                    self.bytes.extend_from_slice(&[0; PADDING]);
                    return true;
                }
                _ => return false,
            }
            data = &data[at + 2..];
        }
        false
    }

    pub(super) fn segments(&self) -> impl Iterator<Item = Bits<'_>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| Bits { bytes: &self.bytes, end, next: start, bits: 0, count: 0 })
    }
}

/// Reads a segment from its start.
#[derive(Debug)]
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    end: usize,
    /// The byte to take next.
    next: usize,
    /// Bits that are taken and not used, from the top; below them, bits of the bytes to take next.
    bits: u64,
    /// How many of `bits` are taken.
    count: u32,
}

/// Bits of the longest code and the longest value together.
const MOST_AT_ONCE: u32 = 32;

/// Place of each coefficient in a block, by its place in the zigzag (ITU-T T.81 figure A.6). Blocks lie on their side
/// here, columns as rows: that spares the inverse transform one of its two turns.
const PLACES: [u8; 64] = {
    let mut places = [0; 64];
    let (mut x, mut y, mut at) = (0, 0, 0);
    while at < 64 {
        places[at] = (x * 8 + y) as u8;
        at += 1;
        // Even diagonals run up and to the right, odd ones down and to the left, turning at the edges.
        if (x + y) % 2 == 0 {
            if x == 7 {
                y += 1;
            } else if y == 0 {
                x += 1;
            } else {
                x += 1;
                y -= 1;
            }
        } else if y == 7 {
            x += 1;
        } else if x == 0 {
            y += 1;
        } else {
            x -= 1;
            y += 1;
        }
    }
    places
};

/// Dequantised coefficients, columns as rows.
pub(super) type Block = [i16; 64];

impl Bits<'_> {
    /// Reads the next block of a component into one that is all zeros, and says whether any coefficient but the first
    /// differs from 0. Nothing where the bits are no code or run beyond the block.
    #[inline(always)]
    pub(super) fn block(&mut self, component: &Component, prediction: &mut i32, block: &mut Block) -> Option<bool> {
        // A copy that nothing points to can stay in registers.
        let mut bits = Self { ..*self };
        let (_, difference) = bits.coefficient(&component.dc)?;
        *prediction = prediction.wrapping_add(difference);
        block[0] = dequantise(*prediction, component.steps[0]);
        let mut at = 1;
        while at < 64 {
            let (run, value) = bits.coefficient(&component.ac)?;
            if value == 0 {
                // Sixteen zeros, or no more coefficients (ITU-T T.81 F.1.2.2.1).
                if run < 15 {
                    break;
                }
                at += 16;
                continue;
            }
            at += run;
            let step = *component.steps.get(at)?;
            block[usize::from(PLACES[at])] = dequantise(value, step);
            at += 1;
        }
        *self = bits;
        Some(at > 1)
    }

    /// A run of zeros and the value behind it.
    #[inline(always)]
    fn coefficient(&mut self, table: &Table) -> Option<(usize, i32)> {
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

    /// Nothing where more bits were used than the segment has.
    pub(super) fn finish(self) -> Option<()> {
        (self.next * 8 - self.count as usize <= self.end * 8).then_some(())
    }
}

/// A value beyond 16 bits comes from no encoder, and may become any other.
#[inline(always)]
fn dequantise(value: i32, step: i16) -> i16 {
    (value as i16).wrapping_mul(step)
}
