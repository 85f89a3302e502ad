//! Still images by the decoders of the `image` crate, within limits and with framereel's errors.

use std::io::Cursor;

use image::error::{ImageError, LimitErrorKind};
use image::{ImageDecoder, ImageReader, metadata::Orientation};

use crate::error::{Error, Result};
use crate::formats::Format;
use crate::limits::Limits;
use crate::narrow::to_8_bits;
use crate::raster::{Layout, Raster};
use crate::size::Size;

/// A decoder whose header is read and whose size is within the limits.
///
/// # Errors
/// [`Error::CorruptImage`], [`Error::UnsupportedImage`] or [`Error::Limit`].
pub fn open<'a>(bytes: &'a [u8], limits: &Limits, format: &Format) -> Result<impl ImageDecoder + 'a> {
    let decoded = format.image.ok_or_else(|| Error::Internal(format!("the image crate knows no {}", format.name)))?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), decoded);
    reader.limits(decoder_limits(limits));
    let decoder = reader.into_decoder().map_err(|error| from_image(format.name, error))?;
    limits.check_pixels(size_of(&decoder))?;
    Ok(decoder)
}

/// Decodes a still image as it is stored: neither turned nor converted to sRGB.
///
/// # Errors
/// Those of [`open`].
pub fn decode(bytes: &[u8], limits: &Limits, format: &Format) -> Result<Raster> {
    let decoder = open(bytes, limits, format)?;
    let size = size_of(&decoder);
    let colour = decoder.color_type();
    let mut pixels = allocate(limits.check_decoded(decoder.total_bytes())?)?;
    decoder.read_image(&mut pixels).map_err(|error| from_image(format.name, error))?;
    to_8_bits(&mut pixels, colour)?;
    widened(size, usize::from(colour.channel_count()), pixels)
}

/// How a file's EXIF data says that it is to be turned; as it is where there are none.
///
/// # Errors
/// Those of [`open`].
pub fn orientation(bytes: &[u8], limits: &Limits, format: &Format) -> Result<Orientation> {
    let exif = open(bytes, limits, format)?.exif_metadata().map_err(|error| from_image(format.name, error))?;
    Ok(exif.as_deref().map_or(Orientation::NoTransforms, orientation_of))
}

/// The same from the EXIF data, which some begin with a JPEG's name for them.
pub fn orientation_of(exif: &[u8]) -> Orientation {
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    Orientation::from_exif_chunk(exif).unwrap_or(Orientation::NoTransforms)
}

/// Width and height as they are stored.
pub fn size_of(decoder: &impl ImageDecoder) -> Size {
    let (width, height) = decoder.dimensions();
    Size::new(width, height)
}

/// What the `image` crate's decoders may allocate of their own accord: as much again as the pixels.
pub fn decoder_limits(limits: &Limits) -> image::Limits {
    let mut allowed = image::Limits::no_limits();
    allowed.max_alloc = Some(limits.decoded_bytes().saturating_mul(2));
    allowed
}

/// Zeros for decoded pixels.
///
/// # Errors
/// [`Error::OutOfMemory`].
pub fn allocate(bytes: usize) -> Result<Vec<u8>> {
    let mut pixels = Vec::new();
    pixels.try_reserve_exact(bytes).map_err(|_| {
        Error::OutOfMemory(format!(
            "no memory is left for the {bytes} bytes of the decoded image; scale the image down"
        ))
    })?;
    pixels.resize(bytes, 0);
    Ok(pixels)
}

/// 8-bit pixels of 1 to 4 channels as RGB or RGBA. RGB and RGBA are not copied.
fn widened(size: Size, channels: usize, pixels: Vec<u8>) -> Result<Raster> {
    match channels {
        1 => Raster::new(size, Layout::Rgb, pixels.into_iter().flat_map(|grey| [grey; 3]).collect()),
        2 => {
            let pixels = pixels.as_chunks::<2>().0.iter();
            Raster::new(size, Layout::Rgba, pixels.flat_map(|&[grey, alpha]| [grey, grey, grey, alpha]).collect())
        }
        3 => Raster::new(size, Layout::Rgb, pixels),
        _ => Raster::new(size, Layout::Rgba, pixels),
    }
}

/// The `image` crate's error as framereel's, by who must act.
pub fn from_image(name: &str, error: ImageError) -> Error {
    match error {
        ImageError::Unsupported(error) => Error::not_decoded(name, &error),
        ImageError::Limits(error) if matches!(error.kind(), LimitErrorKind::InsufficientMemory) => {
            Error::Limit(format!("the {name} needs more memory than limits.maxPixels allows; scale the image down"))
        }
        ImageError::Limits(error) => Error::Limit(format!("the {name} is too large ({error}); scale the image down")),
        ImageError::Decoding(error) => Error::broken(name, &error),
        ImageError::IoError(error) => Error::broken(name, &error),
        // Decoders refuse numbers of the file's in these words, too.
        ImageError::Parameter(error) => Error::broken(name, &error),
        ImageError::Encoding(error) => Error::broken(name, &error),
    }
}
