//! Pixels in memory, between decoding and colour conversion.

use crate::error::{Error, Result};
use crate::size::Size;

/// How a raster's pixels are laid out, 8 bits per channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Red, green, blue.
    Rgb,
    /// Red, green, blue, alpha; straight, not premultiplied.
    Rgba,
}

impl Layout {
    /// Bytes of one pixel.
    pub const fn channels(self) -> usize {
        match self {
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }
}

/// An upright image of sRGB pixels, row by row without padding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// Width and height.
    pub size: Size,
    /// What a pixel's bytes are.
    pub layout: Layout,
    /// `size.area() * layout.channels()` bytes.
    pub pixels: Vec<u8>,
}

impl Raster {
    /// A raster over pixels that are already there; [`Error::Internal`] where there are not as many as the size says.
    pub fn new(size: Size, layout: Layout, pixels: Vec<u8>) -> Result<Self> {
        if pixels.len() as u64 == size.area() * layout.channels() as u64 {
            return Ok(Self { size, layout, pixels });
        }
        Err(Error::Internal(format!("{} bytes of pixels do not make a {layout:?} image of {size}", pixels.len())))
    }

    /// Bytes from one row to the next.
    pub fn stride(&self) -> usize {
        self.size.width as usize * self.layout.channels()
    }

    /// Gives an RGB image an alpha channel, all opaque.
    pub fn widen(&mut self) {
        if self.layout == Layout::Rgba {
            return;
        }
        self.pixels = self.pixels.chunks_exact(3).flat_map(|rgb| [rgb[0], rgb[1], rgb[2], 255]).collect();
        self.layout = Layout::Rgba;
    }

    /// Lays the image on a background colour, in place. Afterwards every pixel is opaque.
    ///
    /// Each channel becomes `(c * a + b * (255 - a)) / 255`, rounded, in the image's own (gamma-coded) values as
    /// browsers composite.
    pub fn flatten(&mut self, background: [u8; 3]) {
        if self.layout == Layout::Rgb {
            return;
        }
        flatten(&mut self.pixels, background);
    }
}

/// Lays RGBA pixels on a background colour; see [`Raster::flatten`].
pub fn flatten(pixels: &mut [u8], background: [u8; 3]) {
    for pixels in pixels.chunks_mut(RUN) {
        // Most images are opaque, most of the others mostly so: that is told many pixels at a time.
        let is_opaque = pixels.as_chunks::<4>().0.iter().fold(255, |all, pixel| all & pixel[3]) == 255;
        if !is_opaque {
            lay_on(pixels, background);
        }
    }
}

/// Bytes that are looked at together.
const RUN: usize = 4 * 64;

fn lay_on(pixels: &mut [u8], background: [u8; 3]) {
    for pixel in pixels.chunks_exact_mut(4) {
        let alpha = u32::from(pixel[3]);
        for (channel, behind) in pixel.iter_mut().zip(background) {
            *channel = ((u32::from(*channel) * alpha + u32::from(behind) * (255 - alpha) + 127) / 255) as u8;
        }
        pixel[3] = 255;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flattening_mixes_by_alpha_and_leaves_opaque_pixels_alone() {
        let pixels = vec![10, 20, 30, 255, 10, 20, 30, 0, 200, 100, 0, 128];
        let mut raster = Raster::new(Size::new(3, 1), Layout::Rgba, pixels).unwrap();
        raster.flatten([255, 0, 100]);
        // 200 * 128/255 + 255 * 127/255 = 227.4, 100 * 128/255 = 50.2, 100 * 127/255 = 49.8
        assert_eq!(raster.pixels, [10, 20, 30, 255, 255, 0, 100, 255, 227, 50, 50, 255]);
    }

    #[test]
    fn a_raster_of_the_wrong_length_is_refused() {
        let error = Raster::new(Size::new(2, 2), Layout::Rgb, vec![0; 11]).unwrap_err();
        assert_eq!(error.code(), "internal");
    }
}
