//! Images of every size end in a video that plays, of the size that API.md says, with the picture where it belongs.

use framereel::fit::Fit;
use framereel::size::{Size, plan_natural};
use framereel::timing::Timing;

use crate::support::tools::{assert_clean, decode_by_ffmpeg, ffprobe_one};
use crate::support::{Clip, Pixels};

/// Encodes one picture as a clip of its own and returns what ffmpeg sees of it.
fn encoded(picture: &Pixels, name: &str) -> Pixels {
    let mut clip = Clip::new(vec![picture.to_png()], Timing::from_fps(1, 1).unwrap());
    clip.settings.background = [255, 0, 0];
    let file = clip.write(name);
    assert_clean(&file);
    assert_eq!(ffprobe_one(&file, "stream=width,height"), format!("{},{}", clip.size().width, clip.size().height));
    decode_by_ffmpeg(&file).remove(0)
}

fn is_near([red, green, blue]: [u8; 3], expected: [u8; 3], codes: u8) -> bool {
    [red, green, blue].iter().zip(expected).all(|(a, b)| a.abs_diff(b) <= codes)
}

#[test]
fn odd_sides_lose_one_row_or_column_and_nothing_is_scaled() {
    for (width, height) in [(65, 49), (641, 359), (64, 49), (65, 48)] {
        // Two-pixel lines would blur if the picture were scaled by a hair.
        let picture =
            Pixels::from_fn(width, height, |x, y| if x / 2 % 2 == 0 || y / 2 % 8 == 0 { [40; 3] } else { [200; 3] });
        let decoded = encoded(&picture, &format!("size-{width}x{height}.mp4"));
        let cropped = Pixels::from_fn(width & !1, height & !1, |x, y| picture.at(x, y));
        let psnr = decoded.psnr(&cropped);
        assert!(psnr > 38.0, "{width}x{height}: {psnr:.1} dB");
    }
}

#[test]
fn sides_under_16_are_centred_unscaled_on_the_background() {
    let dot = encoded(&Pixels::flat(1, 1, [255; 3]), "size-1x1.mp4");
    assert_eq!((dot.width, dot.height), (16, 16));
    let luma = |pixels: &Pixels, x, y| pixels.at(x, y).iter().map(|&c| u32::from(c)).sum::<u32>();
    assert!((0..256).all(|i| (i % 16, i / 16) == (7, 7) || luma(&dot, i % 16, i / 16) < luma(&dot, 7, 7)));
    assert!(is_near(dot.at(0, 0), [255, 0, 0], 6) && is_near(dot.at(15, 15), [255, 0, 0], 6));

    let strip = encoded(&Pixels::flat(300, 8, [0, 0, 255]), "size-300x8.mp4");
    assert_eq!((strip.width, strip.height), (300, 16));
    for x in [0, 150, 299] {
        assert!(is_near(strip.at(x, 1), [255, 0, 0], 6), "{:?}", strip.at(x, 1));
        assert!(is_near(strip.at(x, 7), [0, 0, 255], 6), "{:?}", strip.at(x, 7));
        assert!(is_near(strip.at(x, 14), [255, 0, 0], 6), "{:?}", strip.at(x, 14));
    }
}

#[test]
fn twelve_megapixels_come_out_as_large_as_h264_holds() {
    for (width, height) in [(4000, 3000), (3000, 4000)] {
        let decoded = encoded(&Pixels::gradient(width, height), &format!("size-{width}x{height}.mp4"));
        let planned = plan_natural(Size::new(width, height));
        assert_eq!((decoded.width, decoded.height), (planned.width, planned.height));
        assert!(planned.area() > 9_300_000, "{planned} of 9,437,184 pixels");
        // The same gradient at that size: no bars, no shift, no distortion.
        let psnr = decoded.psnr(&Pixels::gradient(planned.width, planned.height));
        assert!(psnr > 40.0, "{width}x{height}: {psnr:.1} dB");
    }
}

#[test]
fn images_of_other_sizes_are_fitted_as_asked() {
    // A wide picture, red at its left quarter, blue at its right quarter, green between, into a square on white.
    let wide = Pixels::from_fn(320, 160, |x, _| match x {
        0..80 => [200, 0, 0],
        240.. => [0, 0, 200],
        _ => [0, 200, 0],
    });
    let (red, green, blue, white) = ([200, 0, 0], [0, 200, 0], [0, 0, 200], [255; 3]);
    let first = Pixels::flat(200, 200, [128; 3]);
    for (fit, samples) in [
        (
            Fit::Contain,
            [((10, 10), white), ((190, 190), white), ((10, 100), red), ((100, 100), green), ((190, 100), blue)],
        ),
        (
            Fit::Cover,
            [((5, 5), green), ((195, 195), green), ((5, 100), green), ((100, 100), green), ((195, 100), green)],
        ),
        (Fit::Stretch, [((10, 5), red), ((190, 195), blue), ((45, 100), red), ((55, 100), green), ((155, 100), blue)]),
    ] {
        let mut clip = Clip::new(vec![first.to_png(), wide.to_png()], Timing::from_fps(1, 1).unwrap());
        clip.settings.fit = fit;
        clip.settings.background = white;
        let file = clip.write(&format!("fit-{fit:?}.mp4"));
        assert_clean(&file);
        let decoded = decode_by_ffmpeg(&file).remove(1);
        for ((x, y), colour) in samples {
            assert!(is_near(decoded.at(x, y), colour, 6), "{fit:?} at {x},{y}: {:?}", decoded.at(x, y));
        }
    }
}

#[test]
fn scaling_is_as_good_as_ffmpegs_lanczos() {
    let photo = Pixels::photo("astronaut.png");
    let source = crate::support::clip::write("scale-source.png", &photo.to_png());
    let reference = crate::support::tools::scratch("scale-reference.png");
    let path = crate::support::tools::path;
    let filter = "scale=200:200:flags=lanczos+accurate_rnd+full_chroma_int";
    crate::support::tools::ffmpeg(&["-i", path(&source), "-vf", filter, path(&reference)]);
    let reference = decode_by_ffmpeg(&reference).remove(0);

    let small = Pixels::flat(200, 200, [0; 3]);
    let file = Clip::new(vec![small.to_png(), photo.to_png()], Timing::from_fps(1, 1).unwrap()).write("scaled.mp4");
    let psnr = decode_by_ffmpeg(&file)[1].psnr(&reference);
    assert!(psnr > 33.0, "{psnr:.1} dB");
}

#[test]
fn transparency_is_not_fringed_by_scaling() {
    // An opaque red disc on transparent green: green must not show at its edge, whatever the scale.
    let disc = image::RgbaImage::from_fn(400, 400, |x, y| {
        let (dx, dy) = (f64::from(x) - 199.5, f64::from(y) - 199.5);
        image::Rgba(if dx.hypot(dy) < 150.0 { [255, 0, 0, 255] } else { [0, 255, 0, 0] })
    });
    let mut png = std::io::Cursor::new(Vec::new());
    disc.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let sources = vec![Pixels::flat(160, 160, [0; 3]).to_png(), png.into_inner()];
    let decoded = decode_by_ffmpeg(&Clip::new(sources, Timing::from_fps(1, 1).unwrap()).write("disc.mp4")).remove(1);
    let green = decoded.rgb.chunks_exact(3).map(|pixel| pixel[1]).max();
    assert!(green < Some(24), "{green:?}");
    assert!(is_near(decoded.at(80, 80), [255, 0, 0], 6));
}
