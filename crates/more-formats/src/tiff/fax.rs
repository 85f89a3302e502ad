//! Fax codes: rows of white and black runs, told by themselves or by what changes from the row before (ITU-T T.4, T.6; TIFF 6.0
//! sections 10 and 11). The `fax` crate has the codes; its own decoder of group 3 knows rows told by themselves alone.

use std::convert::Infallible;

use fax::maps::{Mode, black, mode, white};
use fax::{BitReader, ByteReader};

/// Which codes a page is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fax {
    /// Rows by themselves, each from a byte on (compression 2).
    Plain,
    /// Rows between marks of their end; `is_two_dimensional` where a bit behind each mark says how the next row is told.
    Group3 { is_two_dimensional: bool },
    /// Rows by the rows before.
    Group4,
}

/// Zeros that no code begins with: a mark of a row's end, or what is filled in before it.
const MARK_AHEAD: u8 = 9;

/// What stands for more zeros at the data's end, as many as the longest code has bits.
const PADDING: [u8; 4] = [0; 4];

/// Bytes of `rows` rows of `width` pixels: black is 1. Fewer rows come of data that are broken or cut off.
pub(super) fn decode(data: &[u8], fax: Fax, width: u16, rows: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let Ok(bits) = ByteReader::new(data.iter().copied().chain(PADDING).map(Ok::<u8, Infallible>));
    let mut reader = Reader { bits, width };
    let mut changes = Vec::new();
    for _ in 0..rows {
        let Some(row) = reader.row(fax, &changes) else { break };
        put_row(&mut bytes, &row, width);
        changes = row;
    }
    bytes
}

struct Reader<I> {
    bits: ByteReader<I>,
    width: u16,
}

impl<I: Iterator<Item = Result<u8, Infallible>>> Reader<I> {
    /// Where the colour changes in the next row, white first; nothing where there is none.
    fn row(&mut self, fax: Fax, before: &[u16]) -> Option<Vec<u16>> {
        let is_by_itself = match fax {
            Fax::Plain => {
                self.skip(self.bits.bits_to_byte_boundary());
                true
            }
            Fax::Group4 => false,
            Fax::Group3 { is_two_dimensional } => {
                self.skip_mark()?;
                let is_by_itself = !is_two_dimensional || self.bits.peek(1)? == 1;
                self.skip(u8::from(is_two_dimensional));
                // Two marks end the page.
                (!self.is_mark_ahead()).then_some(())?;
                is_by_itself
            }
        };
        if is_by_itself { self.row_by_itself() } else { self.row_by_changes(before) }
    }

    fn row_by_itself(&mut self) -> Option<Vec<u16>> {
        let mut changes = Vec::new();
        let mut place: u16 = 0;
        while place < self.width && !self.is_mark_ahead() {
            self.has_room(&changes)?;
            place = place.checked_add(self.run(changes.len() % 2 == 0)?)?;
            changes.push(place);
        }
        Some(changes)
    }

    /// T.4 4.2: `before` is where the row before changes.
    fn row_by_changes(&mut self, before: &[u16]) -> Option<Vec<u16>> {
        let mut changes = Vec::new();
        // Before the first pixel, so that a change at it counts.
        let mut place = -1_i32;
        let mut next = 0;
        while place < i32::from(self.width) {
            self.has_room(&changes)?;
            let is_white = changes.len() % 2 == 0;
            let change = |at: usize| i32::from(before.get(at).copied().unwrap_or(self.width));
            // The first change of the row before beyond this place, to the other colour.
            while next > 0 && change(next - 1) > place {
                next -= 1;
            }
            while next < before.len() && change(next) <= place {
                next += 1;
            }
            let opposite = next + usize::from((next % 2 == 0) != is_white);
            match mode::decode(&mut self.bits)? {
                Mode::Pass => place = change(opposite + 1),
                Mode::Vertical(by) => {
                    let to = change(opposite) + i32::from(by);
                    (to >= place.max(0)).then_some(())?;
                    changes.push(u16::try_from(to).ok()?);
                    place = to;
                }
                Mode::Horizontal => {
                    let first = u16::try_from(place.max(0)).ok()?.checked_add(self.run(is_white)?)?;
                    let second = first.checked_add(self.run(!is_white)?)?;
                    changes.extend([first, second]);
                    place = second.into();
                }
                Mode::Extension | Mode::EOF => return None,
            }
        }
        Some(changes)
    }

    /// Runs may be of no pixels, but not without end.
    fn has_room(&self, changes: &[u16]) -> Option<()> {
        (changes.len() <= 2 * usize::from(self.width)).then_some(())
    }

    /// Pixels of a run: as many codes of 64 and more as there are, then one of less.
    fn run(&mut self, is_white: bool) -> Option<u16> {
        let mut sum: u16 = 0;
        loop {
            let pixels = if is_white { white::decode(&mut self.bits)? } else { black::decode(&mut self.bits)? };
            sum = sum.checked_add(pixels)?;
            if pixels < 64 {
                return Some(sum);
            }
        }
    }

    fn is_mark_ahead(&self) -> bool {
        self.bits.peek(MARK_AHEAD) == Some(0)
    }

    /// Eleven zeros or more, and a one. Some writers leave the mark before the first row out.
    fn skip_mark(&mut self) -> Option<()> {
        if self.is_mark_ahead() {
            while self.bits.peek(1)? == 0 {
                self.skip(1);
            }
            self.skip(1);
        }
        Some(())
    }

    fn skip(&mut self, bits: u8) {
        let Ok(()) = self.bits.consume(bits);
    }
}

/// A row of black (1) and white (0) pixels, by the places where the colour changes.
fn put_row(bytes: &mut Vec<u8>, changes: &[u16], width: u16) {
    let start = bytes.len();
    bytes.resize(start + usize::from(width).div_ceil(8), 0);
    for pair in changes.chunks(2) {
        let first = pair[0].min(width);
        // A row whose last run is missing is white to its end.
        let end = pair.get(1).map_or(first, |&end| end.min(width));
        for x in usize::from(first)..usize::from(end) {
            bytes[start + x / 8] |= 0x80 >> (x % 8);
        }
    }
}
