//! From an image file's bytes to an upright [`Raster`]: format by content, limits before decoding, EXIF orientation
//! applied, every bit depth brought to 8.

mod animation;
mod bmp;
mod format;
mod ico;
mod jpeg;
mod narrow;
mod profile;
mod tiff;

use std::borrow::Cow;
use std::io::Cursor;

use image::error::{ImageError, LimitErrorKind};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, metadata::Orientation};

pub use animation::{decode_frames, decode_frames_with};
pub use jpeg::PlainJpeg;
pub use profile::Colours;

use profile::Conversion;

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
    let format = format::recognise(bytes)?;
    let stored = match format {
        ImageFormat::Jpeg => return jpeg::probe(bytes, limits),
        ImageFormat::Gif => animation::gif_size(bytes, limits)?,
        ImageFormat::Ico => probe(&ico::best(bytes)?.file, limits)?.size,
        ImageFormat::Tiff => return probe_tiff(bytes, limits),
        _ => size_of(&open(bytes, limits, format)?),
    };
    let size = if swaps_sides(orientation(bytes, limits)?) { Size::new(stored.height, stored.width) } else { stored };
    let name = format.extensions_str().first().copied().unwrap_or("image");
    Ok(ImageInfo { size, format: name, frame_durations: animation::frame_durations(bytes, format) })
}

fn probe_tiff(bytes: &[u8], limits: &Limits) -> Result<ImageInfo> {
    let pages = tiff::pages(bytes, limits)?;
    let frame_durations = (pages.len() > 1).then(|| vec![animation::UNSET_DELAY; pages.len()]);
    Ok(ImageInfo { size: tiff::upright_size(&pages[0]), format: "tiff", frame_durations })
}

/// Decodes an image file to sRGB; of an animation, the first frame.
///
/// # Errors
/// [`Error::UnsupportedImage`], [`Error::CorruptImage`] (also where the file is cut off), or [`Error::Limit`] where the
/// image is larger than allowed or than memory holds.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Raster> {
    decode_with(bytes, limits, Colours::default())
}

/// The same, with a word on what becomes of colours that are not sRGB's.
///
/// # Errors
/// Those of [`decode`]. A broken colour profile is none.
pub fn decode_with(bytes: &[u8], limits: &Limits, colours: Colours) -> Result<Raster> {
    limits.check_source(bytes.len())?;
    let format = format::recognise(bytes)?;
    let mut raster = match format {
        ImageFormat::Jpeg => return jpeg::decode(bytes, limits, colours),
        ImageFormat::Tiff => {
            let pages = tiff::pages(bytes, limits)?;
            return tiff::decode(bytes, &pages[0], limits, colours);
        }
        ImageFormat::Ico => {
            let icon = ico::best(bytes)?;
            let mut raster = decode_with(&icon.file, limits, colours)?;
            icon.mask(&mut raster, limits)?;
            return Ok(raster);
        }
        _ => match animation::first_frame(bytes, limits)? {
            Some(first) => first,
            None => decode_still(bytes, limits, format)?,
        },
    };
    if let Some(conversion) = conversion(bytes, limits, colours) {
        conversion.apply(&mut raster);
    }
    turned(raster, orientation(bytes, limits)?)
}

/// A still image, as it is stored.
fn decode_still(bytes: &[u8], limits: &Limits, format: ImageFormat) -> Result<Raster> {
    let decoder = open(bytes, limits, format)?;
    let size = size_of(&decoder);
    let colour = decoder.color_type();
    let mut pixels = allocate(limits.check_decoded(decoder.total_bytes())?)?;
    decoder.read_image(&mut pixels).map_err(|error| from_image(format, error))?;
    narrow::to_8_bits(&mut pixels, colour)?;
    if format == ImageFormat::Bmp && colour.has_alpha() {
        bmp::mend_alpha(&mut pixels);
    }
    widened(size, usize::from(colour.channel_count()), pixels)
}

/// How a file says that it is to be turned.
fn orientation(bytes: &[u8], limits: &Limits) -> Result<Orientation> {
    let format = format::recognise(bytes)?;
    let from_exif = |exif: Option<Vec<u8>>| {
        let exif = exif.as_deref().map(|exif| exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
        exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
    };
    match format {
        ImageFormat::Png | ImageFormat::WebP => {
            let exif = open(bytes, limits, format)?.exif_metadata();
            exif.map(from_exif).map_err(|error| from_image(format, error))
        }
        _ => Ok(Orientation::NoTransforms),
    }
}

/// How a file's colours come to sRGB; nothing where they are sRGB's, are to be taken for that, or no one knows.
fn conversion(bytes: &[u8], limits: &Limits, colours: Colours) -> Option<Conversion> {
    if colours == Colours::Ignore {
        return None;
    }
    match format::recognise(bytes).ok()? {
        ImageFormat::Png => profile::of_png(bytes),
        ImageFormat::Gif => profile::of_icc(&animation::gif_profile(bytes, limits)?, profile::Pixels::Rgb),
        ImageFormat::WebP => {
            let (_, profile) = animation::webp_chunks(bytes).find(|(kind, _)| kind == b"ICCP")?;
            profile::of_icc(profile, profile::Pixels::Rgb)
        }
        _ => None,
    }
}

/// A decoder whose header is read and whose size is within the limits.
fn open<'a>(bytes: &'a [u8], limits: &Limits, format: ImageFormat) -> Result<impl ImageDecoder + 'a> {
    // The decoder calls a BMP of more than 65,535 pixels a side one of an unknown kind.
    if let Some(size) = (format == ImageFormat::Bmp).then(|| bmp::stated_size(bytes)).flatten() {
        limits.check_pixels(size)?;
    }
    let bytes = if format == ImageFormat::Bmp { bmp::mended(bytes) } else { Cow::Borrowed(bytes) };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(decoder_limits(limits));
    let decoder = reader.into_decoder().map_err(|error| from_image(format, error))?;
    limits.check_pixels(size_of(&decoder))?;
    Ok(decoder)
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
        Error::OutOfMemory(format!(
            "no memory is left for the {bytes} bytes of the decoded image; scale the image down"
        ))
    })?;
    pixels.resize(bytes, 0);
    Ok(pixels)
}

const fn swaps_sides(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate90FlipH | Rotate270 | Rotate270FlipH)
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

/// The raster upright; one that is so is not copied.
fn turned(raster: Raster, orientation: Orientation) -> Result<Raster> {
    if orientation == Orientation::NoTransforms {
        return Ok(raster);
    }
    let Size { width, height } = raster.size;
    let image = match raster.layout {
        Layout::Rgb => image::RgbImage::from_raw(width, height, raster.pixels).map(DynamicImage::ImageRgb8),
        Layout::Rgba => image::RgbaImage::from_raw(width, height, raster.pixels).map(DynamicImage::ImageRgba8),
    };
    let mut image = image.ok_or_else(|| Error::Internal(format!("decoded pixels do not fill {}", raster.size)))?;
    image.apply_orientation(orientation);
    Raster::new(Size::new(image.width(), image.height()), raster.layout, image.into_bytes())
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
        ImageError::Decoding(error) => broken(name, &error),
        ImageError::IoError(error) => broken(name, &error),
        // Decoders refuse numbers of the file's in these words, too.
        ImageError::Parameter(error) => broken(name, &error),
        ImageError::Encoding(error) => broken(name, &error),
    }
}

fn broken(name: &str, cause: &dyn std::error::Error) -> Error {
    Error::CorruptImage(format!("the {name} is broken or cut off ({cause}); save or download it again"))
}

fn not_decoded(name: &str, cause: &dyn std::error::Error) -> Error {
    Error::UnsupportedImage(format!("this kind of {name} is not decoded here ({cause}); convert it to PNG or JPEG"))
}
