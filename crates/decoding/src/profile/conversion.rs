//! The conversion of pixels, by tables.

use std::sync::OnceLock;

use super::curve::Curve;
use super::space::{Space, encode};
use crate::raster::Raster;

/// Steps of light that are told apart on the way back to codes. sRGB rises by 0.8 codes over the first.
const STEPS: usize = 4096;

/// Steps of a channel in which a space is compared with sRGB.
const SAMPLES: u32 = 6;

/// From an image's own red, green and blue to sRGB's.
#[derive(Debug)]
pub struct Conversion {
    /// Light for each code of red, green and blue, in steps.
    light: [[f32; 256]; 3],
    matrix: [[f32; 3]; 3],
}

impl Conversion {
    /// The conversion from a space; nothing where it would change no colour by more than a code, or is no number.
    pub(super) fn new(space: &Space) -> Option<Self> {
        let mut light = [[0.0; 256]; 3];
        for (light, curve) in light.iter_mut().zip(&space.curves) {
            fill(light, curve)?;
        }
        if is_srgb(space)? {
            return None;
        }
        Some(Self { light, matrix: space.to_srgb.map(|row| row.map(|value| value as f32)) })
    }

    /// Converts pixels in place; alpha stays.
    pub fn apply(&self, raster: &mut Raster) {
        let codes = codes();
        for pixel in raster.pixels.chunks_exact_mut(raster.layout.channels()) {
            let [red, green, blue] = &self.light;
            let light = [red[usize::from(pixel[0])], green[usize::from(pixel[1])], blue[usize::from(pixel[2])]];
            for (channel, row) in pixel.iter_mut().zip(&self.matrix) {
                let sum = row[0] * light[0] + row[1] * light[1] + row[2] * light[2];
                *channel = code_of_steps(codes, sum);
            }
        }
    }
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
    for place in 0..SAMPLES.pow(3) {
        let coded = [0, 1, 2].map(|channel| f64::from(place / SAMPLES.pow(channel) % SAMPLES) / f64::from(SAMPLES - 1));
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
