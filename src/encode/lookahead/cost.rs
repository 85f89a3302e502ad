//! What it costs to code a block that is predicted: sums of differences, as they are and transformed.

use wide::i16x8;

use super::half::{BLOCK, HalfLuma};

/// Eight rows of eight samples.
pub(super) type Block = [[u8; BLOCK]; BLOCK];

/// The block whose corner is at a place.
#[inline(always)]
pub(super) fn block(plane: &HalfLuma, x: usize, y: usize) -> Block {
    let from = plane.from(x, y);
    let mut block = [[0; BLOCK]; BLOCK];
    for (at, row) in block.iter_mut().enumerate() {
        row.copy_from_slice(&from[at * plane.stride..at * plane.stride + BLOCK]);
    }
    block
}

/// The sum of absolute differences between a block and the one at a place.
#[inline(always)]
pub(super) fn sad(block: &Block, plane: &HalfLuma, x: usize, y: usize) -> u32 {
    let from = &plane.from(x, y)[..7 * plane.stride + BLOCK];
    let mut sums = [0_u16; BLOCK];
    for (at, row) in block.iter().enumerate() {
        let other = &from[at * plane.stride..at * plane.stride + BLOCK];
        for lane in 0..BLOCK {
            sums[lane] += u16::from(row[lane].abs_diff(other[lane]));
        }
    }
    sums.iter().map(|sum| u32::from(*sum)).sum()
}

/// Half the sum of the absolute coefficients of the 4x4 Hadamard transforms of the difference: near what the residual costs.
#[inline(always)]
pub(super) fn satd(block: &Block, prediction: &Block) -> u32 {
    let mut rows = [i16x8::ZERO; BLOCK];
    for at in 0..BLOCK {
        let mut difference = [0_i16; BLOCK];
        for lane in 0..BLOCK {
            difference[lane] = i16::from(block[at][lane]) - i16::from(prediction[at][lane]);
        }
        rows[at] = i16x8::new(difference);
    }
    let columns = i16x8::transpose(hadamard(rows));
    let coefficients = hadamard(columns);
    // Eight coefficients of at most 16 * 255 each stay below 2^15.
    let mut sums = i16x8::ZERO;
    for row in coefficients {
        sums += row.abs();
    }
    sums.to_array().iter().map(|sum| u32::from(*sum as u16)).sum::<u32>() / 2
}

/// The transform down the columns of the upper and of the lower four rows.
#[inline(always)]
fn hadamard([a, b, c, d, e, f, g, h]: [i16x8; BLOCK]) -> [i16x8; BLOCK] {
    let four = |a: i16x8, b: i16x8, c: i16x8, d: i16x8| {
        let (sum, difference, sum2, difference2) = (a + b, a - b, c + d, c - d);
        [sum + sum2, sum - sum2, difference + difference2, difference - difference2]
    };
    let [a, b, c, d] = four(a, b, c, d);
    let [e, f, g, h] = four(e, f, g, h);
    [a, b, c, d, e, f, g, h]
}

/// What the best of three predictions from the samples around a block costs: mean, from above, from the left. Blocks at
/// the edge have those that there are.
pub(super) fn intra(plane: &HalfLuma, x: usize, y: usize) -> u32 {
    let current = block(plane, x, y);
    let above: Option<[u8; BLOCK]> = y.checked_sub(1).and_then(|y| plane.from(x, y).first_chunk().copied());
    let left: Option<[u8; BLOCK]> = x.checked_sub(1).map(|x| {
        let from = plane.from(x, y);
        let mut column = [0; BLOCK];
        for (at, sample) in column.iter_mut().enumerate() {
            *sample = from[at * plane.stride];
        }
        column
    });
    let sum = |samples: Option<[u8; BLOCK]>| samples.map_or(0, |row| row.iter().map(|&sample| u32::from(sample)).sum());
    let mean = match (above.is_some(), left.is_some()) {
        (true, true) => (sum(above) + sum(left) + 8) / 16,
        (false, false) => 128,
        _ => (sum(above) + sum(left) + 4) / 8,
    };
    let mut least = satd(&current, &[[mean as u8; BLOCK]; BLOCK]);
    if let Some(above) = above {
        least = least.min(satd(&current, &[above; BLOCK]));
    }
    if let Some(left) = left {
        least = least.min(satd(&current, &left.map(|sample| [sample; BLOCK])));
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ITU-T H.264 has no SATD; this is the plain definition, coefficient by coefficient.
    fn plain(block: &Block, prediction: &Block) -> u32 {
        let sign = |row: usize, column: usize| if (row & column).count_ones().is_multiple_of(2) { 1 } else { -1 };
        let mut sum = 0_i32;
        for (corner_y, corner_x) in [(0, 0), (0, 4), (4, 0), (4, 4)] {
            for (u, v) in (0..16).map(|at| (at / 4, at % 4)) {
                let mut coefficient = 0;
                for (y, x) in (0..16).map(|at| (at / 4, at % 4)) {
                    let (y_at, x_at) = (corner_y + y, corner_x + x);
                    let difference = i32::from(block[y_at][x_at]) - i32::from(prediction[y_at][x_at]);
                    coefficient += sign(u, y) * sign(v, x) * difference;
                }
                sum += coefficient.abs();
            }
        }
        sum as u32 / 2
    }

    #[test]
    fn the_transformed_difference_is_the_plain_definitions() {
        let mut state = 7_u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        for _ in 0..100 {
            let mut blocks = [[[0; BLOCK]; BLOCK]; 2];
            blocks.as_flattened_mut().as_flattened_mut().fill_with(&mut random);
            assert_eq!(satd(&blocks[0], &blocks[1]), plain(&blocks[0], &blocks[1]));
        }
        let extremes = [[[0; BLOCK]; BLOCK], [[255; BLOCK]; BLOCK]];
        assert_eq!(satd(&extremes[0], &extremes[1]), plain(&extremes[0], &extremes[1]));
    }
}
