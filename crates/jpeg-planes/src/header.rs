//! What stands around a JPEG's scans: markers, tables, the frame (ITU-T T.81 annex B).

use crate::error::{Error, Result};
use crate::frame::{Conditioning, Frame, ScanHeader, Tables};
use crate::image::ColourModel;
use crate::markers::*;

/// What a file says about its image before the first scan.
#[derive(Clone, Debug)]
pub struct Info<'a> {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// What the components are.
    pub colour: ColourModel,
    /// Sampling factors of each component, across and down.
    pub sampling: Vec<(usize, usize)>,
    /// An EXIF block, from its byte order mark on.
    pub exif: Option<&'a [u8]>,
    icc: &'a [&'a [u8]],
}

impl Info<'_> {
    /// The embedded colour profile, put together from its segments (ICC.1:2022 B.4); nothing where there is none, or
    /// where segments are missing.
    pub fn icc_profile(&self) -> Option<Vec<u8>> {
        let count = usize::from(*self.icc.first()?.get(1)?);
        let mut profile = Vec::new();
        for number in 1..=count {
            // The number of the segment, how many there are, the bytes.
            let segment = self.icc.iter().find(|segment| segment.first() == Some(&(number as u8)))?;
            profile.extend_from_slice(segment.get(2..)?);
        }
        Some(profile)
    }
}

/// What comes next in a file.
pub(crate) enum Found {
    /// A scan; its data begin at the reader's place.
    Scan(ScanHeader),
    /// The end marker.
    End,
    /// The end of the file where something else should be.
    CutOff,
}

/// Reads a file's segments one after the other and keeps what they say.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    pub(crate) frame: Option<Frame>,
    pub(crate) tables: Tables,
    pub(crate) restart_interval: Option<usize>,
    is_jfif: bool,
    adobe_transform: Option<u8>,
    exif: Option<&'a [u8]>,
    icc: Vec<&'a [u8]>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self> {
        if !bytes.starts_with(&[0xFF, SOI]) {
            return Err(Error::NotJpeg);
        }
        Ok(Self {
            bytes,
            at: 2,
            frame: None,
            tables: Tables::default(),
            restart_interval: None,
            is_jfif: false,
            adobe_transform: None,
            exif: None,
            icc: Vec::new(),
        })
    }

    /// The bytes from the reader's place on.
    pub(crate) fn rest(&self) -> &'a [u8] {
        &self.bytes[self.at..]
    }

    /// Steps over bytes that someone else has read.
    pub(crate) const fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Reads on to a scan or the end.
    pub(crate) fn next(&mut self) -> Result<Found> {
        loop {
            let Some(marker) = self.next_marker() else { return Ok(Found::CutOff) };
            match marker {
                EOI => return Ok(Found::End),
                // These stand alone; behind a scan's data there may be one restart marker more than was needed.
                TEM | RST0..=RST7 => continue,
                SOI => return Err(Error::Broken("a second image begins inside the first")),
                _ => {}
            }
            let Some(segment) = self.next_segment()? else { return Ok(Found::CutOff) };
            if marker == SOS {
                return self.scan(segment).map(Found::Scan);
            }
            self.segment(marker, segment)?;
        }
    }

    /// What is known about the image before its first scan.
    pub(crate) fn info(&self) -> Result<Info<'_>> {
        let frame = self.frame()?;
        Ok(Info {
            width: frame.width as u32,
            height: frame.height as u32,
            colour: self.colour(frame)?,
            sampling: frame.components.iter().map(|component| (component.across, component.down)).collect(),
            exif: self.exif,
            icc: &self.icc,
        })
    }

    fn frame(&self) -> Result<&Frame> {
        self.frame.as_ref().ok_or(Error::Broken("a scan comes before its frame"))
    }

    /// The next marker's code. Bytes of FF may fill up before it; other bytes should not be there and are stepped over.
    fn next_marker(&mut self) -> Option<u8> {
        loop {
            self.at += memchr::memchr(0xFF, self.bytes.get(self.at..)?)?;
            let code = *self.bytes.get(self.at + 1)?;
            self.at += if code == 0xFF { 1 } else { 2 };
            if !matches!(code, 0x00 | 0xFF) {
                return Some(code);
            }
        }
    }

    /// The segment behind a marker; nothing where the file ends first.
    fn next_segment(&mut self) -> Result<Option<&'a [u8]>> {
        let Some(length) = self.bytes.get(self.at..).and_then(be_u16) else { return Ok(None) };
        let data = self.at + 2..self.at + usize::from(length);
        if data.end < data.start {
            return Err(Error::Broken("a segment is shorter than its own length"));
        }
        self.at = data.end;
        Ok(self.bytes.get(data))
    }

    fn segment(&mut self, marker: u8, data: &'a [u8]) -> Result<()> {
        match marker {
            DHT => self.tables.read_huffman(data).ok_or(Error::Broken("a Huffman table is broken")),
            DAC => self.tables.read_conditioning(data).ok_or(Error::Broken("the arithmetic conditioning is broken")),
            DQT => self.tables.read_quantisation(data).ok_or(Error::Broken("a quantisation table is broken")),
            SOF0_BASELINE | SOF1_EXTENDED | SOF2_PROGRESSIVE | SOF9_ARITHMETIC | SOF10_PROGRESSIVE_ARITHMETIC => {
                if self.frame.is_some() {
                    return Err(Error::Broken("there are two frames"));
                }
                self.frame = Some(Frame::read(marker, data)?);
                Ok(())
            }
            SOF3_LOSSLESS => Err(Error::Unsupported("it is a lossless JPEG")),
            JPG..=SOF15 | 0xC5..=0xC7 => Err(Error::Unsupported("it is a hierarchical or lossless JPEG")),
            DRI => {
                let interval = usize::from(be_u16(data).ok_or(Error::Broken("the restart interval is cut off"))?);
                self.restart_interval = (interval > 0).then_some(interval);
                Ok(())
            }
            APP0 => {
                self.is_jfif |= data.starts_with(b"JFIF\0");
                Ok(())
            }
            APP1 => {
                self.exif = self.exif.or_else(|| data.strip_prefix(b"Exif\0").and_then(|rest| rest.get(1..)));
                Ok(())
            }
            APP2 => {
                self.icc.extend(data.strip_prefix(b"ICC_PROFILE\0"));
                Ok(())
            }
            // Adobe's technical note 5116: the colour transform is byte 11.
            APP14 if data.starts_with(b"Adobe") => {
                self.adobe_transform = data.get(11).copied().or(self.adobe_transform);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn scan(&mut self, data: &[u8]) -> Result<ScanHeader> {
        let frame = self.frame.as_mut().ok_or(Error::Broken("a scan comes before its frame"))?;
        let scan = ScanHeader::read(data, frame)?;
        // The steps count that hold when a component's first scan begins (ITU-T T.81 B.2.4.1).
        for part in &scan.parts {
            frame.latch_steps(part.component, &self.tables)?;
        }
        Ok(scan)
    }

    /// What the components are. The standard does not say; JFIF does, Adobe's segment does, and where neither is there
    /// their identifiers are a hint.
    fn colour(&self, frame: &Frame) -> Result<ColourModel> {
        let ids: Vec<u8> = frame.components.iter().map(|component| component.id).collect();
        Ok(match (ids.len(), self.adobe_transform) {
            (1, _) => ColourModel::Grey,
            (3, _) if self.is_jfif => ColourModel::YCbCr,
            (3, Some(0)) => ColourModel::Rgb,
            (3, None) if ids == *b"RGB" => ColourModel::Rgb,
            (3, _) => ColourModel::YCbCr,
            (4, None | Some(0)) => ColourModel::Cmyk,
            (4, _) => ColourModel::Ycck,
            _ => return Err(Error::Unsupported("it has neither one, three nor four components")),
        })
    }
}

impl Default for Tables {
    fn default() -> Self {
        Self {
            steps: [None; 4],
            dc: [const { None }; 4],
            ac: [const { None }; 4],
            conditioning: Conditioning::default(),
        }
    }
}

fn be_u16(bytes: &[u8]) -> Option<u16> {
    bytes.first_chunk().map(|&two| u16::from_be_bytes(two))
}
