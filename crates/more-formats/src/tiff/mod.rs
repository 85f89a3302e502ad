//! TIFF (revision 6.0, and BigTIFF): the `tiff` crate reads the directories, what they describe is decoded here, as the
//! crate's own decoder knows fewer kinds of samples and of compression than scanners and scientists write.

mod chunks;
mod claims;
mod colours;
mod directory;
mod fax;
mod samples;

use decoding::Result;
use decoding::limits::Limits;
use decoding::profile::{self, Colours};
use decoding::raster::Raster;
use decoding::size::Size;
use decoding::turning::{self, turned};
use image::metadata::Orientation;

use directory::Page;

const NAME: &str = "TIFF";

/// How a file is shown, and how many pages it has; thumbnails are left out.
///
/// # Errors
/// [`Error::CorruptImage`](decoding::Error), [`Error::UnsupportedImage`](decoding::Error) where the first page cannot be read,
/// [`Error::Limit`](decoding::Error) where it is too large. A later page that cannot be read ends the file.
pub(super) fn size_and_pages(bytes: &[u8], limits: &Limits) -> Result<(Size, usize)> {
    let (mut size, mut count) = (Size::default(), 0);
    directory::walk(bytes, limits, |page| {
        if count == 0 {
            size = upright_size(&page);
        }
        count += 1;
        true
    })?;
    Ok((size, count))
}

/// Page `wanted` of a file, or how many pages there are where there is none.
///
/// # Errors
/// Those of [`size_and_pages`].
pub(super) fn page(bytes: &[u8], limits: &Limits, wanted: usize) -> Result<Result<Page, usize>> {
    let mut found = Err(0);
    directory::walk(bytes, limits, |page| {
        found = match found {
            Err(before) if before < wanted => Err(before + 1),
            _ => Ok(page),
        };
        found.is_err()
    })?;
    Ok(found)
}

/// Width and height as they are to be shown.
fn upright_size(page: &Page) -> Size {
    turning::upright_size(page.size, orientation(page))
}

/// Decodes a page, upright.
pub(super) fn decode(bytes: &[u8], page: &Page, limits: &Limits, colours: Colours) -> Result<Raster> {
    limits.check_pixels(page.size)?;
    let samples = chunks::read(bytes, page, limits)?;
    let conversion = page.icc.as_ref().filter(|_| colours == Colours::Convert);
    let conversion = conversion.and_then(|icc| profile::of_icc(icc, page.pixels()));
    let raster = colours::raster(page, samples, conversion.as_ref())?;
    turned(raster, orientation(page))
}

fn orientation(page: &Page) -> Orientation {
    u8::try_from(page.orientation).ok().and_then(Orientation::from_exif).unwrap_or(Orientation::NoTransforms)
}
