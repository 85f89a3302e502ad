//! Groups for the module to encode again: what comes out in wasm must be what comes out here, byte for byte. This side
//! writes image files, settings and the native result; `tests/build/same-bytes.test.mjs` has the module do the same.
//! The two share no SIMD: here it is this processor's, and upstream's kernels are plain C++.

use std::fs;
use std::path::{Path, PathBuf};

use framereel::encode::{Content, Quality, Speed};
use framereel::fit::Fit;
use framereel::session::{GroupEncoder, GroupSettings};
use framereel::size::Size;
use image::{DynamicImage, ImageFormat, RgbaImage};

use crate::support::clip::settings;
use crate::support::jpeg::{self, Subsampling};
use crate::support::{DEFAULT_QUALITY, Pixels};

/// A photograph seen by a camera that moves; neither side is even.
fn photos(count: u32) -> Vec<Pixels> {
    let photo = Pixels::photo("coffee.png");
    (0..count).map(|i| Pixels::from_fn(173, 91, |x, y| photo.at(60 + 3 * i + x, 40 + 2 * i + y))).collect()
}

fn jpegs(subsampling: Subsampling) -> Vec<Vec<u8>> {
    photos(4).iter().map(|photo| jpeg::baseline(photo, subsampling, 90)).collect()
}

fn pngs() -> Vec<Vec<u8>> {
    photos(4).iter().map(Pixels::to_png).collect()
}

fn with_alpha() -> Vec<Vec<u8>> {
    let encode = |photo: &Pixels| {
        let rgba = RgbaImage::from_fn(photo.width, photo.height, |x, y| {
            let [red, green, blue] = photo.at(x, y);
            image::Rgba([red, green, blue, (x * 5 + y) as u8])
        });
        let mut file = std::io::Cursor::new(Vec::new());
        DynamicImage::ImageRgba8(rgba).write_to(&mut file, ImageFormat::Png).unwrap();
        file.into_inner()
    };
    photos(4).iter().map(encode).collect()
}

/// Plain JPEGs with bits of their scans turned over: values that no encoder writes.
fn distorted() -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    let mut decoder = framereel::decode::PlainJpeg::default();
    let whole = jpeg::baseline(&photos(1)[0], Subsampling::F_2_2, 100);
    for at in (700..whole.len() - 8).step_by(97) {
        let mut file = whole.clone();
        file[at] ^= 1 << (at % 8);
        if decoder.decode(&file, &crate::support::clip::LIMITS, |_| true).is_some() {
            files.push(file);
        }
    }
    assert!(files.len() > 20, "{} distorted files are still plain JPEGs", files.len());
    files
}

fn flat_graphics() -> Vec<Vec<u8>> {
    let blocks = Pixels::blocks(320, 240);
    (0..6).map(|i| Pixels::from_fn(172, 90, |x, y| blocks.at(x + i, y + 5 * i)).to_png()).collect()
}

#[test]
fn groups_are_left_for_the_module_to_encode_again() {
    let size = Size::new(172, 90);
    let as_it_is = settings(size);
    let to =
        |width, height, fit| GroupSettings { fit, background: [40, 90, 200], ..settings(Size::new(width, height)) };
    let with = |quality, content, speed| {
        let mut changed = as_it_is;
        changed.encode.quality = quality;
        changed.encode.content = content;
        changed.encode.speed = speed;
        changed
    };
    let cases = [
        ("jpeg-420", as_it_is, jpegs(Subsampling::F_2_2)),
        ("jpeg-422", as_it_is, jpegs(Subsampling::F_2_1)),
        ("jpeg-440", as_it_is, jpegs(Subsampling::F_1_2)),
        ("jpeg-444", as_it_is, jpegs(Subsampling::F_1_1)),
        ("jpeg-distorted", as_it_is, distorted()),
        ("jpeg-framed", to(160, 160, Fit::Contain), jpegs(Subsampling::F_2_2)),
        ("jpeg-covering", to(64, 96, Fit::Cover), jpegs(Subsampling::F_2_1)),
        ("png", as_it_is, pngs()),
        ("png-alpha", GroupSettings { background: [255, 0, 100], ..as_it_is }, with_alpha()),
        ("png-stretched", to(98, 130, Fit::Stretch), pngs()),
        ("fast", with(Quality::Qp(12), Content::Photo, Speed::Fast), jpegs(Subsampling::F_2_2)),
        ("small", with(Quality::Qp(30), Content::Photo, Speed::Small), jpegs(Subsampling::F_2_2)),
        ("screen", with(Quality::Qp(24), Content::Screen, Speed::Balanced), flat_graphics()),
        ("look", with(DEFAULT_QUALITY, Content::Auto, Speed::Balanced), pngs()),
        ("look-drawing", with(Quality::RateFactor(30.0), Content::Auto, Speed::Balanced), flat_graphics()),
        ("bitrate", with(Quality::Bitrate(200_000), Content::Photo, Speed::Balanced), pngs()),
    ];
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("same-bytes");
    let _ = fs::remove_dir_all(&folder);
    for (name, settings, images) in cases {
        leave(&folder.join(name), settings, &images);
    }
}

/// Encodes images in order and writes everything that it takes to do so again.
fn leave(folder: &PathBuf, settings: GroupSettings, images: &[Vec<u8>]) {
    fs::create_dir_all(folder).unwrap();
    let mut encoder = GroupEncoder::new(settings).unwrap();
    for (at, image) in images.iter().enumerate() {
        fs::write(folder.join(format!("{at:02}.image")), image).unwrap();
        encoder.load(0, image).unwrap();
        encoder.encode(0, at == 0).unwrap();
    }
    fs::write(folder.join("group.h264"), encoder.finish().unwrap().data).unwrap();
    fs::write(folder.join("settings.json"), to_json(settings)).unwrap();
}

/// As `GroupSettings` of `src/wasm.rs`.
fn to_json(GroupSettings { encode, fit, background, limits, colours }: GroupSettings) -> String {
    let rate = match encode.quality {
        Quality::Qp(qp) => format!("\"qp\": {qp}"),
        Quality::RateFactor(factor) => format!("\"rateFactor\": {factor}"),
        Quality::Bitrate(bitrate) => format!("\"bitrate\": {bitrate}"),
        Quality::PerPicture => unreachable!("no group here is given QPs picture by picture"),
    };
    let name = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
    format!(
        "{{ \"width\": {}, \"height\": {}, {rate}, \"frameRate\": {}, \"profile\": {:?}, \"content\": {:?}, \"speed\": {:?}, \
         \"fit\": {:?}, \"background\": {background:?}, \"maxPixels\": {}, \"maxBytes\": {}, \"colors\": {:?} }}\n",
        encode.size.width,
        encode.size.height,
        encode.frame_rate,
        name(&encode.profile),
        name(&encode.content),
        name(&encode.speed),
        name(&fit),
        limits.max_pixels,
        limits.max_bytes,
        name(&colours),
    )
}
