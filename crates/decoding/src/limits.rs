//! How much one image may cost. The defaults are the caller's (`js/options/defaults.ts`); here they are enforced.

use crate::error::{Error, Result};
use crate::size::Size;

/// Bytes that a pixel may take while an image is decoded: 16-bit RGBA, the deepest common kind.
const MAX_DECODED_BYTES_PER_PIXEL: u64 = 8;

/// Bounds for one source, so that a hostile file cannot eat the memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Pixels of one image, width times height.
    pub max_pixels: u64,
    /// Bytes of one encoded source.
    pub max_bytes: u64,
}

impl Limits {
    /// Refuses a source of more than [`max_bytes`](Self::max_bytes) bytes, with [`Error::Limit`].
    pub fn check_source(&self, bytes: usize) -> Result<()> {
        if bytes as u64 <= self.max_bytes {
            return Ok(());
        }
        Err(Error::Limit(format!(
            "the image file has {bytes} bytes and limits.maxBytes allows {}; raise limits.maxBytes or use a smaller file",
            self.max_bytes
        )))
    }

    /// Refuses an image of more than [`max_pixels`](Self::max_pixels) pixels, with [`Error::Limit`], and one without
    /// any, with [`Error::CorruptImage`].
    pub fn check_pixels(&self, size: Size) -> Result<()> {
        if size.area() == 0 {
            return Err(Error::CorruptImage(format!("the image says that it is {size} pixels; save it again")));
        }
        if size.area() <= self.max_pixels {
            return Ok(());
        }
        Err(Error::Limit(format!(
            "the image is {size}, that is {} pixels, and limits.maxPixels allows {}; scale the image down or raise \
             limits.maxPixels",
            size.area(),
            self.max_pixels
        )))
    }

    /// Refuses pixel data that takes more bytes than the largest allowed image of 16-bit RGBA, or than memory can
    /// address, with [`Error::Limit`]. Returns the number as an allocation's size.
    pub fn check_decoded(&self, bytes: u64) -> Result<usize> {
        match usize::try_from(bytes) {
            Ok(size) if bytes <= self.decoded_bytes() && isize::try_from(bytes).is_ok() => Ok(size),
            _ => Err(Error::Limit(format!(
                "the image takes {bytes} bytes when decoded and limits.maxPixels allows {}; scale the image down or \
                 save it with fewer bits per pixel",
                self.decoded_bytes()
            ))),
        }
    }

    /// The most bytes that the pixels of one image may take.
    pub const fn decoded_bytes(&self) -> u64 {
        self.max_pixels.saturating_mul(MAX_DECODED_BYTES_PER_PIXEL)
    }
}
