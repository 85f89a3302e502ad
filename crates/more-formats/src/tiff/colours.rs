//! Samples as sRGB, by what the directory says that they are.

use super::directory::{Alpha, Page, Photometric};
use decoding::Result;
use decoding::profile::{self, Conversion, Pixels};
use decoding::raster::{Layout, Raster};
use jpeg_planes::{KB, KR};

/// A page's samples as sRGB, by its profile where it has one.
pub(super) fn raster(page: &Page, samples: Vec<u8>, conversion: Option<&Conversion>) -> Result<Raster> {
    let mut raster = by_directory(page, samples, conversion.and_then(Conversion::of_inks))?;
    if let Some(conversion) = conversion.filter(|_| page.pixels() != Pixels::Cmyk) {
        conversion.apply(&mut raster);
    }
    Ok(raster)
}

/// A page's samples as a raster. Inks go by `of_inks`, else each takes its share of the light away.
fn by_directory(page: &Page, samples: Vec<u8>, mut of_inks: Option<impl FnMut([u8; 4]) -> [u8; 3]>) -> Result<Raster> {
    let is_rgb = page.photometric == Photometric::Rgb || is_rgb_already(page);
    if is_rgb && page.samples == 3 {
        return Raster::new(page.size, Layout::Rgb, samples);
    }
    let colours = page.colours();
    let mut rgb = |pixel: &[u8]| match page.photometric {
        Photometric::WhiteIsZero => [255 - pixel[0]; 3],
        Photometric::BlackIsZero => [pixel[0]; 3],
        Photometric::Palette => indexed(&page.palette, pixel[0], page.bits),
        Photometric::Cmyk => {
            let inks = [pixel[0], pixel[1], pixel[2], pixel[3]];
            of_inks.as_mut().map_or_else(|| cmyk(inks), |of_inks| of_inks(inks))
        }
        Photometric::CieLab => profile::lab_to_srgb(pixel[0], pixel[1] as i8, pixel[2] as i8),
        Photometric::IccLab => profile::lab_to_srgb(pixel[0], (pixel[1] ^ 0x80) as i8, (pixel[2] ^ 0x80) as i8),
        Photometric::YCbCr if !is_rgb => ycbcr([pixel[0], pixel[1], pixel[2]]),
        Photometric::Rgb | Photometric::YCbCr => [pixel[0], pixel[1], pixel[2]],
    };
    let pixels = samples.chunks_exact(page.samples);
    match page.alpha {
        None => Raster::new(page.size, Layout::Rgb, pixels.flat_map(rgb).collect()),
        Some(kind) => {
            let rgba = |pixel: &[u8]| {
                let (colour, alpha) = (rgb(pixel), pixel[colours]);
                let [red, green, blue] = match kind {
                    Alpha::Unassociated => colour,
                    Alpha::Associated => colour.map(|channel| divided(channel, alpha)),
                };
                [red, green, blue, alpha]
            };
            Raster::new(page.size, Layout::Rgba, pixels.flat_map(rgba).collect())
        }
    }
}

/// JPEG's YCbCr is brought to the image's size and to RGB in one.
const fn is_rgb_already(page: &Page) -> bool {
    const JPEG: u16 = 7;
    matches!(page.photometric, Photometric::YCbCr) && page.compression == JPEG
}

fn indexed(palette: &[u16], index: u8, bits: u32) -> [u8; 3] {
    let count = 1 << bits;
    [0, 1, 2].map(|channel| palette.get(channel * count + usize::from(index)).map_or(0, |&value| (value >> 8) as u8))
}

/// 0 is no ink (TIFF 6.0 section 16).
fn cmyk([cyan, magenta, yellow, black]: [u8; 4]) -> [u8; 3] {
    let light = |ink: u8| ((255 - u32::from(ink)) * (255 - u32::from(black)) + 127) / 255;
    [cyan, magenta, yellow].map(|ink| light(ink) as u8)
}

/// By the factors of ITU-R BT.601 (TIFF 6.0 section 21), which are the default and what everyone writes.
fn ycbcr([luma, cb, cr]: [u8; 3]) -> [u8; 3] {
    let (luma, cb, cr) = (f64::from(luma), f64::from(cb) - 128.0, f64::from(cr) - 128.0);
    let (red, blue) = (luma + 2.0 * (1.0 - KR) * cr, luma + 2.0 * (1.0 - KB) * cb);
    let green = (luma - KR * red - KB * blue) / (1.0 - KR - KB);
    [red, green, blue].map(|channel| channel.round() as u8)
}

fn divided(channel: u8, alpha: u8) -> u8 {
    let alpha = u32::from(alpha);
    (u32::from(channel) * 255 + alpha / 2).checked_div(alpha).map_or(0, |straight| straight.min(255) as u8)
}
