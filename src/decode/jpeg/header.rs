//! What stands before a JPEG's scan: markers, tables, the frame (ITU-T T.81 annex B).

use image::metadata::Orientation;

use super::BLOCK;
use super::huffman::Table;
use crate::size::Size;

/// A component of the frame with its tables.
#[derive(Debug)]
pub(super) struct Component {
    /// Blocks of a unit, across and down.
    pub across: usize,
    pub down: usize,
    /// Quantisation steps, in zigzag order.
    pub steps: [i16; 64],
    pub dc: Table,
    pub ac: Table,
}

/// Everything that decoding the scan needs.
#[derive(Debug)]
pub(super) struct Header {
    pub size: Size,
    /// Luma, blue difference, red difference.
    pub components: [Component; 3],
    /// Units between two restart markers.
    pub restart_interval: Option<usize>,
    /// Where the scan's data begins.
    pub scan: usize,
}

impl Header {
    /// Reads up to the scan; nothing where the image is not of the plain kind.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::default();
        let mut at = 2;
        if bytes.first_chunk() != Some(&[0xFF, 0xD8]) {
            return None;
        }
        loop {
            let [0xFF, marker] = *bytes.get(at..)?.first_chunk()? else { return None };
            if marker == 0xFF {
                // Bytes of FF may fill up before a marker.
                at += 1;
                continue;
            }
            let length = usize::from(be_u16(bytes.get(at + 2..)?)?);
            let segment = bytes.get(at + 4..at + 2 + length)?;
            at += 2 + length;
            if marker == SOS {
                return reader.finish(segment, at);
            }
            reader.segment(marker, segment)?;
        }
    }

    /// Luma samples for a chroma sample, across and down.
    pub(super) fn subsampling(&self) -> (usize, usize) {
        let [luma, chroma, _] = &self.components;
        (luma.across / chroma.across, luma.down / chroma.down)
    }

    /// Units across and down.
    pub(super) fn units(&self) -> (usize, usize) {
        let Component { across, down, .. } = self.components[0];
        ((self.size.width as usize).div_ceil(across * BLOCK), (self.size.height as usize).div_ceil(down * BLOCK))
    }
}

// Markers, ITU-T T.81 table B.1.
const SOF0_BASELINE: u8 = 0xC0;
const SOF1_EXTENDED: u8 = 0xC1;
const DHT: u8 = 0xC4;
const SOS: u8 = 0xDA;
const DQT: u8 = 0xDB;
const DRI: u8 = 0xDD;
const COM: u8 = 0xFE;
const APP0: u8 = 0xE0;
const APP1: u8 = 0xE1;
const APP14: u8 = 0xEE;
const APP15: u8 = 0xEF;

/// What the segments so far have said.
#[derive(Default)]
struct Reader {
    size: Option<Size>,
    /// Identifier, sampling factors and quantisation table of each component.
    frame: Vec<(u8, u8, u8)>,
    steps: [Option<[i16; 64]>; 4],
    dc: [Option<Table>; 4],
    ac: [Option<Table>; 4],
    restart_interval: Option<usize>,
    /// The file says that its components are YCbCr, rather than leave it to their identifiers.
    says_ycc: bool,
}

impl Reader {
    /// Takes in a segment; nothing where it makes the image other than plain.
    fn segment(&mut self, marker: u8, data: &[u8]) -> Option<()> {
        match marker {
            SOF0_BASELINE | SOF1_EXTENDED if self.size.is_none() => self.start_frame(data),
            DQT => self.quantisation(data),
            DHT => self.huffman(data),
            DRI => {
                let interval = usize::from(be_u16(data)?);
                self.restart_interval = (interval > 0).then_some(interval);
                Some(())
            }
            APP0 => {
                self.says_ycc |= data.starts_with(b"JFIF\0");
                Some(())
            }
            APP1 => match data.strip_prefix(b"Exif\0\0").and_then(Orientation::from_exif_chunk) {
                None | Some(Orientation::NoTransforms) => Some(()),
                Some(_) => None,
            },
            // Adobe's technical note 5116: the colour transform is byte 11, and 1 is YCbCr.
            APP14 if data.starts_with(b"Adobe") => {
                self.says_ycc = *data.get(11)? == 1;
                self.says_ycc.then_some(())
            }
            APP0..=APP15 | COM => Some(()),
            _ => None,
        }
    }

    /// ITU-T T.81 B.2.2.
    fn start_frame(&mut self, data: &[u8]) -> Option<()> {
        let [8, high, low, across_high, across_low, 3] = *data.first_chunk()? else { return None };
        let height = u16::from_be_bytes([high, low]);
        let width = u16::from_be_bytes([across_high, across_low]);
        // A height of 0 is told after the scan.
        if height == 0 || width == 0 {
            return None;
        }
        self.size = Some(Size::new(width.into(), height.into()));
        self.frame = data.get(6..15)?.chunks_exact(3).map(|entry| (entry[0], entry[1], entry[2])).collect();
        Some(())
    }

    /// ITU-T T.81 B.2.4.1.
    fn quantisation(&mut self, mut data: &[u8]) -> Option<()> {
        while let Some((&head, rest)) = data.split_first() {
            // The high half says 0 for steps of 8 bits, the low half is the table's number.
            let steps = rest.first_chunk::<64>()?;
            *self.steps.get_mut(usize::from(head))? = Some(steps.map(i16::from));
            data = &rest[64..];
        }
        Some(())
    }

    /// ITU-T T.81 B.2.4.2.
    fn huffman(&mut self, mut data: &[u8]) -> Option<()> {
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

    /// The scan's own header (ITU-T T.81 B.2.3): all components, in the frame's order, all coefficients at once.
    fn finish(self, data: &[u8], scan: usize) -> Option<Header> {
        let [3, rest @ ..] = data else { return None };
        let (selectors, [0, 63, 0]) = rest.split_first_chunk::<6>()? else { return None };
        let named_ycc = self.frame.iter().map(|&(id, ..)| id).eq([1, 2, 3]);
        if !self.says_ycc && !named_ycc {
            return None;
        }
        let mut components = Vec::with_capacity(3);
        for (&(id, sampling, steps), selector) in self.frame.iter().zip(selectors.chunks_exact(2)) {
            if selector[0] != id {
                return None;
            }
            let table = |tables: &[Option<Table>; 4], number: u8| tables.get(usize::from(number))?.clone();
            components.push(Component {
                across: usize::from(sampling >> 4),
                down: usize::from(sampling & 0x0F),
                steps: (*self.steps.get(usize::from(steps))?)?,
                dc: table(&self.dc, selector[1] >> 4)?,
                ac: table(&self.ac, selector[1] & 0x0F)?,
            });
        }
        let components: [Component; 3] = components.try_into().ok()?;
        let [luma, cb, cr] = components.each_ref().map(|component| (component.across, component.down));
        // Chroma is as fine as luma or half as fine, whatever numbers say so: 2 to 2 is 1 to 1.
        let is_usual =
            cb == cr && [(luma.0, cb.0), (luma.1, cb.1)].iter().all(|pair| matches!(pair, (1, 1) | (2, 1 | 2)));
        is_usual.then_some(Header { size: self.size?, components, restart_interval: self.restart_interval, scan })
    }
}

fn be_u16(bytes: &[u8]) -> Option<u16> {
    bytes.first_chunk().map(|&two| u16::from_be_bytes(two))
}
