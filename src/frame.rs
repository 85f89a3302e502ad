//! Frames of video as browsers hand them out (WebCodecs, "Pixel Format").

use crate::error::{Error, Result};
use crate::raster::{Layout, Raster};
use crate::size::Size;
use crate::ycbcr::{Plane, YCbCr};

/// How a frame's bytes are laid out, without gaps, 8 bits a sample. Alpha plays no part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Red, green, blue and one more.
    Rgbx,
    /// Blue, green, red and one more.
    Bgrx,
    /// Luma, blue difference, red difference, all of BT.709 in limited range; the differences at half the size, rounded up.
    I420,
    /// Luma, then pairs of both differences, of the same colours.
    Nv12,
}

/// A frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Width and height.
    pub size: Size,
    /// The layout of `data`.
    pub format: Format,
    /// The samples.
    pub data: Vec<u8>,
}

/// A frame's samples in the form that the core works with.
pub(crate) enum Pixels {
    Rgb(Raster),
    Planes(YCbCr),
}

impl Frame {
    /// [`Error::Internal`] where there are not as many bytes as the size says.
    pub(crate) fn into_pixels(self) -> Result<Pixels> {
        match self.format {
            Format::Rgbx | Format::Bgrx => self.into_raster(),
            Format::I420 | Format::Nv12 => self.into_planes(),
        }
    }

    fn into_raster(mut self) -> Result<Pixels> {
        let is_reversed = self.format == Format::Bgrx;
        for pixel in self.data.as_chunks_mut::<4>().0 {
            if is_reversed {
                pixel.swap(0, 2);
            }
            pixel[3] = 255;
        }
        Raster::new(self.size, Layout::Rgba, self.data).map(Pixels::Rgb)
    }

    fn into_planes(self) -> Result<Pixels> {
        let mut image = YCbCr { size: self.size, subsampling: (2, 2), ..YCbCr::default() };
        let (width, height) = (self.size.width as usize, self.size.height as usize);
        let (across, down) = image.chroma_size();
        let (luma, chroma) = (width * height, across * down);
        if self.data.len() != luma + 2 * chroma {
            let (bytes, size) = (self.data.len(), self.size);
            return Err(Error::Internal(format!("{bytes} bytes do not make a frame of {size}")));
        }
        let (y, differences) = self.data.split_at(luma);
        let (cb, cr) = if self.format == Format::I420 {
            let (cb, cr) = differences.split_at(chroma);
            (cb.to_vec(), cr.to_vec())
        } else {
            differences.as_chunks::<2>().0.iter().map(|&[cb, cr]| (cb, cr)).unzip()
        };
        image.y = Plane { samples: y.to_vec(), stride: width };
        image.cb = Plane { samples: cb, stride: across };
        image.cr = Plane { samples: cr, stride: across };
        Ok(Pixels::Planes(image))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::{Converter, Picture};

    fn picture_of(format: Format, size: Size, data: Vec<u8>) -> Picture {
        let mut picture = Picture::new(size);
        match (Frame { size, format, data }).into_pixels().unwrap() {
            Pixels::Planes(image) => Converter::default().from_own(&image, &mut picture).unwrap(),
            Pixels::Rgb(_) => unreachable!("planes were given"),
        }
        picture
    }

    #[test]
    fn both_layouts_of_planes_give_the_same_picture() {
        let size = Size::new(18, 16);
        let (y, cb, cr): (Vec<u8>, Vec<u8>, Vec<u8>) =
            ((0..=255).cycle().take(288).collect(), (0..72).collect(), (100..172).collect());
        let picture = picture_of(Format::I420, size, [y.clone(), cb.clone(), cr.clone()].concat());
        let pairs: Vec<u8> = cb.iter().zip(&cr).flat_map(|(&cb, &cr)| [cb, cr]).collect();
        let other = picture_of(Format::Nv12, size, [y.clone(), pairs].concat());
        for planes in [picture.planes(), other.planes()] {
            assert_eq!([planes.y, planes.u, planes.v], [&y[..], &cb, &cr]);
        }
    }

    #[test]
    fn alpha_plays_no_part_and_the_order_of_colours_is_kept() {
        let raster = |format, pixel: [u8; 4]| match (Frame { size: Size::new(1, 1), format, data: pixel.to_vec() })
            .into_pixels()
        {
            Ok(Pixels::Rgb(raster)) => raster.pixels,
            _ => unreachable!("a pixel was given"),
        };
        assert_eq!(raster(Format::Rgbx, [1, 2, 3, 0]), [1, 2, 3, 255]);
        assert_eq!(raster(Format::Bgrx, [3, 2, 1, 77]), [1, 2, 3, 255]);
    }

    #[test]
    fn bytes_of_another_size_are_refused() {
        for format in [Format::Rgbx, Format::Bgrx, Format::I420, Format::Nv12] {
            let frame = Frame { size: Size::new(16, 16), format, data: vec![0; 383] };
            assert!(frame.into_pixels().is_err_and(|error| error.code() == "internal"));
        }
    }
}
