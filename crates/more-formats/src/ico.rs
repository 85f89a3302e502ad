//! Icons: a folder of PNGs and of bitmaps without file headers, whose transparent pixels a mask of one bit each names.

use super::bmp::{self, BITS, FILE_HEADER, HEIGHT, INFO_HEADER, u16_at, u32_at};
use decoding::formats::{self, BMP, Format};
use decoding::limits::Limits;
use decoding::raster::{Layout, Raster};
use decoding::size::Size;
use decoding::{Error, Result};

const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// An image of the folder, as its entry describes it.
struct Entry<'a> {
    data: &'a [u8],
    /// The larger, the better: pixels, then bits of each.
    worth: (u32, u16),
}

/// The best image of a file as a file of its own, with what a bitmap's mask says.
pub(super) struct Icon {
    /// A PNG or a BMP.
    pub(super) file: Vec<u8>,
    /// Which of the two.
    pub(super) format: &'static Format,
    mask: Option<Mask>,
}

struct Mask {
    /// Rows of bits from the bottom up, padded to 32; 1 is transparent.
    bits: Vec<u8>,
    size: Size,
    /// The fourth byte of each pixel from the bottom up, where there is one.
    alphas: Option<Vec<u8>>,
}

/// Takes the largest image, and of several the deepest, out of a file.
pub(super) fn best(bytes: &[u8]) -> Result<Icon> {
    let count = usize::from(u16_at(bytes, 4).ok_or_else(broken)?);
    let entries = (0..count).filter_map(|index| entry(bytes, 6 + 16 * index));
    let entry = entries.max_by_key(|entry| entry.worth).ok_or_else(broken)?;
    if entry.data.starts_with(PNG_SIGNATURE) {
        return Ok(Icon { file: entry.data.to_vec(), format: &formats::PNG, mask: None });
    }
    bitmap(entry.data).ok_or_else(broken)
}

fn entry(bytes: &[u8], at: usize) -> Option<Entry<'_>> {
    let side = |at: usize| bytes.get(at).map(|&side| if side == 0 { 256 } else { u32::from(side) });
    let (length, offset) = (u32_at(bytes, at + 8)? as usize, u32_at(bytes, at + 12)? as usize);
    let rest = bytes.get(offset..)?;
    Some(Entry { data: &rest[..length.min(rest.len())], worth: (side(at)? * side(at + 1)?, u16_at(bytes, at + 6)?) })
}

/// A bitmap with a file header, of its own height instead of its and the mask's.
fn bitmap(data: &[u8]) -> Option<Icon> {
    let header = u32_at(data, 0).filter(|&length| length >= INFO_HEADER)? as usize;
    let (width, height) = (u32_at(data, 4)?, u32_at(data, HEIGHT)? / 2);
    let bits = u16_at(data, BITS)?;
    let colours = match (bits, u32_at(data, bmp::COLOURS_USED)?) {
        (9.., _) => 0,
        (bits, 0) => 1 << bits,
        (bits, used) => used.min(1 << bits),
    };
    let pixels = header.checked_add(colours as usize * 4)?;
    let row = (u64::from(width) * u64::from(bits)).div_ceil(32) * 4;
    let after = usize::try_from(row.checked_mul(height.into())?).ok()?.checked_add(pixels)?;
    let mut file = b"BM\0\0\0\0\0\0\0\0".to_vec();
    file.extend_from_slice(&u32::try_from(FILE_HEADER + pixels).ok()?.to_le_bytes());
    file.extend_from_slice(data);
    file[FILE_HEADER + HEIGHT..][..4].copy_from_slice(&height.to_le_bytes());
    let alphas = (bits == 32).then(|| data.get(pixels..after)).flatten();
    let alphas = alphas.map(|pixels| pixels.as_chunks::<4>().0.iter().map(|pixel| pixel[3]).collect());
    let mask = Mask { bits: data.get(after..).unwrap_or_default().to_vec(), size: Size::new(width, height), alphas };
    Some(Icon { file, format: &BMP, mask: Some(mask) })
}

impl Icon {
    /// Makes the pixels transparent that the icon says are: by their alpha, or where none has any, by the mask. A mask
    /// that is cut off counts for the rows that it has.
    pub(super) fn mask(&self, raster: &mut Raster, limits: &Limits) -> Result<()> {
        let Some(mask) = &self.mask else { return Ok(()) };
        if mask.size != raster.size {
            return Ok(());
        }
        limits.check_pixels(raster.size)?;
        raster.widen();
        debug_assert_eq!(raster.layout, Layout::Rgba);
        let width = raster.size.width as usize;
        let stride = width.div_ceil(32) * 4;
        let has_alpha = mask.alphas.as_ref().is_some_and(|alphas| alphas.iter().any(|&alpha| alpha != 0));
        for (y, row) in raster.pixels.chunks_exact_mut(width * 4).rev().enumerate() {
            let bits = mask.bits.get(y * stride..).unwrap_or_default();
            for (x, pixel) in row.as_chunks_mut::<4>().0.iter_mut().enumerate() {
                let is_masked = bits.get(x / 8).is_some_and(|byte| byte >> (7 - x % 8) & 1 == 1);
                pixel[3] = match &mask.alphas {
                    Some(alphas) if has_alpha => alphas[y * width + x],
                    _ if is_masked => 0,
                    _ => 255,
                };
            }
        }
        Ok(())
    }
}

fn broken() -> Error {
    Error::broken("ICO", &std::io::Error::from(std::io::ErrorKind::UnexpectedEof))
}
