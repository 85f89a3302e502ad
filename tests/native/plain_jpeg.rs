//! The plain JPEG's way past RGB: its planes against ffmpeg's, the pictures' samples against exact arithmetic, and what
//! is left to the other decoder.

use framereel::colour::{Converter, Picture};
use framereel::decode::{Colours, PlainJpeg, decode};
use framereel::fit::{Fit, Fitter};
use framereel::size::Size;
use framereel::ycbcr::{Plane, YCbCr, YCbCrHeader, YCbCrSink};

use crate::support::clip::{LIMITS, write};
use crate::support::jpeg::{self, Subsampling};
use crate::support::tools::{ffmpeg, path};
use crate::support::{Pixels, clip};

/// Odd sides and sides that no block divides, so that padding is met.
fn photo() -> Pixels {
    let photo = Pixels::photo("coffee.png");
    Pixels::from_fn(173, 91, |x, y| photo.at(60 + x, 40 + y))
}

/// Sharp edges between strong colours: the most that a transform has to do, and samples beyond both ends.
fn blocks() -> Pixels {
    Pixels::blocks(173, 91)
}

fn plain(file: &[u8]) -> Option<YCbCr> {
    PlainJpeg::default().decode(file, &LIMITS, |_| true).cloned()
}

/// Planes without padding, one after the other, as ffmpeg writes them.
fn packed(image: &YCbCr) -> Vec<u8> {
    let luma = (image.size.width as usize, image.size.height as usize);
    let rows = |plane: &Plane, (width, height): (usize, usize)| {
        (0..height).flat_map(|y| plane.row(y, width).to_vec()).collect::<Vec<u8>>()
    };
    let chroma = image.chroma_size();
    [rows(&image.y, luma), rows(&image.cb, chroma), rows(&image.cr, chroma)].concat()
}

#[test]
fn planes_are_those_of_ffmpeg_for_every_subsampling() {
    for (name, picture) in [("photo", photo()), ("blocks", blocks())] {
        for (kind, subsampling) in [
            ("420", Subsampling::F_2_2),
            ("422", Subsampling::F_2_1),
            ("440", Subsampling::F_1_2),
            ("444", Subsampling::F_1_1),
        ] {
            for quality in [35, 80, 100] {
                let file = jpeg::baseline(&picture, subsampling, quality);
                let stored = write(&format!("plain-{name}-{kind}-{quality}.jpg"), &file);
                let format = format!("yuvj{kind}p");
                let theirs = ffmpeg(&["-idct", "int", "-i", path(&stored), "-f", "rawvideo", "-pix_fmt", &format, "-"]);
                let ours = packed(&plain(&file).expect("this is a plain JPEG"));
                assert_eq!(ours.len(), theirs.len(), "{name} {kind}");
                let differences = ours.iter().zip(&theirs).map(|(a, b)| a.abs_diff(*b));
                let mean = differences.clone().map(f64::from).sum::<f64>() / ours.len() as f64;
                // The same factorisation, by columns first: now and then one rounds differently, by one code.
                assert!(differences.max() <= Some(1) && mean < 0.005, "{name} {kind} {quality}: {mean}");
            }
        }
    }
}

#[test]
fn restart_markers_change_nothing() {
    let without = jpeg::baseline(&photo(), Subsampling::F_1_1, 95);
    let with = jpeg::with_restarts(&photo());
    assert!(with.windows(2).any(|two| two == [0xFF, 0xD0]));
    assert_eq!(plain(&with).expect("plain"), plain(&without).expect("plain"));
}

#[test]
fn files_of_ffmpeg_and_cameras_are_plain() {
    let rocket = std::fs::read(crate::support::pictures::photo_path("rocket.jpg")).unwrap();
    // Its colours are Adobe RGB's.
    assert!(PlainJpeg::new(Colours::Ignore).decode(&rocket, &LIMITS, |_| true).is_some());
    let source = write("plain-by-ffmpeg.png", &photo().to_png());
    for format in ["yuvj420p", "yuvj422p", "yuvj444p"] {
        let file = ffmpeg(&["-i", path(&source), "-pix_fmt", format, "-f", "mjpeg", "-"]);
        assert!(plain(&file).is_some(), "{format}");
    }
}

/// What the RGB of `decode` gives, and what the planes give.
fn both_ways(file: &[u8], size: Size, fit: Fit) -> [Vec<u8>; 2] {
    let mut fitter = Fitter::new(size, fit, [40, 90, 200]);
    let mut converter = Converter::default();
    let mut by_rgb = Picture::new(size);
    let mut raster = decode(file, &LIMITS).unwrap();
    converter.from_rgb(&fitter.fit(&mut raster).unwrap(), &mut by_rgb).unwrap();
    let mut by_planes = Picture::new(size);
    let image = plain(file).unwrap();
    if fitter.leaves(image.size) {
        converter.from_ycbcr(&image, &mut by_planes).unwrap();
    } else {
        PlainJpeg::default().decode_into(file, &LIMITS, &mut fitter).unwrap();
        converter.from_ycbcr(fitter.fitted_planes().unwrap(), &mut by_planes).unwrap();
    }
    [by_rgb, by_planes].map(|picture| {
        let planes = picture.planes();
        [planes.y, planes.u, planes.v].concat()
    })
}

const SUBSAMPLINGS: [Subsampling; 4] = [Subsampling::F_2_2, Subsampling::F_2_1, Subsampling::F_1_2, Subsampling::F_1_1];

/// Most codes that the two ways may differ by: in smooth colour, and beside a bar, where chroma jumps. Each brings it to
/// luma's places in its own way.
const SMOOTH: u8 = 3;
const BESIDE_A_BAR: u8 = 8;

fn assert_alike(file: &[u8], size: Size, fit: Fit, codes: u8) {
    let [by_rgb, by_planes] = both_ways(file, size, fit);
    let differences = by_rgb.iter().zip(&by_planes).map(|(a, b)| a.abs_diff(*b));
    let mean = differences.clone().map(f64::from).sum::<f64>() / by_rgb.len() as f64;
    let most = differences.max().unwrap();
    assert!(most <= codes && mean < 0.4, "{size} {fit:?}: {mean}, at most {most}");
}

#[test]
fn both_ways_give_the_same_picture() {
    for subsampling in SUBSAMPLINGS {
        let file = jpeg::baseline(&Pixels::gradient(173, 91), subsampling, 95);
        assert_alike(&file, Size::new(172, 90), Fit::Error, SMOOTH);
    }
}

#[test]
fn both_ways_scale_crop_and_frame_alike() {
    for subsampling in SUBSAMPLINGS {
        let file = jpeg::baseline(&Pixels::gradient(400, 300), subsampling, 95);
        for size in [Size::new(200, 150), Size::new(160, 60), Size::new(64, 128), Size::new(640, 480)] {
            assert_alike(&file, size, Fit::Contain, BESIDE_A_BAR);
            assert_alike(&file, size, Fit::Cover, SMOOTH);
            assert_alike(&file, size, Fit::Stretch, SMOOTH);
        }
    }
}

#[test]
fn a_frame_of_an_odd_size_goes_by_way_of_rgb() {
    // 300 pixels high become 33.0, which no pair of rows holds.
    let mut fitter = Fitter::new(Size::new(44, 64), Fit::Contain, [0; 3]);
    let mut takes = |width, height| {
        fitter.begin(&YCbCrHeader { size: Size::new(width, height), subsampling: (2, 2), is_grey: false })
    };
    assert!(!takes(400, 300));
    assert!(takes(400, 545));
}

/// BT.601 full range to RGB (ITU-T T.871 7), RGB to BT.709 limited (ITU-R BT.709-6 3), in floating point.
fn exact([y, cb, cr]: [u8; 3]) -> [f64; 3] {
    let (y, cb, cr) = (f64::from(y), f64::from(cb) - 128.0, f64::from(cr) - 128.0);
    let (red, green, blue) = (y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb);
    let luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    [
        16.0 + 219.0 / 255.0 * luma,
        128.0 + 224.0 / 255.0 * (blue - luma) / 1.8556,
        128.0 + 224.0 / 255.0 * (red - luma) / 1.5748,
    ]
}

#[test]
fn every_colour_is_the_nearest_code() {
    let codes = (0..=255).step_by(15).map(|code| code as u8);
    for y in codes.clone() {
        for cb in codes.clone() {
            for cr in codes.clone() {
                for subsampling in [(1, 1), (2, 1), (1, 2), (2, 2)] {
                    let plane = |code| Plane { samples: vec![code; 16 * 16], stride: 16 };
                    let image =
                        YCbCr { size: Size::new(16, 16), subsampling, y: plane(y), cb: plane(cb), cr: plane(cr) };
                    let mut picture = Picture::new(Size::new(16, 16));
                    Converter::default().from_ycbcr(&image, &mut picture).unwrap();
                    let planes = picture.planes();
                    for (plane, exact) in [planes.y, planes.u, planes.v].into_iter().zip(exact([y, cb, cr])) {
                        let exact = exact.clamp(0.0, 255.0);
                        assert!(plane.iter().all(|&code| (f64::from(code) - exact).abs() < 0.56), "{y} {cb} {cr}");
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_not_plain_is_left_to_the_other_decoder() {
    let picture = photo();
    let file = jpeg::baseline(&picture, Subsampling::F_2_2, 90);
    let turned = jpeg::with_exif(&file, &jpeg::exif(6, true));
    let upright = jpeg::with_exif(&file, &jpeg::exif(1, false));
    assert!(plain(&upright).is_some());
    assert!(plain(&jpeg::progressive(&picture)).is_some());
    let others = [
        ("CMYK", jpeg::cmyk(&picture, false)),
        ("YCCK", jpeg::cmyk(&picture, true)),
        ("turned", turned),
        ("PNG", picture.to_png()),
        ("nothing", Vec::new()),
    ];
    for (name, file) in others {
        assert!(plain(&file).is_none(), "{name}");
    }
    assert!(PlainJpeg::default().decode(&file, &LIMITS, |_| false).is_none());
    let small = framereel::limits::Limits { max_pixels: 173 * 91 - 1, ..clip::LIMITS };
    assert!(PlainJpeg::default().decode(&file, &small, |_| true).is_none());
}

#[test]
fn grey_goes_by_planes() {
    let picture = Pixels::from_fn(97, 61, |x, y| [(x * 2 + y) as u8; 3]);
    let file = jpeg::grey(&picture);
    assert_alike(&file, Size::new(96, 60), Fit::Error, 1);
}

#[test]
fn samplings_that_no_video_has_go_by_way_of_rgb() {
    let picture = Pixels::gradient(173, 91);
    for subsampling in [Subsampling::F_4_1, Subsampling::F_4_2, Subsampling::F_1_4, Subsampling::F_2_4] {
        let file = jpeg::baseline(&picture, subsampling, 95);
        assert!(plain(&file).is_none(), "{subsampling:?}");
        let raster = decode(&file, &LIMITS).unwrap();
        let psnr = Pixels { width: 173, height: 91, rgb: raster.pixels }.psnr(&picture);
        assert!(psnr > 34.0, "{subsampling:?}: {psnr:.1} dB");
    }
}

#[test]
fn a_decoder_takes_files_of_any_size_one_after_the_other() {
    let mut decoder = PlainJpeg::default();
    for (picture, subsampling) in
        [(photo(), Subsampling::F_2_2), (Pixels::gradient(40, 200), Subsampling::F_1_1), (blocks(), Subsampling::F_2_1)]
    {
        let file = jpeg::baseline(&picture, subsampling, 90);
        let alone = packed(&plain(&file).unwrap());
        assert_eq!(packed(decoder.decode(&file, &LIMITS, |_| true).unwrap()), alone);
    }
}

#[test]
fn broken_files_are_declined_or_decoded_and_never_more() {
    let whole = jpeg::baseline(&photo(), Subsampling::F_2_2, 90);
    let restarts = jpeg::with_restarts(&photo());
    let image = plain(&whole).unwrap();
    for end in 0..whole.len() {
        // Nothing but the end marker may be missing, and bits that fill up the last byte.
        assert!(plain(&whole[..end]).is_none_or(|cut| end + 3 >= whole.len() && cut == image), "cut at {end}");
    }
    let mut decoder = PlainJpeg::default();
    let mut declined = 0;
    for file in [&whole, &restarts] {
        for at in (0..file.len()).step_by(3) {
            for wrong in [0x00, 0xFF, file[at] ^ 0x10, 0xD3] {
                let mut broken = file.clone();
                broken[at] = wrong;
                declined += usize::from(decoder.decode(&broken, &LIMITS, |_| true).is_none());
            }
        }
    }
    assert!(declined > 1000, "{declined}");
    // No bits at all where a scan should be, and a restart marker too many.
    let scan = whole.windows(2).rposition(|two| two == [0xFF, 0xDA]).unwrap() + 14;
    assert!(plain(&[&whole[..scan], &[0xFF, 0xD9]].concat()).is_none());
    let end = restarts.len() - 2;
    assert!(plain(&[&restarts[..end], &[0xFF, 0xD0, 0xFF, 0xD9]].concat()).is_none());
}
