//! Huffman-coded scans of a progressive image (ITU-T T.81 G.1.2 and G.2).

use crate::bits::{Bits, Segment};
use crate::coefficients::BlockDecoder;
use crate::frame::{ScanHeader, Tables};
use crate::huffman::Table;
use crate::zigzag::{Block, place};

/// Reads the blocks of one scan.
#[derive(Debug)]
pub(crate) struct Progressive<'a, 'b> {
    bits: Option<Bits<'a>>,
    band: (usize, usize),
    /// The lowest bit that the scan brings.
    low: u32,
    is_refinement: bool,
    /// The DC or the AC table of each component.
    tables: Vec<Option<&'b Table>>,
    predictions: [i32; 4],
    /// Blocks to come that have no more coefficients in this band, the current one among them.
    ended: u32,
}

impl<'b> Progressive<'_, 'b> {
    pub(crate) fn new(scan: &ScanHeader, tables: &'b Tables) -> Self {
        let table = |part: &crate::frame::ScanPart| {
            if scan.band.0 == 0 { tables.dc[part.dc].as_ref() } else { tables.ac[part.ac].as_ref() }
        };
        Self {
            bits: None,
            band: scan.band,
            low: scan.bits.1,
            is_refinement: scan.is_refinement(),
            tables: scan.parts.iter().map(table).collect(),
            predictions: [0; 4],
            ended: 0,
        }
    }
}

impl<'a> BlockDecoder<'a> for Progressive<'a, '_> {
    fn restart(&mut self, segment: Segment<'a>) {
        self.bits = Some(Bits::new(segment));
        self.predictions = [0; 4];
        self.ended = 0;
    }

    #[inline]
    fn block(&mut self, part: usize, block: &mut Block) -> Option<()> {
        match (self.band.0, self.is_refinement) {
            (0, false) => self.first_dc(part, block),
            (0, true) => {
                block[0] |= (self.bits.as_mut()?.take(1)? << self.low) as i16;
                Some(())
            }
            (_, false) => self.first_ac(part, block),
            (_, true) => self.refine_ac(part, block),
        }
    }

    fn finish(&mut self) -> Option<()> {
        self.bits.as_ref()?.finish()
    }
}

impl Progressive<'_, '_> {
    fn first_dc(&mut self, part: usize, block: &mut Block) -> Option<()> {
        let (_, difference) = self.bits.as_mut()?.coefficient(self.tables[part]?)?;
        let prediction = self.predictions.get_mut(part)?;
        *prediction = prediction.wrapping_add(difference);
        block[0] = (*prediction << self.low) as i16;
        Some(())
    }

    fn first_ac(&mut self, part: usize, block: &mut Block) -> Option<()> {
        if self.ended > 0 {
            self.ended -= 1;
            return Some(());
        }
        let table = self.tables[part]?;
        let bits = self.bits.as_mut()?;
        let (mut at, last) = self.band;
        while at <= last {
            let (run, value) = bits.coefficient(table)?;
            if value == 0 {
                if run < 15 {
                    self.ended = run_of_blocks(bits, run)? - 1;
                    break;
                }
                at += 16;
                continue;
            }
            at += run;
            (at <= last).then_some(())?;
            block[place(at)] = (value << self.low) as i16;
            at += 1;
        }
        Some(())
    }

    /// ITU-T T.81 G.1.2.3: bits for the coefficients that differ from 0 stand between the codes for new ones.
    fn refine_ac(&mut self, part: usize, block: &mut Block) -> Option<()> {
        let table = self.tables[part]?;
        let bits = self.bits.as_mut()?;
        let (mut at, last) = self.band;
        while at <= last && self.ended == 0 {
            let (mut zeros, value) = bits.coefficient(table)?;
            if value == 0 && zeros < 15 {
                self.ended = run_of_blocks(bits, zeros)?;
                break;
            }
            // New coefficients are 1 or -1 in the scan's bit.
            (-1..=1).contains(&value).then_some(())?;
            while at <= last {
                let level = &mut block[place(at)];
                at += 1;
                if *level != 0 {
                    refine(bits, level, self.low)?;
                } else if zeros == 0 {
                    *level = (value << self.low) as i16;
                    break;
                } else {
                    zeros -= 1;
                }
            }
        }
        if self.ended > 0 {
            for at in at..=last {
                let level = &mut block[place(at)];
                if *level != 0 {
                    refine(bits, level, self.low)?;
                }
            }
            self.ended -= 1;
        }
        Some(())
    }
}

/// How many blocks end with this one, from the code's run (ITU-T T.81 table G.1).
fn run_of_blocks(bits: &mut Bits<'_>, run: usize) -> Option<u32> {
    Some((1 << run) + bits.take(run as u32)?)
}

/// Adds a bit to a level, away from 0.
#[inline]
fn refine(bits: &mut Bits<'_>, level: &mut i16, low: u32) -> Option<()> {
    if bits.take(1)? == 1 {
        *level = level.wrapping_add(level.signum() << low);
    }
    Some(())
}
