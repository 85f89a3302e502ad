//! Strips and tiles: their bytes, decompressed, and their samples at their place in the image.

use std::io::Read;

use jpeg_planes::ColourModel;

use super::NAME;
use super::directory::{Page, Photometric, Why, unsupported};
use super::fax::{self, Fax};
use super::samples::{Codes, is_known, undo_predictor};
use decoding::limits::Limits;
use decoding::size::Size;
use decoding::stills::allocate;
use decoding::{Error, Result};

/// Values of the compression field (TIFF 6.0 page 30 and its technical notes).
const NONE: u16 = 1;
const FAX_PLAIN: u16 = 2;
const FAX_3: u16 = 3;
const FAX_4: u16 = 4;
const LZW: u16 = 5;
const JPEG: u16 = 7;
const DEFLATE: u16 = 8;
const OLD_DEFLATE: u16 = 32_946;
const PACK_BITS: u16 = 32_773;
const ZSTANDARD: u16 = 50_000;

/// Whether this kind of compression is read.
pub(super) const fn is_known_compression(kind: u16) -> bool {
    matches!(kind, NONE | FAX_PLAIN | FAX_3 | FAX_4 | LZW | JPEG | DEFLATE | OLD_DEFLATE | PACK_BITS | ZSTANDARD)
}

/// Pixels a side of the largest unit that JPEGs are coded in and padded to (ITU-T T.81 A.2.3, four blocks of 8).
const JPEG_UNIT: u32 = 32;

/// All samples of a page, 8 bits each, interleaved. Those of JPEG's YCbCr are RGB.
pub(super) fn read(bytes: &[u8], page: &Page, limits: &Limits) -> Result<Vec<u8>> {
    let (width, height) = (page.size.width as usize, page.size.height as usize);
    let (across, down) = (page.size.width.div_ceil(page.chunk.width), page.size.height.div_ceil(page.chunk.height));
    limits.check_decoded(padded_pixels(page).saturating_mul(page.samples as u64))?;
    let mut samples = allocate(width * height * page.samples)?;
    let has_ycbcr_units = page.photometric == Photometric::YCbCr && page.compression != JPEG;
    if !is_known(page) || (has_ycbcr_units && (page.is_planar || page.bits != 8)) {
        return Err(unsupported("its samples are of an unusual kind"));
    }
    let per_plane = across as usize * down as usize;
    let planes = if page.is_planar { page.samples } else { 1 };
    if page.places.len() < per_plane * planes {
        return Err(cut_off());
    }
    for (index, &(offset, length)) in page.places[..per_plane * planes].iter().enumerate() {
        let (plane, place) = (index / per_plane, index % per_plane);
        let left = place % across as usize * page.chunk.width as usize;
        let top = place / across as usize * page.chunk.height as usize;
        let start = usize::try_from(offset).ok().filter(|&start| start < bytes.len()).ok_or_else(cut_off)?;
        let end = usize::try_from(offset.saturating_add(length)).map_or(bytes.len(), |end| end.min(bytes.len()));
        let chunk = Chunk {
            page,
            data: &bytes[start..end],
            width: page.chunk.width as usize,
            // Tiles are whole, strips end with the image.
            height: if page.is_tiled {
                page.chunk.height as usize
            } else {
                (page.chunk.height as usize).min(height - top)
            },
            samples: if page.is_planar { 1 } else { page.samples },
        };
        let mut put = |x: usize, y: usize, sample: usize, code: u8| {
            if left + x < width && top + y < height && plane + sample < page.samples {
                samples[((top + y) * width + left + x) * page.samples + plane + sample] = code;
            }
        };
        // A tile may be far larger than the image.
        limits.check_decoded(chunk.row_bytes() as u64 * chunk.height as u64)?;
        match page.compression {
            JPEG => chunk.put_jpeg(&mut put)?,
            _ if has_ycbcr_units => chunk.put_ycbcr(&chunk.decompressed(chunk.ycbcr_bytes())?, &mut put),
            _ => chunk.put_rows(chunk.decompressed(chunk.row_bytes() * chunk.height)?, &mut put),
        }
    }
    Ok(samples)
}

/// Pixels of all chunks, what hangs over the image's edges among them: all of it is decompressed. A thousand tiles of a pixel's
/// width in the image may each be a gigabyte.
fn padded_pixels(page: &Page) -> u64 {
    let padded = |side: u32, chunk: u32| u64::from(side.div_ceil(chunk)) * u64::from(chunk);
    padded(page.size.width, page.chunk.width).saturating_mul(padded(page.size.height, page.chunk.height))
}

struct Chunk<'a> {
    page: &'a Page,
    data: &'a [u8],
    width: usize,
    height: usize,
    /// Samples of a pixel that are in the chunk.
    samples: usize,
}

impl Chunk<'_> {
    fn row_bytes(&self) -> usize {
        (self.width * self.samples * self.page.bits as usize).div_ceil(8)
    }

    fn put_rows(&self, mut bytes: Vec<u8>, put: &mut impl FnMut(usize, usize, usize, u8)) {
        let codes = Codes::new(self.page);
        for (y, row) in bytes.chunks_exact_mut(self.row_bytes()).take(self.height).enumerate() {
            undo_predictor(self.page, self.samples, row);
            codes.of_row(row, self.width * self.samples, |at, code| put(at / self.samples, y, at % self.samples, code));
        }
    }

    /// Units of luma samples with one sample of either chroma (TIFF 6.0 section 21).
    fn ycbcr_bytes(&self) -> usize {
        let (across, down) = self.page.subsampling;
        self.width.div_ceil(across) * self.height.div_ceil(down) * (across * down + 2)
    }

    fn put_ycbcr(&self, bytes: &[u8], put: &mut impl FnMut(usize, usize, usize, u8)) {
        let (across, down) = self.page.subsampling;
        let units = self.width.div_ceil(across);
        for (index, unit) in bytes.chunks_exact(across * down + 2).enumerate() {
            let (left, top) = (index % units * across, index / units * down);
            for (at, &luma) in unit[..across * down].iter().enumerate() {
                let (x, y) = (left + at % across, top + at / across);
                put(x, y, 0, luma);
                put(x, y, 1, unit[across * down]);
                put(x, y, 2, unit[across * down + 1]);
            }
        }
    }

    /// A JPEG file, whose tables may stand in the directory (technical note 2).
    fn put_jpeg(&self, put: &mut impl FnMut(usize, usize, usize, u8)) -> Result<()> {
        let file = match &self.page.jpeg_tables {
            // Without the tables' end marker and the data's start marker.
            Some(tables) if tables.len() > 4 && self.data.len() > 2 => {
                [&tables[..tables.len() - 2], &self.data[2..]].concat()
            }
            _ => self.data.to_vec(),
        };
        let mut decoder = jpeg_planes::Decoder::default();
        // Up to whole blocks of samples more than the chunk has; a file could have one large JPEG decoded for every row.
        let most = |side: u32| side.next_multiple_of(JPEG_UNIT);
        let Size { width, height } = self.page.chunk;
        let is_allowed = |info: &jpeg_planes::Info<'_>| info.width <= most(width) && info.height <= most(height);
        let image = decoder.decode(&file, is_allowed).map_err(|error| match error {
            jpeg_planes::Error::Declined => {
                Error::broken(NAME, &Why("a JPEG in it is larger than its part of the image"))
            }
            error => Error::broken(NAME, &error),
        })?;
        // The directory says what the components are, not the JPEG.
        image.colour = match (image.components.len(), self.page.photometric) {
            (1, _) => ColourModel::Grey,
            (3, Photometric::YCbCr) => ColourModel::YCbCr,
            (3, _) => ColourModel::Rgb,
            (4, Photometric::Cmyk) => ColourModel::Cmyk,
            _ => return Err(unsupported("its JPEG has an unusual number of components")),
        };
        let components = image.components.len();
        let mut pixels = Vec::new();
        let inks = image.to_cmyk(&mut pixels).map_err(|error| Error::broken(NAME, &error))?;
        if inks.is_none() {
            image.to_rgb(&mut pixels).map_err(|error| Error::broken(NAME, &error))?;
        }
        for (at, pixel) in pixels.chunks_exact(components.max(3)).enumerate() {
            let (x, y) = (at % image.width as usize, at / image.width as usize);
            for (sample, &code) in pixel.iter().take(components).enumerate() {
                put(x, y, sample, code);
            }
        }
        Ok(())
    }

    /// At least `wanted` bytes.
    fn decompressed(&self, wanted: usize) -> Result<Vec<u8>> {
        let reversed;
        let data = if self.page.has_reversed_bits {
            reversed = self.data.iter().map(|byte| byte.reverse_bits()).collect::<Vec<u8>>();
            reversed.as_slice()
        } else {
            self.data
        };
        let bytes = match self.page.compression {
            NONE => data.get(..wanted).unwrap_or(data).to_vec(),
            LZW => lzw(data, wanted)?,
            DEFLATE | OLD_DEFLATE => {
                let mut bytes = Vec::new();
                // What stands before a fault is kept; whether it is enough is asked below.
                let _ = flate2::read::ZlibDecoder::new(data).take(wanted as u64).read_to_end(&mut bytes);
                bytes
            }
            ZSTANDARD => zstandard(data, wanted),
            PACK_BITS => unpack(data, wanted),
            FAX_PLAIN => self.fax(data, Fax::Plain)?,
            FAX_3 => self.fax(data, Fax::Group3 { is_two_dimensional: self.page.is_fax_of_two_dimensions })?,
            FAX_4 => self.fax(data, Fax::Group4)?,
            _ => return Err(unsupported("its compression is an unusual one")),
        };
        if bytes.len() < wanted { Err(cut_off()) } else { Ok(bytes) }
    }

    fn fax(&self, data: &[u8], fax: Fax) -> Result<Vec<u8>> {
        let width = u16::try_from(self.width * self.samples).map_err(|_| unsupported("its fax rows are too long"))?;
        Ok(fax::decode(data, fax, width, self.height))
    }
}

/// RFC 8878. What stands before a fault is kept.
fn zstandard(data: &[u8], wanted: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Ok(decoder) = ruzstd::decoding::StreamingDecoder::new(data) {
        let _ = decoder.take(wanted as u64).read_to_end(&mut bytes);
    }
    bytes
}

fn lzw(data: &[u8], wanted: usize) -> Result<Vec<u8>> {
    let mut bytes = allocate(wanted)?;
    // Before revision 6.0, codes had their lowest bit first and grew one code later. All data begin with code 256, of 9 bits.
    let mut decoder = match data {
        [0, second, ..] if second & 1 == 1 => weezl::decode::Decoder::new(weezl::BitOrder::Lsb, 8),
        _ => weezl::decode::Decoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8),
    };
    let (mut read, mut written) = (0, 0);
    while written < wanted {
        let step = decoder.decode_bytes(&data[read..], &mut bytes[written..]);
        read += step.consumed_in;
        written += step.consumed_out;
        if !matches!(step.status, Ok(weezl::LzwStatus::Ok)) || (step.consumed_in == 0 && step.consumed_out == 0) {
            break;
        }
    }
    bytes.truncate(written);
    Ok(bytes)
}

/// Runs of bytes, and bytes as they are (TIFF 6.0 section 9).
fn unpack(data: &[u8], wanted: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = data;
    while let Some((&head, after)) = rest.split_first() {
        if bytes.len() >= wanted {
            break;
        }
        let head = head as i8;
        rest = match head {
            -128 => after,
            0.. => {
                let (run, after) = after.split_at((head as usize + 1).min(after.len()));
                bytes.extend_from_slice(run);
                after
            }
            _ => {
                let Some((&byte, after)) = after.split_first() else { break };
                bytes.resize(bytes.len() + usize::from(head.unsigned_abs()) + 1, byte);
                after
            }
        };
    }
    bytes
}

fn cut_off() -> Error {
    Error::broken(NAME, &Why("it ends before its last pixel"))
}
