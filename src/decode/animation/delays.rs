//! How long each frame of an animation is shown, read from the file's structure without decoding a pixel.

use decoding::formats::Format;
use decoding::info::UNSET_DELAY;
use image::ImageFormat;

/// Delays up to this many seconds are what old encoders wrote for "no delay given"; every browser shows such a frame for
/// [`UNSET_DELAY`] instead.
const LONGEST_UNSET_DELAY: f64 = 0.010;

/// Seconds that each frame is shown, or nothing for a still image. A file that is cut off has the frames that are there.
pub(in crate::decode) fn frame_durations(bytes: &[u8], format: &Format) -> Option<Vec<f64>> {
    let mut delays = Vec::new();
    // The walks end early, with `None`, where the file is cut off.
    let _ = match format.image {
        Some(ImageFormat::Gif) => walk_gif(bytes, &mut delays),
        Some(ImageFormat::Png) => walk_apng(bytes, &mut delays),
        Some(ImageFormat::WebP) => walk_webp(bytes, &mut delays),
        _ => return None,
    };
    for delay in &mut delays {
        if *delay <= LONGEST_UNSET_DELAY {
            *delay = UNSET_DELAY;
        }
    }
    (delays.len() > 1).then_some(delays)
}

/// GIF89a: blocks of an introducer, fixed fields and a chain of sub-blocks. The delay is in hundredths of a second.
fn walk_gif(bytes: &[u8], delays: &mut Vec<f64>) -> Option<()> {
    const EXTENSION: u8 = 0x21;
    const GRAPHIC_CONTROL: u8 = 0xF9;
    const IMAGE: u8 = 0x2C;
    let mut at = 13 + colour_table(*bytes.get(10)?);
    let mut delay = 0.0;
    loop {
        match *bytes.get(at)? {
            EXTENSION => {
                if *bytes.get(at + 1)? == GRAPHIC_CONTROL {
                    delay = f64::from(u16::from_le_bytes([*bytes.get(at + 4)?, *bytes.get(at + 5)?])) / 100.0;
                }
                at = skip_sub_blocks(bytes, at + 2)?;
            }
            IMAGE => {
                // Ten bytes of descriptor, the local colour table, one byte of LZW code size, then the data.
                let table = colour_table(*bytes.get(at + 9)?);
                delays.push(delay);
                delay = 0.0;
                at = skip_sub_blocks(bytes, at + 10 + table + 1)?;
            }
            _ => return Some(()),
        }
    }
}

/// Bytes of the colour table that a packed field announces (GIF89a, 18 and 20).
fn colour_table(packed: u8) -> usize {
    if packed & 0x80 == 0 { 0 } else { 3 << ((packed & 7) + 1) }
}

fn skip_sub_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

/// PNG third edition, 11.3.6: an `acTL` before the image data makes it an animation, each `fcTL` is a frame.
fn walk_apng(bytes: &[u8], delays: &mut Vec<f64>) -> Option<()> {
    let mut at = 8;
    // A file may have more frames than it announces, and fewer; nobody shows more.
    let mut announced = None;
    loop {
        let length = be_u32(bytes, at)?;
        let data = at + 8;
        match bytes.get(at + 4..data)? {
            b"acTL" => announced = announced.or(Some(be_u32(bytes, data)?)),
            b"IDAT" if announced.is_none() => return Some(()),
            b"fcTL" if announced.is_some_and(|count| delays.len() < count) => {
                let numerator = u16::from_be_bytes([*bytes.get(data + 20)?, *bytes.get(data + 21)?]);
                // A denominator of 0 stands for hundredths.
                let denominator = match u16::from_be_bytes([*bytes.get(data + 22)?, *bytes.get(data + 23)?]) {
                    0 => 100,
                    given => given,
                };
                delays.push(f64::from(numerator) / f64::from(denominator));
            }
            b"IEND" => return Some(()),
            _ => {}
        }
        at = data.checked_add(length)?.checked_add(4)?;
    }
}

fn be_u32(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?)).ok()
}

/// WebP container specification: in the extended format, each `ANMF` chunk is a frame, its duration 24 bits of milliseconds.
fn walk_webp(bytes: &[u8], delays: &mut Vec<f64>) -> Option<()> {
    let mut at = 12;
    if !bytes.get(at..)?.starts_with(b"VP8X") {
        return None;
    }
    loop {
        let (kind, length) = bytes.get(at..)?.first_chunk::<8>()?.split_at(4);
        let length = usize::try_from(u32::from_le_bytes(*length.first_chunk()?)).ok()?;
        let data = at + 8;
        if kind == b"ANMF" {
            let field = bytes.get(data + 12..data + 15)?;
            delays.push(f64::from(u32::from_le_bytes([field[0], field[1], field[2], 0])) / 1000.0);
        }
        // Chunks are padded to an even length.
        at = data.checked_add(length)?.checked_add(length & 1)?;
    }
}
