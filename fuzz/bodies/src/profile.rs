//! Colour profiles.

use framereel::Error;
use framereel::decode;

use crate::images::{LIMITS, check};

/// A profile in sound PNGs, of colours and of greys.
pub(crate) fn profile(bytes: &[u8]) {
    for color_type in [png::ColorType::Rgb, png::ColorType::Grayscale] {
        let raster = match decode::decode(&png_with(bytes, color_type), &LIMITS) {
            Ok(raster) => raster,
            // Tables from three numbers to light are not converted.
            Err(Error::UnsupportedImage(_)) => continue,
            Err(error) => panic!("a profile breaks no picture: {error}"),
        };
        check(&raster);
        // A table for each channel and a matrix: alike pixels stay alike.
        let (channels, pixels) = (raster.layout.channels(), &raster.pixels);
        assert!(pixels.chunks(channels).all(|pixel| pixel == &pixels[..channels]));
    }
}

/// Four by four pixels of one colour.
fn png_with(profile: &[u8], color_type: png::ColorType) -> Vec<u8> {
    let mut file = Vec::new();
    let mut info = png::Info::with_size(4, 4);
    info.color_type = color_type;
    info.icc_profile = Some(profile.into());
    let mut writer = png::Encoder::with_info(&mut file, info)
        .and_then(png::Encoder::write_header)
        .expect("a PNG with a profile can be written");
    writer.write_image_data(&vec![90; 16 * color_type.samples()]).expect("pixels can be written");
    writer.finish().expect("the end can be written");
    file
}
