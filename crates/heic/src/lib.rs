//! Decodes HEIC, HEIF files with HEVC inside (ISO/IEC 23008-12, ITU-T H.265). In the browser this is a wasm module of its
//! own, which is loaded when the first such file is met. The `heifer` crate decodes; here are limits, sizes, colours and
//! errors.

#![forbid(unsafe_code)]

use decoding::limits::Limits;
use decoding::profile::{self, Colours, Conversion, Pixels};
use decoding::raster::{Layout, Raster};
use decoding::size::Size;
use decoding::{Error, ImageInfo, Result};
use heifer::heifer_isobmff::boxes::{ColorInfo, Property};
use heifer::heifer_isobmff::{HeifFile, ItemId};
use heifer::{Image, Options, decode_rgba8, heifer_hevc_dec, heifer_isobmff};

const NAME: &str = "HEIC";

/// Files of derived images that stand on one another deeper than this are refused by the decoder, too.
const DEEPEST: usize = 4;

/// ITU-T H.273 table 3: sRGB's curve, and those of cameras for television. Pictures that say the latter are made and shown
/// as if they were sRGB's.
const SRGB_TRANSFER: u16 = 13;
const TELEVISION_TRANSFERS: [u16; 4] = [1, 6, 14, 15];

/// Reads an image file's header. HEIC needs no hint.
///
/// # Errors
/// [`Error::UnsupportedImage`], [`Error::CorruptImage`], or [`Error::Limit`] where the image is larger than allowed.
pub fn probe(bytes: &[u8], _hint: &str, limits: &Limits) -> Result<ImageInfo> {
    limits.check_source(bytes.len())?;
    let file = HeifFile::parse(bytes).map_err(|error| container(&error))?;
    Ok(ImageInfo { size: size(&file, limits)?, format: "heic", frame_durations: None })
}

/// Decodes the primary image, as the file says that it is to be cropped, turned and mirrored, to sRGB. There is no frame
/// but 0.
///
/// # Errors
/// [`Error::UnsupportedImage`], [`Error::CorruptImage`], or [`Error::Limit`]. A broken colour profile is none.
pub fn decode(bytes: &[u8], _hint: &str, limits: &Limits, colours: Colours, frame: usize) -> Result<Raster> {
    limits.check_source(bytes.len())?;
    if frame > 0 {
        return Err(Error::CorruptImage("the HEIC has one picture and should have more; save it again".into()));
    }
    let file = HeifFile::parse(bytes).map_err(|error| container(&error))?;
    let stated = size(&file, limits)?;
    // What is coded may be larger than what is shown, by as much as blocks and tiles are.
    let options = Options { max_threads: 1, max_pixels: limits.max_pixels.saturating_mul(2) };
    let Image { width, height, has_alpha, data, .. } =
        decode_rgba8(bytes, &options).map_err(|error| to_core(&error))?;
    let size = Size::new(width, height);
    if size != stated {
        // The video was planned for what the file states, and a crop has cut from another picture than it was meant for.
        return Err(Error::CorruptImage(format!(
            "the HEIC is broken (its picture is {size}, but it states {stated}); save or download it again"
        )));
    }
    let mut raster = Raster::new(size, Layout::Rgba, data)?;
    if !has_alpha {
        raster.pixels.as_chunks_mut::<4>().0.iter_mut().for_each(|pixel| pixel[3] = 255);
    }
    if colours == Colours::Convert
        && let Some(conversion) = conversion(&file)
    {
        conversion.apply(&mut raster);
    }
    Ok(raster)
}

/// Width and height of the primary image once it is cropped, turned and mirrored (ISO/IEC 23008-12 6.5.3, 6.5.9, 6.5.10).
fn size(file: &HeifFile<'_>, limits: &Limits) -> Result<Size> {
    let id = file.primary_id;
    let broken = |error: heifer_isobmff::Error| container(&error);
    let stored = match file.image_size(id).map_err(broken)? {
        Some((width, height)) => Size::new(width, height),
        None => {
            let grid = file.grid(id).map_err(broken)?;
            Size::new(grid.output_width, grid.output_height)
        }
    };
    limits.check_pixels(stored)?;
    let mut size = stored;
    for property in file.item_properties(id).map_err(broken)? {
        size = match *property {
            Property::CleanAperture { width, height, .. } => {
                let side = |(numerator, denominator): (u32, u32), most: u32| {
                    ((f64::from(numerator) / f64::from(denominator)).round() as u32).min(most)
                };
                Size::new(side(width, size.width), side(height, size.height))
            }
            Property::Rotation(1 | 3) => size.swapped(),
            _ => size,
        };
    }
    limits.check_pixels(size)?;
    Ok(size)
}

/// How the colours come to sRGB: by the ICC profile, else by the numbers of H.273, of the image or of its first part.
fn conversion(file: &HeifFile<'_>) -> Option<Conversion> {
    let mut id = file.primary_id;
    for _ in 0..DEEPEST {
        if let Some(profile) = file.icc_profile(id).ok()? {
            return profile::of_icc(profile, Pixels::Rgb);
        }
        if let Some((primaries, transfer)) = code_points(file, id) {
            let transfer = if TELEVISION_TRANSFERS.contains(&transfer) { SRGB_TRANSFER } else { transfer };
            return profile::of_code_points(primaries, transfer);
        }
        id = *file.referenced_items(id, b"dimg").first()?;
    }
    None
}

fn code_points(file: &HeifFile<'_>, id: ItemId) -> Option<(u16, u16)> {
    file.item_properties(id).ok()?.find_map(|property| match property {
        Property::Color(ColorInfo::Nclx { primaries, transfer, .. }) => Some((*primaries, *transfer)),
        _ => None,
    })
}

/// The decoder's error as framereel's, by who must act.
fn to_core(error: &heifer::Error) -> Error {
    match error {
        heifer::Error::Container(error) => container(error),
        heifer::Error::Unsupported(_) | heifer::Error::Hevc(heifer_hevc_dec::Error::Unimplemented(_)) => {
            Error::not_decoded(NAME, error)
        }
        _ => Error::broken(NAME, error),
    }
}

fn container(error: &heifer_isobmff::Error) -> Error {
    match error {
        heifer_isobmff::Error::Unimplemented(_) => Error::not_decoded(NAME, error),
        _ => Error::broken(NAME, error),
    }
}
