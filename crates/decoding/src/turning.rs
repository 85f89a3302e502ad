//! Pixels the right way up (EXIF 2.3, tag 274).

use image::DynamicImage;
use image::metadata::Orientation;

use crate::error::{Error, Result};
use crate::raster::{Layout, Raster};
use crate::size::Size;

/// The size that an image has once it is upright.
pub const fn upright_size(stored: Size, orientation: Orientation) -> Size {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    let swaps_sides = matches!(orientation, Rotate90 | Rotate90FlipH | Rotate270 | Rotate270FlipH);
    if swaps_sides { stored.swapped() } else { stored }
}

/// The raster upright; one that is so is not copied.
///
/// # Errors
/// [`Error::Internal`] where the pixels do not fill the size.
pub fn turned(raster: Raster, orientation: Orientation) -> Result<Raster> {
    if orientation == Orientation::NoTransforms {
        return Ok(raster);
    }
    let Size { width, height } = raster.size;
    let image = match raster.layout {
        Layout::Rgb => image::RgbImage::from_raw(width, height, raster.pixels).map(DynamicImage::ImageRgb8),
        Layout::Rgba => image::RgbaImage::from_raw(width, height, raster.pixels).map(DynamicImage::ImageRgba8),
    };
    let mut image = image.ok_or_else(|| Error::Internal(format!("decoded pixels do not fill {}", raster.size)))?;
    image.apply_orientation(orientation);
    Raster::new(Size::new(image.width(), image.height()), raster.layout, image.into_bytes())
}
