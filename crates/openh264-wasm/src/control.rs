//! What the caller decides about one picture.

use crate::config::MAX_QP;
use crate::error::EncodeError;
use crate::ffi;

/// The filter that smooths the edges of blocks (ITU-T H.264 8.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deblocking {
    /// Not at all.
    Off,
    /// By `FilterOffsetA` and `FilterOffsetB` (7.4.3): -12 to 12, even. 0 is the standard's own strength, less is weaker.
    Offset(i8),
}

/// What the quantiser of a picture makes zero, of blocks that are predicted from another picture, and of all chroma. How a level is
/// rounded is the encoder's affair (ITU-T H.264 defines the inverse, 8.5.12.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadZone {
    /// Up to 5/6 of a step: upstream's own, for the fewest bytes at the same squared error.
    Usual,
    /// Up to 3/4 of a step: the largest error is smaller.
    Narrow,
}

/// Quantisation, reference and filter of one picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureControl<'a> {
    /// The quantisation parameter of every macroblock, 0 (best) to 51. The configuration's is the lowest allowed.
    pub qp: u8,
    /// Where each macroblock probably was in the reference picture, in raster order: pixels to the right and down. The search
    /// starts there, among other places.
    pub vectors: Option<&'a [[i16; 2]]>,
    /// Whether this is an IDR picture. The first always is.
    pub idr: bool,
    /// How the picture is filtered.
    pub deblocking: Deblocking,
    /// How much becomes zero.
    pub dead_zone: DeadZone,
}

impl PictureControl<'_> {
    /// One quantisation parameter for the whole picture, the standard's filter and the usual dead zone.
    pub fn constant(qp: u8) -> Self {
        Self { qp, vectors: None, idr: false, deblocking: Deblocking::Offset(0), dead_zone: DeadZone::Usual }
    }

    /// The same for C, or what is out of range. `macroblocks` are those of the picture, `least_qp` is the configuration's.
    pub(crate) fn to_ffi(self, macroblocks: usize, least_qp: u8) -> Result<ffi::PictureControl, EncodeError> {
        if !(least_qp..=MAX_QP).contains(&self.qp) {
            return Err(EncodeError::Control("a picture's QP must be from the configuration's to 51"));
        }
        if self.vectors.is_some_and(|vectors| vectors.len() != macroblocks) {
            return Err(EncodeError::Control("a picture must have as many vectors as macroblocks"));
        }
        let (deblocking_off, deblocking_offset) = match self.deblocking {
            Deblocking::Off => (1, 0),
            Deblocking::Offset(offset) if (-12..=12).contains(&offset) && offset % 2 == 0 => (0, i32::from(offset)),
            Deblocking::Offset(_) => return Err(EncodeError::Control("the filter's offset must be even, -12 to 12")),
        };
        Ok(ffi::PictureControl {
            vectors: self.vectors.map_or(std::ptr::null(), <[_]>::as_ptr),
            qp: i32::from(self.qp),
            force_idr: i32::from(self.idr),
            deblocking_off,
            deblocking_offset,
            narrow_dead_zone: i32::from(self.dead_zone == DeadZone::Narrow),
        })
    }
}
