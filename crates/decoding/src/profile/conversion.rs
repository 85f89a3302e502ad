//! The conversion of pixels, by tables.

use std::sync::OnceLock;

use super::curve::Curve;
use super::grid::MOST_CHANNELS;
use super::icc::Meaning;
use super::lookup::Lookup;
use super::space::{Space, encode};
use crate::raster::Raster;

/// Steps of light that are told apart on the way back to codes. sRGB rises by 0.8 codes over the first.
const STEPS: usize = 4096;

/// Steps of a channel in which a space is compared with sRGB.
const SAMPLES: u32 = 6;

/// From an image's own colours to sRGB's.
#[derive(Debug)]
pub struct Conversion(Way);

#[derive(Debug)]
enum Way {
    Curves(Box<Curves>),
    Lookup(Box<Lookup>),
}

#[derive(Debug)]
struct Curves {
    /// Light for each code of red, green and blue, in steps.
    light: [[f32; 256]; 3],
    matrix: [[f32; 3]; 3],
}

impl Conversion {
    /// What a profile asks for; nothing where it would change no colour by more than a code, or is no number.
    pub(super) fn of(meaning: Meaning) -> Option<Self> {
        match meaning {
            Meaning::Space(space) => Self::new(&space),
            Meaning::Lookup(lookup) => (!is_srgb_by(&lookup)).then(|| Self(Way::Lookup(Box::new(lookup)))),
        }
    }

    /// The conversion from a space; nothing where it would change no colour by more than a code, or is no number.
    pub(super) fn new(space: &Space) -> Option<Self> {
        let mut light = [[0.0; 256]; 3];
        for (light, curve) in light.iter_mut().zip(&space.curves) {
            fill(light, curve)?;
        }
        if is_srgb(space)? {
            return None;
        }
        let matrix = space.to_srgb.map(|row| row.map(|value| value as f32));
        Some(Self(Way::Curves(Box::new(Curves { light, matrix }))))
    }

    /// Converts pixels of red, green and blue in place, or of greys that stand there as such; alpha stays.
    pub fn apply(&self, raster: &mut Raster) {
        let pixels = raster.pixels.chunks_exact_mut(raster.layout.channels());
        match &self.0 {
            Way::Curves(curves) => curves.apply(pixels),
            Way::Lookup(lookup) => {
                let mut rgb = rgb_by(lookup);
                pixels.for_each(|pixel| {
                    let rgb = rgb([pixel[0], pixel[1], pixel[2], 0]);
                    pixel[..3].copy_from_slice(&rgb);
                });
            }
        }
    }

    /// Converts pixels of cyan, magenta, yellow and black, 0 for no ink; nothing where it is of other pixels.
    pub fn of_inks(&self) -> Option<impl FnMut([u8; MOST_CHANNELS]) -> [u8; 3] + '_> {
        match &self.0 {
            Way::Lookup(lookup) if lookup.channels() == MOST_CHANNELS => Some(rgb_by(lookup)),
            _ => None,
        }
    }
}

impl Curves {
    fn apply<'a>(&self, pixels: impl Iterator<Item = &'a mut [u8]>) {
        let codes = codes();
        for pixel in pixels {
            let [red, green, blue] = &self.light;
            let light = [red[usize::from(pixel[0])], green[usize::from(pixel[1])], blue[usize::from(pixel[2])]];
            for (channel, row) in pixel.iter_mut().zip(&self.matrix) {
                let sum = row[0] * light[0] + row[1] * light[1] + row[2] * light[2];
                *channel = code_of_steps(codes, sum);
            }
        }
    }
}

/// sRGB's codes for those of a pixel, as many as the table has channels. Neighbours are often alike: the last is kept.
fn rgb_by(lookup: &Lookup) -> impl FnMut([u8; MOST_CHANNELS]) -> [u8; 3] + '_ {
    let mut last = None;
    move |codes| match last {
        Some((of, rgb)) if of == codes => rgb,
        _ => {
            let rgb = lookup.light(&codes).map(|light| code_of_light(light as f32));
            last = Some((codes, rgb));
            rgb
        }
    }
}

/// Whether no colour of red, green and blue changes by more than a code.
fn is_srgb_by(lookup: &Lookup) -> bool {
    let mut rgb = rgb_by(lookup);
    let is_alike = |[red, green, blue]: [u8; 3]| {
        rgb([red, green, blue, 0]).iter().zip([red, green, blue]).all(|(a, b)| a.abs_diff(b) <= 1)
    };
    lookup.channels() == 3 && places().map(|place| place.map(|step| (step * 255 / (SAMPLES - 1)) as u8)).all(is_alike)
}

/// Places in a cube of red, green and blue, in steps.
fn places() -> impl Iterator<Item = [u32; 3]> {
    (0..SAMPLES.pow(3)).map(|place| [0, 1, 2].map(|channel| place / SAMPLES.pow(channel) % SAMPLES))
}

/// sRGB's code of light from 0 to 1; what is out of range becomes the nearest in it, and NaN becomes 0.
pub fn code_of_light(light: f32) -> u8 {
    code_of_steps(codes(), light * STEPS as f32)
}

fn code_of_steps(codes: &[u8; STEPS + 1], steps: f32) -> u8 {
    // Numbers become whole ones by cutting, and those out of range the nearest in it.
    codes[((steps + 0.5) as usize).min(STEPS)]
}

fn fill(light: &mut [f32; 256], curve: &Curve) -> Option<()> {
    for (code, light) in light.iter_mut().enumerate() {
        *light = (curve.light(code as f64 / 255.0)? * STEPS as f64) as f32;
    }
    Some(())
}

/// Whether no colour changes by more than a code; nothing where one is no number.
fn is_srgb(space: &Space) -> Option<bool> {
    for place in places() {
        let coded = place.map(|step| f64::from(step) / f64::from(SAMPLES - 1));
        let converted = space.to_srgb(coded)?;
        if converted.iter().zip(coded).any(|(converted, coded)| (converted - coded).abs() > 1.0 / 255.0) {
            return Some(false);
        }
    }
    Some(true)
}

/// sRGB's code for each step of light.
fn codes() -> &'static [u8; STEPS + 1] {
    static CODES: OnceLock<[u8; STEPS + 1]> = OnceLock::new();
    CODES.get_or_init(|| std::array::from_fn(|step| (encode(step as f64 / STEPS as f64) * 255.0).round() as u8))
}
