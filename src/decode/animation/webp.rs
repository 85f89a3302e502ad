//! Animated WebP: each frame is taken out as a WebP of its own and decoded by the `image` crate, whose own way of laying
//! frames on one another clears other pixels than a frame's to the background.

use image::metadata::Orientation;

use super::canvas::{Disposal, Part};
use super::{Animation, recognise};
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::size::Size;
use decoding::stills::{self, orientation_of};

/// Bytes of `RIFF`, a length and `WEBP`, and of a chunk's kind and length.
const FILE_HEADER: usize = 12;
const CHUNK_HEADER: usize = 8;

/// Flags of the extended header (WebP container specification, "Extended File Format").
const HAS_ANIMATION: u8 = 0x02;
const HAS_ALPHA: u8 = 0x10;

/// Flags of a frame ("Animation").
const DISPOSE_TO_BACKGROUND: u8 = 0x01;
const DO_NOT_BLEND: u8 = 0x02;

/// A chunk's kind and its data.
type Chunk<'a> = ([u8; 4], &'a [u8]);

/// The chunks of a file or of a frame, up to where it is cut off.
pub(in crate::decode) fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (kind, after) = rest.split_first_chunk::<4>()?;
        let (length, after) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let data = after.get(..length)?;
        // Chunks are padded to an even length.
        rest = after.get(length + (length & 1)..).unwrap_or_default();
        Some((*kind, data))
    })
}

/// The chunks of a file in the extended format, of which the header comes first ("Extended File Format"); none of any other file.
pub(in crate::decode) fn extended_chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    chunks(bytes.get(FILE_HEADER..).filter(|chunks| chunks.starts_with(b"VP8X")).unwrap_or_default())
}

/// How a file says that it is to be turned, and an error where that is cut off. The `image` crate is not asked: it takes memory for
/// as many bytes as a chunk claims, four gigabytes of a file of a hundred bytes, and looks into the first frame as well.
pub(in crate::decode) fn orientation(bytes: &[u8]) -> Result<Orientation> {
    let mut exif = None;
    let mut whole = FILE_HEADER;
    for (kind, data) in extended_chunks(bytes) {
        exif = exif.or((&kind == b"EXIF").then_some(data));
        whole += CHUNK_HEADER + data.len().next_multiple_of(2);
    }
    let is_cut = whole > FILE_HEADER && bytes.get(whole..).is_some_and(|rest| rest.starts_with(b"EXIF"));
    match exif {
        None if is_cut => Err(cut_off()),
        exif => Ok(exif.map_or(Orientation::NoTransforms, orientation_of)),
    }
}

/// The frames of an animated WebP; nothing for a still one.
pub(super) fn open<'a>(bytes: &'a [u8], limits: &'a Limits) -> Result<Option<Animation<'a>>> {
    let Some((_, header)) = extended_chunks(bytes).next() else { return Ok(None) };
    let &[flags, _, _, _, w0, w1, w2, h0, h1, h2] = header.first_chunk().ok_or_else(cut_off)?;
    if flags & HAS_ANIMATION == 0 {
        return Ok(None);
    }
    let size = Size::new(u24([w0, w1, w2]) + 1, u24([h0, h1, h2]) + 1);
    let frames = extended_chunks(bytes).filter(|(kind, _)| kind == b"ANMF");
    Ok(Some(Animation { size, parts: Box::new(frames.map(move |(_, frame)| decode(frame, limits))) }))
}

fn decode(frame: &[u8], limits: &Limits) -> Result<Part> {
    let (header, data) = frame.split_first_chunk::<16>().ok_or_else(cut_off)?;
    let field = |at: usize| u24([header[at], header[at + 1], header[at + 2]]);
    let size = Size::new(field(6) + 1, field(9) + 1);
    limits.check_pixels(size)?;
    let file = still(size, data);
    let mut raster = stills::decode(&file, limits, recognise(&file)?)?;
    if raster.size != size {
        return Err(Error::CorruptImage(format!("a frame of the WebP is not {size}, as it should be; save it again")));
    }
    raster.widen();
    Ok(Part {
        // Places are stored halved.
        left: field(0) * 2,
        top: field(3) * 2,
        size,
        pixels: raster.pixels,
        blends: header[15] & DO_NOT_BLEND == 0,
        disposal: if header[15] & DISPOSE_TO_BACKGROUND == 0 { Disposal::Keep } else { Disposal::Clear },
    })
}

/// A file of one frame's chunks.
fn still(size: Size, data: &[u8]) -> Vec<u8> {
    let has_alpha = chunks(data).any(|(kind, _)| &kind == b"ALPH");
    let mut body = b"WEBP".to_vec();
    if has_alpha {
        body.extend_from_slice(b"VP8X\x0A\0\0\0");
        body.extend_from_slice(&[HAS_ALPHA, 0, 0, 0]);
        body.extend_from_slice(&(size.width - 1).to_le_bytes()[..3]);
        body.extend_from_slice(&(size.height - 1).to_le_bytes()[..3]);
    }
    for (kind, data) in chunks(data).filter(|(kind, _)| matches!(kind, b"ALPH" | b"VP8 " | b"VP8L")) {
        body.extend_from_slice(&kind);
        body.extend_from_slice(&(data.len() as u32).to_le_bytes());
        body.extend_from_slice(data);
        body.resize(body.len() + (data.len() & 1), 0);
    }
    [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body].concat()
}

fn u24([low, middle, high]: [u8; 3]) -> u32 {
    u32::from_le_bytes([low, middle, high, 0])
}

fn cut_off() -> Error {
    Error::broken("WebP", &std::io::Error::from(std::io::ErrorKind::UnexpectedEof))
}
