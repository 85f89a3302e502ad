//! Coefficients of whole components, where scans bring them bit by bit (ITU-T T.81 annex G) or arithmetically coded.

use crate::bits::{Scan, Segment};
use crate::error::{Error, Result};
use crate::frame::{Frame, ScanHeader};
use crate::image::Component;
use crate::strips::Rows;
use crate::walk::{self, EntropyDecoder};
use crate::zigzag::{Block, PLACES};
use crate::{BLOCK, idct};

/// Levels of all blocks, and how much of them is known.
#[derive(Debug, Default)]
pub(crate) struct Coefficients {
    components: Vec<Levels>,
}

#[derive(Debug)]
struct Levels {
    blocks: Vec<Block>,
    /// Blocks from one row to the next.
    across: usize,
    /// The lowest bit that is known of each coefficient, by its place in the zigzag.
    known: [Option<u32>; 64],
}

/// Reads one block's bits of one component; see [`EntropyDecoder`].
pub(crate) trait BlockDecoder<'a> {
    fn restart(&mut self, segment: Segment<'a>);

    /// `part` is the component's place in the scan.
    fn block(&mut self, part: usize, block: &mut Block) -> Option<()>;

    fn finish(&mut self) -> Option<()>;
}

impl Coefficients {
    /// Makes room for an image, all zeros.
    pub(crate) fn prepare(&mut self, frame: &Frame) -> Result<()> {
        self.components.resize_with(frame.components.len(), || Levels {
            blocks: Vec::new(),
            across: 0,
            known: [None; 64],
        });
        for (index, levels) in self.components.iter_mut().enumerate() {
            let (across, down) = frame.padded_blocks(index);
            levels.across = across;
            levels.known = [None; 64];
            levels.blocks.clear();
            levels.blocks.try_reserve_exact(across * down).map_err(|_| Error::OutOfMemory)?;
            levels.blocks.resize(across * down, [0; 64]);
        }
        Ok(())
    }

    /// Takes in a scan; nothing where its data are broken.
    pub(crate) fn add<'a>(
        &mut self,
        frame: &Frame,
        scan: &ScanHeader,
        data: &'a Scan,
        restart_interval: Option<usize>,
        decoder: impl BlockDecoder<'a>,
    ) -> Option<()> {
        for part in &scan.parts {
            for known in &mut self.components[part.component].known[scan.band.0..=scan.band.1] {
                // The bits of a refinement follow those that are known.
                (known.is_some() == scan.is_refinement() && known.is_none_or(|bit| bit == scan.bits.0)).then_some(())?;
                *known = Some(scan.bits.1);
            }
        }
        let units = walk::blocks_of_unit(frame, scan);
        let mut walker = Walker { scan, units, components: &mut self.components, decoder };
        walk::decode_scan(frame, scan, data, restart_interval, &mut walker)
    }

    /// Whether every bit of every coefficient is known.
    pub(crate) fn is_complete(&self) -> bool {
        self.components.iter().all(|levels| levels.known == [Some(0); 64])
    }

    /// Whether every component has at least its blocks' means.
    pub(crate) fn is_visible(&self) -> bool {
        self.components.iter().all(|levels| levels.known[0].is_some())
    }

    /// Writes the components' samples: into whole planes, or into planes of one row of units, each row of blocks in turn.
    pub(crate) fn write(&self, frame: &Frame, components: &mut [Component], mut rows: Rows<'_>) {
        for (index, (levels, component)) in self.components.iter().zip(&frame.components).enumerate() {
            let mut steps = [0; 64];
            for (place, step) in PLACES.iter().zip(component.steps.unwrap_or([1; 64])) {
                steps[usize::from(*place)] = step;
            }
            for (row, blocks) in levels.blocks.chunks(levels.across).enumerate() {
                let plane = &mut components[index].plane;
                let top = rows.place(row) * BLOCK * plane.stride;
                for (column, block) in blocks.iter().enumerate() {
                    let to = &mut plane.samples[top + column * BLOCK..];
                    let block: Block = std::array::from_fn(|at| idct::dequantise(block[at], steps[at]));
                    if block[1..].iter().any(|&coefficient| coefficient != 0) {
                        idct::write(&block, to, plane.stride);
                    } else {
                        idct::write_flat(block[0], to, plane.stride);
                    }
                }
                rows.end(&components[index], index, row * BLOCK, BLOCK);
            }
        }
    }
}

struct Walker<'b, D> {
    scan: &'b ScanHeader,
    units: Vec<(usize, usize)>,
    components: &'b mut [Levels],
    decoder: D,
}

impl<'a, D: BlockDecoder<'a>> EntropyDecoder<'a> for Walker<'_, D> {
    fn restart(&mut self, segment: Segment<'a>) {
        self.decoder.restart(segment);
    }

    fn unit(&mut self, column: usize, row: usize) -> Option<()> {
        for (index, (part, &(across, down))) in self.scan.parts.iter().zip(&self.units).enumerate() {
            let levels = &mut self.components[part.component];
            for y in row * down..(row + 1) * down {
                for x in column * across..(column + 1) * across {
                    self.decoder.block(index, &mut levels.blocks[y * levels.across + x])?;
                }
            }
        }
        Some(())
    }

    // Nothing is shown before the last scan.
    fn end_row(&mut self, _row: usize) {}

    fn finish(&mut self) -> Option<()> {
        self.decoder.finish()
    }
}
