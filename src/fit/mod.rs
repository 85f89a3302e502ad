//! An image brought to the video's size: where it lands ([`geometry`]), and the pixels there.

pub mod geometry;

use fast_image_resize::images::{CroppedImageMut, Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

pub use geometry::{Fit, Placement, place};

use crate::error::{Error, Result};
use crate::raster::{Layout, Raster};
use crate::size::Size;

/// The filter for both directions: the sharpest of the usual ones, and what image editors take for photographs.
const FILTER: FilterType = FilterType::Lanczos3;

/// Opaque pixels of the video's size, either in the source's own memory or in the fitter's canvas.
#[derive(Clone, Copy, Debug)]
pub struct Fitted<'a> {
    /// The video's size.
    pub size: Size,
    /// What a pixel's bytes are; alpha, where there is one, is 255.
    pub layout: Layout,
    /// Rows of at least `size.width` pixels.
    pub pixels: &'a [u8],
    /// Bytes from one row to the next.
    pub stride: usize,
}

/// Fits images into one video size, keeping its buffers from image to image.
#[derive(Debug)]
pub struct Fitter {
    target: Size,
    fit: Fit,
    background: [u8; 3],
    resizer: Resizer,
    canvas: Vec<u8>,
}

impl Fitter {
    /// A fitter into `target`, with a background colour for what an image leaves free.
    pub fn new(target: Size, fit: Fit, background: [u8; 3]) -> Self {
        Self { target, fit, background, resizer: Resizer::new(), canvas: Vec::new() }
    }

    /// Whether an image of this size is the picture, pixel for pixel, but for the one row or column that is cropped.
    pub fn takes_as_it_is(&self, image: Size) -> bool {
        place(image, self.target, self.fit).is_ok_and(|placement| placement.is_in_place(self.target))
    }

    /// Fits an image; `raster` becomes opaque. Nothing is copied where the image has the video's size, or only the one
    /// row or column more that a crop to even sides takes.
    ///
    /// # Errors
    /// [`Error::InvalidOption`] where `fit` is [`Fit::Error`] and the image is of another size.
    pub fn fit<'a>(&'a mut self, raster: &'a mut Raster) -> Result<Fitted<'a>> {
        let placement = place(raster.size, self.target, self.fit)?;
        raster.flatten(self.background);
        let size = self.target;
        if placement.is_in_place(size) {
            return Ok(Fitted { size, layout: raster.layout, pixels: &raster.pixels, stride: raster.stride() });
        }
        raster.widen();
        self.draw(raster, &placement).map_err(|error| Error::Internal(format!("fitting {}: {error}", raster.size)))?;
        Ok(Fitted { size, layout: Layout::Rgba, pixels: &self.canvas, stride: size.width as usize * 4 })
    }

    /// Draws an RGBA image onto the canvas, scaled where it has to be. Only that layout is compiled into the resizer:
    /// each further one costs 30 kB of the module, and 16-bit ones a table of 512 kB.
    fn draw(&mut self, raster: &Raster, placement: &Placement) -> Result<(), Box<dyn std::error::Error>> {
        let (width, height) = (self.target.width, self.target.height);
        self.clear_canvas(placement.covers(self.target));
        let source = ImageRef::new(raster.size.width, raster.size.height, &raster.pixels, PixelType::U8x4)?;
        let mut canvas = Image::from_slice_u8(width, height, &mut self.canvas, PixelType::U8x4)?;
        let to = placement.target;
        let mut target = CroppedImageMut::new(&mut canvas, to.x, to.y, to.width, to.height)?;
        let from = placement.source;
        // The image is opaque, so alpha needs no weighing.
        let options = ResizeOptions::new()
            .resize_alg(ResizeAlg::Convolution(FILTER))
            .crop(from.x, from.y, from.width, from.height)
            .use_alpha(false);
        self.resizer.resize(&source, &mut target, &options)?;
        Ok(())
    }

    fn clear_canvas(&mut self, is_covered: bool) {
        self.canvas.resize(self.target.area() as usize * 4, 0);
        if is_covered {
            return;
        }
        let [red, green, blue] = self.background;
        for place in self.canvas.chunks_exact_mut(4) {
            place.copy_from_slice(&[red, green, blue, 255]);
        }
    }
}
