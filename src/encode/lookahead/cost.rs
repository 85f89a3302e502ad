//! What it costs to code a block that is predicted: sums of differences, as they are and transformed.

use wide::bytemuck::cast;
use wide::{i16x8, u8x16};

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
    sad_of_rows(block, &plane.from(x, y)[..7 * plane.stride + BLOCK], plane.stride)
}

/// The same where it is below a bound. Most blocks of another place are told by two rows.
#[inline(always)]
pub(super) fn sad_below(block: &Block, plane: &HalfLuma, x: usize, y: usize, most: u32) -> Option<u32> {
    const FEW: usize = 2;
    let from = &plane.from(x, y)[..7 * plane.stride + BLOCK];
    let few = sad_of_rows(&block[..FEW], from, plane.stride);
    if few >= most {
        return None;
    }
    let all = few + sad_of_rows(&block[FEW..], &from[FEW * plane.stride..], plane.stride);
    (all < most).then_some(all)
}

#[inline(always)]
fn sad_of_rows(rows: &[[u8; BLOCK]], from: &[u8], stride: usize) -> u32 {
    let mut sums = [0_u16; BLOCK];
    for (at, row) in rows.iter().enumerate() {
        let other = &from[at * stride..at * stride + BLOCK];
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
    // Across, by lanes that change places. Of the last step only |a + b| + |a - b| is wanted, which is twice the larger of
    // |a| and |b|; each pair has two lanes that hold it once. Eight of at most 8 * 255 each stay below 2^15.
    let mut sums = i16x8::ZERO;
    for row in hadamard(rows) {
        let half = (placed(row, TWO_AWAY) + row * i16x8::new([1, 1, -1, -1, 1, 1, -1, -1])).abs();
        sums += half.max(placed(half, ONE_AWAY));
    }
    total(sums) / 2
}

/// Bytes of eight lanes, each lane's where the one next to it, or next but one, was among four.
const ONE_AWAY: [u8; 16] = [2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13];
const TWO_AWAY: [u8; 16] = [4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11];

#[inline(always)]
fn placed(lanes: i16x8, bytes: [u8; 16]) -> i16x8 {
    cast(cast::<_, u8x16>(lanes).shuffle_zeroing(u8x16::new(bytes)))
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
    // The transform is linear, and a flat row or column has but one frequency: of each prediction it changes only few of the
    // block's own coefficients, those that are even across, even down, or both.
    let coefficients = hadamard(current.map(signed)).map(across);
    let mut sum = i16x8::ZERO;
    for row in coefficients {
        sum += row.abs();
    }
    let flat = i16x8::splat((16 * mean) as i16) & FIRST;
    let mut least = total(sum + change(coefficients[0], flat) + change(coefficients[4], flat));
    if let Some(above) = above {
        let rows = across(signed(above)) << 2;
        least = least.min(total(sum + change(coefficients[0], rows) + change(coefficients[4], rows)));
    }
    if let Some(left) = left {
        let mut changes = i16x8::ZERO;
        for (row, column) in coefficients.into_iter().zip(hadamard(left.map(|sample| i16x8::splat(sample.into())))) {
            changes += change(row & FIRST, (column << 2) & FIRST);
        }
        least = least.min(total(sum + changes));
    }
    least / 2
}

/// The first coefficient across in either half of a row.
const FIRST: i16x8 = i16x8::new([-1, 0, 0, 0, -1, 0, 0, 0]);

/// What a prediction's coefficients change in the sums of the absolute ones.
#[inline(always)]
fn change(coefficients: i16x8, prediction: i16x8) -> i16x8 {
    (coefficients - prediction).abs() - coefficients.abs()
}

#[inline(always)]
fn signed(samples: [u8; BLOCK]) -> i16x8 {
    i16x8::new(samples.map(i16::from))
}

/// The transform across either half of a row.
#[inline(always)]
fn across(row: i16x8) -> i16x8 {
    let half = placed(row, TWO_AWAY) + row * i16x8::new([1, 1, -1, -1, 1, 1, -1, -1]);
    placed(half, ONE_AWAY) + half * i16x8::new([1, -1, 1, -1, 1, -1, 1, -1])
}

/// The sum of lanes of 16 bits without a sign.
#[inline(always)]
fn total(lanes: i16x8) -> u32 {
    lanes.to_array().iter().map(|sum| u32::from(*sum as u16)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::Picture;
    use crate::size::Size;

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

    #[test]
    fn the_best_prediction_from_the_samples_around_is_the_plain_definitions() {
        let mut state = 11_u32;
        let size = Size::new(64, 64);
        for round in 0..40_u8 {
            // Noise, noise on a slope across and down, flat areas with an edge.
            let luma: Vec<u8> = (0..64 * 64_usize)
                .map(|at| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let (x, y, noise) = (at % 64, at / 64, (state >> 24) as u8);
                    match round % 4 {
                        0 => noise,
                        1 => (3 * x) as u8 + noise / 16,
                        2 => (3 * y) as u8 + noise / 16,
                        _ => {
                            if x + y < usize::from(round) * 3 {
                                0
                            } else {
                                255
                            }
                        }
                    }
                })
                .collect();
            let plane = HalfLuma::new(&Picture::from_luma(size, &luma));
            for (x, y) in [(0, 0), (8, 0), (0, 8), (12, 16), (24_usize, 24_usize)] {
                let mut predictions: Vec<Block> = Vec::new();
                let above = y.checked_sub(1).map(|y| block(&plane, x, y)[0]);
                let left = x.checked_sub(1).map(|x| block(&plane, x, y).map(|row| row[0]));
                let around: Vec<u32> = above.iter().chain(&left).flatten().map(|&sample| sample.into()).collect();
                let count = around.len() as u32;
                let mean = (around.iter().sum::<u32>() + count / 2).checked_div(count).unwrap_or(128);
                predictions.push([[mean as u8; BLOCK]; BLOCK]);
                predictions.extend(above.map(|row| [row; BLOCK]));
                predictions.extend(left.map(|column| column.map(|sample| [sample; BLOCK])));
                let current = block(&plane, x, y);
                let best = predictions.iter().map(|prediction| plain(&current, prediction)).min();
                assert_eq!(Some(intra(&plane, x, y)), best, "round {round}, {x}, {y}");
            }
        }
    }
}
