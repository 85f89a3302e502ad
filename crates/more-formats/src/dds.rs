//! What DDS files say that the `image` crate minds and nobody else does, put right before it sees them (DirectX, "Programming
//! guide for DDS").

use std::borrow::Cow;

use super::bmp::u32_at;
use decoding::Result;
use decoding::raster::Raster;
use decoding::size::Size;

// Places in a file.
const FLAGS: usize = 8;
const HEIGHT: usize = 12;
const WIDTH: usize = 16;
const FOUR_CC: usize = 84;
const DIMENSION: usize = 132;
const MISC_FLAGS: usize = 136;
const ARRAY_SIZE: usize = 140;
const MISC_FLAGS_2: usize = 144;
/// Bytes of the header, and of the second one that files of DirectX 10 have as well.
const HEADER: usize = 128;
const BOTH_HEADERS: usize = 148;

/// The fields that every file has: capabilities, height, width and the kind of pixels.
const REQUIRED_FLAGS: u32 = 0x1007;

/// The dimension of pictures.
const FLAT: u32 = 3;

/// Pixels of a block's side.
const BLOCK: u32 = 4;

/// Width and height; nothing where the file ends before them.
pub(super) fn stated_size(bytes: &[u8]) -> Option<Size> {
    Some(Size::new(u32_at(bytes, WIDTH)?, u32_at(bytes, HEIGHT)?))
}

/// The file with sides of whole blocks, as its data have them, and without a word on dimensions, cubes, arrays and alpha: the first picture is
/// the same with and without.
pub(super) fn mended(bytes: &[u8]) -> Cow<'_, [u8]> {
    let (Some(size), true) = (stated_size(bytes), bytes.len() >= HEADER) else { return Cow::Borrowed(bytes) };
    let mut file = bytes.to_vec();
    let whole = |side: u32| side.checked_next_multiple_of(BLOCK).unwrap_or(side);
    for (at, value) in [(FLAGS, REQUIRED_FLAGS), (WIDTH, whole(size.width)), (HEIGHT, whole(size.height))] {
        put(&mut file, at, value);
    }
    if bytes[FOUR_CC..].starts_with(b"DX10") && bytes.len() >= BOTH_HEADERS {
        for (at, value) in [(DIMENSION, FLAT), (MISC_FLAGS, 0), (ARRAY_SIZE, 1), (MISC_FLAGS_2, 0)] {
            put(&mut file, at, value);
        }
    }
    Cow::Owned(file)
}

/// The picture without what stands in its blocks beyond its edges.
pub(super) fn cropped(raster: Raster, size: Size) -> Result<Raster> {
    let width = size.width as usize * raster.layout.channels();
    let rows = raster.pixels.chunks_exact(raster.stride()).take(size.height as usize);
    let pixels = rows.flat_map(|row| row.iter().take(width)).copied().collect();
    Raster::new(size, raster.layout, pixels)
}

fn put(bytes: &mut [u8], at: usize, value: u32) {
    bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
}
