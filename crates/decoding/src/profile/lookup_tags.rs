//! Reads the kinds of lookup table that profiles hold: lut8Type, lut16Type and lutAToBType (ICC.1:2022 10.10, 10.11, 10.12).

use super::curve::Curve;
use super::grid::{Grid, numbers_of};
use super::icc::{curve, fixed_at, u32_at};
use super::lookup::{Encoding, LAB, Lookup, OLD_LAB, Steps};

/// Bytes before the numbers of lut8Type. lut16Type has four more, which say how long its curves are.
const HEADER: usize = 48;

/// Reads a table of so many channels; nothing where it is broken, or one of other channels.
pub(super) fn read(data: &[u8], channels: usize, is_xyz: bool) -> Option<Lookup> {
    // Channels in, and those out.
    (data.get(8..10)? == [channels as u8, 3]).then_some(())?;
    let lab = |encoding| if is_xyz { Encoding::Xyz } else { encoding };
    Lookup::new(match data.first_chunk::<4>()? {
        b"mft1" => table(data, HEADER, Depth::Bytes, [256; 2], lab(LAB))?,
        b"mft2" => {
            table(data, HEADER + 4, Depth::Words, [u16_at(data, HEADER)?, u16_at(data, HEADER + 2)?], lab(OLD_LAB))?
        }
        b"mAB " => stages(data, channels, lab(LAB))?,
        _ => return None,
    })
}

#[derive(Clone, Copy)]
enum Depth {
    Bytes,
    Words,
}

/// Curves of so many numbers in and out, and a table of as many points along each channel between them. The matrix before them is
/// for XYZ, which no image is stored in.
fn table(data: &[u8], start: usize, depth: Depth, [input, output]: [usize; 2], encoding: Encoding) -> Option<Steps> {
    let [channels, side] = [usize::from(data[8]), usize::from(*data.get(10)?)];
    let sides = vec![side; channels];
    let mut rest = data.get(start..)?;
    let inputs = (0..channels).map(|_| steps(&mut rest, input, depth)).collect::<Option<_>>()?;
    let points = numbers(&mut rest, numbers_of(&sides)?, depth)?;
    let mut out = || steps(&mut rest, output, depth);
    let outputs = [out()?, out()?, out()?];
    Some(Steps { inputs, grid: Grid::new(sides, &points)?, matrix: None, outputs, encoding })
}

fn steps(rest: &mut &[u8], count: usize, depth: Depth) -> Option<Curve> {
    (count >= 2).then_some(())?;
    numbers(rest, count, depth).map(Curve::Table)
}

/// The next numbers, 65,535 for all of it.
fn numbers(rest: &mut &[u8], count: usize, depth: Depth) -> Option<Vec<u16>> {
    let bytes = match depth {
        Depth::Bytes => count,
        Depth::Words => count.checked_mul(2)?,
    };
    let (taken, after) = rest.split_at_checked(bytes)?;
    *rest = after;
    Some(match depth {
        Depth::Bytes => taken.iter().map(|&byte| u16::from(byte) * 257).collect(),
        Depth::Words => taken.as_chunks::<2>().0.iter().map(|&two| u16::from_be_bytes(two)).collect(),
    })
}

/// "A" curves, a table, "M" curves, a matrix, "B" curves. All but the last may be missing: the table with the curves before it, the
/// matrix with those before it.
fn stages(data: &[u8], channels: usize, encoding: Encoding) -> Option<Steps> {
    let [b_curves, matrix, m_curves, points, a_curves] = [12, 16, 20, 24, 28].map(|at| part(data, at));
    let (inputs, grid) = match (points?, a_curves?) {
        ([], _) if channels == 3 => (vec![Curve::gamma(1.0); 3], Grid::identity()),
        (points, a_curves) => (curves(a_curves, channels)?, grid(points, channels)?),
    };
    let matrix = match (m_curves?, matrix?) {
        ([], []) => None,
        (m_curves, matrix) => {
            let at = |index: usize| fixed_at(matrix, 4 * index);
            let rows = [[at(0)?, at(1)?, at(2)?], [at(3)?, at(4)?, at(5)?], [at(6)?, at(7)?, at(8)?]];
            Some((three(m_curves)?, rows, [at(9)?, at(10)?, at(11)?]))
        }
    };
    Some(Steps { inputs, grid, matrix, outputs: three(b_curves?)?, encoding })
}

/// What begins where the number at a place says; nothing in it where that is 0.
fn part(data: &[u8], at: usize) -> Option<&[u8]> {
    match u32_at(data, at)? {
        0 => Some(&[]),
        offset => data.get(offset as usize..),
    }
}

/// Points along each channel, how deep the numbers are, the numbers.
fn grid(data: &[u8], channels: usize) -> Option<Grid> {
    let sides: Vec<usize> = data.get(..channels)?.iter().map(|&side| side.into()).collect();
    let depth = match data.get(16)? {
        1 => Depth::Bytes,
        2 => Depth::Words,
        _ => return None,
    };
    let points = numbers(&mut data.get(20..)?, numbers_of(&sides)?, depth)?;
    Grid::new(sides, &points)
}

fn three(data: &[u8]) -> Option<[Curve; 3]> {
    curves(data, 3)?.try_into().ok()
}

/// Curves one after the other, each at a multiple of four bytes.
fn curves(mut data: &[u8], count: usize) -> Option<Vec<Curve>> {
    let mut next = || {
        let (curve, length) = curve(data)?;
        data = data.get(length.next_multiple_of(4)..).unwrap_or_default();
        Some(curve)
    };
    (0..count).map(|_| next()).collect()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.first_chunk().map(|&two| usize::from(u16::from_be_bytes(two)))
}
