//! ICC profiles of lookup tables put together for tests (ICC.1:2022 10.10 to 10.12): of printers' inks, of displays, of greys.

use super::profiles::{PRIMARIES, Primaries, big_endian_fixed, profile};

/// Kinds of lookup table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Table {
    /// lut8Type.
    Bytes,
    /// lut16Type.
    Words,
    /// lutAToBType with curves, a table of as many points as each channel needs, a matrix between curves.
    Stages,
    /// lutAToBType to XYZ with a matrix between curves alone: for red, green and blue.
    Matrix,
}

/// All that explain pixels of any number of channels.
pub const TABLES: [Table; 3] = [Table::Bytes, Table::Words, Table::Stages];

/// What a table holds for a place in it, from 0 to 1 along each channel: XYZ by D50.
fn light(place: &[f64]) -> [f64; 3] {
    const WHITE: [f64; 3] = [0.964_2, 1.0, 0.824_9];
    match place {
        [grey] => WHITE.map(|white| white * grey.powi(2)),
        [red, green, blue] => {
            let primaries = PRIMARIES[0].1;
            std::array::from_fn(|axis| {
                primaries.iter().zip([red, green, blue]).map(|(xyz, code)| xyz[axis] * code.powi(2)).sum()
            })
        }
        _ => {
            // What a layer of each ink takes of the light; whether paper is as white as light is not asked.
            const TAKEN: [[f64; 3]; 4] = [[0.8, 0.75, 0.2], [0.6, 0.8, 0.5], [0.15, 0.1, 0.85], [0.93, 0.93, 0.93]];
            std::array::from_fn(|axis| {
                place.iter().zip(TAKEN).fold(WHITE[axis], |light, (ink, taken)| light * (1.0 - ink * taken[axis]))
            })
        }
    }
}

/// CIE L*a*b* by D50 (ISO/CIE 11664-4), each from 0 to 1 of its range: L* up to 100, a* and b* from -128 to 127.
fn lab([x, y, z]: [f64; 3]) -> [f64; 3] {
    let root = |share: f64| {
        if share > 216.0 / 24_389.0 { share.cbrt() } else { (24_389.0 / 27.0 * share + 16.0) / 116.0 }
    };
    let [x, y, z] = [root(x / 0.964_2), root(y), root(z / 0.824_9)];
    [1.16 * y - 0.16, (500.0 * (x - y) + 128.0) / 255.0, (200.0 * (y - z) + 128.0) / 255.0]
}

/// Every point of a table, the last channel fastest.
fn points(sides: &[usize]) -> Vec<[f64; 3]> {
    let count: usize = sides.iter().product();
    let place = |mut index: usize| {
        let mut place = vec![0.0; sides.len()];
        for (at, &side) in sides.iter().enumerate().rev() {
            place[at] = (index % side) as f64 / (side - 1) as f64;
            index /= side;
        }
        place
    };
    (0..count).map(|index| lab(light(&place(index)))).collect()
}

fn words(shares: impl IntoIterator<Item = f64>) -> Vec<u8> {
    shares.into_iter().flat_map(|share| ((share.clamp(0.0, 1.0) * 65_535.0).round() as u16).to_be_bytes()).collect()
}

fn bytes(shares: impl IntoIterator<Item = f64>) -> Vec<u8> {
    shares.into_iter().map(|share| (share.clamp(0.0, 1.0) * 255.0).round() as u8).collect()
}

fn power(steps: usize, by: f64) -> impl Iterator<Item = f64> {
    (0..steps).map(move |step| (step as f64 / (steps - 1) as f64).powf(by))
}

/// `para` of type 0: a power.
fn parametric(by: f64) -> Vec<u8> {
    [b"para\0\0\0\0\0\0\0\0".to_vec(), big_endian_fixed(by).to_vec()].concat()
}

/// lut8Type or lut16Type: curves in, points, straight curves out.
fn table(channels: usize, is_words: bool) -> Vec<u8> {
    let side = if channels == 4 { 9 } else { 17 };
    let mut data = if is_words { b"mft2".to_vec() } else { b"mft1".to_vec() };
    data.extend_from_slice(&[0, 0, 0, 0, channels as u8, 3, side, 0]);
    for at in 0..9 {
        data.extend_from_slice(&big_endian_fixed(if at % 4 == 0 { 1.0 } else { 0.0 }));
    }
    let points = points(&vec![side.into(); channels]).into_iter().flatten();
    if is_words {
        const STEPS: [u8; 4] = [0, 40, 0, 2];
        data.extend_from_slice(&STEPS);
        (0..channels).for_each(|_| data.extend(words(power(40, 1.3))));
        // 100 is 0xFF00, and a* and b* have 0x100 for each of theirs.
        data.extend(words(points.map(|share| share * 65_280.0 / 65_535.0)));
        (0..3).for_each(|_| data.extend(words(power(2, 1.0))));
    } else {
        (0..channels).for_each(|_| data.extend(bytes(power(256, 1.3))));
        data.extend(bytes(points));
        (0..3).for_each(|_| data.extend(bytes(power(256, 1.0))));
    }
    data
}

/// lutAToBType: `parts` are "B" curves, the matrix, "M" curves, points and "A" curves, where they are any.
fn stages(channels: usize, parts: [Vec<u8>; 5]) -> Vec<u8> {
    let mut data = b"mAB \0\0\0\0".to_vec();
    data.extend_from_slice(&[channels as u8, 3, 0, 0]);
    let mut offset = 32;
    for part in &parts {
        let place = if part.is_empty() { 0 } else { offset as u32 };
        data.extend_from_slice(&place.to_be_bytes());
        offset += part.len();
    }
    data.extend(parts.concat());
    data
}

/// A matrix, row by row, and what is added.
fn matrix(numbers: [f64; 12]) -> Vec<u8> {
    numbers.into_iter().flat_map(big_endian_fixed).collect()
}

/// lutAToBType from red, green and blue of some primaries and a curve to XYZ, without a table.
pub fn matrix_of(&[red, green, blue]: &Primaries, curve: &[u8]) -> Vec<u8> {
    // 1 is 0x8000 (u1Fixed15Number, 4.7).
    let row = |axis: usize| [red[axis], green[axis], blue[axis]].map(|value| value * 32_768.0 / 65_535.0);
    let [x, y, z] = [row(0), row(1), row(2)];
    let rows = matrix([x[0], x[1], x[2], y[0], y[1], y[2], z[0], z[1], z[2], 0.0, 0.0, 0.0]);
    stages(3, [parametric(1.0).repeat(3), rows, curve.repeat(3), Vec::new(), Vec::new()])
}

/// A profile of one, three or four channels.
pub fn lookup(channels: usize, kind: Table) -> Vec<u8> {
    let three = |by: f64| parametric(by).repeat(3);
    let data = match kind {
        Table::Bytes | Table::Words => table(channels, kind == Table::Words),
        Table::Stages => {
            let sides = [8, 9, 10, 7].map(|side| if channels == 4 { side } else { side * 2 });
            let mut points_part = vec![0; 20];
            for (part, side) in points_part.iter_mut().zip(&sides[..channels]) {
                *part = *side as u8;
            }
            points_part[16] = 2;
            // Lightness is stored halved and moved, so that the matrix has something to do.
            points_part
                .extend(words(points(&sides[..channels]).into_iter().flat_map(|[l, a, b]| [0.1 + l / 2.0, a, b])));
            points_part.resize(points_part.len().next_multiple_of(4), 0);
            let back = matrix([2.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, -0.2, 0.0, 0.0]);
            stages(channels, [three(1.0), back, three(1.0), points_part, parametric(1.4).repeat(channels)])
        }
        Table::Matrix => matrix_of(PRIMARIES[0].1, &parametric(2.2)),
    };
    let version = if matches!(kind, Table::Bytes | Table::Words) { 2 } else { 4 };
    let (space, from) = (
        match channels {
            1 => b"GRAY",
            3 => b"RGB ",
            _ => b"CMYK",
        },
        if kind == Table::Matrix { b"XYZ " } else { b"Lab " },
    );
    profile(space, from, version, vec![(*b"A2B0", data)])
}
