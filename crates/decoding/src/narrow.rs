//! Deeper pixels brought to 8 bits per channel, in the buffer they were decoded into.

use image::ColorType;

use crate::error::{Error, Result};

/// Brings decoded pixels to 8 bits per channel, rounding to the nearest; the number of channels stays.
///
/// # Errors
/// [`Error::UnsupportedImage`] for a kind of pixel that the `image` crate does not have today.
pub fn to_8_bits(pixels: &mut Vec<u8>, colour: ColorType) -> Result<()> {
    use ColorType::{L8, L16, La8, La16, Rgb8, Rgb16, Rgb32F, Rgba8, Rgba16, Rgba32F};
    match colour {
        L8 | La8 | Rgb8 | Rgba8 => {}
        L16 | La16 | Rgb16 | Rgba16 => narrow(pixels, |bytes| from_u16(u16::from_ne_bytes(bytes))),
        Rgb32F | Rgba32F => narrow(pixels, |bytes| from_f32(f32::from_ne_bytes(bytes))),
        other => {
            return Err(Error::UnsupportedImage(format!(
                "pixels of kind {other:?} are not handled here; save the image with 8 or 16 bits per channel"
            )));
        }
    }
    Ok(())
}

/// Replaces every `N` bytes by one. Decoders write in the machine's byte order.
fn narrow<const N: usize>(pixels: &mut Vec<u8>, convert: impl Fn([u8; N]) -> u8) {
    let count = pixels.len() / N;
    for index in 0..count {
        let mut sample = [0; N];
        sample.copy_from_slice(&pixels[index * N..][..N]);
        pixels[index] = convert(sample);
    }
    pixels.truncate(count);
    pixels.shrink_to_fit();
}

/// 65535 / 255 is 257.
fn from_u16(sample: u16) -> u8 {
    ((u32::from(sample) + 128) / 257) as u8
}

/// 1.0 is white; what lies outside 0..=1 is clipped, and NaN is black.
fn from_f32(sample: f32) -> u8 {
    (sample * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_bits_round_to_the_nearest_eight() {
        for sample in 0..=u16::MAX {
            let exact = f64::from(sample) / 257.0;
            assert_eq!(from_u16(sample), exact.round() as u8, "{sample}");
        }
    }

    #[test]
    fn floats_are_clipped() {
        assert_eq!([-1.0, 0.0, 0.5, 1.0, 7.0, f32::NAN].map(from_f32), [0, 0, 128, 255, 255, 0]);
    }

    #[test]
    fn a_buffer_shrinks_to_a_byte_per_channel() {
        let mut pixels: Vec<u8> = [0u16, 257, 65535].iter().flat_map(|sample| sample.to_ne_bytes()).collect();
        to_8_bits(&mut pixels, ColorType::Rgb16).unwrap();
        assert_eq!(pixels, [0, 1, 255]);
    }
}
