//! The decoders: the core's, and those of the modules that are loaded on demand.

use framereel::decode::{self, Colours, ImageInfo, PlainPng};
use framereel::limits::Limits;
use framereel::raster::Raster;
use framereel::{Error, Result};

/// Small, so that a run is short.
pub(crate) const LIMITS: Limits = Limits { max_pixels: 1 << 16, max_bytes: 1 << 20 };

/// Frames of an animation that are decoded.
const FRAMES: usize = 3;

/// What a TGA, which has no signature, is told by.
const HINT: &str = "picture.tga";

/// A file as a picture; what is read row by row as well is the same.
pub(crate) fn decode(bytes: &[u8]) {
    let info = decode::probe(bytes, &LIMITS);
    let decoded = decode::decode(bytes, &LIMITS);
    if let Some(pixels) = rows(bytes) {
        assert!(decoded.as_ref().is_ok_and(|whole| whole.pixels == pixels), "rows are those of the whole");
    }
    check_decoded(&info, decoded);
}

/// The pixels of a plain PNG.
fn rows(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut png = PlainPng::open(bytes, &LIMITS, Colours::default())?;
    let stride = png.size().width as usize * png.layout().channels();
    let mut pixels = vec![0; stride * png.size().height as usize];
    pixels.chunks_exact_mut(stride).try_for_each(|row| png.read_row(row))?;
    png.finish()?;
    Some(pixels)
}

/// A file of a format that is rare on the web as a picture, and its next page.
pub(crate) fn more(bytes: &[u8]) {
    let info = more_formats::probe(bytes, HINT, &LIMITS);
    check_decoded(&info, more_formats::decode(bytes, HINT, &LIMITS, Colours::Convert, 0));
    let pages = info.ok().and_then(|info| info.frame_durations).map_or(1, |durations| durations.len());
    let next = more_formats::decode(bytes, HINT, &LIMITS, Colours::Ignore, 1);
    if let Ok(raster) = &next {
        check(raster);
    }
    assert!(pages > 1 || next.is_err(), "a second page of one");
}

/// A HEIC as a picture.
pub(crate) fn heic(bytes: &[u8]) {
    let info = heic::probe(bytes, HINT, &LIMITS);
    check_decoded(&info, heic::decode(bytes, HINT, &LIMITS, Colours::Convert, 0));
}

fn check_decoded(info: &Result<ImageInfo>, decoded: Result<Raster>) {
    if let Ok(ImageInfo { size, .. }) = info {
        assert!(size.area() > 0 && size.area() <= LIMITS.max_pixels, "probed {size}");
    }
    match decoded {
        Ok(raster) => {
            check(&raster);
            let size = info.as_ref().map(|info| info.size);
            assert_eq!(size, Ok(raster.size), "what decodes can be probed");
        }
        Err(error) => assert_ne!(error.code(), Error::Internal(String::new()).code(), "{error}"),
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

pub(crate) fn check(raster: &Raster) {
    assert!(raster.size.area() > 0 && raster.size.area() <= LIMITS.max_pixels, "decoded {}", raster.size);
    assert_eq!(raster.pixels.len() as u64, raster.size.area() * raster.layout.channels() as u64);
}
