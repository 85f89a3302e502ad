//! ICC profiles of lookup tables, of a matrix and curves, and of a grey curve, versions 2 and 4 (ICC.1:2022).

use super::curve::Curve;
use super::lookup::Lookup;
use super::lookup_tags;
use super::space::{Space, turned};

/// What kind of pixels a profile is to explain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pixels {
    /// One component.
    Grey,
    /// Three components, or a palette of them.
    Rgb,
    /// Cyan, magenta, yellow and black.
    Cmyk,
}

/// How a profile explains pixels.
#[derive(Debug)]
pub(super) enum Meaning {
    Space(Space),
    Lookup(Lookup),
}

/// Bytes of the header (7.2), which the tag table follows.
const HEADER: usize = 128;

/// The tables from pixels to colours that are looked for, in order (9.2.1): for pictures to look at, and by measure.
const TABLES: [&[u8; 4]; 2] = [b"A2B0", b"A2B1"];

/// Reads a profile; nothing where it is broken, explains other pixels, or has neither table nor matrix nor grey curve. The table
/// goes first, as everywhere (8.10).
pub(super) fn read(profile: &[u8], pixels: Pixels) -> Option<Meaning> {
    (profile.get(36..40)? == b"acsp").then_some(())?;
    // The colour space of the pixels, 7.2.6. A grey image may be meant as red, green and blue that are equal.
    let channels = match (profile.get(16..20)?, pixels) {
        (b"GRAY", Pixels::Grey) => 1,
        (b"RGB ", Pixels::Grey | Pixels::Rgb) => 3,
        (b"CMYK", Pixels::Cmyk) => 4,
        _ => return None,
    };
    let is_xyz = profile.get(20..24)? == b"XYZ ";
    let tables = TABLES.into_iter().filter_map(|signature| tag(profile, signature));
    if let Some(lookup) = tables.filter_map(|table| lookup_tags::read(table, channels, is_xyz)).next() {
        return Some(Meaning::Lookup(lookup));
    }
    match channels {
        1 => Some(Space::of_grey(curve_tag(profile, b"kTRC")?)),
        3 => {
            let primaries = [xyz(tag(profile, b"rXYZ")?)?, xyz(tag(profile, b"gXYZ")?)?, xyz(tag(profile, b"bXYZ")?)?];
            let curves = [curve_tag(profile, b"rTRC")?, curve_tag(profile, b"gTRC")?, curve_tag(profile, b"bTRC")?];
            Space::of_d50(curves, &turned(&primaries))
        }
        _ => None,
    }
    .map(Meaning::Space)
}

/// The data of a tag (7.3).
fn tag<'a>(profile: &'a [u8], signature: &[u8; 4]) -> Option<&'a [u8]> {
    let count = u32_at(profile, HEADER)? as usize;
    let entries = profile.get(HEADER + 4..)?.as_chunks::<12>().0;
    let entry = entries.iter().take(count).find(|entry| entry.starts_with(signature))?;
    let (offset, length) = (u32_at(entry, 4)? as usize, u32_at(entry, 8)? as usize);
    profile.get(offset..offset.checked_add(length)?)
}

/// XYZType (10.31).
fn xyz(data: &[u8]) -> Option<[f64; 3]> {
    data.starts_with(b"XYZ ").then_some(())?;
    Some([fixed_at(data, 8)?, fixed_at(data, 12)?, fixed_at(data, 16)?])
}

fn curve_tag(profile: &[u8], signature: &[u8; 4]) -> Option<Curve> {
    curve(tag(profile, signature)?).map(|(curve, _)| curve)
}

/// curveType (10.6) or parametricCurveType (10.18), and its bytes.
pub(super) fn curve(data: &[u8]) -> Option<(Curve, usize)> {
    if data.starts_with(b"curv") {
        let count = u32_at(data, 8)? as usize;
        let entries = data.get(12..)?.as_chunks::<2>().0.get(..count)?;
        let values: Vec<u16> = entries.iter().map(|&two| u16::from_be_bytes(two)).collect();
        let curve = match values.as_slice() {
            [] => Curve::gamma(1.0),
            // 8 bits behind the point.
            &[gamma] => Curve::gamma(f64::from(gamma) / 256.0),
            _ => Curve::Table(values),
        };
        return Some((curve, 12 + 2 * count));
    }
    data.starts_with(b"para").then_some(())?;
    let at = |index: usize| fixed_at(data, 12 + 4 * index);
    let g = at(0)?;
    // Each function type names more of the parameters of the last.
    let (curve, parameters) = match u32_at(data, 8)? >> 16 {
        0 => (Curve::gamma(g), 1),
        1 => (Curve::Parametric { g, a: at(1)?, b: at(2)?, c: 0.0, d: -at(2)? / at(1)?, e: 0.0, f: 0.0 }, 3),
        2 => (Curve::Parametric { g, a: at(1)?, b: at(2)?, c: 0.0, d: -at(2)? / at(1)?, e: at(3)?, f: at(3)? }, 4),
        3 => (Curve::Parametric { g, a: at(1)?, b: at(2)?, c: at(3)?, d: at(4)?, e: 0.0, f: 0.0 }, 5),
        4 => (Curve::Parametric { g, a: at(1)?, b: at(2)?, c: at(3)?, d: at(4)?, e: at(5)?, f: at(6)? }, 7),
        _ => return None,
    };
    Some((curve, 12 + 4 * parameters))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|&four| u32::from_be_bytes(four))
}

/// s15Fixed16Number (4.6).
pub(super) fn fixed_at(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from(u32_at(bytes, at)? as i32) / 65_536.0)
}
