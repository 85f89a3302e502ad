//! Animated PNG, by the `png` crate: its frames as they are stored.

use std::io::Cursor;

use image::ColorType;
use png::{BitDepth, BlendOp, Decoder, DecodingError, DisposeOp, Reader, Transformations};

use super::Animation;
use super::canvas::{Disposal, Part};
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::size::Size;
use decoding::narrow::to_8_bits;
use decoding::stills::allocate;

/// The frames of an animated PNG; nothing for a still one.
pub(super) fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Option<Animation<'a>>> {
    let most = png::Limits { bytes: usize::try_from(limits.decoded_bytes()).unwrap_or(usize::MAX) };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), most);
    decoder.set_transformations(Transformations::EXPAND | Transformations::ALPHA);
    let mut reader = decoder.read_info().map_err(|error| to_core(&error))?;
    let info = reader.info();
    let Some(control) = info.animation_control else { return Ok(None) };
    let size = Size::new(info.width, info.height);
    limits.check_pixels(size)?;
    let bytes = reader.output_buffer_size().ok_or_else(|| Error::Limit("the PNG does not fit memory".into()))?;
    limits.check_decoded(bytes as u64)?;
    if info.frame_control.is_none() {
        // The still image is for viewers that know no animation.
        reader.next_frame(&mut allocate(bytes)?).map_err(|error| to_core(&error))?;
    }
    let parts = (0..control.num_frames).map(move |_| next(&mut reader, bytes));
    Ok(Some(Animation { size, parts: Box::new(parts) }))
}

fn next(reader: &mut Reader<Cursor<&[u8]>>, most_bytes: usize) -> Result<Part> {
    let mut pixels = allocate(most_bytes)?;
    let output = reader.next_frame(&mut pixels).map_err(|error| to_core(&error))?;
    pixels.truncate(output.buffer_size());
    if output.bit_depth == BitDepth::Sixteen {
        // PNG's samples have their high byte first.
        for sample in pixels.as_chunks_mut::<2>().0 {
            *sample = u16::from_be_bytes(*sample).to_ne_bytes();
        }
        to_8_bits(&mut pixels, ColorType::Rgba16)?;
    }
    if output.color_type == png::ColorType::GrayscaleAlpha {
        pixels = pixels.as_chunks::<2>().0.iter().flat_map(|&[grey, alpha]| [grey, grey, grey, alpha]).collect();
    }
    let control = reader.info().frame_control.ok_or_else(|| Error::CorruptImage("a frame has no fcTL chunk".into()))?;
    Ok(Part {
        left: control.x_offset,
        top: control.y_offset,
        size: Size::new(output.width, output.height),
        pixels,
        blends: control.blend_op == BlendOp::Over,
        disposal: match control.dispose_op {
            DisposeOp::None => Disposal::Keep,
            DisposeOp::Background => Disposal::Clear,
            DisposeOp::Previous => Disposal::Restore,
        },
    })
}

/// The `png` crate's error as framereel's, by who must act.
fn to_core(error: &DecodingError) -> Error {
    match error {
        DecodingError::LimitsExceeded => {
            Error::Limit("the PNG needs more memory than limits.maxPixels allows; scale the image down".into())
        }
        _ => Error::broken("PNG", error),
    }
}
