//! EXIF orientation, 1 to 8, wherever a file can carry it.

use framereel::size::Size;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};

use crate::support::clip::LIMITS;
use crate::support::decoders::{decode, probe};
use crate::support::{Pixels, jpeg};

/// The picture as it is to be seen.
fn upright() -> Pixels {
    Pixels::gradient(64, 40)
}

/// How a camera stores a picture that is to be seen upright after the transformation which an orientation names (EXIF
/// 2.32, 4.6.4 A): where, seen from the upright picture, the stored row 0 and column 0 are.
fn stored(orientation: u8) -> Pixels {
    let seen = upright();
    let (w, h) = (seen.width, seen.height);
    match orientation {
        // Row 0 is the top and column 0 the left hand side.
        1 => seen,
        // Top, right.
        2 => Pixels::from_fn(w, h, |x, y| seen.at(w - 1 - x, y)),
        // Bottom, right.
        3 => Pixels::from_fn(w, h, |x, y| seen.at(w - 1 - x, h - 1 - y)),
        // Bottom, left.
        4 => Pixels::from_fn(w, h, |x, y| seen.at(x, h - 1 - y)),
        // Left, top.
        5 => Pixels::from_fn(h, w, |x, y| seen.at(y, x)),
        // Right, top.
        6 => Pixels::from_fn(h, w, |x, y| seen.at(w - 1 - y, x)),
        // Right, bottom.
        7 => Pixels::from_fn(h, w, |x, y| seen.at(w - 1 - y, h - 1 - x)),
        // Left, bottom.
        _ => Pixels::from_fn(h, w, |x, y| seen.at(y, h - 1 - x)),
    }
}

fn check(name: &str, file: &[u8], decibels: f64) {
    let seen = upright();
    assert_eq!(probe(file, &LIMITS).unwrap().size, Size::new(seen.width, seen.height), "{name}");
    let raster = decode(file, &LIMITS).unwrap();
    assert_eq!(raster.size, Size::new(seen.width, seen.height), "{name}");
    let ours = Pixels { width: seen.width, height: seen.height, rgb: raster.pixels };
    let psnr = ours.psnr(&seen);
    assert!(psnr >= decibels, "{name}: {psnr:.1} dB");
}

#[test]
fn jpeg_comes_out_upright() {
    for orientation in 1..=8 {
        let file = jpeg::with_restarts(&stored(orientation));
        for little_endian in [true, false] {
            let file = jpeg::with_exif(&file, &jpeg::exif(orientation, little_endian));
            check(&format!("JPEG {orientation}"), &file, 38.0);
        }
    }
}

#[test]
fn png_comes_out_upright() {
    for orientation in 1..=8 {
        let stored = stored(orientation);
        let mut file = Vec::new();
        let mut encoder = PngEncoder::new(&mut file);
        encoder.set_exif_metadata(jpeg::exif(orientation, true)).unwrap();
        encoder.write_image(&stored.rgb, stored.width, stored.height, ExtendedColorType::Rgb8).unwrap();
        check(&format!("PNG {orientation}"), &file, f64::INFINITY);
    }
}

/// A stored picture in a WebP with EXIF data.
fn webp(orientation: u8, exif: Vec<u8>) -> Vec<u8> {
    let stored = stored(orientation);
    let mut file = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut file);
    encoder.set_exif_metadata(exif).unwrap();
    encoder.write_image(&stored.rgb, stored.width, stored.height, ExtendedColorType::Rgb8).unwrap();
    file
}

#[test]
fn webp_comes_out_upright() {
    for orientation in 1..=8 {
        let file = webp(orientation, jpeg::exif(orientation, false));
        check(&format!("WebP {orientation}"), &file, f64::INFINITY);
    }
}

#[test]
fn exif_in_webp_may_begin_as_it_does_in_jpeg() {
    let prefixed = [b"Exif\0\0", jpeg::exif(6, true).as_slice()].concat();
    check("WebP, prefixed", &webp(6, prefixed), f64::INFINITY);
}

#[test]
fn a_webp_whose_exif_data_are_cut_off_is_corrupt() {
    let file = webp(6, jpeg::exif(6, false));
    let at = file.windows(4).position(|bytes| bytes == b"EXIF").unwrap() + 4;
    for claimed in [u32::MAX, 1 << 30, file.len() as u32] {
        let mut cut = file.clone();
        cut[at..at + 4].copy_from_slice(&claimed.to_le_bytes());
        for error in [probe(&cut, &LIMITS).unwrap_err(), decode(&cut, &LIMITS).unwrap_err()] {
            assert_eq!(error.code(), "corrupt-image", "{claimed}: {error}");
        }
    }
}

#[test]
fn tiff_comes_out_upright() {
    for orientation in 1..=8 {
        check(&format!("TIFF {orientation}"), &tiff(&stored(orientation), orientation), f64::INFINITY);
    }
}

#[test]
fn an_orientation_out_of_range_is_none() {
    let file = jpeg::with_exif(&jpeg::with_restarts(&upright()), &jpeg::exif(9, true));
    check("JPEG 9", &file, 38.0);
}

/// An uncompressed RGB TIFF with an orientation, in one strip (TIFF 6.0, section 6).
fn tiff(picture: &Pixels, orientation: u8) -> Vec<u8> {
    const SHORT: u16 = 3;
    const LONG: u16 = 4;
    let pixels = picture.rgb.len() as u32;
    let bits_at = 8 + pixels;
    let entries: [(u16, u16, u32, u32); 10] = [
        (256, LONG, 1, picture.width),
        (257, LONG, 1, picture.height),
        (258, SHORT, 3, bits_at),
        (259, SHORT, 1, 1),
        (262, SHORT, 1, 2),
        (273, LONG, 1, 8),
        (274, SHORT, 1, u32::from(orientation)),
        (277, SHORT, 1, 3),
        (278, LONG, 1, picture.height),
        (279, LONG, 1, pixels),
    ];
    let mut file = b"II\x2A\0".to_vec();
    file.extend_from_slice(&(bits_at + 6).to_le_bytes());
    file.extend_from_slice(&picture.rgb);
    file.extend_from_slice(&[8, 0, 8, 0, 8, 0]);
    file.extend_from_slice(&(entries.len() as u16).to_le_bytes());
    for (tag, kind, count, value) in entries {
        file.extend_from_slice(&tag.to_le_bytes());
        file.extend_from_slice(&kind.to_le_bytes());
        file.extend_from_slice(&count.to_le_bytes());
        file.extend_from_slice(&value.to_le_bytes());
    }
    file.extend_from_slice(&[0; 4]);
    file
}
