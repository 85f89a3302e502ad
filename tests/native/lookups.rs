//! Colour profiles that are lookup tables, of inks, of red, green and blue, and of grey: what comes out against littlecms.

use framereel::decode::{Colours, PlainJpeg};
use image::ImageEncoder;
use image::codecs::png::PngEncoder;

use crate::profiles::{WRITERS, converted, ignored, patches, png, to_pixels, with_gif_profile};
use crate::support::clip::{LIMITS, write};
use crate::support::decoders::{decode, decode_with};
use crate::support::lookups::{TABLES, Table, lookup};
use crate::support::profiles::{self, PRIMARIES, SRGB_PRIMARIES, profile, tag_of};
use crate::support::tools::{littlecms, littlecms_of_file, python, scratch};
use crate::support::{Pixels, jpeg};

/// Codes per channel: littlecms mixes points of a table in another way.
const NEAR: u8 = 3;

#[test]
fn lookup_tables_are_those_of_littlecms_in_every_format() {
    for kind in [&TABLES[..], &[Table::Matrix]].concat() {
        let profile = lookup(3, kind);
        for (format, write) in WRITERS {
            let file = write(&patches(), &profile);
            let (ours, plain) = (converted(&file), ignored(&file));
            let theirs = littlecms(&plain, &profile);
            assert!(ours.furthest(&theirs) <= NEAR, "{kind:?} in {format}: {} codes apart", ours.furthest(&theirs));
            assert!(plain.furthest(&theirs) > 30, "{kind:?} in {format} is not sRGB");
        }
        let file = with_gif_profile(&patches(), &profile);
        let theirs = littlecms(&ignored(&file), &profile);
        assert!(converted(&file).furthest(&theirs) <= NEAR, "{kind:?} in GIF");
    }
}

#[test]
fn lookup_tables_of_grey_are_those_of_littlecms() {
    let picture = Pixels::from_fn(256, 8, |x, _| [x as u8; 3]);
    let luma: Vec<u8> = picture.rgb.chunks_exact(3).map(|rgb| rgb[0]).collect();
    for kind in TABLES {
        let profile = lookup(1, kind);
        let mut file = Vec::new();
        let mut encoder = PngEncoder::new(&mut file);
        encoder.set_icc_profile(profile.clone()).unwrap();
        encoder.write_image(&luma, 256, 8, image::ExtendedColorType::L8).unwrap();
        let theirs = littlecms(&picture, &profile);
        assert!(converted(&file).furthest(&theirs) <= NEAR, "{kind:?}: {}", converted(&file).furthest(&theirs));
        assert!(picture.furthest(&theirs) > 10, "{kind:?} is not sRGB's");
    }
}

/// Blocks of 16 pixels a side of inks from none to all, four bytes a pixel, 0 for none.
fn inks() -> (u32, u32, Vec<u8>) {
    const STEPS: [u8; 4] = [0, 80, 170, 255];
    let (width, height) = (16 * 16, 16 * 16);
    let at = |x: usize, y: usize| [STEPS[x / 16 % 4], STEPS[x / 64], STEPS[y / 16 % 4], STEPS[y / 64]];
    let pixels = (0..height).flat_map(|y| (0..width).flat_map(move |x| at(x, y))).collect();
    (width as u32, height as u32, pixels)
}

#[test]
fn inks_of_a_jpeg_are_those_of_littlecms() {
    let (width, height, inks) = inks();
    for ycck in [false, true] {
        let plain = jpeg::inks(&inks, width, height, ycck);
        for kind in TABLES {
            let profile = lookup(4, kind);
            let file = jpeg::with_profile(&plain, &profile);
            let (ours, theirs) = (converted(&file), littlecms_of_file(&file, "JPEG", &profile));
            assert!(ours.furthest(&theirs) <= NEAR, "{kind:?}, YCCK {ycck}: {} codes apart", ours.furthest(&theirs));
            assert!(ignored(&file).furthest(&theirs) > 60, "{kind:?}: it matters");
            assert_eq!(ignored(&file), converted(&plain), "ignored");
        }
    }
}

#[test]
fn inks_of_a_tiff_are_those_of_littlecms() {
    let (width, height, inks) = inks();
    let raw = write("inks.raw", &inks);
    for (name, options) in [("plain", "compression=None"), ("jpeg", "compression='jpeg', quality=100")] {
        for kind in TABLES {
            let profile = lookup(4, kind);
            let (icc, target) = (write("inks.icc", &profile), scratch(&format!("inks-{name}.tif")));
            let program = format!(
                "
import sys
from PIL import Image
raw, icc, target = sys.argv[1:]
image = Image.frombytes('CMYK', ({width}, {height}), open(raw, 'rb').read())
image.save(target, {options}, icc_profile=open(icc, 'rb').read())
"
            );
            python(&program, &[&raw, &icc, &target]);
            let file = std::fs::read(target).unwrap();
            let (ours, theirs) = (converted(&file), littlecms_of_file(&file, "TIFF", &profile));
            assert!(ours.furthest(&theirs) <= NEAR, "{kind:?}, {name}: {} codes apart", ours.furthest(&theirs));
            assert!(ignored(&file).furthest(&theirs) > 60, "{kind:?}, {name}: it matters");
        }
    }
}

#[test]
fn a_table_goes_before_a_matrix() {
    let table = lookup(3, Table::Words);
    let matrix = profiles::rgb(PRIMARIES[2].1, PRIMARIES[2].2[0]);
    let matrix_tags = [b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC"].map(|name| (*name, tag_of(&matrix, name)));
    let tags = [&matrix_tags[..], &[(*b"A2B0", tag_of(&table, b"A2B0"))]].concat();
    let both = profile(b"RGB ", b"Lab ", 2, tags);
    assert_eq!(converted(&png(&patches(), &both)), converted(&png(&patches(), &table)));
}

#[test]
fn a_table_for_looking_at_goes_before_one_by_measure() {
    let table = lookup(3, Table::Words);
    let seen = tag_of(&table, b"A2B0");
    let mut black = seen.clone();
    let middle = black.len() / 2;
    black[middle..].fill(0);
    let shown = |tags: &[(&[u8; 4], &Vec<u8>)]| {
        let tags = tags.iter().map(|&(name, data)| (*name, data.clone())).collect();
        converted(&png(&patches(), &profile(b"RGB ", b"Lab ", 2, tags)))
    };
    let expected = converted(&png(&patches(), &table));
    assert_eq!(shown(&[(b"A2B1", &black), (b"A2B0", &seen)]), expected);
    assert_eq!(shown(&[(b"A2B1", &seen)]), expected);
    assert_ne!(shown(&[(b"A2B0", &black), (b"A2B1", &seen)]), expected);
}

#[test]
fn a_table_that_is_srgb_s_costs_nothing() {
    // sRGB's curves, which a table of a matrix has as a power: as good as.
    let profile = profiles::rgb(&SRGB_PRIMARIES, profiles::Curve::Srgb);
    let tags = vec![(*b"A2B0", crate::support::lookups::matrix_of(&SRGB_PRIMARIES, &tag_of(&profile, b"rTRC")))];
    let profile = self::profile(b"RGB ", b"XYZ ", 4, tags);
    let file = jpeg::with_profile(&jpeg::baseline(&patches(), jpeg::Subsampling::F_1_1, 95), &profile);
    assert!(PlainJpeg::new(Colours::Convert).decode(&file, &LIMITS, |_| true).is_some(), "by planes");
    assert_eq!(converted(&file), ignored(&file));
}

#[test]
fn profiles_of_other_pixels_are_ignored() {
    let picture = Pixels::gradient(40, 30);
    for profile in [lookup(4, Table::Bytes), lookup(1, Table::Words)] {
        assert_eq!(converted(&png(&picture, &profile)), picture);
    }
    let (width, height, inks) = inks();
    let plain = jpeg::inks(&inks, width, height, false);
    for profile in [lookup(3, Table::Bytes), profiles::grey(profiles::Curve::Gamma(1.0))] {
        assert_eq!(converted(&jpeg::with_profile(&plain, &profile)), converted(&plain));
    }
}

#[test]
fn broken_tables_are_ignored() {
    let picture = Pixels::gradient(40, 30);
    for kind in [Table::Bytes, Table::Words, Table::Stages, Table::Matrix] {
        let profile = lookup(3, kind);
        for cut in (0..profile.len()).step_by(profile.len().div_ceil(60)) {
            assert_eq!(converted(&png(&picture, &profile[..cut])), picture, "{kind:?} cut at {cut}");
        }
        // Any byte may be wrong: whatever comes of it, it is a picture.
        for at in 128..profile.len().min(320) {
            for wrong in [0x00, 0xFF, 0x80] {
                let mut broken = profile.clone();
                broken[at] = wrong;
                decode(&png(&picture, &broken), &LIMITS).unwrap();
            }
        }
    }
    let (width, height, inks) = inks();
    let plain = jpeg::inks(&inks, width, height, false);
    let profile = lookup(4, Table::Words);
    let cut = jpeg::with_profile(&plain, &profile[..profile.len() / 2]);
    assert_eq!(converted(&cut), to_pixels(decode_with(&plain, &LIMITS, Colours::Convert).unwrap()));
}
