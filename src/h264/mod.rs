//! H.264's syntax, as far as it is read or written outside the encoder (ITU-T H.264 7.3): parameter sets, slice headers, and
//! pictures that repeat another one.

mod bits;
mod level;
mod parameter_sets;
mod repeat;
mod slice_header;

pub(crate) use bits::Reader;
pub(crate) use level::Load;
pub(crate) use parameter_sets::{Pps, Sps};
pub(crate) use repeat::repeat_picture;
pub(crate) use slice_header::{SliceHeader, rewrite_slice};

/// `nal_unit_type` (ITU-T H.264 table 7-1).
pub(crate) mod nal {
    /// A slice of a picture that is no IDR picture.
    pub(crate) const SLICE: u8 = 1;
    /// A slice of an instantaneous decoding refresh picture.
    pub(crate) const IDR_SLICE: u8 = 5;
    /// A sequence parameter set.
    pub(crate) const SPS: u8 = 7;
    /// A picture parameter set.
    pub(crate) const PPS: u8 = 8;
}

/// The type of a NAL unit; `None` for an empty one.
pub(crate) fn nal_type(unit: &[u8]) -> Option<u8> {
    unit.first().map(|header| header & 0x1F)
}
