//! HEIC against libheif, as Pillow's plug-in writes and reads it.

use std::path::PathBuf;

use framereel::decode::Colours;
use framereel::limits::Limits;
use framereel::raster::{Layout, Raster};
use framereel::size::Size;
use heifer_isobmff::HeifFile;
use heifer_isobmff::writer::{HeifWriter, ImageSpec};

use crate::support::clip::{LIMITS, write};
use crate::support::lookups::{TABLES, lookup};
use crate::support::profiles::{self, Curve, PRIMARIES};
use crate::support::tools::{littlecms, python, scratch};
use crate::support::{Pixels, jpeg};

const WIDTH: u32 = 160;
const HEIGHT: u32 = 96;

fn picture() -> Pixels {
    let photo = Pixels::photo("chelsea.png");
    Pixels::from_fn(WIDTH, HEIGHT, |x, y| photo.at(150 + x, 90 + y))
}

const LOSSLESS: &str = "quality=-1, chroma=444, matrix_coefficients=0";

/// Writes the picture by libheif, after `convert`, with options of the plug-in.
fn by_libheif(name: &str, picture: &Pixels, convert: &str, options: &str, extra: &[u8]) -> Vec<u8> {
    let program = format!(
        "
import sys
import pillow_heif
from PIL import Image
pillow_heif.register_heif_opener()
source, extra, target = sys.argv[1:]
extra = open(extra, 'rb').read()
image = Image.open(source).convert('RGB')
image = {convert}
image.save(target, {options})
"
    );
    let source = write(&format!("heic-{name}.png"), &picture.to_png());
    let extra = write(&format!("heic-{name}.extra"), extra);
    let target = scratch(&format!("heic-{name}.heic"));
    python(&program, &[&source, &extra, &target]);
    std::fs::read(target).unwrap()
}

/// What libheif reads: straight RGBA, upright.
fn read_by_libheif(name: &str, file: &[u8]) -> Raster {
    let source = write(&format!("heic-read-{name}.heic"), file);
    let [size, raw]: [PathBuf; 2] = ["size", "rgba"].map(|suffix| scratch(&format!("heic-read-{name}.{suffix}")));
    let program = "
import sys
import pillow_heif
from PIL import Image
pillow_heif.register_heif_opener()
source, size, raw = sys.argv[1:]
image = Image.open(source).convert('RGBA')
open(size, 'w').write('%d %d' % image.size)
open(raw, 'wb').write(image.tobytes())
";
    python(program, &[&source, &size, &raw]);
    let sides = std::fs::read_to_string(size).unwrap();
    let (width, height) = sides.split_once(' ').unwrap();
    let size = Size::new(width.parse().unwrap(), height.parse().unwrap());
    Raster::new(size, Layout::Rgba, std::fs::read(raw).unwrap()).unwrap()
}

fn decode(file: &[u8], colours: Colours) -> Raster {
    heic::decode(file, "", &LIMITS, colours, 0).unwrap_or_else(|error| panic!("{error}"))
}

fn to_pixels(raster: &Raster) -> Pixels {
    let rgb = raster.pixels.chunks_exact(4).flat_map(|pixel| pixel[..3].to_vec()).collect();
    Pixels { width: raster.size.width, height: raster.size.height, rgb }
}

/// Decodes by both and allows so many codes for any channel, alpha among them.
fn assert_as_libheif(name: &str, file: &[u8], codes: u8) {
    let (ours, theirs) = (decode(file, Colours::Ignore), read_by_libheif(name, file));
    assert_eq!(ours.size, theirs.size, "{name}");
    let furthest = ours.pixels.iter().zip(&theirs.pixels).map(|(ours, theirs)| ours.abs_diff(*theirs)).max();
    assert!(furthest <= Some(codes), "{name}: {furthest:?} codes apart");
    assert_eq!(heic::probe(file, "", &LIMITS).unwrap().size, theirs.size, "{name}");
}

#[test]
fn what_libheif_writes_is_read_as_libheif_reads_it() {
    for (name, convert, options, codes) in [
        ("lossless", "image", LOSSLESS, 0),
        ("444", "image", "quality=90, chroma=444", 1),
        ("grey", "image.convert('L')", "quality=90", 0),
        ("odd", "image.crop((3, 5, 120, 80))", LOSSLESS, 0),
        ("limited", "image", "quality=90, chroma=444, full_range_flag=0", 1),
        ("rec709", "image", "quality=90, chroma=444, matrix_coefficients=1", 1),
        ("thumbnail", "image", "quality=-1, chroma=444, matrix_coefficients=0, thumbnails=[64]", 0),
        (
            "alpha",
            "(image.putalpha(Image.linear_gradient('L').resize(image.size)), image)[1]",
            "quality=90, chroma=444",
            1,
        ),
    ] {
        let file = by_libheif(name, &picture(), convert, options, &[]);
        assert_as_libheif(name, &file, codes);
    }
    assert_eq!(
        to_pixels(&decode(&by_libheif("exact", &picture(), "image", LOSSLESS, &[]), Colours::Convert)),
        picture()
    );
}

#[test]
fn halved_chroma_differs_only_in_how_it_is_brought_up() {
    for chroma in [420, 422] {
        let name = format!("halved-{chroma}");
        let file = by_libheif(&name, &picture(), "image", &format!("quality=95, chroma={chroma}"), &[]);
        let ours = to_pixels(&decode(&file, Colours::Ignore));
        let theirs = to_pixels(&read_by_libheif(&name, &file));
        assert!(ours.psnr(&theirs) > 36.0, "{chroma}: {:.1} dB to libheif", ours.psnr(&theirs));
        assert!(ours.psnr(&picture()) > 34.0, "{chroma}: {:.1} dB", ours.psnr(&picture()));
    }
}

#[test]
fn deeper_samples_are_read() {
    for bits in [10, 12] {
        let convert = "pillow_heif.from_bytes(mode='RGB;16', size=image.size, data=b''.join(
            (value * 257).to_bytes(2, 'little') for value in image.tobytes()))";
        let program = format!(
            "(setattr(pillow_heif.options, 'SAVE_HDR_TO_12_BIT', {}), {convert})[1]",
            if bits == 12 { "True" } else { "False" }
        );
        let file = by_libheif(&format!("{bits}-bits"), &picture(), &program, "quality=-1, chroma=444", &[]);
        let depth =
            HeifFile::parse(&file).map(|heif| heif.hevc_config(heif.primary_id).unwrap().unwrap().bit_depth_luma);
        assert_eq!(depth.unwrap(), bits);
        let ours = to_pixels(&decode(&file, Colours::Ignore));
        assert!(ours.furthest(&picture()) <= 2, "{bits} bits: {} codes apart", ours.furthest(&picture()));
    }
}

#[test]
fn rotation_and_mirroring_are_applied() {
    for orientation in 2..=8 {
        let name = format!("orientation-{orientation}");
        let options = format!("{LOSSLESS}, exif=extra");
        let file = by_libheif(&name, &picture(), "image", &options, &jpeg::exif(orientation, true));
        let turned = file.windows(4).any(|kind| kind == b"irot" || kind == b"imir");
        assert!(turned, "libheif writes properties for {orientation}");
        assert_as_libheif(&name, &file, 0);
    }
}

/// A picture as telephones store it: square tiles side by side, the last ones cut. `name` tells the files of its tiles.
fn grid(name: &str, [width, height]: [u32; 2], side: u32, options: &str) -> (Vec<u8>, Pixels) {
    let photo = Pixels::photo("chelsea.png");
    let whole = Pixels::from_fn(width, height, |x, y| photo.at(x % photo.width, (50 + y) % photo.height));
    let (across, down) = (width.div_ceil(side), height.div_ceil(side));
    let mut writer = HeifWriter::new();
    let tiles: Vec<u32> = (0..across * down)
        .map(|index| {
            let (left, top) = (index % across * side, index / across * side);
            let at = |x: u32, y: u32| whole.at((left + x).min(width - 1), (top + y).min(height - 1));
            let tile = Pixels::from_fn(side, side, at);
            let file = by_libheif(&format!("{name}-{index}"), &tile, "image", options, &[]);
            let heif = HeifFile::parse(&file).unwrap();
            let id = heif.primary_id;
            let slices: Vec<Vec<u8>> = {
                let data = heif.item_data(id).unwrap();
                let mut rest = &data[..];
                std::iter::from_fn(|| {
                    let (length, after) = rest.split_first_chunk::<4>()?;
                    let (slice, after) = after.split_at(u32::from_be_bytes(*length) as usize);
                    rest = after;
                    Some(slice.to_vec())
                })
                .collect()
            };
            let config = heif.hevc_config(id).unwrap().unwrap().clone();
            let color = heif.item_properties(id).unwrap().find_map(|property| match property {
                heifer_isobmff::boxes::Property::Color(color) => Some(color.clone()),
                _ => None,
            });
            writer.add_image(&ImageSpec { color, hidden: true, ..ImageSpec::new(side, side, config, &slices) })
        })
        .collect();
    let grid = writer.add_grid(down as u16, across as u16, width, height, &tiles, None, None);
    writer.set_primary(grid);
    (writer.finish(), whole)
}

#[test]
fn grids_of_tiles_are_put_together() {
    let (file, whole) = grid("tile", [118, 100], 64, LOSSLESS);
    assert_eq!(to_pixels(&decode(&file, Colours::Convert)), whole);
    assert_as_libheif("grid", &file, 0);
}

#[test]
fn colours_are_converted() {
    let (_, primaries, _) = PRIMARIES[0];
    let profile = profiles::rgb(primaries, Curve::Srgb);
    let expected = littlecms(&picture(), &profile);
    let icc = by_libheif("p3", &picture(), "image", &format!("{LOSSLESS}, icc_profile=extra"), &profile);
    let named = format!("{LOSSLESS}, color_primaries=12, transfer_characteristics=13");
    let named = by_libheif("p3-named", &picture(), "image", &named, &[]);
    for (name, file) in [("ICC", icc), ("H.273", named)] {
        let converted = to_pixels(&decode(&file, Colours::Convert));
        assert!(converted.furthest(&expected) <= 2, "{name}: {} codes apart", converted.furthest(&expected));
        assert_eq!(to_pixels(&decode(&file, Colours::Ignore)), picture(), "{name} as it stands");
    }
    for kind in TABLES {
        let profile = lookup(3, kind);
        let file = by_libheif("lookup", &picture(), "image", &format!("{LOSSLESS}, icc_profile=extra"), &profile);
        let (ours, theirs) = (to_pixels(&decode(&file, Colours::Convert)), littlecms(&picture(), &profile));
        assert!(ours.furthest(&theirs) <= 3, "{kind:?}: {} codes apart", ours.furthest(&theirs));
        assert!(picture().furthest(&theirs) > 10, "{kind:?} matters");
    }
}

#[test]
fn limits_hold_before_anything_is_decoded() {
    let file = by_libheif("limit", &picture(), "image", "quality=50", &[]);
    let limits = Limits { max_pixels: u64::from(WIDTH * HEIGHT) - 1, ..LIMITS };
    for error in [
        heic::probe(&file, "", &limits).unwrap_err(),
        heic::decode(&file, "", &limits, Colours::Convert, 0).unwrap_err(),
    ] {
        assert_eq!(error.code(), "limit", "{error}");
    }
    let small = Limits { max_bytes: file.len() as u64 - 1, ..LIMITS };
    assert_eq!(heic::probe(&file, "", &small).unwrap_err().code(), "limit");
}

#[test]
fn a_file_that_is_cut_off_is_corrupt_wherever_it_is_cut() {
    let file = by_libheif("cut", &picture(), "image", "quality=90", &[]);
    for cut in (12..file.len()).step_by(file.len() / 60) {
        let error = heic::decode(&file[..cut], "", &LIMITS, Colours::Convert, 0).expect_err("a part is no picture");
        assert_eq!(error.code(), "corrupt-image", "cut at {cut}: {error}");
    }
}

/// A crop would cut from another picture than it was meant for, and a video be planned for another size than it gets.
#[test]
fn a_picture_smaller_than_its_file_states_is_corrupt() {
    let file = by_libheif("stated", &picture(), "image", "quality=50", &[]);
    let field = [b"ispe".as_slice(), &[0; 4]].concat();
    let at = file.windows(field.len()).position(|bytes| bytes == field).unwrap() + field.len();
    let decoded = |place: usize, stated: u32| {
        let mut changed = file.clone();
        changed[place..place + 4].copy_from_slice(&stated.to_be_bytes());
        heic::decode(&changed, "", &LIMITS, Colours::Convert, 0).map(|raster| raster.size)
    };
    for (place, stated) in [(at, WIDTH + 95), (at, WIDTH + 1), (at + 4, HEIGHT + 1)] {
        let error = decoded(place, stated).expect_err("two sizes");
        assert_eq!(error.code(), "corrupt-image", "{stated}: {error}");
    }
    // What is coded beyond the stated size only fills the last blocks.
    assert_eq!(decoded(at, WIDTH - 1), Ok(Size::new(WIDTH - 1, HEIGHT)));
    assert_eq!(decoded(at + 4, HEIGHT - 1), Ok(Size::new(WIDTH, HEIGHT - 1)));
}

#[test]
fn broken_files_end_in_an_error_or_a_picture() {
    let mut state = 1_u64;
    let mut noise = || {
        // Knuth's MMIX generator.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let large = Pixels::photo("chelsea.png");
    for (file, rounds) in [
        (by_libheif("noise", &picture(), "image", "quality=40", &[]), 200),
        (grid("noise-tile", [118, 100], 64, LOSSLESS).0, 200),
        // Many coding tree units, and many tiles: 451 x 300 as one image, and as six of 160 x 160.
        (by_libheif("noise-large", &large, "image", "quality=60", &[]), 60),
        (grid("noise-large-tile", [451, 300], 160, "quality=60").0, 60),
    ] {
        for _ in 0..rounds {
            let mut broken = file.clone();
            let at = noise() % broken.len().min(if noise() % 2 == 0 { 800 } else { usize::MAX });
            broken[at] = noise() as u8;
            // Whatever comes of it: an image or an error.
            let _ = heic::probe(&broken, "", &LIMITS);
            let _ = heic::decode(&broken, "", &LIMITS, Colours::Convert, 0);
        }
    }
}
