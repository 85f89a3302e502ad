//! What BMP files get wrong and everyone reads all the same, put right before the `image` crate sees them.

use std::borrow::Cow;

use decoding::formats::BMP;
use decoding::size::Size;
use decoding::{Error, Result};

/// Bytes of the file's header, before the bitmap's own.
pub(super) const FILE_HEADER: usize = 14;

/// The bitmap header's shortest kind with four bytes for a side (`BITMAPINFOHEADER`).
pub(super) const INFO_HEADER: u32 = 40;

// Places in a bitmap's header.
const WIDTH: usize = 4;
pub(super) const HEIGHT: usize = 8;
pub(super) const PLANES: usize = 12;
pub(super) const BITS: usize = 14;
const COMPRESSION: usize = 16;
pub(super) const COLOURS_USED: usize = 32;

/// Values of the compression field: as they are, runs of bytes and of half bytes, and as masks say.
const COMPRESSIONS: std::ops::RangeInclusive<u32> = 0..=3;
const RUNS: std::ops::RangeInclusive<u32> = 1..=2;

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Unusual(&'static str);

/// Refuses kinds that the `image` crate would call broken, and that a browser may know.
///
/// # Errors
/// [`Error::UnsupportedImage`].
pub(super) fn check_kind(bytes: &[u8]) -> Result<()> {
    let header = bytes.get(FILE_HEADER..).unwrap_or_default();
    let (Some(INFO_HEADER..), Some(height), Some(compression)) =
        (u32_at(header, 0), u32_at(header, HEIGHT), u32_at(header, COMPRESSION))
    else {
        return Ok(());
    };
    let unusual = |why| Err(Error::not_decoded(BMP.name, &Unusual(why)));
    if !COMPRESSIONS.contains(&compression) {
        return unusual("its compression is an unusual one");
    }
    if RUNS.contains(&compression) && height.cast_signed() < 0 {
        return unusual("its runs go from the top down");
    }
    Ok(())
}

/// The file with one plane, as none has another number, and with no more colours than its bits can name.
pub(super) fn mended(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut file = Cow::Borrowed(bytes);
    let header = bytes.get(FILE_HEADER..).unwrap_or_default();
    if u32_at(header, 0).is_none_or(|length| length < INFO_HEADER) || header.len() < INFO_HEADER as usize {
        return file;
    }
    if header[PLANES..PLANES + 2] != [1, 0] {
        file.to_mut()[FILE_HEADER + PLANES..][..2].copy_from_slice(&[1, 0]);
    }
    let most = 1_u32.checked_shl(header[BITS].into()).unwrap_or(u32::MAX);
    if header[BITS] <= 8 && u32_at(header, COLOURS_USED).is_some_and(|used| used > most) {
        file.to_mut()[FILE_HEADER + COLOURS_USED..][..4].copy_from_slice(&most.to_le_bytes());
    }
    file
}

/// The size that the header states, where it has four bytes for a side. Rows from the top down have a negative height.
pub(super) fn stated_size(bytes: &[u8]) -> Option<Size> {
    let header = bytes.get(FILE_HEADER..)?;
    let side = |at: usize| u32_at(header, at).map(|side| side.cast_signed().unsigned_abs());
    (u32_at(header, 0)? >= INFO_HEADER).then_some(Size::new(side(WIDTH)?, side(HEIGHT)?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|&four| u32::from_le_bytes(four))
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|&two| u16::from_le_bytes(two))
}
