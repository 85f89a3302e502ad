//! Colour profiles.

use framereel::decode;

use crate::images::{LIMITS, check};

/// A profile in a sound PNG of colours and one of greys, and in a JPEG of inks.
pub(crate) fn profile(bytes: &[u8]) {
    for file in [png(bytes, png::ColorType::Rgb), png(bytes, png::ColorType::Grayscale), jpeg_of_inks(bytes)] {
        let raster = decode::decode(&file, &LIMITS).expect("a profile breaks no picture");
        check(&raster);
        // Alike pixels stay alike.
        assert!(raster.pixels.chunks(3).all(|pixel| pixel == &raster.pixels[..3]));
    }
}

fn png(profile: &[u8], colours: png::ColorType) -> Vec<u8> {
    let mut file = Vec::new();
    let mut info = png::Info::with_size(4, 4);
    info.color_type = colours;
    info.icc_profile = Some(profile.into());
    let mut writer = png::Encoder::with_info(&mut file, info)
        .and_then(png::Encoder::write_header)
        .expect("a PNG with a profile can be written");
    writer.write_image_data(&vec![90; 16 * colours.samples()]).expect("pixels can be written");
    writer.finish().expect("the end can be written");
    file
}

/// 8 x 8 pixels of the same inks, by the tables that a file without any means (ITU-T T.81 annex K).
fn jpeg_of_inks(profile: &[u8]) -> Vec<u8> {
    const MOST: usize = 60_000;
    let mut file = b"\xFF\xD8".to_vec();
    let count = profile.len().div_ceil(MOST);
    for (index, part) in profile.chunks(MOST).enumerate() {
        file.extend_from_slice(b"\xFF\xE2");
        file.extend_from_slice(&(part.len() as u16 + 16).to_be_bytes());
        file.extend_from_slice(b"ICC_PROFILE\0");
        file.extend_from_slice(&[index as u8 + 1, count as u8]);
        file.extend_from_slice(part);
    }
    file.extend_from_slice(b"\xFF\xDB\0\x43\0");
    file.extend_from_slice(&[1; 64]);
    file.extend_from_slice(b"\xFF\xC0\0\x14\x08\0\x08\0\x08\x04\x01\x11\0\x02\x11\0\x03\x11\0\x04\x11\0");
    file.extend_from_slice(b"\xFF\xDA\0\x0E\x04\x01\0\x02\0\x03\0\x04\0\0\x3F\0");
    // Four times "no difference, no more": 00 and 1010.
    file.extend_from_slice(b"\x28\xA2\x8A\xFF\xD9");
    file
}
