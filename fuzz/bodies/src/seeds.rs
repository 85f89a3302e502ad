//! Sound inputs, made in code: the core's formats, profiles and numbers.

use std::io::Cursor;

use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::{Delay, DynamicImage, Frame, ImageFormat, RgbaImage};

#[path = "../../../tests/native/support/lookups.rs"]
#[allow(unreachable_pub, reason = "the tests' file")]
mod lookups;
#[path = "../../../tests/native/support/profiles.rs"]
#[allow(unreachable_pub, dead_code, reason = "the tests' file")]
mod profiles;

pub(crate) fn picture(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, y| {
        image::Rgba([(9 * x) as u8, (7 * y) as u8, (x * y) as u8, (255 - x) as u8])
    })
}

pub(crate) fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    image.write_to(&mut file, format).expect("a small picture can be written");
    file.into_inner()
}

/// Still images of every format and several depths.
pub(crate) fn files() -> Vec<Vec<u8>> {
    let rgba = DynamicImage::ImageRgba8(picture(21, 13));
    let mut files = Vec::new();
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        files.push(written(&rgba, format));
        files.push(written(&DynamicImage::ImageRgb8(rgba.to_rgb8()), format));
    }
    files.push(written(&rgba, ImageFormat::Gif));
    for deep in [DynamicImage::ImageRgba16(rgba.to_rgba16()), DynamicImage::ImageLuma16(rgba.to_luma16())] {
        files.push(written(&deep, ImageFormat::Png));
    }
    files.push(written(&DynamicImage::ImageLumaA8(rgba.to_luma_alpha8()), ImageFormat::Png));
    files.push(coloured(&[(png::chunk::gAMA, &GAMMA_1), (png::chunk::cHRM, &PRO_PHOTO_CHROMATICITIES)]));
    files.push(coloured(&[(png::chunk::cICP, &[12, 13, 0, 1])]));
    files.extend(jpegs());
    files.extend(animations());
    files
}

/// Light itself, and the white and the primaries of ProPhoto, in 100,000ths (PNG third edition 11.3.2).
const GAMMA_1: [u8; 4] = 100_000_u32.to_be_bytes();
const PRO_PHOTO_CHROMATICITIES: [u8; 32] = {
    let values: [u32; 8] = [34_567, 35_850, 73_470, 26_530, 15_960, 84_040, 3_660, 10];
    let mut bytes = [0; 32];
    let mut at = 0;
    while at < bytes.len() {
        bytes[at] = values[at / 4].to_be_bytes()[at % 4];
        at += 1;
    }
    bytes
};

/// A PNG with chunks that say what its colours are.
fn coloured(chunks: &[(png::chunk::ChunkType, &[u8])]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 5, 3);
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header().expect("a header can be written");
    for (kind, data) in chunks {
        writer.write_chunk(*kind, data).expect("a chunk can be written");
    }
    writer.write_image_data(&picture(5, 3)).expect("pixels can be written");
    writer.finish().expect("the end can be written");
    file
}

/// Animated GIFs and APNGs.
pub(crate) fn animations() -> Vec<Vec<u8>> {
    let mut gif = Vec::new();
    {
        let mut encoder = GifEncoder::new(&mut gif);
        for (size, seconds) in [(12, 40), (5, 0), (12, 700)] {
            let delay = Delay::from_numer_denom_ms(seconds, 1);
            encoder.encode_frame(Frame::from_parts(picture(size, 9), 0, 0, delay)).expect("a frame can be written");
        }
    }
    vec![gif, apng()]
}

/// Three frames: the whole, a part that is cleared again, a part that is blended.
fn apng() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 16, 16);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_animated(3, 0).expect("three frames are few");
    let mut writer = encoder.write_header().expect("a header can be written");
    let mut frame = |size: u32, at: u32, dispose, blend| {
        writer
            .reset_frame_position()
            .and_then(|()| writer.set_frame_dimension(size, size))
            .expect("a part of the picture");
        writer.set_frame_position(at, at).expect("a place in the picture");
        writer.set_frame_delay(1, 25).expect("a delay");
        writer.set_dispose_op(dispose).expect("a kind of disposal");
        writer.set_blend_op(blend).expect("a kind of blending");
        writer.write_image_data(&picture(size, size)).expect("pixels can be written");
    };
    frame(16, 0, png::DisposeOp::None, png::BlendOp::Source);
    frame(7, 3, png::DisposeOp::Background, png::BlendOp::Over);
    frame(9, 5, png::DisposeOp::Previous, png::BlendOp::Source);
    writer.finish().expect("the end can be written");
    file
}

/// Grey and coloured JPEGs.
pub(crate) fn jpegs() -> Vec<Vec<u8>> {
    let rgba = DynamicImage::ImageRgba8(picture(37, 22));
    let mut files = Vec::new();
    for image in [DynamicImage::ImageRgb8(rgba.to_rgb8()), DynamicImage::ImageLuma8(rgba.to_luma8())] {
        for quality in [30, 95] {
            let mut file = Vec::new();
            JpegEncoder::new_with_quality(&mut file, quality)
                .encode(image.as_bytes(), image.width(), image.height(), image.color().into())
                .expect("a small picture can be written");
            files.push(file);
        }
    }
    files
}

/// ICC profiles with every kind of curve and of table.
pub(crate) fn profiles() -> Vec<Vec<u8>> {
    let wide = profiles::PRIMARIES
        .iter()
        .flat_map(|(_, primaries, curves)| curves.iter().map(move |&curve| profiles::rgb(primaries, curve)));
    let srgb = profiles::rgb(&profiles::SRGB_PRIMARIES, profiles::Curve::Srgb);
    let tables = lookups::TABLES.iter().flat_map(|&kind| [1, 3, 4].map(|channels| lookups::lookup(channels, kind)));
    wide.chain([srgb, profiles::grey(profiles::Curve::Gamma(2.2)), lookups::lookup(3, lookups::Table::Matrix)])
        .chain(tables)
        .collect()
}

/// Bytes that are read as numbers.
pub(crate) fn numbers() -> Vec<Vec<u8>> {
    (0..24)
        .map(|seed: u32| {
            (0..200_u32).map(|at| (at.wrapping_mul(2 * seed + 1).wrapping_mul(0x9E37_79B9) >> 24) as u8).collect()
        })
        .collect()
}
