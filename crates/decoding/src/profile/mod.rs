//! Colours that a file says are not sRGB's, brought to sRGB: by an ICC profile, or by PNG's own chunks.

mod code_points;
mod conversion;
mod curve;
mod grid;
mod icc;
mod lookup;
mod lookup_tags;
mod png_chunks;
mod space;

pub use code_points::conversion as of_code_points;
pub use conversion::{Conversion, code_of_light};
pub use icc::Pixels;
pub use png_chunks::{conversion as of_png, conversion_of as of_png_info};
pub use space::lab_to_srgb;

/// What becomes of colours that a file says are not sRGB's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// They are converted to sRGB.
    #[default]
    Convert,
    /// Their numbers are taken as sRGB's.
    Ignore,
}

/// The conversion that an ICC profile asks for; nothing where the profile is sRGB's or as good as, where it is broken, or
/// explains other pixels.
pub fn of_icc(profile: &[u8], pixels: Pixels) -> Option<Conversion> {
    Conversion::of(icc::read(profile, pixels)?)
}
