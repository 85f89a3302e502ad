//! The colour space that a PNG names in chunks: cICP before iCCP before sRGB before gAMA and cHRM (PNG third edition 4.3).

use std::io::Cursor;

use png::{Decoder, Info, SourceChromaticities};

use super::code_points::{self, REC_709};
use super::curve::{self, Curve};
use super::icc::Pixels;
use super::space::Space;
use super::{Conversion, of_icc};

/// A file's gamma of 1 / 2.2 stands for sRGB's curve, as everyone writes it, within this.
const SRGB_GAMMA: f64 = 0.454_55;
const GAMMA_TOLERANCE: f64 = 0.001;

/// The conversion that a PNG asks for; nothing where it is sRGB, or broken.
pub fn conversion(bytes: &[u8]) -> Option<Conversion> {
    conversion_of(Decoder::new(Cursor::new(bytes)).read_info().ok()?.info())
}

/// The same of a PNG whose chunks are read.
pub fn conversion_of(info: &Info<'_>) -> Option<Conversion> {
    if let Some(points) = info.coding_independent_code_points {
        return code_points::conversion(points.color_primaries.into(), points.transfer_function.into());
    }
    if let Some(profile) = &info.icc_profile {
        let is_grey = matches!(info.color_type, png::ColorType::Grayscale | png::ColorType::GrayscaleAlpha);
        return of_icc(profile, if is_grey { Pixels::Grey } else { Pixels::Rgb });
    }
    if info.srgb.is_some() {
        return None;
    }
    let gamma = info.gama_chunk.map(|gamma| f64::from(gamma.into_value()));
    if gamma.is_none() && info.chrm_chunk.is_none() {
        return None;
    }
    let curve = match gamma {
        Some(gamma) if gamma > 0.0 && (gamma - SRGB_GAMMA).abs() > GAMMA_TOLERANCE => Curve::gamma(1.0 / gamma),
        _ => curve::SRGB,
    };
    Conversion::new(&Space::of_chromaticities(&curve, info.chrm_chunk.map_or(REC_709, chromaticities))?)
}

fn chromaticities(chunk: SourceChromaticities) -> [[f64; 2]; 4] {
    [chunk.white, chunk.red, chunk.green, chunk.blue].map(|(x, y)| [x.into_value().into(), y.into_value().into()])
}
