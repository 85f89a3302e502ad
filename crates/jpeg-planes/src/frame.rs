//! The frame, its components, the tables, and a scan's own header (ITU-T T.81 B.2.2 to B.2.4).

use crate::BLOCK;
use crate::error::{Error, Result};
use crate::huffman::Table;
use crate::markers::{SOF2_PROGRESSIVE, SOF9_ARITHMETIC, SOF10_PROGRESSIVE_ARITHMETIC};
use crate::standard_tables;

/// Size and components of an image, and how it is coded.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Coefficients come in several scans, rather than all at once.
    pub(crate) is_progressive: bool,
    /// Arithmetic coding (annex D) rather than Huffman's (annex C).
    pub(crate) is_arithmetic: bool,
    pub(crate) components: Vec<FrameComponent>,
}

#[derive(Debug)]
pub(crate) struct FrameComponent {
    pub(crate) id: u8,
    /// Sampling factors, which are the blocks of an interleaved scan's unit.
    pub(crate) across: usize,
    pub(crate) down: usize,
    steps_number: u8,
    /// Quantisation steps in zigzag order, from the component's first scan on.
    pub(crate) steps: Option<[i16; 64]>,
}

impl Frame {
    /// The frame of a start-of-frame segment.
    pub(crate) fn read(marker: u8, data: &[u8]) -> Result<Self> {
        const CUT: Error = Error::Broken("the frame's header is cut off");
        let &[precision, high, low, across_high, across_low, count] = data.first_chunk().ok_or(CUT)?;
        let entries = data.get(6..6 + 3 * usize::from(count)).ok_or(CUT)?;
        let height = usize::from(u16::from_be_bytes([high, low]));
        let width = usize::from(u16::from_be_bytes([across_high, across_low]));
        if precision != 8 {
            return Err(Error::Unsupported("its samples are not 8 bits deep"));
        }
        if height == 0 {
            return Err(Error::Unsupported("its height is told behind the scan alone"));
        }
        if width == 0 || count == 0 {
            return Err(Error::Broken("it has no pixels"));
        }
        let components: Vec<_> = entries
            .chunks_exact(3)
            .map(|entry| FrameComponent {
                id: entry[0],
                across: usize::from(entry[1] >> 4),
                down: usize::from(entry[1] & 0x0F),
                steps_number: entry[2],
                steps: None,
            })
            .collect();
        if components.iter().any(|component| !(1..=4).contains(&component.across) || !(1..=4).contains(&component.down))
        {
            return Err(Error::Broken("a sampling factor is not 1 to 4"));
        }
        Ok(Self {
            width,
            height,
            is_progressive: matches!(marker, SOF2_PROGRESSIVE | SOF10_PROGRESSIVE_ARITHMETIC),
            is_arithmetic: matches!(marker, SOF9_ARITHMETIC | SOF10_PROGRESSIVE_ARITHMETIC),
            components,
        })
    }

    fn most(&self) -> (usize, usize) {
        self.components
            .iter()
            .fold((1, 1), |(across, down), component| (across.max(component.across), down.max(component.down)))
    }

    /// Units of an interleaved scan across and down (ITU-T T.81 A.2.3).
    pub(crate) fn units(&self) -> (usize, usize) {
        let (across, down) = self.most();
        (self.width.div_ceil(across * BLOCK), self.height.div_ceil(down * BLOCK))
    }

    /// Samples of a component across and down (ITU-T T.81 A.1.1).
    pub(crate) fn samples(&self, component: usize) -> (usize, usize) {
        let (most, component) = (self.most(), &self.components[component]);
        ((self.width * component.across).div_ceil(most.0), (self.height * component.down).div_ceil(most.1))
    }

    /// Blocks of a component across and down in a scan of its own (ITU-T T.81 A.2.2).
    pub(crate) fn blocks(&self, component: usize) -> (usize, usize) {
        let (width, height) = self.samples(component);
        (width.div_ceil(BLOCK), height.div_ceil(BLOCK))
    }

    /// Blocks of a component across and down with those that fill up the last units.
    pub(crate) fn padded_blocks(&self, component: usize) -> (usize, usize) {
        let ((across, down), component) = (self.units(), &self.components[component]);
        (across * component.across, down * component.down)
    }

    pub(crate) fn latch_steps(&mut self, component: usize, tables: &Tables) -> Result<()> {
        let component = &mut self.components[component];
        if component.steps.is_none() {
            component.steps = tables.steps.get(usize::from(component.steps_number)).copied().flatten();
        }
        component.steps.map(|_| ()).ok_or(Error::Broken("a quantisation table is missing"))
    }
}

/// The tables that the segments so far have set.
#[derive(Debug)]
pub(crate) struct Tables {
    pub(crate) steps: [Option<[i16; 64]>; 4],
    pub(crate) dc: [Option<Table>; 4],
    pub(crate) ac: [Option<Table>; 4],
    pub(crate) conditioning: Conditioning,
}

/// How arithmetic coding sorts coefficients by size (ITU-T T.81 F.1.4.4.1.2 and F.1.4.4.2.1), for each table's number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conditioning {
    /// The bounds of small differences, as powers of two.
    pub(crate) dc: [(u8, u8); 4],
    /// The last coefficient of low frequency.
    pub(crate) ac: [u8; 4],
}

impl Default for Conditioning {
    fn default() -> Self {
        Self { dc: [(0, 1); 4], ac: [5; 4] }
    }
}

impl Tables {
    /// ITU-T T.81 B.2.4.1.
    pub(crate) fn read_quantisation(&mut self, mut data: &[u8]) -> Option<()> {
        while let Some((&head, rest)) = data.split_first() {
            // The high half says 0 for steps of 8 bits and 1 for 16, the low half is the table's number.
            let table = self.steps.get_mut(usize::from(head & 0x0F))?;
            let taken = if head >> 4 == 0 {
                *table = Some(rest.first_chunk::<64>()?.map(i16::from));
                64
            } else {
                let steps = rest.first_chunk::<128>()?.as_chunks::<2>().0;
                // A step over 32767 comes from no encoder.
                *table = Some(std::array::from_fn(|at| i16::from_be_bytes(steps[at])));
                128
            };
            data = &rest[taken..];
        }
        Some(())
    }

    /// ITU-T T.81 B.2.4.2.
    pub(crate) fn read_huffman(&mut self, mut data: &[u8]) -> Option<()> {
        while let Some((&head, rest)) = data.split_first() {
            let lengths = rest.first_chunk::<16>()?;
            let count: usize = lengths.iter().map(|&count| usize::from(count)).sum();
            let table = Table::new(lengths, rest.get(16..16 + count)?)?;
            let tables = if head & 0xF0 == 0 { &mut self.dc } else { &mut self.ac };
            *tables.get_mut(usize::from(head & 0x0F))? = Some(table);
            data = &rest[16 + count..];
        }
        Some(())
    }

    /// ITU-T T.81 B.2.4.3.
    pub(crate) fn read_conditioning(&mut self, data: &[u8]) -> Option<()> {
        for &[head, value] in data.as_chunks::<2>().0 {
            let number = usize::from(head & 0x0F);
            if head & 0xF0 == 0 {
                let (low, high) = (value & 0x0F, value >> 4);
                (low <= high).then_some(())?;
                *self.conditioning.dc.get_mut(number)? = (low, high);
            } else {
                *self.conditioning.ac.get_mut(number)? = value;
            }
        }
        Some(())
    }

    /// Puts the standard tables where a scan names one that was never set.
    pub(crate) fn complete(&mut self, scan: &ScanHeader) {
        for part in &scan.parts {
            if self.dc[part.dc].is_none() {
                self.dc[part.dc] = standard_tables::dc(part.dc);
            }
            if self.ac[part.ac].is_none() {
                self.ac[part.ac] = standard_tables::ac(part.ac);
            }
        }
    }
}

/// What a scan holds (ITU-T T.81 B.2.3).
#[derive(Debug)]
pub(crate) struct ScanHeader {
    pub(crate) parts: Vec<ScanPart>,
    /// First and last coefficient, in zigzag order.
    pub(crate) band: (usize, usize),
    /// Lowest bit of the coefficients after the scan before, where there was one, and after this one.
    pub(crate) bits: (u32, u32),
}

/// A component in a scan.
#[derive(Debug)]
pub(crate) struct ScanPart {
    /// Its place in the frame.
    pub(crate) component: usize,
    /// The numbers of its tables, 0 to 3.
    pub(crate) dc: usize,
    pub(crate) ac: usize,
}

impl ScanHeader {
    fn read_parts(data: &[u8], frame: &Frame) -> Option<(Vec<ScanPart>, [u8; 3])> {
        let (&count, rest) = data.split_first()?;
        let (selectors, tail) = rest.split_at_checked(2 * usize::from(count))?;
        let mut parts: Vec<ScanPart> = Vec::new();
        for &[id, tables] in selectors.as_chunks::<2>().0 {
            // Two components of one identifier are told apart by their order.
            let is_taken = |place: usize| parts.iter().any(|part| part.component == place);
            let component = (0..frame.components.len()).find(|&at| frame.components[at].id == id && !is_taken(at))?;
            let (dc, ac) = (usize::from(tables >> 4), usize::from(tables & 0x0F));
            (dc < 4 && ac < 4).then_some(())?;
            parts.push(ScanPart { component, dc, ac });
        }
        Some((parts, *tail.first_chunk()?))
    }

    pub(crate) fn read(data: &[u8], frame: &Frame) -> Result<Self> {
        let broken = Error::Broken("a scan's header is broken");
        let (parts, [first, last, approximation]) = Self::read_parts(data, frame).ok_or(broken)?;
        if parts.is_empty() {
            return Err(broken);
        }
        if !frame.is_progressive {
            return Ok(Self { parts, band: (0, 63), bits: (0, 0) });
        }
        let band = (usize::from(first), usize::from(last));
        let (high, low) = (u32::from(approximation >> 4), u32::from(approximation & 0x0F));
        // DC coefficients come alone, and AC coefficients one component at a time (ITU-T T.81 G.1.1.1.1).
        let is_sound = match band {
            (0, last) => last == 0,
            (first, last) => first <= last && last < 64 && parts.len() == 1,
        };
        if !is_sound || low > 13 || (high > 0 && high != low + 1) {
            return Err(broken);
        }
        Ok(Self { parts, band, bits: (high, low) })
    }

    /// Whether the scan adds a bit to coefficients that earlier scans began.
    pub(crate) const fn is_refinement(&self) -> bool {
        self.bits.0 > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_components_round_up() {
        // 4:2:0, 17 by 9 pixels.
        let data = [8, 0, 9, 0, 17, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
        let frame = Frame::read(0xC0, &data).unwrap();
        assert_eq!(frame.units(), (2, 1));
        assert_eq!((frame.samples(0), frame.samples(1)), ((17, 9), (9, 5)));
        assert_eq!((frame.blocks(0), frame.blocks(1)), ((3, 2), (2, 1)));
        assert_eq!((frame.padded_blocks(0), frame.padded_blocks(1)), ((4, 2), (2, 1)));
    }
}
