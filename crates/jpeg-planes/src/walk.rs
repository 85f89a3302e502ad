//! The way through a scan: units, and restart intervals (ITU-T T.81 A.2, E.2.4).

use crate::bits::{Scan, Segment};
use crate::frame::{Frame, ScanHeader};

/// What decodes a scan's bits, whichever way they are coded.
pub(crate) trait EntropyDecoder<'a> {
    /// Begins a restart interval.
    fn restart(&mut self, segment: Segment<'a>);

    /// Reads the blocks of one unit, given its column and row; nothing where the bits are no code.
    fn unit(&mut self, column: usize, row: usize) -> Option<()>;

    /// A row of units is decoded.
    fn end_row(&mut self, row: usize);

    /// Nothing where a restart interval had fewer bits than were read.
    fn finish(&mut self) -> Option<()>;
}

/// Blocks of one component in a unit, across and down, for each component of a scan.
///
/// In a scan of a single component a unit is one block, whatever its sampling.
pub(crate) fn blocks_of_unit(frame: &Frame, scan: &ScanHeader) -> Vec<(usize, usize)> {
    match scan.parts.as_slice() {
        [_] => vec![(1, 1)],
        parts => parts
            .iter()
            .map(|part| (frame.components[part.component].across, frame.components[part.component].down))
            .collect(),
    }
}

/// Decodes all units of a scan; nothing where its data are broken.
pub(crate) fn decode_scan<'a>(
    frame: &Frame,
    scan: &ScanHeader,
    data: &'a Scan,
    restart_interval: Option<usize>,
    decoder: &mut impl EntropyDecoder<'a>,
) -> Option<()> {
    let (across, down) = match scan.parts.as_slice() {
        [part] => frame.blocks(part.component),
        _ => frame.units(),
    };
    let interval = restart_interval.unwrap_or(across * down);
    let mut segments = data.segments();
    decoder.restart(segments.next()?);
    let mut left = interval;
    for row in 0..down {
        for column in 0..across {
            if left == 0 {
                decoder.finish()?;
                decoder.restart(segments.next()?);
                left = interval;
            }
            left -= 1;
            decoder.unit(column, row)?;
        }
        decoder.end_row(row);
    }
    decoder.finish()?;
    // Some cameras end the last interval with a restart marker as well.
    segments.all(|segment| segment.is_empty()).then_some(())
}
