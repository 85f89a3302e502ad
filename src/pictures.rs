//! From an image to a picture of the video's size and colours: decode, fit, colour.

use crate::colour::{Converter, Picture};
use crate::decode::{Colours, PlainJpeg, PlainPng, decode_frames_with, decode_with};
use crate::error::Result;
use crate::fit::{Fit, Fitter};
use crate::frame::{Frame, Pixels};
use crate::limits::Limits;
use crate::raster::{Layout, Raster, flatten};
use crate::size::Size;

/// How images become pictures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PictureSettings {
    /// Pixels of the pictures; even.
    pub size: Size,
    /// What happens to images of another size.
    pub fit: Fit,
    /// Red, green and blue behind transparent pixels and around images that do not fill the picture.
    pub background: [u8; 3],
    /// What one image may cost.
    pub limits: Limits,
    /// What becomes of colours that a file says are not sRGB's.
    pub colours: Colours,
}

/// Makes pictures, whatever the sources were, and keeps its buffers from one to the next.
#[derive(Debug)]
pub struct PictureMaker {
    settings: PictureSettings,
    jpeg: PlainJpeg,
    fitter: Fitter,
    colour: Converter,
    /// Pictures that are needed no longer, to be filled again: wasm memory only ever grows.
    spare: Vec<Picture>,
}

impl PictureMaker {
    /// A maker of pictures of one size.
    pub fn new(settings: PictureSettings) -> Self {
        Self {
            settings,
            jpeg: PlainJpeg::new(settings.colours),
            colour: Converter::default(),
            fitter: Fitter::new(settings.size, settings.fit, settings.background),
            spare: Vec::new(),
        }
    }

    /// Takes a picture back that is needed no longer.
    pub fn take_back(&mut self, picture: Picture) {
        self.spare.push(picture);
    }

    /// As [`take_back`](Self::take_back), all of them.
    pub fn take_back_all(&mut self, pictures: &mut Vec<Picture>) {
        self.spare.append(pictures);
    }

    /// The picture of an image file.
    ///
    /// # Errors
    /// Those of [`decode_with`], and [`Error::InvalidOption`](crate::Error::InvalidOption) where the image does not fit and may not be
    /// made to.
    pub fn picture_of_file(&mut self, bytes: &[u8]) -> Result<Picture> {
        let PictureSettings { limits, colours, .. } = self.settings;
        // Most JPEGs go from their planes to the picture's; what is not plain goes by way of RGB.
        if let Some(image) = self.jpeg.decode(bytes, &limits, |size| self.fitter.leaves(size)) {
            let mut picture = blank(&mut self.spare, self.settings.size);
            self.colour.from_ycbcr(image, &mut picture)?;
            return Ok(picture);
        }
        if self.jpeg.decode_into(bytes, &limits, &mut self.fitter).is_some() {
            let mut picture = blank(&mut self.spare, self.settings.size);
            self.colour.from_ycbcr(self.fitter.fitted_planes()?, &mut picture)?;
            return Ok(picture);
        }
        match self.plain_png(bytes) {
            Some(picture) => Ok(picture),
            None => self.picture_of_raster(decode_with(bytes, &limits, colours)?),
        }
    }

    /// The picture of a PNG that needs no fitting, by way of a few rows; nothing for what [`decode_with`] is to decode, or to refuse.
    fn plain_png(&mut self, bytes: &[u8]) -> Option<Picture> {
        let PictureSettings { limits, colours, background, size, .. } = self.settings;
        let mut png = PlainPng::open(bytes, &limits, colours).filter(|png| self.fitter.leaves(png.size()))?;
        let (layout, stride) = (png.layout(), png.size().width as usize * png.layout().channels());
        let mut picture = blank(&mut self.spare, size);
        let rows = self.colour.from_rgb_rows(layout, stride, &mut picture, |two| {
            two.chunks_exact_mut(stride).try_for_each(|row| png.read_row(row))?;
            // These two, and the second of the two before, are each the row above.
            let is_known = png.repeats() >= 3;
            if layout == Layout::Rgba && !is_known {
                flatten(two, background);
            }
            Some(is_known)
        });
        if rows.and_then(|()| png.finish()).is_none() {
            self.spare.push(picture);
            return None;
        }
        Some(picture)
    }

    /// Hands `count` pictures of an animation from frame `first` on to `each`, with their numbers from 0.
    ///
    /// # Errors
    /// Those of [`decode_frames_with`], and as [`picture_of_file`](Self::picture_of_file).
    pub fn pictures_of_frames(
        &mut self,
        bytes: &[u8],
        first: usize,
        count: usize,
        mut each: impl FnMut(usize, Picture),
    ) -> Result<()> {
        let PictureSettings { limits, colours, .. } = self.settings;
        decode_frames_with(bytes, &limits, first, count, colours, |index, raster| {
            each(index, self.picture_of_raster(raster)?);
            Ok(())
        })
    }

    /// The picture of straight (not premultiplied) RGBA pixels.
    ///
    /// # Errors
    /// [`Error::Limit`](crate::Error::Limit), [`Error::Internal`](crate::Error::Internal) where the bytes are not as many as the size
    /// says, and as [`picture_of_file`](Self::picture_of_file).
    pub fn picture_of_rgba(&mut self, rgba: Vec<u8>, size: Size) -> Result<Picture> {
        self.settings.limits.check_pixels(size)?;
        self.picture_of_raster(Raster::new(size, Layout::Rgba, rgba)?)
    }

    /// The picture of a frame of video.
    ///
    /// # Errors
    /// As [`picture_of_rgba`](Self::picture_of_rgba).
    pub fn picture_of_frame(&mut self, frame: Frame) -> Result<Picture> {
        self.settings.limits.check_pixels(frame.size)?;
        match frame.into_pixels()? {
            Pixels::Rgb(raster) => self.picture_of_raster(raster),
            Pixels::Planes(image) => {
                let image = self.fitter.fit_planes(&image)?;
                let mut picture = blank(&mut self.spare, self.settings.size);
                self.colour.from_own(image, &mut picture)?;
                Ok(picture)
            }
        }
    }

    /// The picture whose samples another maker of the same settings gave.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::Error::Internal) where there are not as many as a picture has.
    pub fn picture_of_samples(&mut self, samples: &[u8]) -> Result<Picture> {
        let mut picture = blank(&mut self.spare, self.settings.size);
        picture.copy_from(samples)?;
        Ok(picture)
    }

    fn picture_of_raster(&mut self, mut raster: Raster) -> Result<Picture> {
        let pixels = self.fitter.fit(&mut raster)?;
        let mut picture = blank(&mut self.spare, self.settings.size);
        self.colour.from_rgb(&pixels, &mut picture)?;
        Ok(picture)
    }
}

/// A picture to be filled, by preference one that is needed no longer.
fn blank(spare: &mut Vec<Picture>, size: Size) -> Picture {
    spare.pop().unwrap_or_else(|| Picture::new(size))
}
