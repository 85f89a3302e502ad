//! The order in which a block's coefficients are stored (ITU-T T.81 figure A.6).

use crate::BLOCK;
use crate::idct::PAIRS;

/// Coefficients of a block as the inverse transform takes them in, which spares it all turns but one: for each of its [pairs](PAIRS) of
/// columns two vectors, where the one's coefficients and the other's come by turns, in the order that the pairs of rows have.
pub(crate) type Block = [i16; BLOCK * BLOCK];

/// Place of each coefficient in a [`Block`], by its place in the zigzag.
pub(crate) const PLACES: [u8; 64] = {
    let mut places = [0; 64];
    let (mut x, mut y, mut at) = (0, 0, 0);
    while at < 64 {
        let ((pair, side), (row_pair, row_side)) = (place_in_pairs(x), place_in_pairs(y));
        places[at] = (pair * 2 * BLOCK + (2 * row_pair + row_side) * 2 + side) as u8;
        at += 1;
        // Even diagonals run up and to the right, odd ones down and to the left, turning at the edges.
        if (x + y) % 2 == 0 {
            if x == 7 {
                y += 1;
            } else if y == 0 {
                x += 1;
            } else {
                x += 1;
                y -= 1;
            }
        } else if y == 7 {
            x += 1;
        } else if x == 0 {
            y += 1;
        } else {
            x -= 1;
            y += 1;
        }
    }
    places
};

/// The pair of a row or column, and its place in it.
const fn place_in_pairs(of: usize) -> (usize, usize) {
    let mut at = 0;
    while PAIRS[at / 2][at % 2] != of {
        at += 1;
    }
    (at / 2, at % 2)
}

/// The place of a coefficient.
#[inline(always)]
pub(crate) fn place(zigzag: usize) -> usize {
    usize::from(PLACES[zigzag])
}
