//! TIFF of the kinds that scanners and scientists write: by Pillow's libtiff, which is the judge, and put together here
//! where no program at hand writes them.

use std::path::PathBuf;

use framereel::decode::Colours;
use framereel::raster::Raster;
use framereel::size::Size;

use crate::support::Pixels;
use crate::support::clip::{LIMITS, write};
use crate::support::decoders::{decode, probe};
use crate::support::tools::{python, scratch};

const WIDTH: u32 = 97;
const HEIGHT: u32 = 61;

fn picture() -> Pixels {
    let photo = Pixels::photo("chelsea.png");
    Pixels::from_fn(WIDTH, HEIGHT, |x, y| photo.at(150 + x, 90 + y))
}

fn to_pixels(mut raster: Raster) -> Pixels {
    raster.flatten([255; 3]);
    let channels = raster.layout.channels();
    let rgb = raster.pixels.chunks_exact(channels).flat_map(|pixel| pixel[..3].to_vec()).collect();
    Pixels { width: raster.size.width, height: raster.size.height, rgb }
}

/// Writes the picture in a mode of Pillow's with its own options, and returns the file and what Pillow reads from it.
fn by_pillow(name: &str, convert: &str, options: &str) -> (Vec<u8>, Pixels) {
    let program = format!(
        "
import sys
from PIL import Image, ImageCms
source, target, raw = sys.argv[1:]
image = Image.open(source).convert('RGB')
image = {convert}
image.save(target, {options})
read = Image.open(target)
if read.mode == 'LAB':
    read = ImageCms.profileToProfile(
        read, ImageCms.createProfile('LAB'), ImageCms.createProfile('sRGB'), renderingIntent=1, outputMode='RGB',
        flags=ImageCms.Flags.NOOPTIMIZE)
if read.mode in ('LA', 'RGBA'):
    white = Image.new('RGBA', read.size, 'white')
    read = Image.alpha_composite(white, read.convert('RGBA'))
if read.mode == 'I;16':
    read = read.point(lambda value: value / 257 + 0.5, 'L')
open(raw, 'wb').write(read.convert('RGB').tobytes())
"
    );
    let source = write(&format!("tiff-{name}.png"), &picture().to_png());
    let [target, raw]: [PathBuf; 2] = ["tiff", "rgb"].map(|suffix| scratch(&format!("tiff-{name}.{suffix}")));
    python(&program, &[&source, &target, &raw]);
    let rgb = std::fs::read(raw).unwrap();
    (std::fs::read(target).unwrap(), Pixels { width: WIDTH, height: HEIGHT, rgb })
}

#[test]
fn what_pillow_writes_is_read_as_pillow_reads_it() {
    let cases = [
        ("palette", "image.quantize(200)", "compression=None", 0),
        ("palette-of-16", "image.quantize(16)", "compression='tiff_lzw'", 0),
        ("grey", "image.convert('L')", "compression='packbits'", 0),
        ("grey-alpha", "image.convert('LA')", "compression=None", 1),
        ("rgb", "image", "compression='tiff_adobe_deflate'", 0),
        ("zstandard", "image", "compression='zstd'", 0),
        ("zstandard-predictor", "image", "compression='zstd', tiffinfo={317: 2}", 0),
        ("rgb-lzw", "image", "compression='tiff_lzw'", 0),
        ("predictor", "image", "compression='tiff_lzw', tiffinfo={317: 2}", 0),
        ("cmyk", "image.convert('CMYK')", "compression='tiff_lzw'", 1),
        ("16-bits", "image.convert('I;16').point(lambda value: value * 250)", "compression=None", 1),
        ("bilevel", "image.convert('1')", "compression=None", 0),
        ("fax-3", "image.convert('1')", "compression='group3'", 0),
        ("fax-3-2d", "image.convert('1')", "compression='group3', tiffinfo={292: 1}", 0),
        ("fax-3-filled", "image.convert('1')", "compression='group3', tiffinfo={292: 5}", 0),
        ("fax-4", "image.convert('1')", "compression='group4'", 0),
        ("fax-plain", "image.convert('1')", "compression='tiff_ccitt'", 0),
        ("jpeg", "image", "compression='jpeg', quality=95", 8),
        ("grey-jpeg", "image.convert('L')", "compression='jpeg', quality=95", 2),
        ("cmyk-jpeg", "image.convert('CMYK')", "compression='jpeg', quality=95", 2),
        ("big", "image", "compression=None, big_tiff=True", 0),
        (
            "lab",
            "ImageCms.profileToProfile(image, ImageCms.createProfile('sRGB'), ImageCms.createProfile('LAB'), outputMode='LAB')",
            "compression=None",
            3,
        ),
    ];
    for (name, convert, options, codes) in cases {
        let (file, theirs) = by_pillow(name, convert, options);
        let ours = to_pixels(decode(&file, &LIMITS).unwrap_or_else(|error| panic!("{name}: {error}")));
        assert!(ours.furthest(&theirs) <= codes, "{name}: {} codes apart", ours.furthest(&theirs));
        assert_eq!(probe(&file, &LIMITS).unwrap().size, Size::new(WIDTH, HEIGHT), "{name}");
        for cut in [file.len() / 3, file.len() / 2] {
            let code = decode(&file[..cut], &LIMITS).map(|_| ()).map_err(|error| error.code());
            // Pillow writes directories in front of or behind the data.
            assert_eq!(code, Err("corrupt-image"), "{name} cut at {cut}");
        }
    }
}

#[test]
fn lzw_of_old_is_read() {
    let file = Kind { compression: 5, ..PLAIN }.file(&picture(), 1.0);
    assert_eq!(to_pixels(decode(&file, &LIMITS).unwrap()), picture());
    let raw = scratch("tiff-old-lzw.rgb");
    let program = "
import sys
from PIL import Image
open(sys.argv[2], 'wb').write(Image.open(sys.argv[1]).tobytes())
";
    python(program, &[&write("tiff-old-lzw.tiff", &file), &raw]);
    assert_eq!(std::fs::read(raw).unwrap(), picture().rgb, "libtiff reads it as such");
}

#[test]
fn an_unknown_compression_is_not_called_broken() {
    // 6 is JPEG of old, whose files often leave out how many samples a pixel has.
    for compression in [6, 34_925] {
        let file = Kind { compression, ..PLAIN }.file(&picture(), 1.0);
        assert_eq!(probe(&file, &LIMITS).unwrap_err().code(), "unsupported-image", "{compression}");
        assert_eq!(decode(&file, &LIMITS).unwrap_err().code(), "unsupported-image", "{compression}");
    }
}

#[test]
fn pages_are_frames() {
    let (file, _) = by_pillow(
        "pages",
        "image",
        "compression='tiff_lzw', save_all=True, append_images=[image.convert('L'), image.rotate(180)]",
    );
    let info = probe(&file, &LIMITS).unwrap();
    assert_eq!(info.frame_durations, Some(vec![0.1; 3]));
    let page = |index: usize| more_formats::decode(&file, "", &LIMITS, Colours::Convert, index);
    let frames = [1, 2].map(|index| to_pixels(page(index).unwrap()));
    // The photograph is decoded once, not for every pixel.
    let upright = picture();
    assert_eq!(frames[1], Pixels::from_fn(WIDTH, HEIGHT, |x, y| upright.at(WIDTH - 1 - x, HEIGHT - 1 - y)));
    assert!(frames[0].rgb.chunks_exact(3).all(|rgb| rgb[0] == rgb[1] && rgb[1] == rgb[2]));
    assert_eq!(page(3).unwrap_err().code(), "corrupt-image");
}

/// How an uncompressed TIFF is laid out.
#[derive(Clone, Copy, Debug)]
struct Kind {
    bits: u32,
    /// Value of SampleFormat.
    format: u16,
    is_big_endian: bool,
    is_planar: bool,
    tile: Option<(u32, u32)>,
    fill_order: u16,
    /// Value of ExtraSamples, where there is a fourth sample.
    extra: Option<u16>,
    /// Value of Compression: 1, or 5 for LZW as it was before TIFF 6.0.
    compression: u16,
}

const PLAIN: Kind = Kind {
    bits: 8,
    format: 1,
    is_big_endian: false,
    is_planar: false,
    tile: None,
    fill_order: 1,
    extra: None,
    compression: 1,
};

/// Bytes as codes of 9 bits, the lowest bit first: 256 begins anew, before codes would grow, and 257 ends.
fn old_lzw(bytes: &[u8]) -> Vec<u8> {
    let mut codes = Vec::new();
    for part in bytes.chunks(200) {
        codes.push(256);
        codes.extend(part.iter().map(|&byte| u32::from(byte)));
    }
    codes.push(257);
    let (mut packed, mut held, mut have) = (Vec::new(), 0, 0);
    for code in codes {
        held |= code << have;
        have += 9;
        while have >= 8 {
            packed.push(held as u8);
            held >>= 8;
            have -= 8;
        }
    }
    packed.push(held as u8);
    packed
}

impl Kind {
    /// A sample's bits, by its share of the whole range.
    fn sample(self, share: f64) -> u64 {
        let most = (1_u128 << self.bits) as f64 - 1.0;
        match (self.format, self.bits) {
            (1, _) => (share * most).round() as u64,
            (2, bits) => ((share * most).round() as i64 - (1 << (bits - 1))) as u64 & (u64::MAX >> (64 - bits)),
            (_, 16) => u64::from(half(share)),
            (_, 32) => u64::from((share as f32).to_bits()),
            _ => share.to_bits(),
        }
    }

    /// Samples of a row, packed.
    fn row(self, samples: impl Iterator<Item = u64>) -> Vec<u8> {
        let mut bytes = Vec::new();
        let (mut held, mut have) = (0_u128, 0);
        for sample in samples {
            if self.bits.is_multiple_of(8) && self.bits > 8 {
                let length = self.bits as usize / 8;
                let little = sample.to_le_bytes();
                let ordered = little[..length].iter().copied();
                if self.is_big_endian {
                    bytes.extend(ordered.rev())
                } else {
                    bytes.extend(ordered)
                }
                continue;
            }
            (held, have) = (held << self.bits | u128::from(sample), have + self.bits);
            while have >= 8 {
                have -= 8;
                bytes.push((held >> have) as u8);
            }
        }
        if have > 0 {
            bytes.push((held << (8 - have)) as u8);
        }
        if self.fill_order == 2 {
            bytes.iter_mut().for_each(|byte| *byte = byte.reverse_bits());
        }
        bytes
    }

    /// The file of a picture; `alpha` from 0 to 1 is the same all over.
    fn file(self, picture: &Pixels, alpha: f64) -> Vec<u8> {
        let samples = 3 + usize::from(self.extra.is_some());
        let share = |x: u32, y: u32, sample: usize| {
            if x >= picture.width || y >= picture.height {
                return 0.0;
            }
            let colour = picture.at(x, y).map(|code| f64::from(code) / 255.0);
            match (sample, self.extra) {
                (3, _) => alpha,
                (_, Some(1)) => colour[sample] * alpha,
                _ => colour[sample],
            }
        };
        let (width, height) = self.tile.unwrap_or((picture.width, 16));
        let (across, down) = (picture.width.div_ceil(width), picture.height.div_ceil(height));
        let planes: Vec<Vec<usize>> = if self.is_planar {
            (0..samples).map(|sample| vec![sample]).collect()
        } else {
            vec![(0..samples).collect()]
        };
        let mut chunks = Vec::new();
        for plane in &planes {
            for index in 0..across * down {
                let (left, top) = (index % across * width, index / across * height);
                let rows = if self.tile.is_some() { height } else { height.min(picture.height - top) };
                let row = |y: u32| {
                    let pixels = (left..left + width).flat_map(|x| plane.iter().map(move |&sample| (x, sample)));
                    self.row(pixels.map(|(x, sample)| self.sample(share(x, y, sample))))
                };
                let chunk: Vec<u8> = (top..top + rows).flat_map(row).collect();
                chunks.push(if self.compression == 5 { old_lzw(&chunk) } else { chunk });
            }
        }
        self.directory(picture, samples as u16, &chunks, (width, height))
    }

    fn directory(self, picture: &Pixels, samples: u16, chunks: &[Vec<u8>], (width, height): (u32, u32)) -> Vec<u8> {
        let short = |value: u16| if self.is_big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
        let long = |value: u32| if self.is_big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
        let mut file = if self.is_big_endian { b"MM".to_vec() } else { b"II".to_vec() };
        file.extend_from_slice(&short(42));
        file.extend_from_slice(&[0; 4]);
        let mut offsets = Vec::new();
        for chunk in chunks {
            offsets.push(file.len() as u32);
            file.extend_from_slice(chunk);
        }
        let lengths: Vec<u32> = chunks.iter().map(|chunk| chunk.len() as u32).collect();
        let depths = vec![self.bits; samples.into()];
        let formats = vec![u32::from(self.format); samples.into()];
        let (places, sizes) = if self.tile.is_some() { (324, 325) } else { (273, 279) };
        let mut fields: Vec<(u16, bool, Vec<u32>)> = vec![
            (256, true, vec![picture.width]),
            (257, true, vec![picture.height]),
            (258, false, depths),
            (259, false, vec![self.compression.into()]),
            (262, false, vec![2]),
            (266, false, vec![self.fill_order.into()]),
            (places, true, offsets),
            (277, false, vec![samples.into()]),
            (sizes, true, lengths),
            (284, false, vec![if self.is_planar { 2 } else { 1 }]),
            (339, false, formats),
        ];
        fields.extend(self.extra.map(|extra| (338, false, vec![extra.into()])));
        if self.tile.is_some() {
            fields.extend([(322, true, vec![width]), (323, true, vec![height])]);
        } else {
            fields.push((278, true, vec![height]));
        }
        fields.sort_by_key(|(tag, ..)| *tag);
        let mut directory = short(fields.len() as u16).to_vec();
        for (tag, is_long, values) in &fields {
            let bytes: Vec<u8> = values
                .iter()
                .flat_map(|&value| if *is_long { long(value).to_vec() } else { short(value as u16).to_vec() })
                .collect();
            directory.extend_from_slice(&short(*tag));
            directory.extend_from_slice(&short(if *is_long { 4 } else { 3 }));
            directory.extend_from_slice(&long(values.len() as u32));
            if bytes.len() <= 4 {
                directory.extend_from_slice(&[&bytes[..], &vec![0; 4 - bytes.len()]].concat());
            } else {
                directory.extend_from_slice(&long(file.len() as u32));
                file.extend_from_slice(&bytes);
            }
        }
        let place = long(file.len() as u32);
        file[4..8].copy_from_slice(&place);
        file.extend_from_slice(&directory);
        file.extend_from_slice(&[0; 4]);
        file
    }
}

/// A number from 0 to 1 as IEEE 754 binary16.
fn half(share: f64) -> u16 {
    let bits = (share as f32).to_bits();
    let exponent = (bits >> 23 & 0xFF) as i32 - 127 + 15;
    if exponent <= 0 { 0 } else { ((exponent as u32) << 10 | (bits >> 13 & 0x3FF)) as u16 }
}

fn assert_close(kind: Kind, codes: u8) {
    let picture = picture();
    let file = kind.file(&picture, 1.0);
    let ours = to_pixels(decode(&file, &LIMITS).unwrap_or_else(|error| panic!("{kind:?}: {error}")));
    assert!(ours.furthest(&picture) <= codes, "{kind:?}: {} codes apart", ours.furthest(&picture));
}

#[test]
fn every_depth_and_format_is_read() {
    for is_big_endian in [false, true] {
        for bits in (1..=16_u32).chain([24, 32, 64]) {
            // Fewer bits tell fewer colours apart.
            let codes = if bits < 8 { (255 / ((1_u32 << bits) - 1)).div_ceil(2) as u8 } else { 0 };
            if bits < 32 || bits.is_multiple_of(32) {
                assert_close(Kind { bits, is_big_endian, ..PLAIN }, codes);
            }
        }
        for bits in [8, 16, 32] {
            assert_close(Kind { bits, format: 2, is_big_endian, ..PLAIN }, 0);
        }
        for bits in [16, 32, 64] {
            assert_close(Kind { bits, format: 3, is_big_endian, ..PLAIN }, u8::from(bits == 16));
        }
    }
}

#[test]
fn planes_and_tiles_come_together() {
    for is_planar in [false, true] {
        for tile in [None, Some((16, 16)), Some((64, 32)), Some((128, 128))] {
            for bits in [4, 8, 12, 16] {
                assert_close(Kind { bits, is_planar, tile, ..PLAIN }, if bits == 4 { 9 } else { 0 });
                assert_close(Kind { bits, is_planar, tile, fill_order: 2, ..PLAIN }, if bits == 4 { 9 } else { 0 });
            }
        }
    }
}

#[test]
fn alpha_is_applied_once() {
    let picture =
        Pixels::from_fn(64, 64, |x, y| [[200, 60, 30], [20, 60, 220], [30, 200, 60]][((x + y) / 30 % 3) as usize]);
    for (extra, is_planar) in [(1, false), (2, false), (1, true)] {
        let file = Kind { extra: Some(extra), is_planar, ..PLAIN }.file(&picture, 128.0 / 255.0);
        let mut raster = decode(&file, &LIMITS).unwrap();
        raster.flatten([0; 3]);
        for (pixel, colour) in raster.pixels.chunks_exact(4).zip(picture.rgb.chunks_exact(3)) {
            for (ours, colour) in pixel.iter().zip(colour) {
                assert!(ours.abs_diff(colour / 2) <= 1, "extra {extra}: {pixel:?} of {colour}");
            }
        }
    }
    // What is no alpha is left out.
    let file = Kind { extra: Some(0), ..PLAIN }.file(&picture, 0.0);
    assert_eq!(to_pixels(decode(&file, &LIMITS).unwrap()), picture);
}

#[test]
fn broken_directories_end_in_an_error() {
    let file = Kind { tile: Some((16, 16)), is_planar: true, bits: 12, ..PLAIN }.file(&Pixels::gradient(40, 30), 1.0);
    let data = u32::from_le_bytes(*file[4..].first_chunk().unwrap()) as usize;
    let mut errors = 0;
    for at in (0..8).chain(data - 200..file.len()) {
        for wrong in [0x00, 0xFF, 0x80, file[at] ^ 1] {
            let mut broken = file.clone();
            broken[at] = wrong;
            errors += usize::from(decode(&broken, &LIMITS).is_err());
            let _ = probe(&broken, &LIMITS);
        }
    }
    assert!(errors > 100, "{errors}");
}
