//! Decodes images of formats that are rare on the web. In the browser this is a wasm module of its own, which is loaded
//! when the first such file is met; [`decoding::formats`] says which formats are its business.

#![forbid(unsafe_code)]

mod bmp;
mod dds;
mod ico;
mod light;
mod tiff;

use std::borrow::Cow;

use decoding::formats::{self, BMP, DDS, EXR, Format, HDR, ICO, Module, TGA, TIFF};
use decoding::info::UNSET_DELAY;
use decoding::limits::Limits;
use decoding::profile::{self, Colours};
use decoding::raster::{Layout, Raster};
use decoding::stills::{self, size_of};
use decoding::turning::{turned, upright_size};
use decoding::{Error, ImageInfo, Result};

/// Place of the image descriptor in a TGA's header, and its bits that say how many of a pixel's bits are alpha (Truevision
/// TGA 2.0, field 5.6).
const TGA_DESCRIPTOR: usize = 17;
const TGA_ALPHA_BITS: u8 = 0x0F;

/// Reads an image file's header. `hint` is the file's name or media type, which tells a TGA.
///
/// # Errors
/// [`Error::UnsupportedImage`], [`Error::CorruptImage`], or [`Error::Limit`] where the image is larger than allowed.
pub fn probe(bytes: &[u8], hint: &str, limits: &Limits) -> Result<ImageInfo> {
    limits.check_source(bytes.len())?;
    let format = recognise(bytes, hint)?;
    let (size, frame_durations) = if is(format, &TIFF) {
        let (size, count) = tiff::size_and_pages(bytes, limits)?;
        (size, (count > 1).then(|| vec![UNSET_DELAY; count]))
    } else if is(format, &ICO) {
        let icon = ico::best(bytes)?;
        let stored = size_of(&stills::open(&mended(icon.format, &icon.file, limits)?, limits, icon.format)?);
        (upright_size(stored, icon_orientation(&icon, limits)?), None)
    } else {
        let opened = stills::open(&mended(format, bytes, limits)?, limits, format).map(|decoder| size_of(&decoder));
        let stored = opened.map_err(|error| by_kind(error, bytes, format))?;
        (if is(format, &DDS) { dds::stated_size(bytes).unwrap_or(stored) } else { stored }, None)
    };
    Ok(ImageInfo { size, format: format.extensions[0], frame_durations })
}

/// Decodes an image file to upright sRGB: its frame `frame`, counted from 0, which for a TIFF is a page.
///
/// # Errors
/// [`Error::UnsupportedImage`], [`Error::CorruptImage`] (also where the file is cut off, or has fewer frames), or
/// [`Error::Limit`] where the image is larger than allowed or than memory holds. A broken colour profile is none.
pub fn decode(bytes: &[u8], hint: &str, limits: &Limits, colours: Colours, frame: usize) -> Result<Raster> {
    limits.check_source(bytes.len())?;
    let format = recognise(bytes, hint)?;
    if is(format, &TIFF) {
        let page = tiff::page(bytes, limits, frame)?.map_err(|count| missing(frame, count))?;
        return tiff::decode(bytes, &page, limits, colours);
    }
    if frame > 0 {
        return Err(missing(frame, 1));
    }
    if is(format, &ICO) {
        return decode_icon(&ico::best(bytes)?, limits, colours);
    }
    decode_still(bytes, format, limits).map_err(|error| by_kind(error, bytes, format))
}

/// What the decoders call broken, but is of a kind that they do not read, as unsupported: saving it again would not help.
fn by_kind(error: Error, bytes: &[u8], format: &Format) -> Error {
    let unread = match error {
        Error::CorruptImage(_) if is(format, &BMP) => bmp::unread_kind(bytes),
        Error::CorruptImage(_) if is(format, &EXR) => light::unread_kind(bytes),
        _ => None,
    };
    unread.map_or(error, |kind| Error::not_decoded(format.name, &Kind(kind)))
}

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Kind(&'static str);

fn decode_still(bytes: &[u8], format: &Format, limits: &Limits) -> Result<Raster> {
    if is(format, &EXR) || is(format, &HDR) {
        return light::decode(bytes, format, limits);
    }
    let mut raster = stills::decode(&mended(format, bytes, limits)?, limits, format)?;
    if let (Some(size), true) = (dds::stated_size(bytes), is(format, &DDS)) {
        return dds::cropped(raster, size);
    }
    if raster.layout == Layout::Rgba && is(format, &TGA) {
        let pixels = raster.pixels.as_chunks_mut::<4>().0;
        let has_alpha = bytes.get(TGA_DESCRIPTOR).is_some_and(|byte| byte & TGA_ALPHA_BITS != 0);
        // Writers leave the fourth byte 0 that they announce as alpha, too.
        if !has_alpha || pixels.iter().all(|pixel| pixel[3] == 0) {
            pixels.iter_mut().for_each(|pixel| pixel[3] = 255);
        }
    }
    Ok(raster)
}

fn decode_icon(icon: &ico::Icon, limits: &Limits, colours: Colours) -> Result<Raster> {
    let mut raster = decode_still(&icon.file, icon.format, limits)?;
    if colours == Colours::Convert
        && is(icon.format, &formats::PNG)
        && let Some(conversion) = profile::of_png(&icon.file)
    {
        conversion.apply(&mut raster);
    }
    let mut raster = turned(raster, icon_orientation(icon, limits)?)?;
    icon.mask(&mut raster, limits)?;
    Ok(raster)
}

fn icon_orientation(icon: &ico::Icon, limits: &Limits) -> Result<image::metadata::Orientation> {
    if is(icon.format, &formats::PNG) {
        return stills::orientation(&icon.file, limits, icon.format);
    }
    Ok(image::metadata::Orientation::NoTransforms)
}

fn recognise(bytes: &[u8], hint: &str) -> Result<&'static Format> {
    if bytes.is_empty() {
        return Err(Error::empty());
    }
    formats::recognise(bytes, bytes, hint).filter(|format| format.module == Module::MoreFormats).ok_or_else(|| {
        Error::UnsupportedImage(
            "the file is of no image format known here, whatever its name says; convert it to PNG, JPEG or WebP".into(),
        )
    })
}

fn is(one: &Format, other: &Format) -> bool {
    one.name == other.name
}

/// The file as the `image` crate reads it.
fn mended<'a>(format: &Format, bytes: &'a [u8], limits: &Limits) -> Result<Cow<'a, [u8]>> {
    if is(format, &DDS) {
        return Ok(dds::mended(bytes));
    }
    if !is(format, &BMP) {
        return Ok(Cow::Borrowed(bytes));
    }
    // The decoder calls a BMP of more than 65,535 pixels a side one of an unknown kind.
    if let Some(size) = bmp::stated_size(bytes) {
        limits.check_pixels(size)?;
    }
    Ok(bmp::mended(bytes))
}

fn missing(frame: usize, found: usize) -> Error {
    Error::CorruptImage(format!(
        "the file has {found} of the {} pictures that it should have: it was cut off; save it again",
        frame + 1
    ))
}
