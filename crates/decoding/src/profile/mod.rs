//! Colours that a file says are not sRGB's, brought to sRGB: by an ICC profile, or by PNG's own chunks.

mod code_points;
mod conversion;
mod curve;
mod icc;
mod png_chunks;
mod space;

pub use code_points::conversion as of_code_points;
pub use conversion::{Conversion, code_of_light};
pub use icc::Pixels;
pub use png_chunks::{conversion as of_png, conversion_of as of_png_info};
pub use space::lab_to_srgb;

use crate::error::{Error, Result};

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
/// of CMYK.
///
/// # Errors
/// [`Error::UnsupportedImage`] where it explains the pixels by a lookup table of three dimensions alone: the picture would come
/// out in wrong colours.
pub fn of_icc(profile: &[u8], pixels: Pixels) -> Result<Option<Conversion>> {
    match icc::read(profile, pixels) {
        Some(space) => Ok(Conversion::new(&space)),
        None if pixels == Pixels::Rgb && icc::has_lookup_table(profile) => Err(Error::UnsupportedImage(
            "its colour profile is a lookup table, which is not converted here; convert the image to sRGB, or take its numbers \
             as they are with colors: \"ignore\""
                .into(),
        )),
        None => Ok(None),
    }
}
