//! What BMP files get wrong and everyone reads all the same, put right before the `image` crate sees them.

use std::borrow::Cow;

use decoding::size::Size;

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

/// Values of the compression field.
const RUNS_OF_8: u32 = 1;
const RUNS_OF_4: u32 = 2;

/// The oldest header's length (`BITMAPCOREHEADER`), and the place of its bits.
const CORE_HEADER: u32 = 12;
const CORE_BITS: usize = 10;

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

/// Why a sound bitmap is not read; nothing where it is broken. The `image` crate calls most of what it does not know broken.
pub(super) fn unread_kind(bytes: &[u8]) -> Option<&'static str> {
    let header = bytes.get(FILE_HEADER..)?;
    let length = u32_at(header, 0)?;
    if length < INFO_HEADER {
        return (length == CORE_HEADER && !matches!(u16_at(header, CORE_BITS)?, 1 | 4 | 8 | 24))
            .then_some("it has an unusual number of bits a pixel");
    }
    let (bits, compression) = (u16_at(header, BITS)?, u32_at(header, COMPRESSION)?);
    match (compression, bits) {
        (0, 1 | 2 | 4 | 8 | 16 | 24 | 32) | (3, 16 | 32) => None,
        (RUNS_OF_8, 8) | (RUNS_OF_4, 4) => {
            let is_top_down = u32_at(header, HEIGHT)?.cast_signed() < 0;
            is_top_down.then_some("its rows stand from the top down in runs")
        }
        (0..=3, _) => Some("it has an unusual number of bits a pixel"),
        _ => Some("its compression is an unusual one"),
    }
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
