//! Boxes as bytes: the `mp4` crate's, containers of boxes, and boxes made of plain data.

use std::io::{self, Write};

use mp4::{FtypBox, WriteBox};

use crate::error::{Error, Result};

/// Bytes of a box header with a 32-bit size.
const HEADER: usize = 8;

/// The number of the picture's track, which every movie has.
pub(super) const TRACK_ID: u32 = 1;

/// The number of the sound's track, which is the last.
pub(super) const SOUND_TRACK_ID: u32 = 2;

/// Bytes that a box writes itself into. The module's size matters here and time does not: boxes write field by field, so that a
/// field must be no more than a call, and none that could fail.
#[derive(Default)]
pub(super) struct Bytes(Vec<u8>);

impl Bytes {
    #[inline(never)]
    fn append(&mut self, part: &[u8]) {
        self.0.extend_from_slice(part);
    }
}

impl Write for Bytes {
    #[inline(always)]
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        self.append(part);
        Ok(part.len())
    }

    #[inline(always)]
    fn write_all(&mut self, part: &[u8]) -> io::Result<()> {
        self.append(part);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The `mp4` crate's boxes of a movie with a track, to be filled in and written one by one. In one place, because there are
/// many of them.
#[inline(never)]
pub(super) fn blank() -> mp4::MoovBox {
    mp4::MoovBox { traks: vec![Default::default()], ..Default::default() }
}

/// A box of the `mp4` crate, written by itself.
pub(super) fn leaf<B>(item: &B) -> Result<Vec<u8>>
where
    for<'w> B: WriteBox<&'w mut Bytes>,
{
    let mut bytes = Bytes::default();
    item.write_box(&mut bytes).map_err(|error| Error::Internal(format!("writing an MP4 box: {error}")))?;
    Ok(bytes.0)
}

/// A box of any type around its contents.
pub(super) fn container(kind: &[u8; 4], contents: &[impl AsRef<[u8]>]) -> Result<Vec<u8>> {
    let length = HEADER + contents.iter().map(|part| part.as_ref().len()).sum::<usize>();
    let size = u32::try_from(length).map_err(|_| Error::Internal("an MP4 index of more than 4 GiB".into()))?;
    let mut bytes = Vec::with_capacity(length);
    bytes.extend_from_slice(&size.to_be_bytes());
    bytes.extend_from_slice(kind);
    for part in contents {
        bytes.extend_from_slice(part.as_ref());
    }
    Ok(bytes)
}

/// The contents of a box with a 32-bit size.
pub(super) fn contents(bytes: &[u8]) -> &[u8] {
    &bytes[HEADER..]
}

/// The first box of a file: what it is, and what a reader must know to play it (ISO/IEC 14496-12 4.3).
pub(super) fn file_type(major: [u8; 4], compatible: &[[u8; 4]]) -> Result<Vec<u8>> {
    leaf(&FtypBox {
        major_brand: major.into(),
        minor_version: 0,
        compatible_brands: compatible.iter().map(|&brand| brand.into()).collect(),
    })
}

/// The header of the media data box that the samples follow, 16 bytes where the size needs 64 bits.
pub(super) fn media_data_header(sample_bytes: u64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(16);
    match u32::try_from(sample_bytes + HEADER as u64) {
        Ok(size) => {
            bytes.extend_from_slice(&size.to_be_bytes());
            bytes.extend_from_slice(b"mdat");
        }
        Err(_) => {
            bytes.extend_from_slice(&1u32.to_be_bytes());
            bytes.extend_from_slice(b"mdat");
            bytes.extend_from_slice(&(sample_bytes + 16).to_be_bytes());
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_data_box_over_4_gib_has_a_64_bit_size() {
        let most = u64::from(u32::MAX) - 8;
        assert_eq!(media_data_header(most), b"\xFF\xFF\xFF\xFFmdat");
        assert_eq!(media_data_header(most + 1), b"\0\0\0\x01mdat\0\0\0\x01\0\0\0\x08");
    }

    #[test]
    fn a_container_counts_its_header_and_contents() {
        assert_eq!(container(b"moov", &[b"abc".as_slice(), b"de"]).unwrap(), b"\0\0\0\x0Dmoovabcde");
    }
}
