//! Planes of YCbCr samples as a JPEG stores them, between decoding and colour conversion.

pub(crate) use jpeg_planes::{KB, KR};
pub use jpeg_planes::{Plane, Strip};

use crate::size::Size;

/// The code of no difference, in every grey.
pub(crate) const NO_COLOUR: u8 = 128;

/// What is known of an image before its samples are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YCbCrHeader {
    /// Width and height of the image, which are those of its luma.
    pub size: Size,
    /// As in [`YCbCr`].
    pub subsampling: (usize, usize),
    /// There is luma alone: every chroma sample is that of grey.
    pub is_grey: bool,
}

impl YCbCrHeader {
    /// Samples across and down in either chroma plane.
    pub fn chroma_size(&self) -> (usize, usize) {
        let (across, down) = self.subsampling;
        ((self.size.width as usize).div_ceil(across), (self.size.height as usize).div_ceil(down))
    }
}

/// Takes an image while it is decoded. The strips' components are luma, blue difference and red difference.
pub trait YCbCrSink {
    /// Sees what the header says, and may decline the image.
    fn begin(&mut self, image: &YCbCrHeader) -> bool;

    /// Takes the next rows of a plane.
    fn rows(&mut self, strip: &Strip<'_>);
}

/// An image in full-range YCbCr of ITU-R BT.601, which JFIF lays down (ITU-T T.871 6.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YCbCr {
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

impl YCbCr {
    /// Luma, blue difference, red difference.
    pub fn planes(&self) -> [&Plane; 3] {
        [&self.y, &self.cb, &self.cr]
    }

    /// What a file's header would say.
    pub const fn header(&self) -> YCbCrHeader {
        YCbCrHeader { size: self.size, subsampling: self.subsampling, is_grey: false }
    }

    /// Each plane as a strip of all rows.
    pub(crate) fn strips(&self) -> [Strip<'_>; 3] {
        let luma = (self.size.width as usize, self.size.height as usize);
        let chroma = self.chroma_size();
        let sizes = [luma, chroma, chroma];
        let planes = self.planes();
        std::array::from_fn(|component| {
            let (Plane { samples, stride }, (width, rows)) = (planes[component], sizes[component]);
            Strip { component, first: 0, rows, width, samples, stride: *stride }
        })
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

/// A colour's codes of luma and of both differences (ITU-T T.871 7).
pub(crate) fn from_rgb(colour: [u8; 3]) -> [u8; 3] {
    let [red, green, blue] = colour.map(f64::from);
    let middle = f64::from(NO_COLOUR);
    let luma = KR * red + (1.0 - KR - KB) * green + KB * blue;
    let (cb, cr) = ((blue - luma) / (2.0 * (1.0 - KB)), (red - luma) / (2.0 * (1.0 - KR)));
    [luma, middle + cb, middle + cr].map(|code| code.round() as u8)
}
