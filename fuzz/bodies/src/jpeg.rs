//! The JPEG decoder, and the way of a JPEG's planes to the video's.

use framereel::decode::{Colours, PlainJpeg, decode};
use framereel::fit::{Fit, Fitter};
use framereel::size::Size;
use jpeg_planes::{Decoder, Info, Strip, StripSink};

use crate::images::LIMITS;

/// The video's size: JPEGs are larger, smaller, and scaled by all sorts of factors.
const VIDEO: Size = Size::new(24, 18);

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

/// A JPEG as planes, and as the planes of a picture.
pub(crate) fn jpeg(bytes: &[u8]) {
    planes(bytes);
    let decoded = decode(bytes, &LIMITS);
    for fit in [Fit::Contain, Fit::Cover, Fit::Stretch] {
        let mut fitter = Fitter::new(VIDEO, fit, [9, 90, 200]);
        if PlainJpeg::new(Colours::Convert).decode_into(bytes, &LIMITS, &mut fitter).is_none() {
            continue;
        }
        let picture = fitter.fitted_planes().expect("all rows came");
        assert_eq!(picture.size, VIDEO);
        assert!(decoded.is_ok(), "a picture by its planes alone: {decoded:?}");
    }
}

fn planes(bytes: &[u8]) {
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
