//! JPEG files of the kinds that neither ffmpeg nor the `image` crate writes, and EXIF put into them.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

pub use jpeg_encoder::SamplingFactor as Subsampling;

use super::pictures::Pixels;

/// A baseline JPEG as most are, of a quality of 1 to 100.
pub fn baseline(picture: &Pixels, subsampling: Subsampling, quality: u8) -> Vec<u8> {
    encode(&picture.rgb, picture, ColorType::Rgb, quality, |encoder| encoder.set_sampling_factor(subsampling))
}

/// A progressive JPEG with 4:2:0 chroma.
pub fn progressive(picture: &Pixels) -> Vec<u8> {
    encode(&picture.rgb, picture, ColorType::Rgb, 95, |encoder| {
        encoder.set_progressive(true);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
    })
}

/// A baseline JPEG with restart markers and 4:4:4 chroma.
pub fn with_restarts(picture: &Pixels) -> Vec<u8> {
    encode(&picture.rgb, picture, ColorType::Rgb, 95, |encoder| {
        encoder.set_restart_interval(3);
        encoder.set_sampling_factor(SamplingFactor::F_1_1);
    })
}

/// A grey JPEG of the picture's red.
pub fn grey(picture: &Pixels) -> Vec<u8> {
    let luma: Vec<u8> = picture.rgb.chunks_exact(3).map(|rgb| rgb[0]).collect();
    encode(&luma, picture, ColorType::Luma, 95, |_| {})
}

/// A CMYK JPEG as Photoshop writes it, stored as CMYK or (`ycck`) as YCCK. The picture must not need black ink: what is
/// not cyan, magenta or yellow is left white.
pub fn cmyk(picture: &Pixels, ycck: bool) -> Vec<u8> {
    let cmyk: Vec<u8> = picture.rgb.chunks_exact(3).flat_map(|c| [255 - c[0], 255 - c[1], 255 - c[2], 0]).collect();
    encode(&cmyk, picture, if ycck { ColorType::CmykAsYcck } else { ColorType::Cmyk }, 95, |_| {})
}

/// A CMYK JPEG of inks, four bytes a pixel, 0 for none, stored as CMYK or as YCCK.
pub fn inks(inks: &[u8], width: u32, height: u32, ycck: bool) -> Vec<u8> {
    let size = Pixels { width, height, rgb: Vec::new() };
    encode(inks, &size, if ycck { ColorType::CmykAsYcck } else { ColorType::Cmyk }, 100, |encoder| {
        encoder.set_sampling_factor(SamplingFactor::F_1_1);
    })
}

fn encode(
    samples: &[u8],
    picture: &Pixels,
    colour: ColorType,
    quality: u8,
    configure: impl FnOnce(&mut Encoder<&mut Vec<u8>>),
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, quality);
    configure(&mut encoder);
    let (width, height) = (picture.width as u16, picture.height as u16);
    encoder.encode(samples, width, height, colour).expect("the picture can be written");
    file
}

/// An EXIF block with nothing but an orientation (EXIF 2.32, 4.5.2 and 4.6.4 A: tag 0x0112, a SHORT).
pub fn exif(orientation: u8, little_endian: bool) -> Vec<u8> {
    if little_endian {
        let mut block = b"II\x2A\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        block.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0, 0]);
        block
    } else {
        let mut block = b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
        block.extend_from_slice(&[0, orientation, 0, 0, 0, 0, 0, 0]);
        block
    }
}

/// The JPEG with a colour profile in two segments or more (ICC.1:2022 B.4).
pub fn with_profile(jpeg: &[u8], profile: &[u8]) -> Vec<u8> {
    let mut file = jpeg[..2].to_vec();
    let parts = profile.chunks(profile.len().div_ceil(2).min(60_000));
    let count = parts.len() as u8;
    for (index, part) in parts.enumerate() {
        let data = [b"ICC_PROFILE\0", &[index as u8 + 1, count][..], part].concat();
        file.extend_from_slice(&[0xFF, 0xE2]);
        file.extend_from_slice(&(data.len() as u16 + 2).to_be_bytes());
        file.extend_from_slice(&data);
    }
    [&file, &jpeg[2..]].concat()
}

/// The JPEG with an EXIF segment behind its first marker.
pub fn with_exif(jpeg: &[u8], exif: &[u8]) -> Vec<u8> {
    let length = (2 + 6 + exif.len()) as u16;
    [&jpeg[..2], &[0xFF, 0xE1], &length.to_be_bytes(), b"Exif\0\0", exif, &jpeg[2..]].concat()
}
