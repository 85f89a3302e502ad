//! PNGs row by row: most are wanted as they are stored, and then no image is there as a whole.

mod rows;
mod scanlines;
mod unfilter;

use std::io::Cursor;

use image::metadata::Orientation;
use png::{BitDepth, ColorType, Decoder, Info, Reader, Transformations};

use decoding::profile::{self, Colours};
use decoding::stills::orientation_of;

use crate::limits::Limits;
use crate::raster::Layout;
use crate::size::Size;
use rows::StoredRows;

/// A PNG whose pixels need no more than to be unpacked, while it is read from top to bottom.
pub struct PlainPng<'a> {
    rows: Rows<'a>,
    layout: Layout,
    size: Size,
}

/// Who reads the rows.
enum Rows<'a> {
    /// framereel: bytes as they are stored.
    Stored(StoredRows<'a>),
    /// The crate: what is to be widened.
    Unpacked(Box<Reader<Cursor<&'a [u8]>>>),
}

impl<'a> PlainPng<'a> {
    /// The PNG that a file is, or nothing where it is for [`decode`](super::decode): it is none, it is broken, interlaced, animated or
    /// to be turned, it has grey or 16-bit samples, its colours are to be converted, or it is over the limits.
    pub fn open(bytes: &'a [u8], limits: &Limits, colours: Colours) -> Option<Self> {
        limits.check_source(bytes.len()).ok()?;
        let most = png::Limits { bytes: usize::try_from(limits.decoded_bytes()).unwrap_or(usize::MAX) };
        let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), most);
        decoder.set_ignore_text_chunk(true);
        decoder.set_transformations(Transformations::EXPAND);
        let reader = decoder.read_info().ok()?;
        let layout = match reader.output_color_type() {
            (ColorType::Rgb, BitDepth::Eight) => Layout::Rgb,
            (ColorType::Rgba, BitDepth::Eight) => Layout::Rgba,
            _ => return None,
        };
        let info = reader.info();
        let size = Size::new(info.width, info.height);
        if !is_plain(info, colours) || limits.check_pixels(size).is_err() {
            return None;
        }
        let rows = if (info.color_type, info.bit_depth) == reader.output_color_type() {
            Rows::Stored(StoredRows::new(bytes, size, layout))
        } else {
            Rows::Unpacked(Box::new(reader))
        };
        Some(Self { rows, layout, size })
    }

    /// Width and height.
    pub fn size(&self) -> Size {
        self.size
    }

    /// What a pixel's bytes are.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// Reads the next row into as many bytes as it has. Nothing where the data are broken or there is no row any more.
    pub fn read_row(&mut self, row: &mut [u8]) -> Option<()> {
        match &mut self.rows {
            Rows::Stored(rows) => rows.read(row),
            Rows::Unpacked(reader) => reader.read_row(row).ok()?.map(|_| ()),
        }
    }

    /// How many rows up to the one that was read last are known to be those above them.
    pub fn repeats(&self) -> usize {
        match &self.rows {
            Rows::Stored(rows) => rows.repeats(),
            Rows::Unpacked(_) => 0,
        }
    }

    /// Reads what follows the rows that were taken. Nothing where it is broken.
    pub fn finish(self) -> Option<()> {
        let mut row = vec![0; self.size.width as usize * self.layout.channels()];
        match self.rows {
            Rows::Stored(rows) => rows.finish(&mut row),
            Rows::Unpacked(mut reader) => {
                while reader.read_row(&mut row).ok()?.is_some() {}
                Some(())
            }
        }
    }
}

fn is_plain(info: &Info<'_>, colours: Colours) -> bool {
    let orientation = info.exif_metadata.as_deref().map_or(Orientation::NoTransforms, orientation_of);
    !info.interlaced
        && info.animation_control.is_none()
        && orientation == Orientation::NoTransforms
        && (colours == Colours::Ignore || profile::of_png_info(info).is_none())
}

#[cfg(test)]
mod tests {
    use png::{Compression, Encoder};

    use super::*;
    use crate::decode::decode;

    const SIZE: Size = Size::new(37, 23);
    const LIMITS: Limits = Limits { max_pixels: 1 << 20, max_bytes: 1 << 20 };

    /// A PNG of noise, with what `more` adds.
    fn file(colour: ColorType, depth: BitDepth, more: impl FnOnce(&mut Info<'_>)) -> Vec<u8> {
        let mut info = Info::with_size(SIZE.width, SIZE.height);
        (info.color_type, info.bit_depth) = (colour, depth);
        more(&mut info);
        let bytes = info.raw_row_length() - 1;
        let mut state = 5_u32;
        let mut noise = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let data: Vec<u8> = (0..bytes * SIZE.height as usize).map(|_| noise()).collect();
        let mut file = Vec::new();
        let mut encoder = Encoder::with_info(&mut file, info).unwrap();
        encoder.set_compression(Compression::Fast);
        encoder.write_header().unwrap().write_image_data(&data).unwrap();
        file
    }

    fn open(file: &[u8]) -> Option<PlainPng<'_>> {
        PlainPng::open(file, &LIMITS, Colours::Convert)
    }

    #[test]
    fn rows_are_those_of_the_image_as_a_whole() {
        let palette: Vec<u8> = (0..16 * 3).map(|at| at * 5).collect();
        let files = [
            file(ColorType::Rgb, BitDepth::Eight, |_| {}),
            file(ColorType::Rgba, BitDepth::Eight, |_| {}),
            file(ColorType::Rgb, BitDepth::Eight, |info| info.trns = Some(vec![0, 1, 0, 2, 0, 3].into())),
            file(ColorType::Indexed, BitDepth::Four, |info| info.palette = Some(palette.clone().into())),
            file(ColorType::Indexed, BitDepth::Four, |info| {
                info.palette = Some(palette.clone().into());
                info.trns = Some(vec![0, 128, 255].into());
            }),
        ];
        for (at, file) in files.iter().enumerate() {
            let whole = decode(file, &LIMITS).unwrap();
            let mut png = open(file).unwrap_or_else(|| panic!("file {at} is plain"));
            assert_eq!((png.size(), png.layout()), (whole.size, whole.layout), "file {at}");
            for row in whole.pixels.chunks(whole.stride()) {
                let mut own = vec![0; whole.stride()];
                png.read_row(&mut own).unwrap();
                assert!(own == row, "file {at}");
            }
            assert!(png.finish().is_some(), "file {at}");
        }
    }

    #[test]
    fn what_needs_more_than_unpacking_is_not_plain() {
        let turned = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let rgb = |more: fn(&mut Info<'_>)| file(ColorType::Rgb, BitDepth::Eight, more);
        assert!(open(&file(ColorType::Grayscale, BitDepth::Eight, |_| {})).is_none(), "grey");
        assert!(open(&file(ColorType::Rgb, BitDepth::Sixteen, |_| {})).is_none(), "16 bits");
        assert!(
            open(&file(ColorType::Rgb, BitDepth::Eight, |info| info.exif_metadata = Some(turned[..].into()))).is_none()
        );
        let linear = rgb(|info| info.source_gamma = Some(png::ScaledFloat::new(1.0)));
        assert!(open(&linear).is_none(), "a gamma of its own");
        assert!(PlainPng::open(&linear, &LIMITS, Colours::Ignore).is_some(), "which is not asked for");
        assert!(open(b"\xFF\xD8\xFF").is_none(), "no PNG");
    }

    #[test]
    fn data_that_are_cut_off_or_broken_are_told_before_the_end() {
        let whole = file(ColorType::Rgb, BitDepth::Eight, |_| {});
        let reads = |file: &[u8]| {
            let mut png = open(file)?;
            let mut row = vec![0; SIZE.width as usize * 3];
            (0..SIZE.height).try_for_each(|_| png.read_row(&mut row))?;
            png.finish()
        };
        assert!(reads(&whole).is_some());
        assert!(reads(&whole[..whole.len() / 2]).is_none());
        let mut broken = whole.clone();
        let middle = broken.len() / 2;
        broken[middle] ^= 0x55;
        assert!(reads(&broken).is_none());
    }
}
