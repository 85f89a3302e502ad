//! Every format, bit depth and colour type, against what ffmpeg decodes from the same file.

use std::io::Cursor;

use framereel::raster::{Layout, Raster};
use framereel::size::Size;
use image::{DynamicImage, GrayAlphaImage, GrayImage, ImageFormat, Luma, LumaA, Rgba, RgbaImage};

use crate::support::clip::{LIMITS, write};
use crate::support::decoders::{decode, probe};
use crate::support::tools::{decode_by_ffmpeg, ffmpeg, path, scratch};
use crate::support::{Pixels, jpeg};

/// On white, so that every alpha shows.
fn flattened(file: &[u8]) -> Pixels {
    let mut raster = decode(file, &LIMITS).expect("the image is decoded");
    raster.flatten([255; 3]);
    to_pixels(raster)
}

fn to_pixels(raster: Raster) -> Pixels {
    let Size { width, height } = raster.size;
    let rgb = match raster.layout {
        Layout::Rgb => raster.pixels,
        Layout::Rgba => raster.pixels.chunks_exact(4).flat_map(|pixel| pixel[..3].to_vec()).collect(),
    };
    Pixels { width, height, rgb }
}

/// Odd sides, so that padded rows and half chroma samples are met.
fn picture() -> Pixels {
    let photo = Pixels::photo("chelsea.png");
    Pixels::from_fn(97, 61, |x, y| photo.at(150 + x, 90 + y))
}

/// Writes the picture in a pixel format by ffmpeg and returns the file.
fn by_ffmpeg(name: &str, arguments: &[&str]) -> Vec<u8> {
    let source = write(&format!("format-source-{name}.png"), &picture().to_png());
    let target = scratch(&format!("format-{name}"));
    ffmpeg(&[&["-i", path(&source)], arguments, &["-frames:v", "1", path(&target)]].concat());
    std::fs::read(target).unwrap()
}

/// Decodes the file with both, and allows them to differ by so many codes.
fn assert_as_ffmpeg(name: &str, file: &[u8], codes: u8) {
    let theirs = decode_by_ffmpeg(&write(&format!("format-check-{name}"), file)).remove(0);
    let ours = flattened(file);
    assert!(ours.furthest(&theirs) <= codes, "{name}: {} codes apart", ours.furthest(&theirs));
}

#[test]
fn png_of_every_kind() {
    for kind in ["rgb24", "gray", "pal8", "monob", "rgb48be", "gray16be"] {
        let name = format!("{kind}.png");
        // 16 bits: ffmpeg cuts the lower eight bits off, here they are rounded.
        assert_as_ffmpeg(
            &name,
            &by_ffmpeg(&name, &["-pix_fmt", kind]),
            if kind.contains("16") || kind.contains("48") { 1 } else { 0 },
        );
    }
}

/// The picture with alpha rising from left to right, in four kinds of pixel.
fn with_alpha() -> [(&'static str, DynamicImage); 4] {
    let picture = picture();
    let (width, height) = (picture.width, picture.height);
    let rgba = RgbaImage::from_fn(width, height, |x, y| {
        let [red, green, blue] = picture.at(x, y);
        Rgba([red, green, blue, (x * 2) as u8])
    });
    let grey = GrayAlphaImage::from_fn(width, height, |x, y| LumaA([picture.at(x, y)[1], (x * 2) as u8]));
    let rgba = DynamicImage::ImageRgba8(rgba);
    let grey = DynamicImage::ImageLumaA8(grey);
    let deep = [DynamicImage::ImageRgba16(rgba.to_rgba16()), DynamicImage::ImageLumaA16(grey.to_luma_alpha16())];
    let [deep_rgba, deep_grey] = deep;
    [("RGBA", rgba), ("grey and alpha", grey), ("16-bit RGBA", deep_rgba), ("16-bit grey and alpha", deep_grey)]
}

#[test]
fn alpha_is_laid_on_the_background() {
    let opaque = picture();
    for (kind, image) in with_alpha() {
        let source = |x, y| if kind.contains("grey") { [opaque.at(x, y)[1]; 3] } else { opaque.at(x, y) };
        let expected = Pixels::from_fn(97, 61, |x, y| {
            source(x, y).map(|c| ((u32::from(c) * x * 2 + 255 * (255 - x * 2)) as f64 / 255.0).round() as u8)
        });
        let mut file = Cursor::new(Vec::new());
        image.write_to(&mut file, ImageFormat::Png).unwrap();
        assert_eq!(flattened(&file.into_inner()), expected, "{kind}");
    }
}

#[test]
fn jpeg_of_every_kind() {
    for kind in ["yuvj420p", "yuvj422p", "yuvj444p"] {
        let name = format!("{kind}.jpg");
        let file = by_ffmpeg(&name, &["-pix_fmt", kind, "-q:v", "2"]);
        let psnr = flattened(&file).psnr(&picture());
        assert!(psnr > 34.0, "{kind}: {psnr:.1} dB");
        // Where chroma is halved, decoders interpolate it each in their way.
        if kind == "yuvj444p" {
            assert_as_ffmpeg(&name, &file, 3);
        }
    }
    let colour = picture();
    let grey = GrayImage::from_fn(97, 61, |x, y| Luma([colour.at(x, y)[1]]));
    let mut file = Cursor::new(Vec::new());
    grey.write_to(&mut file, ImageFormat::Jpeg).unwrap();
    assert_as_ffmpeg("grey.jpg", &file.into_inner(), 2);
}

#[test]
fn progressive_jpeg_and_restart_markers() {
    for (name, file) in [("progressive", jpeg::progressive(&picture())), ("restarts", jpeg::with_restarts(&picture()))]
    {
        let psnr = flattened(&file).psnr(&picture());
        assert!(psnr > 34.0, "{name}: {psnr:.1} dB");
    }
}

#[test]
fn cmyk_and_ycck_jpeg_have_their_colours() {
    let picture = Pixels::gradient(96, 64);
    for ycck in [false, true] {
        let file = jpeg::cmyk(&picture, ycck);
        let psnr = flattened(&file).psnr(&picture);
        assert!(psnr > 34.0, "YCCK {ycck}: {psnr:.1} dB");
    }
}

#[test]
fn webp_of_every_kind() {
    assert_as_ffmpeg("lossless.webp", &by_ffmpeg("lossless.webp", &["-c:v", "libwebp", "-lossless", "1"]), 0);
    let lossy = by_ffmpeg("lossy.webp", &["-c:v", "libwebp", "-lossless", "0", "-quality", "95"]);
    let psnr = flattened(&lossy).psnr(&picture());
    assert!(psnr > 32.0, "lossy: {psnr:.1} dB");
    let filter = "format=bgra,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='if(lt(X,48),0,255)'";
    let alpha = by_ffmpeg("alpha.webp", &["-vf", filter, "-c:v", "libwebp", "-lossless", "1"]);
    let ours = flattened(&alpha);
    assert_eq!((ours.at(47, 30), ours.at(48, 30)), ([255; 3], picture().at(48, 30)));
}

#[test]
fn bmp_gif_tiff_and_ico() {
    for kind in ["bgr24", "bgra", "pal8", "rgb565le", "rgb555le", "gray", "monow"] {
        let name = format!("{kind}.bmp");
        // Five bits a channel: ffmpeg repeats the upper bits, others scale.
        assert_as_ffmpeg(&name, &by_ffmpeg(&name, &["-pix_fmt", kind]), if kind.starts_with("rgb5") { 4 } else { 0 });
    }
    assert_as_ffmpeg("still.gif", &by_ffmpeg("still.gif", &[]), 0);
    let kinds = ["rgb24", "rgba", "gray", "gray16le", "rgb48le", "monob"].map(|kind| (kind, "lzw"));
    let compressions = ["raw", "packbits", "deflate"].map(|compression| ("rgb24", compression));
    for (kind, compression) in [&kinds[..], &compressions].concat() {
        let name = format!("{kind}-{compression}.tiff");
        let file = by_ffmpeg(&name, &["-pix_fmt", kind, "-compression_algo", compression]);
        assert_as_ffmpeg(&name, &file, if kind.contains("16") || kind.contains("48") { 1 } else { 0 });
    }
    assert_as_ffmpeg("pal8.tiff", &by_ffmpeg("pal8.tiff", &["-pix_fmt", "pal8"]), 0);
}

#[test]
fn icons_hold_rgba() {
    let icon = Pixels::gradient(48, 48);
    let rgba = DynamicImage::ImageRgb8(image::RgbImage::from_raw(48, 48, icon.rgb.clone()).unwrap()).into_rgba8();
    let mut file = Cursor::new(Vec::new());
    rgba.write_to(&mut file, ImageFormat::Ico).unwrap();
    assert_eq!(flattened(&file.into_inner()), icon);
}

#[test]
fn a_float_tiff_is_decoded() {
    let samples = (0..64 * 64 * 3).map(|i| i as f32 / (64.0 * 64.0 * 3.0)).collect();
    let image = image::Rgb32FImage::from_raw(64, 64, samples).unwrap();
    let mut file = Cursor::new(Vec::new());
    image.write_to(&mut file, ImageFormat::Tiff).unwrap();
    let ours = flattened(&file.into_inner());
    assert_eq!((ours.at(0, 0), ours.at(63, 63)), ([0; 3], [255; 3]));
    assert_eq!(ours.at(0, 32), [128; 3]);
}

#[test]
fn the_header_tells_size_and_format_without_decoding() {
    for (format, name) in [
        (ImageFormat::Png, "png"),
        (ImageFormat::Jpeg, "jpg"),
        (ImageFormat::WebP, "webp"),
        (ImageFormat::Gif, "gif"),
        (ImageFormat::Bmp, "bmp"),
        (ImageFormat::Tiff, "tiff"),
        (ImageFormat::Ico, "ico"),
    ] {
        let info = probe(&Pixels::gradient(120, 90).encode(format), &LIMITS).unwrap();
        assert_eq!((info.size, info.format, info.frame_durations), (Size::new(120, 90), name, None));
    }
}

#[test]
fn opaque_rgb_stays_rgb() {
    let raster = decode(&picture().to_png(), &LIMITS).unwrap();
    assert_eq!(raster.layout, Layout::Rgb);
}
