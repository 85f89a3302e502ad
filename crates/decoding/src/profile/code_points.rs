//! Colour spaces by the numbers of ITU-T H.273, which PNG's cICP and HEIF's `nclx` carry.

use super::Conversion;
use super::curve::{self, Curve};
use super::space::Space;

/// White and primaries of ITU-R BT.709, which are sRGB's.
pub(super) const REC_709: [[f64; 2]; 4] = [D65, [0.64, 0.33], [0.30, 0.60], [0.15, 0.06]];
const D65: [f64; 2] = [0.3127, 0.3290];

/// The conversion from colour primaries (H.273 table 2) and transfer characteristics (table 3); nothing where they are
/// sRGB's, or are not converted.
pub fn conversion(primaries: u16, transfer: u16) -> Option<Conversion> {
    let primaries = match primaries {
        1 => REC_709,
        9 => [D65, [0.708, 0.292], [0.170, 0.797], [0.131, 0.046]],
        12 => [D65, [0.680, 0.320], [0.265, 0.690], [0.150, 0.060]],
        _ => return None,
    };
    let curve = match transfer {
        1 | 6 | 14 | 15 => curve::BT709,
        4 => Curve::gamma(2.2),
        5 => Curve::gamma(2.8),
        8 => Curve::gamma(1.0),
        13 => curve::SRGB,
        // 16 and 18 are high dynamic range.
        _ => return None,
    };
    Conversion::new(&Space::of_chromaticities(&curve, primaries)?)
}
