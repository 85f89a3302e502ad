//! The frames of an animated GIF, PNG or WebP, composed as a viewer shows them.

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{AnimationDecoder, Frames, ImageDecoder, ImageFormat, ImageResult};

use super::format::recognise;
use super::{decode, decoder_limits, from_image, open, upright};
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::raster::Raster;

/// Decodes `count` frames of an image file from frame `first` (from 0) on and hands each over as soon as it is there,
/// with its place after `first`. A still image is an animation of one frame.
///
/// # Errors
/// Those of [`decode`]; [`Error::CorruptImage`] where the file has fewer frames; whatever `take` returns.
pub fn decode_frames(
    bytes: &[u8],
    limits: &Limits,
    first: usize,
    count: usize,
    mut take: impl FnMut(usize, Raster) -> Result<()>,
) -> Result<()> {
    let Some((format, orientation, frames)) = animation(bytes, limits)? else {
        return match (first, count) {
            (0, 1) => take(0, decode(bytes, limits)?),
            _ => Err(missing(first + count, 1)),
        };
    };
    let mut taken = 0;
    // Frames build on one another, so those before `first` are composed, too.
    for (index, frame) in frames.enumerate().take(first + count) {
        let frame = frame.map_err(|error| from_image(format, error))?.into_buffer();
        if index >= first {
            let size = crate::size::Size::new(frame.width(), frame.height());
            take(taken, upright(size, 4, frame.into_raw(), orientation)?)?;
            taken += 1;
        }
    }
    if taken == count { Ok(()) } else { Err(missing(first + count, first + taken)) }
}

fn missing(wanted: usize, found: usize) -> Error {
    Error::CorruptImage(format!(
        "the animation has {found} of the {wanted} frames that it should have: the file was cut off; save it again"
    ))
}

/// The frames of a file that can hold several and does, or nothing.
fn animation<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Option<(ImageFormat, Orientation, Frames<'a>)>> {
    if recognise(bytes)? == ImageFormat::Jpeg {
        return Ok(None);
    }
    // Opening once as a still image checks the limits and finds the orientation.
    let (format, mut still) = open(bytes, limits)?;
    let orientation = still.orientation().map_err(|error| from_image(format, error))?;
    limits.check_decoded(still.total_bytes())?;
    let frames = frames_of(bytes, limits, format).map_err(|error| from_image(format, error))?;
    Ok(frames.map(|frames| (format, orientation, frames)))
}

fn frames_of<'a>(bytes: &'a [u8], limits: &Limits, format: ImageFormat) -> ImageResult<Option<Frames<'a>>> {
    let allowed = decoder_limits(limits);
    let input = Cursor::new(bytes);
    Ok(match format {
        ImageFormat::Gif => {
            let mut decoder = GifDecoder::new(input)?;
            decoder.set_limits(allowed)?;
            Some(decoder.into_frames())
        }
        ImageFormat::Png => {
            let decoder = PngDecoder::with_limits(input, allowed)?;
            if decoder.is_apng()? { Some(decoder.apng()?.into_frames()) } else { None }
        }
        ImageFormat::WebP => {
            let mut decoder = WebPDecoder::new(input)?;
            decoder.set_limits(allowed)?;
            if decoder.has_animation() { Some(decoder.into_frames()) } else { None }
        }
        _ => None,
    })
}
