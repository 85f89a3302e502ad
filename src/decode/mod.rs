//! From an image file's bytes to an upright [`Raster`]: format by content, limits before decoding, EXIF orientation
//! applied, every bit depth brought to 8.

mod delays;
mod format;
mod frames;
mod jpeg;
mod narrow;

use std::io::Cursor;

use image::error::{ImageError, LimitErrorKind};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, metadata::Orientation};

pub use frames::decode_frames;
pub use jpeg::PlainJpeg;

use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::raster::{Layout, Raster};
use crate::size::Size;

/// What an image file's header tells.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageInfo {
    /// Width and height, after EXIF orientation.
    pub size: Size,
    /// The format's file name extension, such as `png`.
    pub format: &'static str,
    /// Seconds that each frame is shown, for an animation of more than one frame.
    pub frame_durations: Option<Vec<f64>>,
}

/// Reads an image file's header.
///
/// # Errors
/// [`Error::UnsupportedImage`], [`Error::CorruptImage`], or [`Error::Limit`] where the image is larger than allowed.
pub fn probe(bytes: &[u8], limits: &Limits) -> Result<ImageInfo> {
    limits.check_source(bytes.len())?;
    if format::recognise(bytes)? == ImageFormat::Jpeg {
        return jpeg::probe(bytes, limits);
    }
    let (format, mut decoder) = open(bytes, limits)?;
    let stored = size_of(&decoder);
    let size = if swaps_sides(decoder.orientation().map_err(|error| from_image(format, error))?) {
        Size::new(stored.height, stored.width)
    } else {
        stored
    };
    let name = format.extensions_str().first().copied().unwrap_or("image");
    Ok(ImageInfo { size, format: name, frame_durations: delays::frame_durations(bytes, format) })
}

/// Decodes an image file; of an animation, the first frame.
///
/// # Errors
/// [`Error::UnsupportedImage`], [`Error::CorruptImage`] (also where the file is cut off), or [`Error::Limit`] where the
/// image is larger than allowed or than memory holds.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Raster> {
    limits.check_source(bytes.len())?;
    if format::recognise(bytes)? == ImageFormat::Jpeg {
        return jpeg::decode(bytes, limits);
    }
    let (format, mut decoder) = open(bytes, limits)?;
    let size = size_of(&decoder);
    let colour = decoder.color_type();
    let orientation = decoder.orientation().map_err(|error| from_image(format, error))?;
    let mut pixels = allocate(limits.check_decoded(decoder.total_bytes())?)?;
    decoder.read_image(&mut pixels).map_err(|error| from_image(format, error))?;
    narrow::to_8_bits(&mut pixels, colour)?;
    upright(size, usize::from(colour.channel_count()), pixels, orientation)
}

/// A decoder whose header is read and whose size is within the limits.
fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<(ImageFormat, impl ImageDecoder + 'a)> {
    limits.check_source(bytes.len())?;
    let format = format::recognise(bytes)?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(decoder_limits(limits));
    let decoder = reader.into_decoder().map_err(|error| from_image(format, error))?;
    limits.check_pixels(size_of(&decoder))?;
    Ok((format, decoder))
}

fn size_of(decoder: &impl ImageDecoder) -> Size {
    let (width, height) = decoder.dimensions();
    Size::new(width, height)
}

/// What the `image` crate's decoders may allocate of their own accord: as much again as the pixels.
fn decoder_limits(limits: &Limits) -> image::Limits {
    let mut allowed = image::Limits::no_limits();
    allowed.max_alloc = Some(limits.decoded_bytes().saturating_mul(2));
    allowed
}

fn allocate(bytes: usize) -> Result<Vec<u8>> {
    let mut pixels = Vec::new();
    pixels.try_reserve_exact(bytes).map_err(|_| {
        Error::Limit(format!("no memory is left for the {bytes} bytes of the decoded image; scale the image down"))
    })?;
    pixels.resize(bytes, 0);
    Ok(pixels)
}

const fn swaps_sides(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate90FlipH | Rotate270 | Rotate270FlipH)
}

/// Turns 8-bit pixels of 1 to 4 channels upright and makes them RGB or RGBA. RGB and RGBA that is upright is not copied.
fn upright(size: Size, channels: usize, pixels: Vec<u8>, orientation: Orientation) -> Result<Raster> {
    let (width, height) = (size.width, size.height);
    let image = match channels {
        1 => image::GrayImage::from_raw(width, height, pixels).map(DynamicImage::ImageLuma8),
        2 => image::GrayAlphaImage::from_raw(width, height, pixels).map(DynamicImage::ImageLumaA8),
        3 => image::RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8),
        _ => image::RgbaImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgba8),
    };
    let mut image = image.ok_or_else(|| Error::Internal(format!("decoded pixels do not fill {size}")))?;
    image.apply_orientation(orientation);
    let size = Size::new(image.width(), image.height());
    if image.color().has_alpha() {
        Raster::new(size, Layout::Rgba, image.into_rgba8().into_raw())
    } else {
        Raster::new(size, Layout::Rgb, image.into_rgb8().into_raw())
    }
}

/// The `image` crate's error as framereel's, by who must act.
fn from_image(format: ImageFormat, error: ImageError) -> Error {
    let name = format::name(format);
    match error {
        ImageError::Unsupported(error) => not_decoded(name, &error),
        ImageError::Limits(error) if matches!(error.kind(), LimitErrorKind::InsufficientMemory) => {
            Error::Limit(format!("the {name} needs more memory than limits.maxPixels allows; scale the image down"))
        }
        ImageError::Limits(error) => Error::Limit(format!("the {name} is too large ({error}); scale the image down")),
        // The `image` crate calls icons wrong that only hold another kind of picture than it expects.
        ImageError::Decoding(error) if format == ImageFormat::Ico => not_decoded(name, &error),
        ImageError::Decoding(error) => broken(name, &error),
        ImageError::IoError(error) => broken(name, &error),
        ImageError::Parameter(error) => Error::Internal(format!("decoding {name}: {error}")),
        ImageError::Encoding(error) => Error::Internal(format!("decoding {name}: {error}")),
    }
}

fn broken(name: &str, cause: &dyn std::error::Error) -> Error {
    Error::CorruptImage(format!("the {name} is broken or cut off ({cause}); save or download it again"))
}

fn not_decoded(name: &str, cause: &dyn std::error::Error) -> Error {
    Error::UnsupportedImage(format!("this kind of {name} is not decoded here ({cause}); convert it to PNG or JPEG"))
}
