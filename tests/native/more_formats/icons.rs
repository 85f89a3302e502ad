//! Icons and bitmaps: masks, alpha, and headers that are a little wrong.

use framereel::raster::Raster;
use framereel::size::Size;
use image::ImageFormat;

use crate::support::Pixels;
use crate::support::clip::LIMITS;
use crate::support::decoders::{decode, probe};

const SIDE: usize = 20;

/// The picture of every icon here: two colours that a palette names, 0 and 1.
const COLOURS: [[u8; 3]; 2] = [[200, 60, 30], [20, 60, 220]];

fn colour_at(x: usize, y: usize) -> usize {
    usize::from(x + 2 * y > 25)
}

fn is_masked(x: usize, y: usize) -> bool {
    x < 7 && y > 11
}

/// Rows from the bottom up, each padded to four bytes.
fn rows(row: impl Fn(usize) -> Vec<u8>) -> Vec<u8> {
    let padded = |y| {
        let mut row = row(y);
        row.resize(row.len().next_multiple_of(4), 0);
        row
    };
    (0..SIDE).rev().flat_map(padded).collect()
}

/// Bits of a row, the first one highest.
fn bits(bit: impl Fn(usize) -> bool) -> Vec<u8> {
    (0..SIDE.div_ceil(8)).map(|byte| (0..8).fold(0, |all, at| all << 1 | u8::from(bit(byte * 8 + at)))).collect()
}

fn bgr(x: usize, y: usize) -> [u8; 3] {
    let [red, green, blue] = COLOURS[colour_at(x, y)];
    [blue, green, red]
}

/// A bitmap's header of 40 bytes.
fn header(depth: u16, height: usize) -> Vec<u8> {
    let mut header = Vec::new();
    for word in [40, SIDE as u32, height as u32, 1 | u32::from(depth) << 16, 0, 0, 0, 0, 0, 0] {
        header.extend_from_slice(&word.to_le_bytes());
    }
    header
}

/// Palette and pixels in a depth; `alpha` is the fourth byte of 32 bits.
fn body(depth: u16, alpha: impl Fn(usize, usize) -> u8) -> Vec<u8> {
    let colours = if depth <= 8 { 1 << depth } else { 0 };
    let palette = (0..colours).flat_map(|index| {
        let [red, green, blue] = COLOURS[index % 2];
        [blue, green, red, 0]
    });
    let pixels = rows(|y| match depth {
        1 => bits(|x| x < SIDE && colour_at(x, y) == 1),
        4 => (0..SIDE / 2).map(|x| (colour_at(2 * x, y) << 4 | colour_at(2 * x + 1, y)) as u8).collect(),
        8 => (0..SIDE).map(|x| colour_at(x, y) as u8).collect(),
        24 => (0..SIDE).flat_map(|x| bgr(x, y)).collect(),
        _ => (0..SIDE).flat_map(|x| [&bgr(x, y)[..], &[alpha(x, y)]].concat()).collect(),
    });
    palette.chain(pixels).collect()
}

/// An icon that holds images of 20 pixels a side.
fn icon(images: &[Vec<u8>]) -> Vec<u8> {
    let mut file = vec![0, 0, 1, 0, images.len() as u8, 0];
    let mut offset = 6 + 16 * images.len();
    for image in images {
        file.extend_from_slice(&[SIDE as u8, SIDE as u8, 0, 0, 1, 0, 32, 0]);
        file.extend_from_slice(&(image.len() as u32).to_le_bytes());
        file.extend_from_slice(&(offset as u32).to_le_bytes());
        offset += image.len();
    }
    file.extend(images.concat());
    file
}

fn mask() -> Vec<u8> {
    rows(|y| bits(|x| x < SIDE && is_masked(x, y)))
}

fn assert_pixels(name: &str, raster: Raster, alpha: impl Fn(usize, usize) -> u8) {
    assert_eq!(raster.size, Size::new(SIDE as u32, SIDE as u32), "{name}");
    let mut raster = raster;
    raster.widen();
    for (at, pixel) in raster.pixels.chunks_exact(4).enumerate() {
        let (x, y) = (at % SIDE, at / SIDE);
        assert_eq!(pixel[3], alpha(x, y), "{name} at {x}, {y}");
        assert_eq!(pixel[..3], COLOURS[colour_at(x, y)], "{name} at {x}, {y}");
    }
}

#[test]
fn the_mask_of_an_icon_makes_pixels_transparent() {
    for depth in [1, 4, 8, 24, 32] {
        let file = icon(&[[header(depth, 2 * SIDE), body(depth, |_, _| 0), mask()].concat()]);
        assert_eq!(probe(&file, &LIMITS).unwrap().size, Size::new(20, 20));
        let raster = decode(&file, &LIMITS).unwrap();
        assert_pixels(&format!("{depth} bits"), raster, |x, y| if is_masked(x, y) { 0 } else { 255 });
    }
}

#[test]
fn the_alpha_of_an_icon_goes_before_its_mask() {
    let alpha = |x: usize, y: usize| (x * 10 + y) as u8;
    for mask in [mask(), Vec::new()] {
        let file = icon(&[[header(32, 2 * SIDE), body(32, alpha), mask].concat()]);
        assert_pixels("alpha", decode(&file, &LIMITS).unwrap(), alpha);
    }
}

#[test]
fn an_icon_without_a_mask_is_opaque() {
    let file = icon(&[[header(24, 2 * SIDE), body(24, |_, _| 0)].concat()]);
    assert_pixels("no mask", decode(&file, &LIMITS).unwrap(), |_, _| 255);
}

#[test]
fn pngs_in_icons_may_be_of_any_kind() {
    let picture = Pixels::from_fn(20, 20, |x, y| COLOURS[colour_at(x as usize, y as usize)]);
    let file = icon(&[picture.to_png()]);
    assert_pixels("PNG", decode(&file, &LIMITS).unwrap(), |_, _| 255);
}

#[test]
fn a_broken_icon_is_corrupt() {
    let whole = icon(&[[header(8, 2 * SIDE), body(8, |_, _| 0)].concat()]);
    for cut in 4..whole.len() {
        assert_eq!(decode(&whole[..cut], &LIMITS).unwrap_err().code(), "corrupt-image", "cut at {cut}");
    }
}

/// A bitmap file of any header.
fn bitmap(header: &[u8], body: &[u8], palette: usize) -> Vec<u8> {
    let offset = (14 + header.len() + palette) as u32;
    [b"BM", &[0; 8][..], &offset.to_le_bytes(), header, body].concat()
}

#[test]
fn the_alpha_of_a_bitmap_is_what_its_mask_says() {
    // BITMAPV5HEADER: 124 bytes, colour masks from byte 40 on, compression 3 says that they hold.
    let header_v5 = || {
        let mut header = header(32, SIDE);
        header[0] = 124;
        header[16] = 3;
        for mask in [0x00FF_0000_u32, 0x0000_FF00, 0x0000_00FF, 0xFF00_0000] {
            header.extend_from_slice(&mask.to_le_bytes());
        }
        header.resize(124, 0);
        header
    };
    let file = |alpha: fn(usize, usize) -> u8| bitmap(&header_v5(), &body(32, alpha), 0);
    // As Chromium and Pillow have it, though a writer may have meant something else.
    assert_pixels("zero", decode(&file(|_, _| 0), &LIMITS).unwrap(), |_, _| 0);
    let rising = |x: usize, y: usize| (x * 10 + y) as u8;
    assert_pixels("rising", decode(&file(|x, y| (x * 10 + y) as u8), &LIMITS).unwrap(), rising);
    // Without a mask the fourth byte means nothing.
    for fourth in [0, 128] {
        let file = bitmap(&header(32, SIDE), &body(32, |_, _| fourth), 0);
        assert_pixels("no mask", decode(&file, &LIMITS).unwrap(), |_, _| 255);
    }
}

#[test]
fn headers_of_bitmaps_may_be_a_little_wrong() {
    let mut planes = header(8, SIDE);
    planes[12] = 0;
    let mut colours = header(8, SIDE);
    colours[32..36].copy_from_slice(&300_u32.to_le_bytes());
    for (name, header) in [("0 planes", planes), ("300 colours", colours)] {
        let file = bitmap(&header, &body(8, |_, _| 0), 1024);
        assert_pixels(name, decode(&file, &LIMITS).unwrap(), |_, _| 255);
    }
}

#[test]
fn the_image_crates_icons_are_read() {
    let icon = Pixels::gradient(48, 48);
    let file = icon.encode(ImageFormat::Ico);
    let raster = decode(&file, &LIMITS).unwrap();
    assert_eq!(raster.pixels, icon.rgb);
}
