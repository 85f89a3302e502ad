//! Planes of YCbCr samples as a JPEG stores them, between decoding and colour conversion.

pub use jpeg_planes::Plane;
pub(crate) use jpeg_planes::{KB, KR};

use crate::size::Size;

/// The code of no difference.
const MIDDLE: f64 = 128.0;

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

    /// The same, to be written.
    pub fn planes_mut(&mut self) -> [&mut Plane; 3] {
        [&mut self.y, &mut self.cb, &mut self.cr]
    }

    /// Samples across and down in either chroma plane.
    pub fn chroma_size(&self) -> (usize, usize) {
        let (across, down) = self.subsampling;
        ((self.size.width as usize).div_ceil(across), (self.size.height as usize).div_ceil(down))
    }
}

/// A colour's codes of luma and of both differences (ITU-T T.871 7).
pub(crate) fn from_rgb(colour: [u8; 3]) -> [u8; 3] {
    let [red, green, blue] = colour.map(f64::from);
    let luma = KR * red + (1.0 - KR - KB) * green + KB * blue;
    let (cb, cr) = ((blue - luma) / (2.0 * (1.0 - KB)), (red - luma) / (2.0 * (1.0 - KR)));
    [luma, MIDDLE + cb, MIDDLE + cr].map(|code| code.round() as u8)
}
