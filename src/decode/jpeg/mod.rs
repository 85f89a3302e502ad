//! The everyday JPEG (baseline, 8 bits, YCbCr in one scan) decoded to the planes that it stores, which become the video's
//! without a way through RGB and back.
//!
//! The `image` crate's decoder knows every kind of JPEG and says best what is wrong with one. Its inverse transform and
//! its colours run without SIMD in wasm, and it has no planes to give: it takes twice the time. So whatever is not plain
//! here, or not sound, is declined and left to it.

mod entropy;
mod header;
mod huffman;
mod idct;

use header::{Component, Header};

use crate::limits::Limits;
use crate::size::Size;
use crate::ycc::{Plane, Ycc};

/// Samples on a side of a block (ITU-T T.81 A.3.3).
const BLOCK: usize = 8;

/// Decodes plain JPEGs one after the other, keeping its buffers.
#[derive(Debug, Default)]
pub struct PlainJpeg {
    /// The scan's bits without stuffed bytes and markers.
    scan: entropy::Scan,
    image: Ycc,
}

impl PlainJpeg {
    /// The image of a file, or nothing where another decoder must look at it: it is not a plain JPEG, it is broken, it is
    /// to be turned (EXIF), it is over the limits or what memory holds, or `wanted` says no to its size.
    pub fn decode(&mut self, bytes: &[u8], limits: &Limits, wanted: impl FnOnce(Size) -> bool) -> Option<&Ycc> {
        limits.check_source(bytes.len()).ok()?;
        let header = Header::read(bytes)?;
        limits.check_pixels(header.size).ok()?;
        if !wanted(header.size) || !self.scan.unstuff(&bytes[header.scan..], header.restart_interval.is_some()) {
            return None;
        }
        prepare(&mut self.image, &header)?;
        decode_scan(&header, &self.scan, &mut self.image)?;
        Some(&self.image)
    }
}

/// Gives the planes their size, in whole blocks; nothing where memory is short.
fn prepare(image: &mut Ycc, header: &Header) -> Option<()> {
    (image.size, image.subsampling) = (header.size, header.subsampling());
    let (across, down) = header.units();
    for (plane, component) in image.planes_mut().into_iter().zip(&header.components) {
        plane.shape(across * component.across * BLOCK, down * component.down * BLOCK)?;
    }
    Some(())
}

/// All units of the scan in order, each of the blocks that cover the same pixels (ITU-T T.81 A.2.3).
fn decode_scan(header: &Header, scan: &entropy::Scan, image: &mut Ycc) -> Option<()> {
    let (across, down) = header.units();
    let interval = header.restart_interval.unwrap_or(across * down);
    let mut planes = image.planes_mut();
    let mut predictions = [0; 3];
    let mut block = [0; BLOCK * BLOCK];
    let mut segments = scan.segments();
    let mut bits = segments.next()?;
    for unit in 0..across * down {
        if unit > 0 && unit % interval == 0 {
            bits.finish()?;
            bits = segments.next()?;
            predictions = [0; 3];
        }
        let (column, row) = (unit % across, unit / across);
        for ((plane, component), prediction) in planes.iter_mut().zip(&header.components).zip(&mut predictions) {
            decode_blocks(component, &mut bits, prediction, &mut block, plane, (column, row))?;
        }
    }
    bits.finish()?;
    // More segments than units is as wrong as fewer.
    segments.next().is_none().then_some(())
}

/// The blocks of one component in one unit.
#[inline]
fn decode_blocks(
    component: &Component,
    bits: &mut entropy::Bits<'_>,
    prediction: &mut i32,
    block: &mut entropy::Block,
    plane: &mut Plane,
    (column, row): (usize, usize),
) -> Option<()> {
    let stride = plane.stride;
    for down in 0..component.down {
        for across in 0..component.across {
            let at = (row * component.down + down) * BLOCK * stride + (column * component.across + across) * BLOCK;
            let to = &mut plane.samples[at..];
            if bits.block(component, prediction, block)? {
                idct::write(block, to, stride);
                *block = [0; BLOCK * BLOCK];
            } else {
                idct::write_flat(block[0], to, stride);
            }
        }
    }
    Some(())
}
