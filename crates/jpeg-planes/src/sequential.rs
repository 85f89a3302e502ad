//! Huffman-coded scans that hold whole blocks (ITU-T T.81 F.2): each becomes samples at once.

use crate::bits::{Bits, Scan, Segment};
use crate::frame::{Frame, ScanHeader, Tables};
use crate::huffman::Table;
use crate::image::{Component, Plane};
use crate::strips::Rows;
use crate::walk::{self, EntropyDecoder};
use crate::zigzag::{Block, place};
use crate::{BLOCK, idct};

/// A component with its tables.
#[derive(Debug)]
struct Part<'a> {
    component: usize,
    /// Blocks of a unit, across and down.
    across: usize,
    down: usize,
    steps: [i16; 64],
    dc: &'a Table,
    ac: &'a Table,
    prediction: i32,
}

/// Decodes a scan into the components' planes, whole ones or those of one row of units; nothing where it is broken.
pub(crate) fn decode(
    frame: &Frame,
    scan: &ScanHeader,
    tables: &Tables,
    data: &Scan,
    restart_interval: Option<usize>,
    components: &mut [Component],
    rows: Rows<'_>,
) -> Option<()> {
    let units = walk::blocks_of_unit(frame, scan);
    let parts: Option<Vec<Part<'_>>> = scan
        .parts
        .iter()
        .zip(units)
        .map(|(part, (across, down))| {
            Some(Part {
                component: part.component,
                across,
                down,
                steps: frame.components[part.component].steps?,
                dc: tables.dc[part.dc].as_ref()?,
                ac: tables.ac[part.ac].as_ref()?,
                prediction: 0,
            })
        })
        .collect();
    let mut decoder = Sequential { bits: None, parts: parts?, components, rows, block: [0; 64] };
    walk::decode_scan(frame, scan, data, restart_interval, &mut decoder)
}

struct Sequential<'a, 'b, 's> {
    bits: Option<Bits<'a>>,
    parts: Vec<Part<'b>>,
    components: &'b mut [Component],
    rows: Rows<'s>,
    /// All zeros between two blocks.
    block: Block,
}

impl<'a> EntropyDecoder<'a> for Sequential<'a, '_, '_> {
    fn restart(&mut self, segment: Segment<'a>) {
        self.bits = Some(Bits::new(segment));
        for part in &mut self.parts {
            part.prediction = 0;
        }
    }

    #[inline(always)]
    fn unit(&mut self, column: usize, row: usize) -> Option<()> {
        let bits = self.bits.as_mut()?;
        let row = self.rows.place(row);
        for part in &mut self.parts {
            part.decode(bits, &mut self.block, &mut self.components[part.component].plane, (column, row))?;
        }
        Some(())
    }

    fn end_row(&mut self, row: usize) {
        for part in &self.parts {
            let rows = part.down * BLOCK;
            self.rows.end(&self.components[part.component], part.component, row * rows, rows);
        }
    }

    fn finish(&mut self) -> Option<()> {
        self.bits.as_ref()?.finish()
    }
}

impl Part<'_> {
    /// The blocks of one unit.
    #[inline]
    fn decode(
        &mut self,
        bits: &mut Bits<'_>,
        block: &mut Block,
        plane: &mut Plane,
        (column, row): (usize, usize),
    ) -> Option<()> {
        let stride = plane.stride;
        for down in 0..self.down {
            for across in 0..self.across {
                let at = (row * self.down + down) * BLOCK * stride + (column * self.across + across) * BLOCK;
                let to = &mut plane.samples[at..];
                if self.block(bits, block)? {
                    idct::write(block, to, stride);
                    *block = [0; BLOCK * BLOCK];
                } else {
                    idct::write_flat(block[0], to, stride);
                }
            }
        }
        Some(())
    }

    /// Reads the next block into one that is all zeros, dequantised, and says whether any coefficient but the first
    /// differs from 0. Nothing where the bits are no code or run beyond the block.
    #[inline(always)]
    fn block(&mut self, from: &mut Bits<'_>, block: &mut Block) -> Option<bool> {
        let mut bits = from.lifted();
        let (_, difference) = bits.coefficient(self.dc)?;
        self.prediction = self.prediction.wrapping_add(difference);
        block[0] = idct::dequantise(self.prediction as i16, self.steps[0]);
        let mut at = 1;
        while at < 64 {
            let (run, value) = bits.coefficient(self.ac)?;
            if value == 0 {
                // Sixteen zeros, or no more coefficients (ITU-T T.81 F.1.2.2.1).
                if run < 15 {
                    break;
                }
                at += 16;
                continue;
            }
            at += run;
            let step = *self.steps.get(at)?;
            block[place(at)] = idct::dequantise(value as i16, step);
            at += 1;
        }
        *from = bits;
        Some(at > 1)
    }
}
