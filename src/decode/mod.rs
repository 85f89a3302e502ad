//! From an image file's bytes to an upright [`Raster`]: format by content, limits before decoding, EXIF orientation
//! applied, every bit depth brought to 8. Formats that are rare on the web are the business of the crates `more-formats`
//! and `heic`, which JavaScript loads when it meets the first such file.

mod animation;
mod format;
mod jpeg;
mod png;

use image::ImageFormat;
use image::metadata::Orientation;

pub use animation::{decode_frames, decode_frames_with};
pub use decoding::ImageInfo;
pub use decoding::profile::Colours;
pub use jpeg::PlainJpeg;
pub use png::PlainPng;

use decoding::profile::{self, Conversion};
use decoding::stills::{self, size_of};
use decoding::turning::{turned, upright_size};

use crate::error::Result;
use crate::limits::Limits;
use crate::raster::Raster;

/// Reads an image file's header.
///
/// # Errors
/// [`Error::UnsupportedImage`](crate::Error), [`Error::CorruptImage`](crate::Error), or [`Error::Limit`](crate::Error)
/// where the image is larger than allowed.
pub fn probe(bytes: &[u8], limits: &Limits) -> Result<ImageInfo> {
    limits.check_source(bytes.len())?;
    let format = format::recognise(bytes)?;
    let stored = match format.image {
        Some(ImageFormat::Jpeg) => return jpeg::probe(bytes, limits),
        Some(ImageFormat::Gif) => animation::gif_size(bytes, limits)?,
        _ => size_of(&stills::open(bytes, limits, format)?),
    };
    let size = upright_size(stored, orientation(bytes, limits)?);
    Ok(ImageInfo { size, format: format.extensions[0], frame_durations: animation::frame_durations(bytes, format) })
}

/// Decodes an image file to sRGB; of an animation, the first frame.
///
/// # Errors
/// [`Error::UnsupportedImage`](crate::Error), [`Error::CorruptImage`](crate::Error) (also where the file is cut off), or
/// [`Error::Limit`](crate::Error) where the image is larger than allowed or than memory holds.
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
    let mut raster = match format.image {
        Some(ImageFormat::Jpeg) => return jpeg::decode(bytes, limits, colours),
        _ => match animation::first_frame(bytes, limits)? {
            Some(first) => first,
            None => stills::decode(bytes, limits, format)?,
        },
    };
    if let Some(conversion) = conversion(bytes, limits, colours) {
        conversion.apply(&mut raster);
    }
    turned(raster, orientation(bytes, limits)?)
}

/// How a file says that it is to be turned.
fn orientation(bytes: &[u8], limits: &Limits) -> Result<Orientation> {
    let format = format::recognise(bytes)?;
    match format.image {
        Some(ImageFormat::Png) => stills::orientation(bytes, limits, format),
        Some(ImageFormat::WebP) => {
            // What frames are taken from is no whole file for the crate: here it looks at all of it.
            stills::open(bytes, limits, format)?;
            animation::webp_orientation(bytes)
        }
        _ => Ok(Orientation::NoTransforms),
    }
}

/// How a file's colours come to sRGB; nothing where they are sRGB's, are to be taken for that, or no one knows.
fn conversion(bytes: &[u8], limits: &Limits, colours: Colours) -> Option<Conversion> {
    if colours == Colours::Ignore {
        return None;
    }
    match format::recognise(bytes).ok()?.image {
        Some(ImageFormat::Png) => profile::of_png(bytes),
        Some(ImageFormat::Gif) => profile::of_icc(&animation::gif_profile(bytes, limits)?, profile::Pixels::Rgb),
        Some(ImageFormat::WebP) => {
            let (_, profile) = animation::webp_chunks(bytes).find(|(kind, _)| kind == b"ICCP")?;
            profile::of_icc(profile, profile::Pixels::Rgb)
        }
        _ => None,
    }
}
