//! What renderers and old tools write: TGA, QOI, Netpbm's formats and DDS against ffmpeg and Pillow, and formats of light
//! against the formula of sRGB.

use std::path::PathBuf;

use exr::image::{Blocks, Encoding, Layer, SpecificChannels};
use exr::math::Vec2;
use exr::meta::header::LayerAttributes;
use exr::prelude::WritableImage;
use framereel::decode::Colours;
use framereel::raster::Raster;
use framereel::size::Size;

use crate::support::Pixels;
use crate::support::clip::{LIMITS, write};
use crate::support::tools::{decode_by_ffmpeg, ffmpeg, path, python, scratch};

const WIDTH: u32 = 96;
const HEIGHT: u32 = 60;

fn picture() -> Pixels {
    let photo = Pixels::photo("chelsea.png");
    Pixels::from_fn(WIDTH, HEIGHT, |x, y| photo.at(150 + x, 90 + y))
}

/// The file laid on white, having said its name as browsers do.
fn decoded(file: &[u8], name: &str) -> Pixels {
    let raster = more_formats::decode(file, name, &LIMITS, Colours::Convert, 0);
    to_pixels(raster.unwrap_or_else(|error| panic!("{name}: {error}")))
}

fn to_pixels(mut raster: Raster) -> Pixels {
    raster.flatten([255; 3]);
    let channels = raster.layout.channels();
    let rgb = raster.pixels.chunks_exact(channels).flat_map(|pixel| pixel[..3].to_vec()).collect();
    Pixels { width: raster.size.width, height: raster.size.height, rgb }
}

/// Mean code of each block of 12 x 12 pixels: what is dithered to few colours keeps it, a picture of something else does not.
fn means(picture: &Pixels) -> Vec<f64> {
    const SIDE: u32 = 12;
    let block = |left: u32, top: u32| {
        let codes = (0..SIDE * SIDE).flat_map(|at| picture.at(left + at % SIDE, top + at / SIDE));
        codes.map(f64::from).sum::<f64>() / f64::from(SIDE * SIDE * 3)
    };
    (0..HEIGHT / SIDE)
        .flat_map(|row| (0..WIDTH / SIDE).map(move |column| (row, column)))
        .map(|(row, column)| block(column * SIDE, row * SIDE))
        .collect()
}

/// Writes the picture by ffmpeg and compares with what ffmpeg reads.
fn check_by_ffmpeg(name: &str, arguments: &[&str], codes: u8) {
    let source = write(&format!("render-source-{name}.png"), &picture().to_png());
    let target = scratch(&format!("render-{name}"));
    ffmpeg(&[&["-i", path(&source)], arguments, &["-frames:v", "1", path(&target)]].concat());
    let file = std::fs::read(&target).unwrap();
    let (ours, theirs) = (decoded(&file, name), decode_by_ffmpeg(&target).remove(0));
    assert!(ours.furthest(&theirs) <= codes, "{name}: {} codes apart", ours.furthest(&theirs));
    let off =
        means(&theirs).iter().zip(means(&picture())).map(|(theirs, ours)| (theirs - ours).abs()).fold(0.0, f64::max);
    assert!(off < 16.0, "{name} shows the picture: {off:.1} codes off");
    let info = more_formats::probe(&file, name, &LIMITS).unwrap();
    assert_eq!((info.size, info.frame_durations), (Size::new(WIDTH, HEIGHT), None), "{name}");
    // Each kind of file ends with its pixels, or with a footer that may be missing.
    for cut in [20, file.len() / 2] {
        let error = more_formats::decode(&file[..cut], name, &LIMITS, Colours::Convert, 0).unwrap_err();
        assert_eq!(error.code(), "corrupt-image", "{name} cut at {cut}: {error}");
    }
}

#[test]
fn tga_of_every_kind() {
    for (kind, codes) in [("bgr24", 0), ("bgra", 0), ("gray", 0), ("rgb555le", 4), ("pal8", 0)] {
        for packing in ["0", "1"] {
            check_by_ffmpeg(&format!("{kind}-{packing}.tga"), &["-pix_fmt", kind, "-rle", packing], codes);
        }
    }
}

#[test]
fn qoi_and_netpbm_of_every_kind() {
    for kind in ["rgb24", "rgba"] {
        check_by_ffmpeg(&format!("{kind}.qoi"), &["-pix_fmt", kind], 0);
    }
    // 16 bits: ffmpeg cuts the lower eight bits off, here they are rounded.
    for (ending, kind, codes) in [
        ("ppm", "rgb24", 0),
        ("ppm", "rgb48be", 1),
        ("pgm", "gray", 0),
        ("pgm", "gray16be", 1),
        ("pbm", "monow", 0),
        ("pam", "rgb24", 0),
        ("pam", "rgba", 0),
        ("pam", "gray", 0),
    ] {
        check_by_ffmpeg(&format!("{kind}.{ending}"), &["-pix_fmt", kind], codes);
    }
}

#[test]
fn netpbm_in_words() {
    let grey = b"P2 # a comment\n3 2\n15\n0 5 10\n15 0 15\n";
    let expected = [0, 85, 170, 255, 0, 255].map(|code| [code; 3]);
    assert_eq!(decoded(grey, "").rgb, expected.concat());
    assert_eq!(decoded(b"P3\n1 2\n255\n1 2 3 250 251 252\n", "").rgb, [1, 2, 3, 250, 251, 252]);
    // 1 is black.
    assert_eq!(decoded(b"P1\n2 1\n1 0\n", "").rgb, [0, 0, 0, 255, 255, 255]);
}

#[test]
fn tga_goes_by_its_name() {
    let mut file = vec![0; 18];
    (file[2], file[12], file[14], file[16], file[17]) = (2, 1, 1, 24, 0x20);
    file.extend_from_slice(&[10, 20, 30]);
    assert_eq!(decoded(&file, "image/x-tga").rgb, [30, 20, 10]);
    let error = more_formats::decode(&file, "frame.bin", &LIMITS, Colours::Convert, 0).unwrap_err();
    assert_eq!(error.code(), "unsupported-image");
    // 32 bits whose alpha nobody filled in.
    (file[16], file[17]) = (32, 0x28);
    file.push(0);
    assert_eq!(decoded(&file, "frame.tga").rgb, [30, 20, 10]);
    // Two pixels whose header says that none of their 32 bits are alpha.
    (file[12], file[17]) = (2, 0x20);
    file.extend_from_slice(&[40, 50, 60, 128]);
    let raster = more_formats::decode(&file, "frame.tga", &LIMITS, Colours::Convert, 0).unwrap();
    assert_eq!(raster.pixels, [30, 20, 10, 255, 60, 50, 40, 255]);
}

/// The picture as a DDS, up to so many pixels across and down, and what Pillow reads from it.
fn dds(kind: &str, (width, height): (u32, u32)) -> (Vec<u8>, Pixels) {
    let source = write("render-dds.png", &picture().to_png());
    let [target, raw]: [PathBuf; 2] = ["dds", "rgb"].map(|suffix| scratch(&format!("render-{kind}.{suffix}")));
    let program = format!(
        "
import sys
from PIL import Image
source, target, raw = sys.argv[1:]
image = Image.open(source).convert('RGBA').crop((0, 0, {width}, {height}))
(image.convert('RGB') if '{kind}' == 'BC5' else image).save(target, pixel_format='{kind}')
open(raw, 'wb').write(Image.open(target).convert('RGB').tobytes())
"
    );
    python(&program, &[&source, &target, &raw]);
    (std::fs::read(target).unwrap(), Pixels { width, height, rgb: std::fs::read(raw).unwrap() })
}

#[test]
fn dds_is_read_as_pillow_reads_it() {
    // Sides may be of no whole blocks.
    for size in [(WIDTH, HEIGHT), (WIDTH - 1, HEIGHT - 3), (3, 2)] {
        // Those of DirectX 10 have a second header.
        for kind in ["DXT1", "DXT3", "DXT5", "BC2", "BC3"] {
            let (file, theirs) = dds(kind, size);
            assert_eq!(more_formats::probe(&file, "", &LIMITS).unwrap().size, Size::new(size.0, size.1), "{kind}");
            let ours = decoded(&file, "");
            // Colours of 5 and 6 bits: Pillow repeats the upper bits, and mixes with its own rounding.
            assert!(ours.furthest(&theirs) <= 4, "{kind} of {size:?}: {} codes apart", ours.furthest(&theirs));
        }
    }
}

#[test]
fn headers_of_dds_may_be_a_little_wrong() {
    let (plain, _) = dds("BC3", (WIDTH, HEIGHT));
    // Flags that nobody knows or that are missing, and what the second header says of dimensions, cubes, arrays and alpha.
    for (at, value) in [(8, 0_u32), (8, 0xFFFF_FFFF), (132, 0), (136, 8), (140, 0), (144, 7)] {
        let mut file = plain.clone();
        file[at..at + 4].copy_from_slice(&value.to_le_bytes());
        assert_eq!(decoded(&file, ""), decoded(&plain, ""), "{value} at {at}");
    }
}

#[test]
fn kinds_that_are_not_read_are_not_called_broken() {
    let grey = exr("grey", &[vec![0.5; (WIDTH * HEIGHT) as usize]], "grayf32le");
    let (two_channels, _) = dds("BC5", (WIDTH, HEIGHT));
    // BITMAPINFOHEADER: 16 bits a pixel in runs, and runs from the top down.
    let bitmap = |height: i32, bits: u8, compression: u8| {
        let header =
            [&[40, 0, 0, 0, 4, 0, 0, 0][..], &height.to_le_bytes(), &[1, 0, bits, 0, compression, 0, 0, 0]].concat();
        [b"BM\0\0\0\0\0\0\0\0\x36\0\0\0", &header[..], &[0; 400]].concat()
    };
    let bitmaps = [bitmap(4, 16, 1), bitmap(-4, 8, 1), bitmap(4, 3, 0), bitmap(4, 24, 4), bitmap(4, 24, 99)];
    for (index, file) in [grey, two_channels].iter().chain(&bitmaps).enumerate() {
        for error in [
            more_formats::probe(file, "", &LIMITS).unwrap_err(),
            more_formats::decode(file, "", &LIMITS, Colours::Convert, 0).unwrap_err(),
        ] {
            assert_eq!(error.code(), "unsupported-image", "{index}: {error}");
            assert!(!error.to_string().contains("again"), "{index}: no advice that does not help: {error}");
        }
    }
}

/// Light of an sRGB code (IEC 61966-2-1).
fn light(code: u8) -> f32 {
    let coded = f64::from(code) / 255.0;
    (if coded <= 0.040_45 { coded / 12.92 } else { ((coded + 0.055) / 1.055).powf(2.4) }) as f32
}

/// An OpenEXR by ffmpeg, of planes of green, blue and red light, and alpha.
fn exr(name: &str, planes: &[Vec<f32>], kind: &str) -> Vec<u8> {
    let raw: Vec<u8> = planes.iter().flatten().flat_map(|value| value.to_le_bytes()).collect();
    let source = write(&format!("render-{name}.raw"), &raw);
    let target = scratch(&format!("render-{name}.exr"));
    let size = format!("{WIDTH}x{HEIGHT}");
    let input = ["-f", "rawvideo", "-pix_fmt", kind, "-s", &size, "-i", path(&source)];
    ffmpeg(&[&input[..], &["-frames:v", "1", "-compression", "zip16", "-format", "float", path(&target)]].concat());
    std::fs::read(target).unwrap()
}

/// Every channel of every pixel as light, green first.
fn planes(picture: &Pixels, by: f32) -> Vec<Vec<f32>> {
    let channel = |channel: usize| picture.rgb.iter().skip(channel).step_by(3).map(|&code| light(code) * by).collect();
    vec![channel(1), channel(2), channel(0)]
}

#[test]
fn light_in_openexr_becomes_srgb() {
    let picture = picture();
    let file = exr("light", &planes(&picture, 1.0), "gbrpf32le");
    assert!(decoded(&file, "").furthest(&picture) <= 1);
    assert_eq!(more_formats::probe(&file, "", &LIMITS).unwrap().size, Size::new(WIDTH, HEIGHT));
    // Eight times as bright is clipped at white.
    let bright = decoded(&exr("bright", &planes(&picture, 8.0), "gbrpf32le"), "");
    let clipped = picture.rgb.iter().zip(&bright.rgb).filter(|(code, _)| light(**code) > 0.126);
    assert!(clipped.clone().count() > 1000, "there is something to clip");
    assert!(clipped.into_iter().all(|(_, bright)| *bright == 255));
    for cut in [8, file.len() / 2] {
        let error = more_formats::decode(&file[..cut], "", &LIMITS, Colours::Convert, 0).unwrap_err();
        assert_eq!(error.code(), "corrupt-image", "cut at {cut}: {error}");
    }
}

#[test]
fn light_in_openexr_is_multiplied_by_alpha() {
    let picture = picture();
    let mut planes = planes(&picture, 0.5);
    planes.push(vec![0.5; (WIDTH * HEIGHT) as usize]);
    let file = exr("alpha", &planes, "gbrapf32le");
    let raster = more_formats::decode(&file, "", &LIMITS, Colours::Convert, 0).unwrap();
    for (pixel, colour) in raster.pixels.chunks_exact(4).zip(picture.rgb.chunks_exact(3)) {
        assert!(pixel.iter().zip(colour).all(|(ours, theirs)| ours.abs_diff(*theirs) <= 1), "{pixel:?} for {colour:?}");
        assert_eq!(pixel[3], 128);
    }
}

/// A tile may be larger than the picture, but the decoder must not take gigabytes for what a few bytes announce.
#[test]
fn openexr_tiles_are_read_up_to_a_size_in_proportion() {
    const SIDE: usize = 1024;
    let colour = |at: Vec2<usize>| (at.x() as f32 / WIDTH as f32, at.y() as f32 / HEIGHT as f32, 0.5_f32);
    let channels = SpecificChannels::rgb(colour);
    let encoding = Encoding { blocks: Blocks::Tiles(Vec2(SIDE, SIDE)), ..Encoding::FAST_LOSSLESS };
    let size = (WIDTH as usize, HEIGHT as usize);
    let layer = Layer::new(size, LayerAttributes::default(), encoding, channels);
    let mut file = std::io::Cursor::new(Vec::new());
    exr::image::Image::from_layer(layer).write().to_buffered(&mut file).unwrap();
    let mut file = file.into_inner();
    let picture = decoded(&file, "");
    assert_eq!((picture.width, picture.height), (WIDTH, HEIGHT));
    let side = (SIDE as u32).to_le_bytes();
    let field = [b"tiledesc\0".as_slice(), &9_u32.to_le_bytes(), &side, &side].concat();
    let at = file.windows(field.len()).position(|bytes| bytes == field).unwrap() + field.len() - 8;
    for [width, height] in [[1 << 14, 1 << 14], [1 << 28, 1 << 10], [1 << 10, 1 << 28]] {
        file[at..at + 4].copy_from_slice(&i32::to_le_bytes(width));
        file[at + 4..at + 8].copy_from_slice(&i32::to_le_bytes(height));
        let error = more_formats::decode(&file, "", &LIMITS, Colours::Convert, 0).unwrap_err();
        assert_eq!(error.code(), "unsupported-image", "{width} x {height}: {error}");
    }
}

#[test]
fn radiance_hdr_becomes_srgb() {
    let picture = picture();
    // RGBE: three mantissas of 8 bits by the exponent of the brightest (Ward, Graphics Gems II.5).
    let rgbe = |rgb: &[u8]| {
        let light = [0, 1, 2].map(|channel| f64::from(light(rgb[channel])));
        let brightest = light.iter().copied().fold(0.0, f64::max);
        if brightest < 1e-30 {
            return [0; 4];
        }
        let exponent = brightest.log2().floor() + 1.0;
        let [red, green, blue] = light.map(|light| (light / exponent.exp2() * 256.0) as u8);
        [red, green, blue, (exponent + 128.0) as u8]
    };
    let mut file = format!("#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y {HEIGHT} +X {WIDTH}\n").into_bytes();
    file.extend(picture.rgb.chunks_exact(3).flat_map(rgbe));
    let ours = decoded(&file, "");
    // Up to a 128th of the brightest channel is lost.
    for (ours, theirs) in ours.rgb.chunks_exact(3).zip(picture.rgb.chunks_exact(3)) {
        let brightest = f64::from(theirs.iter().copied().map(light).fold(0.0, f32::max));
        for (ours, theirs) in ours.iter().zip(theirs) {
            let off = f64::from((light(*ours) - light(*theirs)).abs());
            assert!(off <= brightest / 100.0 || ours.abs_diff(*theirs) <= 1, "{ours} for {theirs}");
        }
    }
    assert!(ours.psnr(&picture) > 40.0, "{}", ours.psnr(&picture));
    let error = more_formats::decode(&file[..200], "", &LIMITS, Colours::Convert, 0).unwrap_err();
    assert_eq!(error.code(), "corrupt-image");
}

#[test]
fn noise_behind_a_signature_never_panics() {
    let source = write("render-noise.png", &Pixels::gradient(40, 30).to_png());
    let mut state = 1_u64;
    let mut noise = || {
        // Knuth's MMIX generator.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    for name in ["noise.tga", "noise.qoi", "noise.ppm", "noise.pgm", "noise.pam", "noise.exr"] {
        let target = scratch(name);
        ffmpeg(&["-i", path(&source), "-frames:v", "1", path(&target)]);
        let file = std::fs::read(target).unwrap();
        more_formats::decode(&file, name, &LIMITS, Colours::Convert, 0).expect("the whole file is an image");
        for _ in 0..300 {
            let mut broken = file.clone();
            let at = noise() % broken.len().min(if noise() % 2 == 0 { 400 } else { usize::MAX });
            broken[at] = noise() as u8;
            // Whatever comes of it: an image or an error.
            let _ = more_formats::probe(&broken, name, &LIMITS);
            let _ = more_formats::decode(&broken, name, &LIMITS, Colours::Convert, 0);
        }
    }
}

/// A Windows bitmap of 4 by 4 pixels of 8 bits (`BITMAPINFOHEADER`).
fn bitmap(height: i32, compression: u32) -> Vec<u8> {
    let header =
        [40, 4, height.cast_unsigned(), 8 << 16 | 1, compression, 0, 0, 0, 0, 0].map(u32::to_le_bytes).concat();
    let start = 14 + header.len() + 4 * 256;
    let file_header = [b"BM".as_slice(), &[0; 8], &(start as u32).to_le_bytes()].concat();
    [file_header, header, vec![90; 4 * 256 + 16]].concat()
}

#[test]
fn bitmaps_of_unusual_kinds_are_not_called_broken() {
    let code = |height, compression| {
        more_formats::decode(&bitmap(height, compression), "", &LIMITS, Colours::Convert, 0)
            .map(|_| ())
            .map_err(|error| error.code())
    };
    assert_eq!([code(4, 0), code(-4, 0)], [Ok(()), Ok(())]);
    // Masks with alpha behind the header, JPEG and PNG inside, and runs that go from the top down.
    for (height, compression) in [(4, 6), (4, 4), (4, 5), (-4, 1)] {
        assert_eq!(code(height, compression), Err("unsupported-image"), "compression {compression}, height {height}");
    }
    assert_eq!(
        more_formats::decode(&bitmap(4, 0)[..1080], "", &LIMITS, Colours::Convert, 0).unwrap_err().code(),
        "corrupt-image"
    );
}
