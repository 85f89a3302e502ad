//! Sound files of the formats that are rare on the web, made in code.

use image::{DynamicImage, ImageFormat};

use crate::seeds::{jpegs, picture, written};
use crate::tiffs::tiffs;

/// Still images of every such format, and TIFFs of every kind.
pub(crate) fn files() -> Vec<Vec<u8>> {
    let rgba = DynamicImage::ImageRgba8(picture(21, 13));
    let rgb = DynamicImage::ImageRgb8(rgba.to_rgb8());
    let mut files = Vec::new();
    for format in [ImageFormat::Bmp, ImageFormat::Tga, ImageFormat::Qoi, ImageFormat::Pnm, ImageFormat::Tiff] {
        files.extend([&rgba, &rgb].map(|image| written(image, format)));
    }
    files.push(written(&rgba, ImageFormat::Ico));
    files.push(icon(&written(&rgb, ImageFormat::Bmp)));
    files.push(written(&DynamicImage::ImageRgb32F(rgba.to_rgb32f()), ImageFormat::Hdr));
    files.push(written(&DynamicImage::ImageRgb32F(rgba.to_rgb32f()), ImageFormat::OpenExr));
    files.push(written(&DynamicImage::ImageRgba32F(rgba.to_rgba32f()), ImageFormat::OpenExr));
    files.push(b"P3 2 2 255 1 2 3 4 5 6 7 8 9 10 11 12 ".to_vec());
    files.push(b"P1 # comment\n3 2 101 010".to_vec());
    files.extend([b"DXT1", b"DXT3", b"DXT5"].map(surface));
    files.extend(tiffs(&jpegs()[0]));
    files
}

/// An icon with a bitmap inside: its header with twice the height, pixels, and a mask that hides every other one.
fn icon(bmp: &[u8]) -> Vec<u8> {
    const FILE_HEADER: usize = 14;
    let mut bitmap = bmp[FILE_HEADER..].to_vec();
    let height = u32::from_le_bytes([bitmap[8], bitmap[9], bitmap[10], bitmap[11]]);
    bitmap[8..12].copy_from_slice(&(2 * height).to_le_bytes());
    bitmap.extend([0x55, 0x55, 0x55, 0].repeat(height as usize));
    let mut file = b"\0\0\x01\0\x01\0\x15\x0D\0\0\x01\0\x18\0".to_vec();
    file.extend((bitmap.len() as u32).to_le_bytes());
    file.extend((file.len() as u32 + 4).to_le_bytes());
    [file, bitmap].concat()
}

/// Eight by four pixels in two compressed blocks ("Programming Guide for DDS", DDS_HEADER).
fn surface(kind: &[u8; 4]) -> Vec<u8> {
    let mut header = [0_u32; 31];
    (header[0], header[1], header[2], header[3]) = (124, 0x1007, 4, 8);
    (header[18], header[19], header[20], header[26]) = (32, 4, u32::from_le_bytes(*kind), 0x1000);
    let block_bytes = if kind == b"DXT1" { 8 } else { 16 };
    let blocks = (0..2 * block_bytes).map(|at: u32| (37 * at) as u8);
    let header = header.into_iter().flat_map(u32::to_le_bytes);
    b"DDS ".iter().copied().chain(header).chain(blocks).collect()
}
