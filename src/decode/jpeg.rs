//! JPEGs, by way of the planes that they store (the crate `jpeg-planes`).

use image::ImageFormat;
use image::metadata::Orientation;
use jpeg_planes::{ColourModel, Decoder, Image, Info, Strip, StripSink, read_info};

use decoding::profile::{self, Colours, Conversion};
use decoding::turning::{turned, upright_size};

use super::ImageInfo;
use super::format::recognise;
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::raster::{Layout, Raster};
use crate::size::Size;
use crate::ycbcr::{NO_COLOUR, YCbCr, YCbCrHeader, YCbCrSink};

/// Name and file name extension of the format.
const NAME: &str = "JPEG";
const EXTENSION: &str = "jpg";

/// Decodes JPEGs one after the other to planes that can become the video's without a way through RGB and back, keeping
/// its buffers.
#[derive(Debug, Default)]
pub struct PlainJpeg {
    decoder: Decoder,
    image: YCbCr,
    colours: Colours,
}

impl PlainJpeg {
    /// A decoder with a word on what becomes of colours that are not sRGB's.
    pub fn new(colours: Colours) -> Self {
        Self { colours, ..Self::default() }
    }

    /// The image of a file, or nothing where it is for [`decode`](super::decode): it is no JPEG, it is broken, it is to be
    /// turned (EXIF), its components are neither grey nor luma and chroma as [`YCbCr`] holds them, its colours are to be converted, it is over the limits or
    /// what memory holds, or `wanted` says no to its size.
    pub fn decode(&mut self, bytes: &[u8], limits: &Limits, wanted: impl FnOnce(Size) -> bool) -> Option<&YCbCr> {
        check(bytes, limits)?;
        let colours = self.colours;
        let mut header = YCbCrHeader::default();
        let accept = |info: &Info<'_>| {
            header = plain_header(info, limits, colours).unwrap_or_default();
            header.size.area() > 0 && wanted(header.size)
        };
        // One set of planes serves file after file.
        give_back(&mut self.image, self.decoder.image());
        let image = self.decoder.decode(bytes, accept).ok()?;
        (self.image.size, self.image.subsampling) = (header.size, header.subsampling);
        take_planes(image, &mut self.image)?;
        Some(&self.image)
    }

    /// Hands the image of a file over while it is decoded; nothing where [`decode`](Self::decode) gives nothing, but that it is
    /// the sink who is asked. It may have had rows by then.
    pub fn decode_into(&mut self, bytes: &[u8], limits: &Limits, sink: &mut dyn YCbCrSink) -> Option<()> {
        check(bytes, limits)?;
        self.decoder.decode_strips(bytes, &mut Plain { limits, colours: self.colours, sink }).ok()
    }
}

/// Nothing where [`decode`](super::decode) would not take the file for a JPEG: bytes between the start and the first segment are
/// forgiven by the decoder, and no sign of a JPEG.
fn check(bytes: &[u8], limits: &Limits) -> Option<()> {
    limits.check_source(bytes.len()).ok()?;
    (recognise(bytes).ok()?.image == Some(ImageFormat::Jpeg)).then_some(())
}

/// Lets plain images through.
struct Plain<'a> {
    limits: &'a Limits,
    colours: Colours,
    sink: &'a mut dyn YCbCrSink,
}

impl StripSink for Plain<'_> {
    fn accept(&mut self, info: &Info<'_>) -> bool {
        plain_header(info, self.limits, self.colours).is_some_and(|header| self.sink.begin(&header))
    }

    fn strip(&mut self, strip: &Strip<'_>) {
        self.sink.rows(strip);
    }
}

/// What is known of an image whose planes can become the video's; nothing of others.
fn plain_header(info: &Info<'_>, limits: &Limits, colours: Colours) -> Option<YCbCrHeader> {
    let size = size_of(info);
    let subsampling = subsampling(info)?;
    let is_plain = orientation(info) == Orientation::NoTransforms
        && limits.check_pixels(size).is_ok()
        && conversion(info, colours).is_none();
    is_plain.then_some(YCbCrHeader { size, subsampling, is_grey: info.colour == ColourModel::Grey })
}

/// Planes that are taken back, to be filled again.
fn give_back(from: &mut YCbCr, to: &mut Image) {
    for (plane, component) in from.planes_mut().into_iter().zip(&mut to.components) {
        std::mem::swap(plane, &mut component.plane);
    }
}

/// Moves the planes over. Nothing where memory is short.
fn take_planes(from: &mut Image, to: &mut YCbCr) -> Option<()> {
    let (width, height) = to.chroma_size();
    for (plane, component) in to.planes_mut().into_iter().zip(&mut from.components) {
        std::mem::swap(plane, &mut component.plane);
    }
    if from.colour == ColourModel::Grey {
        for plane in [&mut to.cb, &mut to.cr] {
            plane.shape(width, height)?;
            plane.samples.fill(NO_COLOUR);
        }
    }
    Some(())
}

/// Luma samples for a chroma sample, across and down, where they are as [`YCbCr`] takes them.
fn subsampling(info: &Info<'_>) -> Option<(usize, usize)> {
    match (info.colour, info.sampling.as_slice()) {
        (ColourModel::Grey, _) => Some((2, 2)),
        // Chroma is as fine as luma or half as fine, whatever numbers say so: 2 to 2 is 1 to 1.
        (ColourModel::YCbCr, &[luma, cb, cr]) if cb == cr => {
            let ratio = |luma: usize, chroma: usize| {
                (luma == chroma).then_some(1).or_else(|| (luma == 2 * chroma).then_some(2))
            };
            Some((ratio(luma.0, cb.0)?, ratio(luma.1, cb.1)?))
        }
        _ => None,
    }
}

fn size_of(info: &Info<'_>) -> Size {
    Size::new(info.width, info.height)
}

fn orientation(info: &Info<'_>) -> Orientation {
    info.exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}

/// How the colours come to sRGB; nothing where they are sRGB's, or are to be taken for that.
fn conversion(info: &Info<'_>, colours: Colours) -> Option<Conversion> {
    if colours == Colours::Ignore {
        return None;
    }
    let pixels = match info.colour {
        ColourModel::Grey => profile::Pixels::Grey,
        ColourModel::YCbCr | ColourModel::Rgb => profile::Pixels::Rgb,
        ColourModel::Cmyk | ColourModel::Ycck => profile::Pixels::Cmyk,
    };
    profile::of_icc(&info.icc_profile()?, pixels)
}

/// What the header tells; see [`probe`](super::probe).
pub(super) fn probe(bytes: &[u8], limits: &Limits) -> Result<ImageInfo> {
    let (stored, orientation) = read_info(bytes, |info| (size_of(info), orientation(info))).map_err(to_core)?;
    limits.check_pixels(stored)?;
    Ok(ImageInfo { size: upright_size(stored, orientation), format: EXTENSION, frame_durations: None })
}

/// Decodes any JPEG to RGB; see [`decode`](super::decode).
pub(super) fn decode(bytes: &[u8], limits: &Limits, colours: Colours) -> Result<Raster> {
    let look = |info: &Info<'_>| (size_of(info), orientation(info), conversion(info, colours));
    let (size, orientation, conversion) = read_info(bytes, look).map_err(to_core)?;
    limits.check_pixels(size)?;
    let mut decoder = Decoder::default();
    let image = decoder.decode(bytes, |_| true).map_err(to_core)?;
    let mut pixels = Vec::new();
    let of_inks = conversion.as_ref().and_then(Conversion::of_inks);
    if let Some(of_inks) = of_inks
        && image.to_cmyk(&mut pixels).map_err(to_core)?.is_some()
    {
        drop(decoder);
        inks_to_rgb(&mut pixels, of_inks);
        return turned(Raster::new(size, Layout::Rgb, pixels)?, orientation);
    }
    image.to_rgb(&mut pixels).map_err(to_core)?;
    drop(decoder);
    let mut raster = Raster::new(size, Layout::Rgb, pixels)?;
    if let Some(conversion) = &conversion {
        conversion.apply(&mut raster);
    }
    turned(raster, orientation)
}

/// Replaces every four bytes by three. A JPEG has 255 for no ink.
fn inks_to_rgb(pixels: &mut Vec<u8>, mut of_inks: impl FnMut([u8; 4]) -> [u8; 3]) {
    let count = pixels.len() / 4;
    for index in 0..count {
        let mut inks = [0; 4];
        inks.copy_from_slice(&pixels[index * 4..][..4]);
        pixels[index * 3..][..3].copy_from_slice(&of_inks(inks.map(|ink| 255 - ink)));
    }
    pixels.truncate(count * 3);
    pixels.shrink_to_fit();
}

/// The decoder's error as framereel's, by who must act.
fn to_core(error: jpeg_planes::Error) -> Error {
    match error {
        jpeg_planes::Error::NotJpeg | jpeg_planes::Error::Broken(_) => Error::broken(NAME, &error),
        jpeg_planes::Error::Unsupported(_) => Error::not_decoded(NAME, &error),
        jpeg_planes::Error::OutOfMemory => {
            Error::OutOfMemory("no memory is left for the decoded JPEG; scale the image down".into())
        }
        jpeg_planes::Error::Declined => Error::Internal("a JPEG was declined that was wanted".into()),
    }
}
