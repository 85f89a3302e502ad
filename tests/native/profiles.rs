//! Embedded colour profiles: what comes out against littlecms, an independent program, over the same decoded pixels.

use framereel::decode::{Colours, PlainJpeg, decode_frames_with};
use framereel::raster::{Layout, Raster};
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};

use crate::bad_input::crc32;
use crate::support::clip::LIMITS;
use crate::support::decoders::{decode, decode_with};
use crate::support::jpeg::{self, Subsampling};
use crate::support::profiles::{self, Curve, PRIMARIES, SRGB_PRIMARIES};
use crate::support::tools::littlecms;
use crate::support::{Pixels, clip};

/// Greys, strong colours, skin and leaves, each a block: 16 pixels a side, so that JPEG keeps them apart.
pub(crate) fn patches() -> Pixels {
    const STEPS: [u8; 6] = [0, 40, 90, 140, 200, 255];
    Pixels::from_fn(16 * 18, 16 * 12, |x, y| {
        let (column, row) = ((x / 16) as usize, (y / 16) as usize);
        [STEPS[column % 6], STEPS[row % 6], STEPS[column / 6 + row / 6 * 3]]
    })
}

pub(crate) fn png(picture: &Pixels, profile: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = PngEncoder::new(&mut file);
    encoder.set_icc_profile(profile.to_vec()).unwrap();
    encoder.write_image(&picture.rgb, picture.width, picture.height, ExtendedColorType::Rgb8).unwrap();
    file
}

fn webp(picture: &Pixels, profile: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut file);
    encoder.set_icc_profile(profile.to_vec()).unwrap();
    encoder.write_image(&picture.rgb, picture.width, picture.height, ExtendedColorType::Rgb8).unwrap();
    file
}

fn jpg(picture: &Pixels, profile: &[u8]) -> Vec<u8> {
    jpeg::with_profile(&jpeg::baseline(picture, Subsampling::F_1_1, 95), profile)
}

fn tiff(picture: &Pixels, profile: &[u8]) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let mut encoder = image::codecs::tiff::TiffEncoder::new(&mut file);
    encoder.set_icc_profile(profile.to_vec()).unwrap();
    encoder.write_image(&picture.rgb, picture.width, picture.height, ExtendedColorType::Rgb8).unwrap();
    file.into_inner()
}

pub(crate) fn to_pixels(raster: Raster) -> Pixels {
    assert_eq!(raster.layout, Layout::Rgb);
    Pixels { width: raster.size.width, height: raster.size.height, rgb: raster.pixels }
}

pub(crate) fn converted(file: &[u8]) -> Pixels {
    to_pixels(decode(file, &LIMITS).unwrap())
}

pub(crate) fn ignored(file: &[u8]) -> Pixels {
    to_pixels(decode_with(file, &LIMITS, Colours::Ignore).unwrap())
}

/// A picture and a profile as a file.
pub(crate) type Write = fn(&Pixels, &[u8]) -> Vec<u8>;

pub(crate) const WRITERS: [(&str, Write); 4] = [("JPEG", jpg), ("PNG", png), ("WebP", webp), ("TIFF", tiff)];

#[test]
fn wide_colours_are_those_of_littlecms_in_every_format() {
    for (space, primaries, curves) in PRIMARIES {
        for curve in curves {
            let profile = profiles::rgb(primaries, *curve);
            for (format, write) in WRITERS {
                let file = write(&patches(), &profile);
                let (ours, plain) = (converted(&file), ignored(&file));
                let theirs = littlecms(&plain, &profile);
                assert!(ours.furthest(&theirs) <= 2, "{space} {curve:?} in {format}: {}", ours.furthest(&theirs));
                assert!(plain.furthest(&theirs) > 30, "{space} in {format} is not sRGB");
                if format != "JPEG" {
                    assert_eq!(plain, patches(), "{format} as it stands");
                }
            }
        }
    }
}

#[test]
fn grey_profiles_are_those_of_littlecms() {
    let picture = Pixels::from_fn(256, 8, |x, _| [x as u8; 3]);
    let profile = profiles::grey(Curve::Gamma(1.0));
    let luma: Vec<u8> = picture.rgb.chunks_exact(3).map(|rgb| rgb[0]).collect();
    let mut file = Vec::new();
    let mut encoder = PngEncoder::new(&mut file);
    encoder.set_icc_profile(profile.clone()).unwrap();
    encoder.write_image(&luma, 256, 8, ExtendedColorType::L8).unwrap();
    let theirs = littlecms(&ignored(&file), &profile);
    assert!(converted(&file).furthest(&theirs) <= 2);
    // Grey's profile says nothing about colours.
    assert_eq!(converted(&png(&patches(), &profile)), patches());
}

#[test]
fn srgb_profiles_cost_nothing() {
    for curve in [Curve::Srgb, Curve::Table] {
        let profile = profiles::rgb(&SRGB_PRIMARIES, curve);
        for (format, write) in WRITERS {
            let file = write(&patches(), &profile);
            assert_eq!(converted(&file), ignored(&file), "{format} {curve:?}");
        }
        let file = jpg(&patches(), &profile);
        assert!(PlainJpeg::default().decode(&file, &LIMITS, |_| true).is_some(), "{curve:?}: by planes");
    }
}

#[test]
fn a_jpeg_with_a_profile_goes_by_planes_only_where_it_is_ignored() {
    let (_, primaries, curves) = PRIMARIES[0];
    let file = jpg(&patches(), &profiles::rgb(primaries, curves[0]));
    assert!(PlainJpeg::new(Colours::Convert).decode(&file, &LIMITS, |_| true).is_none());
    assert!(PlainJpeg::new(Colours::Ignore).decode(&file, &LIMITS, |_| true).is_some());
}

#[test]
fn broken_profiles_are_ignored() {
    let (_, primaries, curves) = PRIMARIES[0];
    let profile = profiles::rgb(primaries, curves[0]);
    let picture = Pixels::gradient(40, 30);
    for cut in (0..profile.len()).step_by(7) {
        let raster = decode(&webp(&picture, &profile[..cut]), &LIMITS).unwrap();
        assert_eq!(to_pixels(raster), picture, "cut at {cut}");
    }
    // Any byte may be wrong: whatever comes of it, it is a picture.
    for at in 0..profile.len() {
        for wrong in [0x00, 0xFF, 0x80] {
            let mut broken = profile.clone();
            broken[at] = wrong;
            decode(&webp(&picture, &broken), &LIMITS).unwrap();
        }
    }
}

/// The PNG with a chunk before its image data.
fn with_chunk(png: &[u8], kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [kind, data].concat();
    let chunk = [&(data.len() as u32).to_be_bytes()[..], &body, &crc32(&body).to_be_bytes()].concat();
    // Behind the signature and IHDR.
    [&png[..33], &chunk, &png[33..]].concat()
}

fn big_endian(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_be_bytes()).collect()
}

/// cHRM of Display P3: white, red, green, blue in hundred thousandths.
const P3_CHROMATICITIES: [u32; 8] = [31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000];
const SRGB_CHROMATICITIES: [u32; 8] = [31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000];

#[test]
fn png_chunks_name_colours_too() {
    let plain = patches().to_png();
    let (_, p3, _) = PRIMARIES[0];
    let expected = littlecms(&patches(), &profiles::rgb(p3, Curve::Srgb));
    // Display P3 by cICP: primaries 12, transfer 13, RGB, full range.
    let cicp = with_chunk(&plain, b"cICP", &[12, 13, 0, 1]);
    assert!(converted(&cicp).furthest(&expected) <= 2);
    let chrm = with_chunk(&plain, b"cHRM", &big_endian(&P3_CHROMATICITIES));
    assert!(converted(&chrm).furthest(&expected) <= 2);
    // sRGB's chunk goes before gAMA and cHRM, and an ICC profile before it.
    assert_eq!(converted(&with_chunk(&chrm, b"sRGB", &[0])), patches());
    let linear = with_chunk(&plain, b"gAMA", &big_endian(&[100_000]));
    let expected = littlecms(&patches(), &profiles::rgb(&SRGB_PRIMARIES, Curve::Gamma(1.0)));
    assert!(converted(&linear).furthest(&expected) <= 2);
    // What nearly every PNG says means sRGB.
    let usual = with_chunk(&plain, b"gAMA", &big_endian(&[45_455]));
    assert_eq!(converted(&usual), patches());
    assert_eq!(converted(&with_chunk(&usual, b"cHRM", &big_endian(&SRGB_CHROMATICITIES))), patches());
}

#[test]
fn chunks_that_make_no_sense_are_ignored() {
    let plain = patches().to_png();
    for (kind, data) in [(b"gAMA", big_endian(&[0])), (b"cHRM", vec![0; 32]), (b"cICP", vec![9, 16, 0, 1])] {
        assert_eq!(converted(&with_chunk(&plain, kind, &data)), patches(), "{}", String::from_utf8_lossy(kind));
    }
}

#[test]
fn frames_of_animations_are_converted() {
    let picture = Pixels::gradient(48, 32);
    let source = clip::write("profile-source.png", &picture.to_png());
    let target = crate::support::tools::scratch("profile.png");
    let arguments = ["-loop", "1", "-i", source.to_str().unwrap(), "-frames:v", "2", "-f", "apng"];
    crate::support::tools::ffmpeg(&[&arguments[..], &[target.to_str().unwrap()]].concat());
    let file = with_chunk(&std::fs::read(target).unwrap(), b"cICP", &[12, 13, 0, 1]);
    let (_, p3, _) = PRIMARIES[0];
    let expected = littlecms(&picture, &profiles::rgb(p3, Curve::Srgb));
    for colours in [Colours::Convert, Colours::Ignore] {
        decode_frames_with(&file, &LIMITS, 0, 2, colours, |_, raster| {
            let theirs = if colours == Colours::Convert { &expected } else { &picture };
            assert!(to_pixels(raster).furthest(theirs) <= 2, "{colours:?}");
            Ok(())
        })
        .unwrap();
    }
}

/// The picture as a GIF with a profile in an application extension: its name, the profile in blocks, an empty block.
pub(crate) fn with_gif_profile(picture: &Pixels, profile: &[u8]) -> Vec<u8> {
    let mut file = crate::animations::still_gif(picture);
    let mut extension = b"\x21\xFF\x0BICCRGBG1012".to_vec();
    for block in profile.chunks(255) {
        extension.push(block.len() as u8);
        extension.extend_from_slice(block);
    }
    extension.push(0);
    let start = 13 + 3 * (2 << (file[10] & 7));
    file.splice(start..start, extension);
    file
}

#[test]
fn a_gif_s_profile_is_applied() {
    let (_, primaries, curves) = PRIMARIES[1];
    let profile = profiles::rgb(primaries, curves[0]);
    let file = with_gif_profile(&patches(), &profile);
    let theirs = littlecms(&ignored(&file), &profile);
    assert!(converted(&file).furthest(&theirs) <= 2);
}
