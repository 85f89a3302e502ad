//! The one colour truth: which colours the video's samples stand for, and images turned into them.
//!
//! Own code, because no library has this in wasm SIMD: the `yuv` crate's way from RGB is scalar there, and from
//! one YCbCr to another there is none.

mod bt709;
mod from_rgb;
mod from_ycbcr;
mod lanes;
mod planes;

use openh264_wasm::{ColorDescription, I420};

use crate::error::{Error, Result};
use crate::fit::Fitted;
use crate::raster::Layout;
use crate::size::Size;
use crate::ycbcr::YCbCr;
use planes::Planes;

/// What the stream's VUI and the file's `colr` box say. It must agree with `bt709`: QuickTime refuses files where they
/// differ.
pub const DESCRIPTION: ColorDescription = ColorDescription::BT709_LIMITED;

/// A picture of planar 4:2:0 samples, as the encoder takes it.
#[derive(Clone, Debug)]
pub struct Picture {
    size: Size,
    /// Luma, blue difference and red difference, one after the other, without padding.
    samples: Vec<u8>,
}

impl Picture {
    /// A picture of an even size; its samples have no meaning yet.
    pub fn new(size: Size) -> Self {
        Self { size, samples: vec![0; size.area() as usize / 2 * 3] }
    }

    /// Its samples: luma, blue difference and red difference (ITU-T H.264 6.2), one after the other, without padding.
    pub fn samples(&self) -> &[u8] {
        &self.samples
    }

    /// Takes over the [`samples`](Self::samples) of a picture of the same size.
    ///
    /// # Errors
    /// [`Error::Internal`] where there are more or fewer.
    pub fn copy_from(&mut self, samples: &[u8]) -> Result<()> {
        if samples.len() != self.samples.len() {
            return Err(Error::Internal("samples of a picture of another size".into()));
        }
        self.samples.copy_from_slice(samples);
        Ok(())
    }

    /// A grey picture.
    #[cfg(test)]
    pub(crate) fn from_luma(size: Size, luma: &[u8]) -> Self {
        let mut picture = Self { size, samples: vec![128; size.area() as usize / 2 * 3] };
        picture.samples[..luma.len()].copy_from_slice(luma);
        picture
    }

    #[cfg(test)]
    pub(crate) fn bytes(&self) -> usize {
        self.samples.capacity()
    }

    /// Whether both have the same samples. A few places are compared first: what moves is seldom at the top.
    pub(crate) fn shows_the_same(&self, other: &Self) -> bool {
        const PLACES: usize = 32;
        const PLACE: usize = 256;
        let step = (self.samples.len() / PLACES).max(PLACE);
        let places = self.samples.chunks(step).zip(other.samples.chunks(step));
        let mut firsts = places.map(|(own, other)| (&own[..own.len().min(PLACE)], &other[..other.len().min(PLACE)]));
        self.size == other.size && firsts.all(|(own, other)| own == other) && self.samples == other.samples
    }

    fn planes_mut(&mut self) -> Planes<'_> {
        let (y, chroma) = self.samples.split_at_mut(self.size.area() as usize);
        let (u, v) = chroma.split_at_mut(chroma.len() / 2);
        Planes { width: self.size.width as usize, y, u, v }
    }

    /// The planes, for the encoder.
    pub fn planes(&self) -> I420<'_> {
        let (y, chroma) = self.samples.split_at(self.size.area() as usize);
        let (u, v) = chroma.split_at(chroma.len() / 2);
        I420 { y, u, v, y_stride: self.size.width as usize, uv_stride: self.size.width as usize / 2 }
    }
}

/// Converts images into pictures, keeping its buffers from image to image.
#[derive(Debug, Default)]
pub struct Converter {
    ycbcr: from_ycbcr::Rows,
}

impl Converter {
    /// Sets a picture's samples from pixels of the same size. The chroma of 2x2 pixels comes from their mean.
    ///
    /// # Errors
    /// [`Error::Internal`] where the sizes differ.
    pub fn from_rgb(&mut self, pixels: &Fitted<'_>, picture: &mut Picture) -> Result<()> {
        if pixels.size != picture.size {
            return Err(Error::Internal(format!("pixels of {} for a picture of {}", pixels.size, picture.size)));
        }
        from_rgb::convert(pixels, picture.planes_mut());
        Ok(())
    }

    /// Sets a picture's samples from rows of pixels, of `stride` bytes each, of the same width or of one column more. `next` fills two
    /// of them at a time, from the top, and says whether it knows them for the two before; nothing once it gives nothing. Alpha is not
    /// looked at.
    pub fn from_rgb_rows(
        &mut self,
        layout: Layout,
        stride: usize,
        picture: &mut Picture,
        next: impl FnMut(&mut [u8]) -> Option<bool>,
    ) -> Option<()> {
        from_rgb::convert_rows(layout, stride, picture.planes_mut(), next)
    }

    /// Sets a picture's samples from a JPEG's planes of the same size, or of one row or column more.
    ///
    /// # Errors
    /// [`Error::Internal`] where the sizes differ by more.
    pub fn from_ycbcr(&mut self, image: &YCbCr, picture: &mut Picture) -> Result<()> {
        if !image.size.is_but_a_crop_from(picture.size) {
            return Err(Error::Internal(format!("planes of {} for a picture of {}", image.size, picture.size)));
        }
        from_ycbcr::convert(image, picture.planes_mut(), &mut self.ycbcr);
        Ok(())
    }

    /// Sets a picture's samples from 4:2:0 planes that are the video's own, of the same size, or of one row or column more.
    ///
    /// # Errors
    /// [`Error::Internal`] where the sizes differ by more.
    pub fn from_own(&mut self, image: &YCbCr, picture: &mut Picture) -> Result<()> {
        if !image.size.is_but_a_crop_from(picture.size) {
            return Err(Error::Internal(format!("planes of {} for a picture of {}", image.size, picture.size)));
        }
        let Planes { width, y, u, v } = picture.planes_mut();
        for (plane, width, samples) in [(&image.y, width, y), (&image.cb, width / 2, u), (&image.cr, width / 2, v)] {
            for (row, samples) in samples.chunks_exact_mut(width).enumerate() {
                samples.copy_from_slice(plane.row(row, width));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ITU-R BT.709-6 3.2 to 3.4 with 8-bit limited-range quantisation, in floating point.
    fn bt709([red, green, blue]: [u8; 3]) -> [f64; 3] {
        let [r, g, b] = [red, green, blue].map(|code| f64::from(code) / 255.0);
        let luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
        [219.0 * luma + 16.0, 224.0 * (b - luma) / 1.8556 + 128.0, 224.0 * (r - luma) / 1.5748 + 128.0]
    }

    fn flat(colour: [u8; 3], layout: Layout) -> [u8; 3] {
        let pixel = [colour[0], colour[1], colour[2], 255];
        let pixels = pixel[..layout.channels()].repeat(16 * 16);
        let size = Size::new(16, 16);
        let mut picture = Picture::new(size);
        let pixels = Fitted { size, layout, pixels: &pixels, stride: 16 * layout.channels() };
        Converter::default().from_rgb(&pixels, &mut picture).unwrap();
        let planes = picture.planes();
        assert!([planes.y, planes.u, planes.v].iter().all(|plane| plane.iter().all(|sample| *sample == plane[0])));
        [planes.y[0], planes.u[0], planes.v[0]]
    }

    #[test]
    fn every_colour_is_the_nearest_code_of_bt709() {
        let codes = (0..=255).step_by(17).map(|code| code as u8).collect::<Vec<_>>();
        for &red in &codes {
            for &green in &codes {
                for &blue in &codes {
                    let exact = bt709([red, green, blue]);
                    for layout in [Layout::Rgb, Layout::Rgba] {
                        let samples = flat([red, green, blue], layout);
                        for (sample, exact) in samples.iter().zip(exact) {
                            let off = (f64::from(*sample) - exact).abs();
                            assert!(off < 0.6, "{red} {green} {blue}: {samples:?} for {exact}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_crop_reads_the_top_left_and_keeps_the_stride() {
        // 17x17 pixels, the last row and column white, seen as 16x16.
        let pixels: Vec<u8> =
            (0..17 * 17).flat_map(|i| [if i % 17 == 16 || i / 17 == 16 { 255 } else { 0 }; 3]).collect();
        let size = Size::new(16, 16);
        let mut picture = Picture::new(size);
        let pixels = Fitted { size, layout: Layout::Rgb, pixels: &pixels, stride: 17 * 3 };
        Converter::default().from_rgb(&pixels, &mut picture).unwrap();
        assert!(picture.planes().y.iter().all(|&luma| luma == 16));
        assert!(picture.planes().u.iter().chain(picture.planes().v).all(|&chroma| chroma == 128));
    }

    #[test]
    fn rows_like_those_above_become_what_they_would_alone() {
        // 40 pixels: two whole vectors and a part. One pixel of one channel differs in some rows, anywhere.
        let (width, height) = (40, 32);
        for layout in [Layout::Rgb, Layout::Rgba] {
            let stride = width * layout.channels();
            let mut pixels: Vec<u8> = (0..stride).map(|at| (at * 37 % 256) as u8).collect::<Vec<_>>().repeat(height);
            // Of pairs that are the ones before as a whole, that may be told.
            let is_known = |pair: usize| matches!(pair, 3 | 4 | 9);
            for row in (0..height).filter(|row| row % 5 != 0 && !matches!(row / 2, 2..5 | 8..10)) {
                pixels[row * stride + row * 31 % stride] ^= 0x40;
            }
            let size = Size::new(width as u32, height as u32);
            let mut whole = Picture::new(size);
            let all = Fitted { size, layout, pixels: &pixels, stride };
            Converter::default().from_rgb(&all, &mut whole).unwrap();
            let mut streamed = Picture::new(size);
            let mut rows = pixels.chunks(2 * stride).enumerate();
            let next = |two: &mut [u8]| {
                let (pair, rows) = rows.next()?;
                // Then nobody looks at them any more.
                if is_known(pair) {
                    two.fill(1)
                } else {
                    two.copy_from_slice(rows)
                }
                Some(is_known(pair))
            };
            Converter::default().from_rgb_rows(layout, stride, &mut streamed, next).unwrap();
            assert!(whole.shows_the_same(&streamed));
            for (pair, two) in pixels.chunks(2 * stride).enumerate() {
                let size = Size::new(width as u32, 2);
                let mut alone = Picture::new(size);
                let two = Fitted { size, layout, pixels: two, stride };
                Converter::default().from_rgb(&two, &mut alone).unwrap();
                let (own, all) = (alone.planes(), whole.planes());
                assert_eq!(own.y, &all.y[2 * pair * width..][..2 * width], "luma of pair {pair}");
                assert_eq!(own.u, &all.u[pair * width / 2..][..width / 2], "blue difference of pair {pair}");
                assert_eq!(own.v, &all.v[pair * width / 2..][..width / 2], "red difference of pair {pair}");
            }
        }
    }
}
