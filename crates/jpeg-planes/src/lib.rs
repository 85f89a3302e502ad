#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod arithmetic;
mod bits;
mod coefficients;
mod error;
mod frame;
mod header;
mod huffman;
mod idct;
mod image;
mod markers;
mod progressive;
mod qm;
mod rgb;
mod sequential;
mod standard_tables;
mod strips;
mod walk;
mod zigzag;

pub use error::{Error, Result};
pub use header::Info;
pub use image::{ColourModel, Component, Image, KB, KR, Plane};
pub use strips::{Strip, StripSink};

use arithmetic::Arithmetic;
use bits::Scan;
use coefficients::Coefficients;
use frame::{Frame, ScanHeader};
use header::{Found, Reader};
use progressive::Progressive;
use strips::{Rows, Whole};

/// Samples on a side of a block (ITU-T T.81 A.3.3).
const BLOCK: usize = 8;

/// The most scans of a file that is taken seriously. A progressive image of three components has about ten; each further
/// one costs a way through all blocks, however few bytes it has.
const MOST_SCANS: usize = 500;

const CUT_OFF: Error = Error::Broken("it ends before its last pixel");

/// Decodes files one after the other, keeping its buffers.
#[derive(Debug, Default)]
pub struct Decoder {
    scan: Scan,
    coefficients: Coefficients,
    image: Image,
}

/// Reads what a file says about its image, without decoding it.
///
/// # Errors
/// Those of [`Decoder::decode`], as far as the first scan. `look` is given what was found.
pub fn read_info<T>(bytes: &[u8], look: impl FnOnce(&Info<'_>) -> T) -> Result<T> {
    let mut reader = Reader::new(bytes)?;
    match reader.next()? {
        Found::Scan(_) => reader.info().map(|info| look(&info)),
        Found::End => Err(Error::Broken("it holds no image")),
        Found::CutOff => Err(CUT_OFF),
    }
}

impl Decoder {
    /// The last image. Planes that are put there are filled again.
    pub const fn image(&mut self) -> &mut Image {
        &mut self.image
    }

    /// Decodes a file. `accept` sees what its header says before any memory is taken for its planes, and may decline it. The planes may be taken out of
    /// the image; what is left there is used again for the next file.
    ///
    /// # Errors
    /// All of [`Error`].
    pub fn decode(&mut self, bytes: &[u8], accept: impl FnOnce(&Info<'_>) -> bool) -> Result<&mut Image> {
        self.decode_rows(bytes, &mut Whole(Some(accept)), false)?;
        Ok(&mut self.image)
    }

    /// Decodes a file and hands its samples over as they come, so that no plane is ever there as a whole. What is coded in
    /// several scans keeps its coefficients until the last one.
    ///
    /// # Errors
    /// All of [`Error`]. The sink may have had rows by then.
    pub fn decode_strips(&mut self, bytes: &[u8], sink: &mut dyn StripSink) -> Result<()> {
        self.decode_rows(bytes, sink, true)
    }

    fn decode_rows(&mut self, bytes: &[u8], sink: &mut dyn StripSink, in_strips: bool) -> Result<()> {
        let mut reader = Reader::new(bytes)?;
        let mut is_accepted = false;
        let mut missing: Vec<bool> = Vec::new();
        for _ in 0..MOST_SCANS {
            let (scan, has_marker) = match reader.next()? {
                Found::Scan(scan) => (Some(scan), true),
                Found::End => (None, true),
                Found::CutOff => (None, false),
            };
            let Some(scan) = scan else {
                // Without a scan, the planes are still those of the file before.
                if has_marker && !is_accepted {
                    return Err(Error::Broken("it holds no image"));
                }
                return self.finish(&reader, has_marker, false, rows(sink, in_strips));
            };
            if !is_accepted {
                let info = reader.info()?;
                if !sink.accept(&info) {
                    return Err(Error::Declined);
                }
                is_accepted = true;
                self.prepare(reader.frame.as_ref(), info.colour, in_strips)?;
                missing = vec![true; info.sampling.len()];
            }
            self.take_in(&mut reader, &scan, rows(sink, in_strips))?;
            for part in &scan.parts {
                missing[part.component] = false;
            }
            // All pixels are there: what follows is of no account.
            let is_whole = match &reader.frame {
                Some(frame) if uses_coefficients(frame) => self.coefficients.is_complete(),
                _ => !missing.contains(&true),
            };
            if is_whole {
                return self.finish(&reader, has_marker, true, rows(sink, in_strips));
            }
        }
        Err(Error::Unsupported("it has too many scans"))
    }

    /// Gives the planes their size, in whole blocks; in strips, that of one row of units.
    fn prepare(&mut self, frame: Option<&Frame>, colour: ColourModel, in_strips: bool) -> Result<()> {
        let frame = frame.ok_or(Error::Broken("it has no frame"))?;
        (self.image.width, self.image.height) = (frame.width as u32, frame.height as u32);
        self.image.colour = colour;
        self.image.components.resize_with(frame.components.len(), Component::default);
        for (index, component) in self.image.components.iter_mut().enumerate() {
            let (across, all_down) = frame.padded_blocks(index);
            let down = if in_strips { frame.components[index].down } else { all_down };
            component.plane.shape(across * BLOCK, down * BLOCK).ok_or(Error::OutOfMemory)?;
            (component.width, component.height) = frame.samples(index);
            component.sampling = (frame.components[index].across, frame.components[index].down);
        }
        if uses_coefficients(frame) { self.coefficients.prepare(frame) } else { Ok(()) }
    }

    /// Decodes the scan at the reader's place.
    fn take_in(&mut self, reader: &mut Reader<'_>, scan: &ScanHeader, rows: Rows<'_>) -> Result<()> {
        let length = self.scan.unstuff(reader.rest(), reader.restart_interval.is_some())?;
        reader.skip(length);
        reader.tables.complete(scan);
        let (Some(frame), tables, interval) = (&reader.frame, &reader.tables, reader.restart_interval) else {
            return Err(Error::Broken("it has no frame"));
        };
        let Self { scan: data, coefficients, image } = self;
        let decoded = if frame.is_arithmetic {
            coefficients.add(frame, scan, data, interval, Arithmetic::new(scan, tables.conditioning))
        } else if frame.is_progressive {
            coefficients.add(frame, scan, data, interval, Progressive::new(scan, tables))
        } else {
            sequential::decode(frame, scan, tables, data, interval, &mut image.components, rows)
        };
        decoded.ok_or(if data.is_cut() { CUT_OFF } else { Error::Broken("its compressed data are broken") })
    }

    /// The image after its last scan.
    fn finish(&mut self, reader: &Reader<'_>, has_marker: bool, is_whole: bool, rows: Rows<'_>) -> Result<()> {
        // A progressive file may leave fine detail away, but not by being cut off.
        if !has_marker && !is_whole {
            return Err(CUT_OFF);
        }
        let frame = reader.frame.as_ref().ok_or(Error::Broken("it holds no image"))?;
        if uses_coefficients(frame) && self.coefficients.is_visible() {
            self.coefficients.write(frame, &mut self.image.components, rows);
        } else if !is_whole {
            return Err(Error::Broken("a component has no data"));
        }
        Ok(())
    }
}

/// Where rows go.
fn rows<'a>(sink: &'a mut dyn StripSink, in_strips: bool) -> Rows<'a> {
    if in_strips { Rows::ToSink(sink) } else { Rows::Kept }
}

/// Whether an image's coefficients are gathered before they become samples.
const fn uses_coefficients(frame: &Frame) -> bool {
    frame.is_progressive || frame.is_arithmetic
}
