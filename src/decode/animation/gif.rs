//! GIF, by the `gif` crate: its frames as they are stored.

use std::io::Cursor;

use gif::{ColorOutput, DecodeOptions, Decoder, DecodingError, DisposalMethod, MemoryLimit};

use super::Animation;
use super::canvas::{Disposal, Part};
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::size::Size;
use decoding::stills::allocate;

const NAME: &str = "GIF";

/// The frames of a file. The canvas is the logical screen, and as in browsers it grows with a first frame that is larger.
pub(super) fn open<'a>(bytes: &'a [u8], limits: &'a Limits) -> Result<Animation<'a>> {
    let screen = {
        let decoder = decoder(bytes, limits)?;
        Size::new(decoder.width().into(), decoder.height().into())
    };
    let frame = first_extent(bytes, limits)?;
    let size = Size::new(screen.width.max(frame.width), screen.height.max(frame.height));
    limits.check_pixels(size)?;
    let mut decoder = decoder(bytes, limits)?;
    let parts = std::iter::from_fn(move || next(&mut decoder, limits).transpose());
    Ok(Animation { size, parts: Box::new(parts) })
}

fn decoder<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Decoder<Cursor<&'a [u8]>>> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::RGBA);
    options.allow_unknown_blocks(true);
    let most = std::num::NonZeroU64::new(limits.decoded_bytes()).map_or(MemoryLimit::Unlimited, MemoryLimit::Bytes);
    options.set_memory_limit(most);
    options.read_info(Cursor::new(bytes)).map_err(|error| to_core(&error, true))
}

/// The pixels from the screen's corner to the first frame's far one; none where there is no frame.
fn first_extent(bytes: &[u8], limits: &Limits) -> Result<Size> {
    let mut decoder = decoder(bytes, limits)?;
    let has_palette = decoder.global_palette().is_some();
    let frame = decoder.next_frame_info().map_err(|error| to_core(&error, has_palette))?;
    Ok(frame.map_or(Size::new(0, 0), |frame| {
        Size::new(u32::from(frame.left) + u32::from(frame.width), u32::from(frame.top) + u32::from(frame.height))
    }))
}

/// The colour profile that stands before the first frame.
pub(in crate::decode) fn profile(bytes: &[u8], limits: &Limits) -> Option<Vec<u8>> {
    let mut decoder = decoder(bytes, limits).ok()?;
    decoder.next_frame_info().ok()?;
    decoder.icc_profile().map(<[u8]>::to_vec)
}

fn next(decoder: &mut Decoder<Cursor<&[u8]>>, limits: &Limits) -> Result<Option<Part>> {
    let has_palette = decoder.global_palette().is_some();
    let Some(frame) = decoder.next_frame_info().map_err(|error| to_core(&error, has_palette))? else { return Ok(None) };
    let part = Part {
        left: frame.left.into(),
        top: frame.top.into(),
        size: Size::new(frame.width.into(), frame.height.into()),
        pixels: Vec::new(),
        // The transparent index lets the canvas through.
        blends: true,
        disposal: match frame.dispose {
            DisposalMethod::Any | DisposalMethod::Keep => Disposal::Keep,
            DisposalMethod::Background => Disposal::Clear,
            DisposalMethod::Previous => Disposal::Restore,
        },
    };
    if part.size.area() == 0 {
        return Ok(Some(part));
    }
    limits.check_pixels(part.size)?;
    let mut pixels = allocate(part.size.area() as usize * 4)?;
    decoder.read_into_buffer(&mut pixels).map_err(|error| to_core(&error, true))?;
    Ok(Some(Part { pixels, ..part }))
}

/// The `gif` crate's error as framereel's, by who must act.
fn to_core(error: &DecodingError, has_palette: bool) -> Error {
    match error {
        DecodingError::MemoryLimit | DecodingError::OutOfMemory => {
            Error::Limit("the GIF needs more memory than limits.maxPixels allows; scale the image down".into())
        }
        // Viewers make colours up where a file has none, each its own.
        DecodingError::Format(_) if !has_palette => Error::not_decoded(NAME, error),
        _ => Error::broken(NAME, error),
    }
}
