//! The decoders.

use framereel::decode::{self, ImageInfo};
use framereel::limits::Limits;
use framereel::raster::Raster;
use jpeg_planes::{Decoder, Info, Strip, StripSink};

/// Small, so that a run is short.
const LIMITS: Limits = Limits { max_pixels: 1 << 16, max_bytes: 1 << 20 };

/// Frames of an animation that are decoded.
const FRAMES: usize = 3;

/// A file as a picture.
pub(crate) fn decode(bytes: &[u8]) {
    let info = decode::probe(bytes, &LIMITS);
    if let Ok(ImageInfo { size, .. }) = &info {
        assert!(size.area() > 0 && size.area() <= LIMITS.max_pixels, "probed {size}");
    }
    if let Ok(raster) = decode::decode(bytes, &LIMITS) {
        check(&raster);
        let size = info.map(|info| info.size);
        assert_eq!(size, Ok(raster.size), "what decodes can be probed");
    }
}

/// A file as an animation.
pub(crate) fn frames(bytes: &[u8]) {
    let seconds = decode::probe(bytes, &LIMITS).ok().and_then(|info| info.frame_durations);
    if let Some(seconds) = &seconds {
        assert!(seconds.len() > 1, "an animation of {} frames", seconds.len());
        assert!(seconds.iter().all(|seconds| *seconds > 0.0 && *seconds < 1e6), "{seconds:?}");
    }
    let count = seconds.map_or(1, |seconds| seconds.len().min(FRAMES));
    let mut taken = 0;
    let result = decode::decode_frames(bytes, &LIMITS, 0, count, |index, raster| {
        check(&raster);
        assert_eq!(index, taken, "frames come in order");
        taken += 1;
        Ok(())
    });
    assert!(result.is_err() || taken == count, "{taken} of {count} frames");
}

fn check(raster: &Raster) {
    assert!(raster.size.area() > 0 && raster.size.area() <= LIMITS.max_pixels, "decoded {}", raster.size);
    assert_eq!(raster.pixels.len() as u64, raster.size.area() * raster.layout.channels() as u64);
}

fn is_small(info: &Info<'_>) -> bool {
    let _ = info.icc_profile();
    u64::from(info.width) * u64::from(info.height) <= LIMITS.max_pixels
}

/// Strips put together again.
#[derive(Default)]
struct Gathered(Vec<Vec<u8>>);

impl StripSink for Gathered {
    fn accept(&mut self, info: &Info<'_>) -> bool {
        self.0.resize(info.sampling.len(), Vec::new());
        is_small(info)
    }

    fn strip(&mut self, strip: &Strip<'_>) {
        let plane = &mut self.0[strip.component];
        plane.truncate(strip.first * strip.width);
        assert_eq!(plane.len(), strip.first * strip.width, "rows without gaps");
        for y in 0..strip.rows {
            plane.extend_from_slice(strip.row(y));
        }
    }
}

/// A JPEG as planes.
pub(crate) fn jpeg(bytes: &[u8]) {
    let mut decoder = Decoder::default();
    let mut strips = Gathered::default();
    let in_strips = Decoder::default().decode_strips(bytes, &mut strips);
    let Ok(image) = decoder.decode(bytes, is_small) else {
        assert!(in_strips.is_err(), "a picture in strips alone");
        return;
    };
    in_strips.expect("a picture as a whole alone");
    for (component, rows) in image.components.iter().zip(&strips.0) {
        let whole = (0..component.height).flat_map(|y| component.plane.row(y, component.width));
        assert!(whole.eq(rows), "strips are the planes");
    }
    let mut pixels = Vec::new();
    image.to_rgb(&mut pixels).expect("memory");
    assert_eq!(pixels.len(), image.width as usize * image.height as usize * 3);
    image.to_cmyk(&mut pixels).expect("memory");
}

/// A profile in a sound PNG of colours and one of greys, and in a JPEG of inks.
pub(crate) fn profile(bytes: &[u8]) {
    for file in [png(bytes, png::ColorType::Rgb), png(bytes, png::ColorType::Grayscale), jpeg_of_inks(bytes)] {
        let raster = decode::decode(&file, &LIMITS).expect("a profile breaks no picture");
        check(&raster);
        // Alike pixels stay alike.
        assert!(raster.pixels.chunks(3).all(|pixel| pixel == &raster.pixels[..3]));
    }
}

fn png(profile: &[u8], colours: png::ColorType) -> Vec<u8> {
    let mut file = Vec::new();
    let mut info = png::Info::with_size(4, 4);
    info.color_type = colours;
    info.icc_profile = Some(profile.into());
    let mut writer = png::Encoder::with_info(&mut file, info)
        .and_then(png::Encoder::write_header)
        .expect("a PNG with a profile can be written");
    writer.write_image_data(&vec![90; 16 * colours.samples()]).expect("pixels can be written");
    writer.finish().expect("the end can be written");
    file
}

/// 8 x 8 pixels of the same inks, by the tables that a file without any means (ITU-T T.81 annex K).
fn jpeg_of_inks(profile: &[u8]) -> Vec<u8> {
    const MOST: usize = 60_000;
    let mut file = b"\xFF\xD8".to_vec();
    let count = profile.len().div_ceil(MOST);
    for (index, part) in profile.chunks(MOST).enumerate() {
        file.extend_from_slice(b"\xFF\xE2");
        file.extend_from_slice(&(part.len() as u16 + 16).to_be_bytes());
        file.extend_from_slice(b"ICC_PROFILE\0");
        file.extend_from_slice(&[index as u8 + 1, count as u8]);
        file.extend_from_slice(part);
    }
    file.extend_from_slice(b"\xFF\xDB\0\x43\0");
    file.extend_from_slice(&[1; 64]);
    file.extend_from_slice(b"\xFF\xC0\0\x14\x08\0\x08\0\x08\x04\x01\x11\0\x02\x11\0\x03\x11\0\x04\x11\0");
    file.extend_from_slice(b"\xFF\xDA\0\x0E\x04\x01\0\x02\0\x03\0\x04\0\0\x3F\0");
    // Four times "no difference, no more": 00 and 1010.
    file.extend_from_slice(b"\x28\xA2\x8A\xFF\xD9");
    file
}
