//! The order in which a block's coefficients are stored (ITU-T T.81 figure A.6).

/// Coefficients of a block, columns as rows: that spares the inverse transform one of its two turns.
pub(crate) type Block = [i16; 64];

/// Place of each coefficient in a [`Block`], by its place in the zigzag.
pub(crate) const PLACES: [u8; 64] = {
    let mut places = [0; 64];
    let (mut x, mut y, mut at) = (0, 0, 0);
    while at < 64 {
        places[at] = (x * 8 + y) as u8;
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

/// The place of a coefficient.
#[inline(always)]
pub(crate) fn place(zigzag: usize) -> usize {
    usize::from(PLACES[zigzag])
}
