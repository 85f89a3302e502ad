//! The frames of an animated GIF, PNG or WebP, composed as a viewer shows them.

mod apng;
mod canvas;
mod delays;
mod gif;
mod webp;

use image::ImageFormat;

pub(super) use delays::frame_durations;
pub(super) use gif::profile as gif_profile;
pub(super) use webp::{extended_chunks as webp_chunks, orientation as webp_orientation};

use super::format::recognise;
use super::{Colours, conversion, decode_with, orientation, turned};
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::raster::Raster;
use crate::size::Size;
use canvas::{Canvas, Part};

/// An animation's canvas and its frames in order.
struct Animation<'a> {
    size: Size,
    parts: Box<dyn Iterator<Item = Result<Part>> + 'a>,
}

/// Decodes `count` frames of an image file from frame `first` (from 0) on and hands each over as soon as it is there,
/// with its place after `first`. A still image is an animation of one frame.
///
/// # Errors
/// Those of [`decode`](super::decode); [`Error::CorruptImage`] where the file has fewer frames; whatever `take` returns.
pub fn decode_frames(
    bytes: &[u8],
    limits: &Limits,
    first: usize,
    count: usize,
    take: impl FnMut(usize, Raster) -> Result<()>,
) -> Result<()> {
    decode_frames_with(bytes, limits, first, count, Colours::default(), take)
}

/// The same, with a word on what becomes of colours that are not sRGB's.
///
/// # Errors
/// Those of [`decode_frames`]. A broken colour profile is none.
pub fn decode_frames_with(
    bytes: &[u8],
    limits: &Limits,
    first: usize,
    count: usize,
    colours: Colours,
    mut take: impl FnMut(usize, Raster) -> Result<()>,
) -> Result<()> {
    limits.check_source(bytes.len())?;
    let Some(animation) = open(bytes, limits)? else {
        return match (first, count) {
            (0, 1) => take(0, decode_with(bytes, limits, colours)?),
            _ => Err(missing(first + count, 1)),
        };
    };
    let orientation = orientation(bytes, limits)?;
    let conversion = conversion(bytes, limits, colours);
    let mut canvas = Canvas::new(animation.size)?;
    let mut taken = 0;
    // Frames build on one another, so those before `first` are composed, too.
    for (index, part) in animation.parts.enumerate().take(first + count) {
        canvas.draw(&part?);
        if index >= first {
            let mut raster = canvas.raster()?;
            if let Some(conversion) = &conversion {
                conversion.apply(&mut raster);
            }
            take(taken, turned(raster, orientation)?)?;
            taken += 1;
        }
    }
    if taken == count { Ok(()) } else { Err(missing(first + count, first + taken)) }
}

/// The first frame of a GIF, which may be the only one, or of an animated WebP; nothing for any other file.
pub(super) fn first_frame(bytes: &[u8], limits: &Limits) -> Result<Option<Raster>> {
    if !matches!(recognise(bytes)?.image, Some(ImageFormat::Gif | ImageFormat::WebP)) {
        return Ok(None);
    }
    let Some(mut animation) = open(bytes, limits)? else { return Ok(None) };
    let mut canvas = Canvas::new(animation.size)?;
    canvas.draw(&animation.parts.next().ok_or_else(|| missing(1, 0))??);
    canvas.raster().map(Some)
}

/// Width and height of a GIF's canvas.
pub(super) fn gif_size(bytes: &[u8], limits: &Limits) -> Result<Size> {
    gif::open(bytes, limits).map(|animation| animation.size)
}

fn missing(wanted: usize, found: usize) -> Error {
    Error::CorruptImage(format!(
        "the animation has {found} of the {wanted} frames that it should have: the file was cut off; save it again"
    ))
}

/// The frames of a file that can hold several and does, or nothing. A GIF is an animation, however many it has.
fn open<'a>(bytes: &'a [u8], limits: &'a Limits) -> Result<Option<Animation<'a>>> {
    let animation = match recognise(bytes)?.image {
        Some(ImageFormat::Gif) => Some(gif::open(bytes, limits)?),
        Some(ImageFormat::Png) => apng::open(bytes, limits)?,
        Some(ImageFormat::WebP) => webp::open(bytes, limits)?,
        _ => None,
    };
    if let Some(animation) = &animation {
        limits.check_pixels(animation.size)?;
    }
    Ok(animation)
}
