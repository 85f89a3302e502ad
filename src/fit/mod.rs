//! An image brought to the video's size: where it lands ([`geometry`]), and the pixels there.

pub mod geometry;
mod planes;
mod rows;

use fast_image_resize::images::{TypedCroppedImageMut, TypedImage, TypedImageRef};
use fast_image_resize::pixels::{InnerPixel, U8x4};
use fast_image_resize::{FilterType, ImageView, PixelTrait, ResizeAlg, ResizeOptions, Resizer};

use geometry::Rect;
pub use geometry::{Fit, Placement, place};
use planes::PlaneFitter;
use rows::Stretch;

use crate::error::{Error, Result};
use crate::raster::{Layout, Raster};
use crate::size::Size;
use crate::ycbcr::{Strip, YCbCr, YCbCrHeader, YCbCrSink};

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
    /// A part of an image, with an alpha channel.
    part: Vec<u8>,
    planes: PlaneFitter,
}

impl Fitter {
    /// A fitter into `target`, with a background colour for what an image leaves free.
    pub fn new(target: Size, fit: Fit, background: [u8; 3]) -> Self {
        Self {
            target,
            fit,
            background,
            resizer: Resizer::new(),
            canvas: Vec::new(),
            part: Vec::new(),
            planes: PlaneFitter::default(),
        }
    }

    /// Whether an image of this size is the picture already, or has only the one row or column more that a crop to even sides
    /// takes.
    pub fn leaves(&self, image: Size) -> bool {
        place(image, self.target, self.fit).is_ok_and(|placement| placement.is_in_place(self.target))
    }

    /// The picture's planes, once this sink has had all rows of an image.
    ///
    /// # Errors
    /// [`Error::Internal`] where rows are missing.
    pub fn fitted_planes(&mut self) -> Result<&YCbCr> {
        self.planes.finish(&mut self.resizer).map_err(|error| failed(self.target, &*error))
    }

    /// Fits an image's planes; nothing is copied where they are the picture's already.
    ///
    /// # Errors
    /// [`Error::InvalidOption`] where `fit` is [`Fit::Error`] and the image is of another size, [`Error::OutOfMemory`].
    pub fn fit_planes<'a>(&'a mut self, image: &'a YCbCr) -> Result<&'a YCbCr> {
        let placement = place(image.size, self.target, self.fit)?;
        if placement.is_in_place(self.target) {
            return Ok(image);
        }
        self.planes
            .begin(&image.header(), &placement, self.target, self.background)
            .ok_or_else(|| Error::OutOfMemory("no memory is left for a frame of the video's size".into()))?;
        for strip in image.strips() {
            self.planes.push(&strip, &mut self.resizer);
        }
        self.fitted_planes()
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
        self.draw(raster, &placement).map_err(|error| failed(raster.size, &*error))?;
        Ok(Fitted { size, layout: Layout::Rgba, pixels: &self.canvas, stride: size.width as usize * 4 })
    }

    /// Draws an image in parts: what a part needs is given an alpha channel, not the image as a whole.
    fn draw(&mut self, raster: &Raster, placement: &Placement) -> Result<(), DrawError> {
        self.clear_canvas(placement.covers(self.target));
        let Size { width, height } = raster.size;
        let (from, to) = (placement.source, placement.target);
        let stretch = Stretch { top: from.y, height: from.height, image_rows: height as usize, target_rows: to.height };
        for (begin, end) in stretch.parts() {
            let (first, last) = (stretch.sources(begin).0, stretch.sources(end - 1).1);
            let pixels = &raster.pixels[first * raster.stride()..last * raster.stride()];
            let pixels = match raster.layout {
                Layout::Rgba => pixels,
                Layout::Rgb => {
                    self.part.clear();
                    self.part.extend(pixels.as_chunks::<3>().0.iter().flat_map(|&[r, g, b]| [r, g, b, 255]));
                    &self.part
                }
            };
            let source = TypedImageRef::<U8x4>::from_buffer(width, (last - first) as u32, pixels)?;
            let (y, height) = stretch.part((begin, end), (first, last));
            let canvas = Canvas { width: self.target.width, height: self.target.height, bytes: &mut self.canvas };
            let target = Rect { y: to.y + begin, height: end - begin, ..to };
            draw(&mut self.resizer, &source, Rect { y, height, ..from }, canvas, target)?;
        }
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

/// Scales the planes of an image while they are decoded. It declines one that needs no scaling, and one whose chroma would not
/// land on whole samples.
impl YCbCrSink for Fitter {
    fn begin(&mut self, image: &YCbCrHeader) -> bool {
        place(image.size, self.target, self.fit).is_ok_and(|placement| {
            !placement.is_in_place(self.target)
                && planes::take(&placement)
                && self.planes.begin(image, &placement, self.target, self.background).is_some()
        })
    }

    fn rows(&mut self, strip: &Strip<'_>) {
        self.planes.push(strip, &mut self.resizer);
    }
}

/// What the resizer may find wrong; nothing that a caller could mend.
type DrawError = Box<dyn std::error::Error>;

fn failed(image: Size, error: &dyn std::error::Error) -> Error {
    Error::Internal(format!("fitting {image}: {error}"))
}

/// Pixels of some kind, row by row without padding.
struct Canvas<'a> {
    width: u32,
    height: u32,
    bytes: &'a mut [u8],
}

/// Draws a part of an image onto a part of a canvas, scaled where it has to be. Of the resizer only the kinds of pixels
/// that this is called with are compiled: each further one costs the module up to 30 kB, those of 16 bits a table of 512.
fn draw<P: PixelTrait + InnerPixel>(
    resizer: &mut Resizer,
    image: &impl ImageView<Pixel = P>,
    from: Rect<f64>,
    canvas: Canvas<'_>,
    to: Rect<u32>,
) -> Result<(), DrawError> {
    let canvas = TypedImage::<P>::from_buffer(canvas.width, canvas.height, canvas.bytes)?;
    let mut target = TypedCroppedImageMut::new(canvas, to.x, to.y, to.width, to.height)?;
    // Pixels with alpha are opaque by now, so it needs no weighing.
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FILTER))
        .crop(from.x, from.y, from.width, from.height)
        .use_alpha(false);
    Ok(resizer.resize_typed(image, &mut target, &options)?)
}
