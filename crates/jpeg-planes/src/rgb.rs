//! Planes as pixels, for those who need them: every component brought to the image's size, and to RGB.

use crate::error::{Error, Result};
use crate::image::{ColourModel, Component, Image, KB, KR};

impl Image {
    /// Replaces `rgb` by the image's pixels, row by row, three bytes each. CMYK becomes RGB without a colour profile:
    /// every ink takes its share of the light away.
    ///
    /// Components that are coarser than the image are interpolated linearly, with samples in the middle of the pixels
    /// that they stand for (ITU-T T.871 6.1), and the first and last going on beyond the edge.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`].
    pub fn to_rgb(&self, rgb: &mut Vec<u8>) -> Result<()> {
        let convert = match self.colour {
            ColourModel::Grey => |from: &[Vec<u8>], to: &mut [u8]| each(from, to, |[y]: [u8; 1]| [y; 3]),
            ColourModel::YCbCr => |from: &[Vec<u8>], to: &mut [u8]| each(from, to, ycbcr_to_rgb),
            ColourModel::Rgb => |from: &[Vec<u8>], to: &mut [u8]| each(from, to, |rgb: [u8; 3]| rgb),
            ColourModel::Cmyk => |from: &[Vec<u8>], to: &mut [u8]| each(from, to, light_through),
            ColourModel::Ycck => |from: &[Vec<u8>], to: &mut [u8]| {
                each(from, to, |[y, cb, cr, k]: [u8; 4]| light_through(ycck_to_cmyk([y, cb, cr, k])));
            },
        };
        self.convert(3, convert, rgb)
    }

    /// Replaces `cmyk` by the pixels of a CMYK or YCCK image, four bytes each, 0 for full ink; nothing for another.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`].
    pub fn to_cmyk(&self, cmyk: &mut Vec<u8>) -> Result<Option<()>> {
        let convert = match self.colour {
            ColourModel::Cmyk => |from: &[Vec<u8>], to: &mut [u8]| each(from, to, |cmyk: [u8; 4]| cmyk),
            ColourModel::Ycck => |from: &[Vec<u8>], to: &mut [u8]| {
                each(from, to, |[y, cb, cr, k]: [u8; 4]| ycck_to_cmyk([y, cb, cr, k]));
            },
            _ => return Ok(None),
        };
        self.convert(4, convert, cmyk).map(Some)
    }

    fn convert(&self, channels: usize, convert: impl Fn(&[Vec<u8>], &mut [u8]), pixels: &mut Vec<u8>) -> Result<()> {
        let (width, height) = (self.width as usize, self.height as usize);
        let bytes = width.checked_mul(height).and_then(|area| area.checked_mul(channels)).ok_or(Error::OutOfMemory)?;
        pixels.try_reserve_exact(bytes.saturating_sub(pixels.len())).map_err(|_| Error::OutOfMemory)?;
        pixels.resize(bytes, 0);
        let most = self.most_sampling();
        let steps: Vec<Steps> = self.components.iter().map(|component| Steps::new(component, most, width)).collect();
        let mut rows = vec![vec![0; width]; self.components.len()];
        let mut between = Vec::new();
        for (y, to) in pixels.chunks_exact_mut(width * channels).enumerate() {
            for ((component, steps), row) in self.components.iter().zip(&steps).zip(&mut rows) {
                steps.row(component, y, row, &mut between);
            }
            convert(&rows, to);
        }
        Ok(())
    }
}

/// Converts pixel by pixel from rows of `N` components.
#[inline(always)]
fn each<const N: usize, const M: usize>(from: &[Vec<u8>], to: &mut [u8], convert: impl Fn([u8; N]) -> [u8; M]) {
    let Some(from) = from.first_chunk::<N>() else { return };
    for (x, pixel) in to.as_chunks_mut::<M>().0.iter_mut().enumerate() {
        *pixel = convert(from.each_ref().map(|row| row[x]));
    }
}

/// Fractional bits of the constants below.
const BITS: u32 = 16;

const fn fixed(value: f64) -> i32 {
    (value * (1 << BITS) as f64 + 0.5) as i32
}

/// RGB of one code of each difference (ITU-T T.871 7).
const RED_OF_CR: i32 = fixed(2.0 * (1.0 - KR));
const GREEN_OF_CB: i32 = fixed(2.0 * KB * (1.0 - KB) / (1.0 - KR - KB));
const GREEN_OF_CR: i32 = fixed(2.0 * KR * (1.0 - KR) / (1.0 - KR - KB));
const BLUE_OF_CB: i32 = fixed(2.0 * (1.0 - KB));

#[inline(always)]
fn ycbcr_to_rgb([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let (y, cb, cr) = (i32::from(y) << BITS, i32::from(cb) - 128, i32::from(cr) - 128);
    let half = 1 << (BITS - 1);
    let red = y + RED_OF_CR * cr;
    let green = y - GREEN_OF_CB * cb - GREEN_OF_CR * cr;
    let blue = y + BLUE_OF_CB * cb;
    [red, green, blue].map(|channel| ((channel + half) >> BITS).clamp(0, 255) as u8)
}

/// YCC holds the complements of the three inks; black stands as it is (Adobe's technical note 5116).
#[inline(always)]
fn ycck_to_cmyk([y, cb, cr, k]: [u8; 4]) -> [u8; 4] {
    let [red, green, blue] = ycbcr_to_rgb([y, cb, cr]);
    [255 - red, 255 - green, 255 - blue, k]
}

/// What three inks and black leave of white light; 255 is no ink.
#[inline(always)]
fn light_through([c, m, y, k]: [u8; 4]) -> [u8; 3] {
    [c, m, y].map(|ink| ((u32::from(ink) * u32::from(k) + 127) / 255) as u8)
}

/// How far a place between two samples is from the first, in this many steps.
const STEPS: u32 = 256;

/// How one component's samples come to the image's pixels.
struct Steps {
    /// The two samples that each pixel lies between, and how far it is from the first; nothing where they are one to one.
    across: Option<Vec<(u32, u32, u32)>>,
    /// Samples of the component and of the finest one, down.
    down: (usize, usize),
}

/// The samples around the middle of a pixel, where `fine` pixels stand for `coarse` samples, and the way from the first.
fn around(pixel: usize, coarse: usize, fine: usize, count: usize) -> (usize, usize, u32) {
    // In units of half a sample's `fine`th: the middle of a pixel, and the middle of the first sample.
    let middle = ((2 * pixel + 1) * coarse) as i64 - fine as i64;
    let (first, rest) = (middle.div_euclid(2 * fine as i64), middle.rem_euclid(2 * fine as i64));
    let last = count as i64 - 1;
    let far = (rest as u32 * STEPS + fine as u32) / (2 * fine as u32);
    (first.clamp(0, last) as usize, (first + 1).clamp(0, last) as usize, far)
}

impl Steps {
    fn new(component: &Component, most: (usize, usize), width: usize) -> Self {
        let (coarse, fine) = (component.sampling.0, most.0);
        let across = (coarse < fine).then(|| {
            let place = |x| {
                let (first, second, far) = around(x, coarse, fine, component.width);
                (first as u32, second as u32, far)
            };
            (0..width).map(place).collect()
        });
        Self { across, down: (component.sampling.1, most.1) }
    }

    /// Row `y` of the image.
    fn row(&self, component: &Component, y: usize, to: &mut [u8], between: &mut Vec<u32>) {
        let (coarse, fine) = self.down;
        let width = component.width;
        let (first, second, far) = around(y, coarse, fine, component.height);
        let (first, second) = (component.plane.row(first, width), component.plane.row(second, width));
        let Some(across) = &self.across else {
            for ((to, &a), &b) in to.iter_mut().zip(first).zip(second) {
                *to = ((mix(a.into(), b.into(), far) + STEPS / 2) / STEPS) as u8;
            }
            return;
        };
        between.clear();
        between.extend(first.iter().zip(second).map(|(&a, &b)| mix(a.into(), b.into(), far)));
        for (to, &(a, b, far)) in to.iter_mut().zip(across) {
            let sum = mix(between[a as usize], between[b as usize], far);
            *to = ((sum + STEPS * STEPS / 2) / (STEPS * STEPS)) as u8;
        }
    }
}

#[inline(always)]
const fn mix(a: u32, b: u32, far: u32) -> u32 {
    a * (STEPS - far) + b * far
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_lie_between_the_samples_around_them() {
        // Two pixels to a sample: the first pixel lies a quarter before the first sample's middle.
        assert_eq!(around(0, 1, 2, 5), (0, 0, 192));
        assert_eq!(around(1, 1, 2, 5), (0, 1, 64));
        assert_eq!(around(2, 1, 2, 5), (0, 1, 192));
        assert_eq!(around(9, 1, 2, 5), (4, 4, 64));
        // One to one.
        assert_eq!(around(3, 2, 2, 5), (3, 4, 0));
        // Three pixels to two samples.
        assert_eq!(around(1, 2, 3, 5), (0, 1, 128));
    }

    #[test]
    fn strong_colours_are_those_of_jfif() {
        assert_eq!(ycbcr_to_rgb([76, 85, 255]), [254, 0, 0]);
        assert_eq!(ycbcr_to_rgb([255, 128, 128]), [255, 255, 255]);
        assert_eq!(light_through([0, 255, 255, 128]), [0, 128, 128]);
    }
}
