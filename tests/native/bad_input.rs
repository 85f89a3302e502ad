//! What is no image, or not a whole one, ends in an error that says who must act; nothing panics, nothing is made up.

use framereel::encode::Quality;
use framereel::fit::Fit;
use framereel::limits::Limits;
use framereel::session::GroupEncoder;
use framereel::size::Size;
use image::ImageFormat;

use crate::support::clip::{LIMITS, settings};
use crate::support::decoders::{decode, probe};
use crate::support::{Pixels, jpeg};

fn code(file: &[u8]) -> &'static str {
    decode(file, &LIMITS).expect_err("the file is no image").code()
}

#[test]
fn what_is_no_image_is_called_by_its_name() {
    for (file, name) in [
        (&b"hello, this is a shopping list\n"[..], "text"),
        (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "SVG"),
        (b"\0\0\0\x1Cftypavif\0\0\0\0avifmif1miaf", "AVIF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41", "MP4"),
        (b"%PDF-1.4\n%\xE2\xE3\xCF\xD3", "PDF"),
    ] {
        for error in [decode(file, &LIMITS).unwrap_err(), probe(file, &LIMITS).unwrap_err()] {
            assert_eq!(error.code(), "unsupported-image");
            let message = error.to_string();
            assert!(message.contains(name) && message.contains("convert it to PNG"), "{message}");
        }
    }
}

#[test]
fn an_empty_file_is_corrupt() {
    assert_eq!(code(&[]), "corrupt-image");
}

#[test]
fn a_file_that_is_cut_off_is_corrupt_wherever_it_is_cut() {
    let picture = Pixels::gradient(80, 60);
    let formats =
        [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif, ImageFormat::Bmp, ImageFormat::Tiff];
    let mut files: Vec<(String, Vec<u8>)> =
        formats.iter().map(|&format| (format!("{format:?}"), picture.encode(format))).collect();
    files.push(("progressive JPEG".into(), jpeg::progressive(&picture)));
    files.push(("JPEG with restarts".into(), jpeg::with_restarts(&picture)));
    for (name, file) in files {
        let whole = decode(&file, &LIMITS).expect("the whole file is an image");
        // From the signature on, at 100 places and at the last 20 bytes.
        let cuts = (16..file.len()).step_by(file.len() / 100).chain(file.len().saturating_sub(20)..file.len());
        for cut in cuts {
            match decode(&file[..cut], &LIMITS) {
                Err(error) => assert_eq!(error.code(), "corrupt-image", "{name} cut at {cut}: {error}"),
                // Only what comes after the pixels may be missing.
                Ok(raster) => assert_eq!(raster, whole, "{name} cut at {cut} of {}", file.len()),
            }
        }
    }
}

#[test]
fn noise_behind_a_signature_never_panics() {
    let mut state = 1u64;
    let mut noise = || {
        // Knuth's MMIX generator.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u8
    };
    for format in
        [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif, ImageFormat::Bmp, ImageFormat::Tiff]
    {
        let file = Pixels::gradient(40, 30).encode(format);
        for _ in 0..200 {
            let mut broken = file.clone();
            let at = (usize::from(noise()) * 256 + usize::from(noise())) % broken.len();
            broken[at] ^= noise() | 1;
            // Whatever comes of it: an image or an error.
            let _ = (decode(&broken, &LIMITS), probe(&broken, &LIMITS));
        }
    }
}

/// A PNG that is nothing but a header that promises a size.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut file = Pixels::flat(16, 16, [0; 3]).to_png();
    file[16..20].copy_from_slice(&width.to_be_bytes());
    file[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&file[12..29]);
    file[29..33].copy_from_slice(&checksum.to_be_bytes());
    file
}

/// The CRC of PNG (third edition, annex D).
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 })
    })
}

#[test]
fn a_header_that_promises_too_much_is_a_limit() {
    let mut jpeg_file = Pixels::flat(16, 16, [0; 3]).encode(ImageFormat::Jpeg);
    let frame = jpeg_file.windows(2).position(|marker| marker == [0xFF, 0xC0]).expect("a baseline frame");
    jpeg_file[frame + 5..frame + 9].copy_from_slice(&[0x4E, 0x20, 0x4E, 0x20]);
    let mut bmp = Pixels::flat(16, 16, [0; 3]).encode(ImageFormat::Bmp);
    bmp[18..22].copy_from_slice(&20_000u32.to_le_bytes());
    bmp[22..26].copy_from_slice(&20_000u32.to_le_bytes());
    let mut gif = Pixels::flat(16, 16, [0; 3]).encode(ImageFormat::Gif);
    gif[6..10].copy_from_slice(&[0x20, 0x4E, 0x20, 0x4E]);
    for file in [png_header(20_000, 20_000), jpeg_file, bmp, gif] {
        for error in [decode(&file, &LIMITS).unwrap_err(), probe(&file, &LIMITS).unwrap_err()] {
            assert_eq!(error.code(), "limit", "{error}");
            let message = error.to_string();
            assert!(message.contains("20000x20000") && message.contains("limits.maxPixels"), "{message}");
        }
    }
    let huge = decode(&png_header(0x7FFF_FFFF, 0x7FFF_FFFF), &Limits { max_pixels: u64::MAX, ..LIMITS }).unwrap_err();
    assert_eq!(huge.code(), "limit", "{huge}");
}

#[test]
fn a_source_of_too_many_bytes_is_a_limit() {
    let file = Pixels::gradient(80, 60).to_png();
    let limits = Limits { max_bytes: file.len() as u64 - 1, ..LIMITS };
    let error = decode(&file, &limits).unwrap_err();
    assert_eq!(error.code(), "limit");
    assert!(error.to_string().contains("limits.maxBytes"), "{error}");
    assert!(decode(&file, &Limits { max_bytes: file.len() as u64, ..LIMITS }).is_ok());
}

#[test]
fn the_next_image_is_encoded_after_an_error() {
    let mut encoder = GroupEncoder::new(settings(Size::new(80, 60))).unwrap();
    let good = Pixels::gradient(80, 60).to_png();
    encoder.load(0, &good).unwrap();
    assert_eq!(encoder.load(1, &good[..100]).unwrap_err().code(), "corrupt-image");
    assert_eq!(encoder.load(1, b"text").unwrap_err().code(), "unsupported-image");
    assert_eq!(encoder.encode(1, false).unwrap_err().code(), "internal", "an empty slot");
    encoder.encode(0, true).unwrap();
    encoder.load(1, &good).unwrap();
    encoder.encode(1, false).unwrap();
    let group = encoder.finish().unwrap();
    assert_eq!((group.sizes.len(), group.sync), (2, vec![1, 0]));
}

#[test]
fn settings_out_of_range_are_refused() {
    let mut bad = settings(Size::new(80, 60));
    bad.encode.quality = Quality::Qp(52);
    assert_eq!(GroupEncoder::new(bad).unwrap_err().code(), "invalid-option");
    for size in [Size::new(81, 60), Size::new(14, 60), Size::new(9000, 16), Size::new(4000, 3000)] {
        let error = GroupEncoder::new(settings(size)).unwrap_err();
        assert_eq!(error.code(), "invalid-option", "{size}");
    }
}

#[test]
fn an_image_of_another_size_is_refused_where_fit_says_so() {
    let mut strict = settings(Size::new(80, 60));
    strict.fit = Fit::Error;
    let mut encoder = GroupEncoder::new(strict).unwrap();
    encoder.load(0, &Pixels::gradient(80, 60).to_png()).unwrap();
    encoder.load(0, &Pixels::gradient(81, 61).to_png()).unwrap();
    let error = encoder.load(0, &Pixels::gradient(80, 64).to_png()).unwrap_err();
    assert_eq!(error.code(), "invalid-option");
    assert!(error.to_string().contains("80x64"), "{error}");
}

#[test]
fn rgba_of_the_wrong_length_is_refused() {
    let mut encoder = GroupEncoder::new(settings(Size::new(80, 60))).unwrap();
    assert_eq!(encoder.load_rgba(0, vec![0; 80 * 60 * 3], Size::new(80, 60)).unwrap_err().code(), "internal");
    assert_eq!(encoder.load_rgba(0, Vec::new(), Size::new(0, 0)).unwrap_err().code(), "corrupt-image");
    assert_eq!(encoder.load_rgba(0, Vec::new(), Size::new(1 << 20, 1 << 20)).unwrap_err().code(), "limit");
}
