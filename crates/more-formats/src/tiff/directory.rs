//! What a page's directory says (TIFF 6.0, section 8 and the sections on extensions).

use std::io::Cursor;

use tiff::decoder::Decoder;
use tiff::decoder::ifd::Value;
use tiff::tags::{ByteOrder, Tag};
use tiff::{TiffError, TiffFormatError};

use super::chunks::is_known_compression;
use super::{NAME, claims};
use decoding::limits::Limits;
use decoding::profile::Pixels;
use decoding::size::Size;
use decoding::{Error, Result};

/// The most pages that are looked at; a stack of more is cut off by no one's wish.
const MOST_PAGES: usize = 100_000;

/// Numbers that are read of all pages. Pages may say that their fields are one and the same large part of the file: a million
/// numbers for each of 100,000 pages. A stack of 10,000 pages of 500 strips reads 15 % of this.
const MOST_NUMBERS: usize = 1 << 26;

/// What a pixel's first samples are (TIFF 6.0 pages 37, 69, 89, 110; technical note 4 for ICC L*a*b*).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Photometric {
    WhiteIsZero,
    BlackIsZero,
    Rgb,
    Palette,
    Cmyk,
    YCbCr,
    CieLab,
    IccLab,
}

/// What a sample's bits are (TIFF 6.0 page 80).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Unsigned,
    Signed,
    Float,
}

/// What the first sample behind the colours is (TIFF 6.0 page 31).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alpha {
    /// Colours are multiplied by it.
    Associated,
    Unassociated,
}

/// A page as its directory describes it.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) size: Size,
    pub(super) orientation: u16,
    pub(super) icc: Option<Vec<u8>>,
    pub(super) is_big_endian: bool,
    /// Bits of each sample.
    pub(super) bits: u32,
    pub(super) format: Format,
    /// The values of black and white of floating point samples.
    pub(super) range: (f64, f64),
    /// Samples of a pixel.
    pub(super) samples: usize,
    /// Each sample has chunks of its own.
    pub(super) is_planar: bool,
    pub(super) photometric: Photometric,
    pub(super) alpha: Option<Alpha>,
    /// Red, then green, then blue of each index, 65,535 for all of it.
    pub(super) palette: Vec<u16>,
    /// Luma samples for a chroma sample, across and down.
    pub(super) subsampling: (usize, usize),
    pub(super) compression: u16,
    pub(super) predictor: u16,
    pub(super) has_reversed_bits: bool,
    /// Group 3 lines refer to the line before (T4Options, bit 0).
    pub(super) is_fax_of_two_dimensions: bool,
    pub(super) jpeg_tables: Option<Vec<u8>>,
    /// Pixels of a chunk: a tile, or a strip of whole rows, the last of which may have fewer.
    pub(super) chunk: Size,
    pub(super) is_tiled: bool,
    /// Where each chunk's data lies.
    pub(super) places: Vec<(u64, u64)>,
}

impl Page {
    /// What its colour profile would explain.
    pub(super) const fn pixels(&self) -> Pixels {
        match self.photometric {
            Photometric::WhiteIsZero | Photometric::BlackIsZero => Pixels::Grey,
            Photometric::Cmyk => Pixels::Cmyk,
            _ => Pixels::Rgb,
        }
    }

    /// Samples that are colours.
    pub(super) const fn colours(&self) -> usize {
        match self.photometric {
            Photometric::WhiteIsZero | Photometric::BlackIsZero | Photometric::Palette => 1,
            Photometric::Rgb | Photometric::YCbCr | Photometric::CieLab | Photometric::IccLab => 3,
            Photometric::Cmyk => 4,
        }
    }
}

/// A directory that is open.
struct Reader<'a> {
    decoder: Decoder<Cursor<&'a [u8]>>,
    /// Numbers and bytes of fields that were read so far.
    numbers_read: usize,
}

/// Hands over the pages of a file in order, for as long as `goes_on` says so.
pub(super) fn walk(bytes: &[u8], limits: &Limits, mut goes_on: impl FnMut(Page) -> bool) -> Result<()> {
    let mut allowed = tiff::decoder::Limits::default();
    allowed.ifd_value_size = bytes.len();
    allowed.decoding_buffer_size = bytes.len().saturating_mul(size_of::<Value>());
    if claims::are_too_many(bytes) {
        return Err(Error::broken(NAME, &Why("a field has more values than the file has bytes")));
    }
    let decoder = Decoder::new(Cursor::new(bytes)).map_err(|error| to_core(&error))?;
    let mut reader = Reader { decoder: decoder.with_limits(allowed), numbers_read: 0 };
    for index in 0..MOST_PAGES {
        match reader.page(limits) {
            // The lowest bit of NewSubfileType: a smaller copy of another page (TIFF 6.0 page 36).
            Ok(_) if index > 0 && reader.number(254)?.is_some_and(|kind| kind & 1 == 1) => {}
            Ok(page) => {
                if !goes_on(page) {
                    break;
                }
            }
            Err(error) if index == 0 => return Err(error),
            Err(_) => break,
        }
        let is_last = !reader.decoder.more_images() || reader.numbers_read > MOST_NUMBERS;
        if is_last || reader.decoder.next_image().is_err() {
            break;
        }
    }
    Ok(())
}

impl Reader<'_> {
    fn page(&mut self, limits: &Limits) -> Result<Page> {
        let size = Size::new(self.required(256)?, self.required(257)?);
        limits.check_pixels(size)?;
        let compression = self.number(259)?.unwrap_or(1) as u16;
        // Old files of such kinds lack other fields, too.
        if !is_known_compression(compression) {
            return Err(unsupported("its compression is an unusual one"));
        }
        let samples = self.number(277)?.unwrap_or(1) as usize;
        let depths = self.numbers(258)?.unwrap_or_else(|| vec![1]);
        let bits = depths.first().copied().unwrap_or(0);
        if samples == 0 || samples > 32 || depths.iter().any(|&other| other != bits) || !(1..=64).contains(&bits) {
            return Err(unsupported("its samples are not all of one depth of 1 to 64 bits"));
        }
        let photometric = self.photometric()?;
        let (chunk, is_tiled) = self.chunk(size)?;
        let page = Page {
            size,
            orientation: self.number(274)?.unwrap_or(1) as u16,
            icc: self.bytes(Tag::IccProfile),
            is_big_endian: self.decoder.byte_order() == ByteOrder::BigEndian,
            bits: bits as u32,
            format: self.format()?,
            range: (self.real(340)?.unwrap_or(0.0), self.real(341)?.unwrap_or(1.0)),
            samples,
            is_planar: self.number(284)?.unwrap_or(1) == 2 && samples > 1,
            photometric,
            alpha: None,
            palette: self.numbers(320)?.unwrap_or_default().into_iter().map(|value| value as u16).collect(),
            subsampling: match self.numbers(530)?.as_deref() {
                Some(&[across @ (1 | 2 | 4), down @ (1 | 2 | 4)]) => (across as usize, down as usize),
                _ => (2, 2),
            },
            compression,
            predictor: self.number(317)?.unwrap_or(1) as u16,
            has_reversed_bits: self.number(266)?.unwrap_or(1) == 2,
            is_fax_of_two_dimensions: self.number(292)?.is_some_and(|options| options & 1 == 1),
            jpeg_tables: self.bytes(Tag::JPEGTables),
            chunk,
            is_tiled,
            places: self.places(is_tiled)?,
        };
        if page.samples < page.colours() {
            return Err(Error::broken(NAME, &TiffError::FormatError(TiffFormatError::InconsistentSizesEncountered)));
        }
        let alpha = self.alpha(&page)?;
        Ok(Page { alpha, ..page })
    }

    fn photometric(&mut self) -> Result<Photometric> {
        Ok(match self.required(262)? {
            0 => Photometric::WhiteIsZero,
            1 => Photometric::BlackIsZero,
            2 => Photometric::Rgb,
            3 => Photometric::Palette,
            5 => Photometric::Cmyk,
            6 => Photometric::YCbCr,
            8 => Photometric::CieLab,
            9 => Photometric::IccLab,
            _ => return Err(unsupported("its colours are of an unknown kind")),
        })
    }

    fn format(&mut self) -> Result<Format> {
        Ok(match self.numbers(339)?.unwrap_or_default().first() {
            // 4 is "undefined".
            None | Some(1 | 4) => Format::Unsigned,
            Some(2) => Format::Signed,
            Some(3) => Format::Float,
            Some(_) => return Err(unsupported("its samples are complex numbers")),
        })
    }

    fn alpha(&mut self, page: &Page) -> Result<Option<Alpha>> {
        Ok(match (self.numbers(338)?.as_deref(), page.samples.saturating_sub(page.colours())) {
            (_, 0) => None,
            (Some([1, ..]), _) => Some(Alpha::Associated),
            (Some([2, ..]), _) => Some(Alpha::Unassociated),
            // A fourth sample of RGB that nothing is said about is alpha.
            (None, 1) if page.photometric == Photometric::Rgb => Some(Alpha::Unassociated),
            _ => None,
        })
    }

    fn chunk(&mut self, size: Size) -> Result<(Size, bool)> {
        let tile = (self.number(322)?, self.number(323)?);
        let (chunk, is_tiled) = match tile {
            (Some(width), Some(height)) => (Size::new(width as u32, height as u32), true),
            _ => {
                let rows = self.number(278)?.map_or(size.height, |rows| rows.min(u64::from(size.height)) as u32);
                (Size::new(size.width, rows), false)
            }
        };
        let is_sane = chunk.area() > 0 && chunk.width < 1 << 20 && chunk.height < 1 << 20;
        if is_sane { Ok((chunk, is_tiled)) } else { Err(unsupported("its tiles have no pixels")) }
    }

    fn places(&mut self, is_tiled: bool) -> Result<Vec<(u64, u64)>> {
        let (offsets, lengths) = if is_tiled { (324, 325) } else { (273, 279) };
        let offsets = self.numbers(offsets)?.unwrap_or_default();
        // One strip without a length runs to the file's end.
        let lengths = self.numbers(lengths)?.unwrap_or_else(|| vec![u64::MAX; offsets.len()]);
        Ok(offsets.into_iter().zip(lengths).collect())
    }

    fn numbers(&mut self, tag: u16) -> Result<Option<Vec<u64>>> {
        let numbers: Option<Vec<u64>> =
            self.decoder.find_tag_unsigned_vec(Tag::from_u16_exhaustive(tag)).map_err(|error| to_core(&error))?;
        self.numbers_read += numbers.as_ref().map_or(0, Vec::len);
        Ok(numbers)
    }

    fn bytes(&mut self, tag: Tag) -> Option<Vec<u8>> {
        let bytes = self.decoder.find_tag(tag).ok()??.into_u8_vec().ok()?;
        self.numbers_read += bytes.len();
        Some(bytes)
    }

    fn number(&mut self, tag: u16) -> Result<Option<u64>> {
        Ok(self.numbers(tag)?.and_then(|numbers| numbers.first().copied()))
    }

    fn required(&mut self, tag: u16) -> Result<u32> {
        let missing =
            || Error::broken(NAME, &TiffError::FormatError(TiffFormatError::RequiredTagNotFound(Tag::Unknown(tag))));
        self.number(tag)?.and_then(|number| u32::try_from(number).ok()).ok_or_else(missing)
    }

    /// A number of any kind.
    fn real(&mut self, tag: u16) -> Result<Option<f64>> {
        use tiff::decoder::ifd::Value;
        let value = self.decoder.find_tag(Tag::from_u16_exhaustive(tag)).map_err(|error| to_core(&error))?;
        let first = value.map(|value| match value {
            Value::List(values) => values.into_iter().next().unwrap_or(Value::Byte(0)),
            one => one,
        });
        Ok(first.and_then(|value| match value {
            Value::Float(number) => Some(f64::from(number)),
            Value::Double(number) => Some(number),
            other => other.into_i64().ok().map(|number| number as f64),
        }))
    }
}

pub(super) fn unsupported(why: &'static str) -> Error {
    Error::not_decoded(NAME, &Why(why))
}

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Why(pub(super) &'static str);

/// The `tiff` crate's error as framereel's, by who must act.
fn to_core(error: &TiffError) -> Error {
    match error {
        TiffError::UnsupportedError(_) => Error::not_decoded(NAME, error),
        TiffError::LimitsExceeded => Error::Limit("a field of the TIFF is larger than its file; save it again".into()),
        _ => Error::broken(NAME, error),
    }
}
