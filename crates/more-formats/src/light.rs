//! Formats that store light in proportion, OpenEXR and Radiance HDR, as sRGB: as exposed, so that 1.0 is white; what is
//! brighter is clipped. Their primaries are taken as sRGB's, which is what either format means where it names none.

use std::io::Cursor;

use decoding::formats::{EXR, Format};
use decoding::limits::Limits;
use decoding::profile::code_of_light;
use decoding::raster::{Layout, Raster};
use decoding::stills::{allocate, from_image, open, size_of};
use decoding::{Error, Result};
use exr::meta::BlockDescription;
use exr::meta::attribute::Text;
use exr::meta::header::Header;
use image::{ColorType, ImageDecoder};

use crate::{Kind, is};

/// Bytes by which a block of an OpenEXR may be larger than its picture, as tiles are that stand over its edges: a megapixel of RGBA.
const MOST_SPARE_BYTES: u64 = 1 << 24;

/// Decodes an image of 32-bit floating point samples.
pub(crate) fn decode(bytes: &[u8], format: &Format, limits: &Limits) -> Result<Raster> {
    let decoder = open(bytes, limits, format)?;
    let (size, colour) = (size_of(&decoder), decoder.color_type());
    // Twice as deep as the deepest of other formats.
    limits.check_decoded(decoder.total_bytes() / 2)?;
    if is(format, &EXR) {
        check_blocks(bytes, decoder.total_bytes())?;
    }
    let mut samples = allocate(decoder.total_bytes() as usize)?;
    decoder.read_image(&mut samples).map_err(|error| from_image(format.name, error))?;
    match colour {
        ColorType::Rgb32F => {
            let pixels = floats::<3>(&samples).flat_map(|light| light.map(code_of_light)).collect();
            Raster::new(size, Layout::Rgb, pixels)
        }
        ColorType::Rgba32F => Raster::new(size, Layout::Rgba, floats::<4>(&samples).flat_map(straight).collect()),
        other => Err(Error::Internal(format!("{} has samples of kind {other:?}", format.name))),
    }
}

/// Refuses tiles out of all proportion to the picture's `total` bytes: the decoder takes a block's memory before it reads the block,
/// so that a file of a few hundred bytes could ask for gigabytes.
fn check_blocks(bytes: &[u8], total: u64) -> Result<()> {
    let reader = exr::block::read(Cursor::new(bytes), false).map_err(|error| Error::broken(EXR.name, &error))?;
    let largest = reader.headers().iter().map(block_bytes).max();
    if largest.is_some_and(|bytes| bytes > total.saturating_add(MOST_SPARE_BYTES)) {
        return Err(Error::not_decoded(EXR.name, &Kind("its tiles are far larger than the picture")));
    }
    Ok(())
}

/// Bytes of a block before it is compressed, as its header gives them.
fn block_bytes(header: &Header) -> u64 {
    let (width, height) = match header.blocks {
        BlockDescription::Tiles(tiles) => (tiles.tile_size.width(), tiles.tile_size.height()),
        BlockDescription::ScanLines => (header.layer_size.width(), header.compression.scan_lines_per_block()),
    };
    [header.channels.bytes_per_pixel, width, height]
        .iter()
        .fold(1, |product, &side| product.saturating_mul(side as u64))
}

/// Why a sound OpenEXR is not read; nothing where it is broken. The `image` crate's errors do not tell the two apart.
pub(crate) fn unread_kind(bytes: &[u8]) -> Option<&'static str> {
    let headers = match exr::block::read(Cursor::new(bytes), false) {
        Err(exr::error::Error::NotSupported(_)) => return Some("it has a part of an unknown kind"),
        Err(_) => return None,
        Ok(reader) => reader.headers().to_vec(),
    };
    let has_colours = |header: &Header| {
        ["R", "G", "B"].iter().all(|&name| header.channels.find_index_of_channel(&Text::from(name)).is_some())
    };
    let is_read = headers.iter().any(|header| !header.deep && has_colours(header));
    (!is_read).then_some("it has no red, green and blue")
}

/// Pixels of `N` numbers in the machine's byte order, as decoders write them.
fn floats<const N: usize>(samples: &[u8]) -> impl Iterator<Item = [f32; N]> {
    let values = samples.as_chunks::<4>().0.as_chunks::<N>().0;
    values.iter().map(|pixel| pixel.map(f32::from_ne_bytes))
}

/// Light is stored multiplied by alpha (OpenEXR, "Technical Introduction": premultiplied colour channels).
fn straight([red, green, blue, alpha]: [f32; 4]) -> [u8; 4] {
    // Light without alpha is that of a flame: it has no straight colour.
    let by = if alpha > 0.0 && alpha < 1.0 { alpha } else { 1.0 };
    let [red, green, blue] = [red, green, blue].map(|light| code_of_light(light / by));
    [red, green, blue, (alpha * 255.0).round() as u8]
}
