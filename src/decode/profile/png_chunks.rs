//! The colour space that a PNG names in chunks: cICP before iCCP before sRGB before gAMA and cHRM (PNG third edition 4.3).

use std::io::Cursor;

use png::{Decoder, Info, SourceChromaticities};

use super::curve::{self, Curve};
use super::icc::Pixels;
use super::space::Space;
use super::{Conversion, of_icc};

/// White and primaries of ITU-R BT.709, which are sRGB's.
const REC_709: [[f64; 2]; 4] = [D65, [0.64, 0.33], [0.30, 0.60], [0.15, 0.06]];
const D65: [f64; 2] = [0.3127, 0.3290];

/// A file's gamma of 1 / 2.2 stands for sRGB's curve, as everyone writes it, within this.
const SRGB_GAMMA: f64 = 0.454_55;
const GAMMA_TOLERANCE: f64 = 0.001;

/// The conversion that a PNG asks for; nothing where it is sRGB, or broken.
pub(in crate::decode) fn conversion(bytes: &[u8]) -> Option<Conversion> {
    let reader = Decoder::new(Cursor::new(bytes)).read_info().ok()?;
    let info = reader.info();
    if let Some(space) = coding_independent(info) {
        return Conversion::new(&space?);
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

/// The space of a cICP chunk, by the numbers of ITU-T H.273 tables 2 and 3; `Some(None)` for one that is not converted.
fn coding_independent(info: &Info<'_>) -> Option<Option<Space>> {
    let points = info.coding_independent_code_points?;
    let primaries = match points.color_primaries {
        1 => REC_709,
        9 => [D65, [0.708, 0.292], [0.170, 0.797], [0.131, 0.046]],
        12 => [D65, [0.680, 0.320], [0.265, 0.690], [0.150, 0.060]],
        _ => return Some(None),
    };
    let curve = match points.transfer_function {
        1 | 6 | 14 | 15 => curve::BT709,
        4 => Curve::gamma(2.2),
        5 => Curve::gamma(2.8),
        8 => Curve::gamma(1.0),
        13 => curve::SRGB,
        // 16 and 18 are high dynamic range.
        _ => return Some(None),
    };
    Some(Space::of_chromaticities(&curve, primaries))
}
