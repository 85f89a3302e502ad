//! Planes of YCbCr samples as a JPEG stores them, between decoding and colour conversion.

pub use jpeg_planes::{Plane, Strip};

use crate::size::Size;

/// The chroma sample of every grey.
pub const NO_COLOUR: u8 = 128;

/// What is known of an image before its samples are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YccHeader {
    /// Width and height of the image, which are those of its luma.
    pub size: Size,
    /// As in [`Ycc`].
    pub subsampling: (usize, usize),
    /// There is luma alone: every chroma sample is [`NO_COLOUR`].
    pub is_grey: bool,
}

impl YccHeader {
    /// Samples across and down in either chroma plane.
    pub fn chroma_size(&self) -> (usize, usize) {
        let (across, down) = self.subsampling;
        ((self.size.width as usize).div_ceil(across), (self.size.height as usize).div_ceil(down))
    }
}

/// Takes an image while it is decoded. The strips' components are luma, blue difference and red difference.
pub trait YccSink {
    /// Sees what the header says, and may decline the image.
    fn begin(&mut self, image: &YccHeader) -> bool;

    /// Takes the next rows of a plane.
    fn rows(&mut self, strip: &Strip<'_>);
}

/// An image in full-range YCbCr of ITU-R BT.601, which JFIF lays down (ITU-T T.871 6.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ycc {
    /// Width and height of the image, which are those of its luma.
    pub size: Size,
    /// Luma samples for one chroma sample, across and down: 1 or 2 each. Chroma lies in the middle of its luma samples.
    pub subsampling: (usize, usize),
    /// Luma.
    pub y: Plane,
    /// Blue difference.
    pub cb: Plane,
    /// Red difference.
    pub cr: Plane,
}

impl Ycc {
    /// Luma, blue difference, red difference.
    pub fn planes(&self) -> [&Plane; 3] {
        [&self.y, &self.cb, &self.cr]
    }

    /// What its header said.
    pub const fn header(&self) -> YccHeader {
        YccHeader { size: self.size, subsampling: self.subsampling, is_grey: false }
    }

    /// The same, to be written.
    pub fn planes_mut(&mut self) -> [&mut Plane; 3] {
        [&mut self.y, &mut self.cb, &mut self.cr]
    }

    /// Samples across and down in either chroma plane.
    pub fn chroma_size(&self) -> (usize, usize) {
        self.header().chroma_size()
    }
}
