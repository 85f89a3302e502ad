//! Displacements that many blocks share and that a step-wise search does not reach: text that scrolls, slides that push one
//! another.

use super::cost::{block, sad_below};
use super::half::{BLOCK, HalfLuma};
use super::motion::{Match, Vector};

/// Blocks that are looked for along their whole row and column.
const SAMPLES: usize = 40;

/// Of these, so many are enough to see that there is nothing to agree about.
const FIRST_SAMPLES: usize = 12;

/// Blocks that must agree.
const LEAST_VOTES: usize = 4;

/// Displacements that are handed out at the most.
pub(super) const MOST: usize = 2;

/// Whether a block is found so badly that it may have come from far away: half as dear as without the other picture, and
/// with enough detail to be told from others.
pub(super) fn is_lost(found: &Match, intra: u32) -> bool {
    const LEAST_DETAIL: u32 = 64;
    intra >= LEAST_DETAIL && found.cost > intra / 2
}

/// The displacements straight up, down, left or right that most of the lost blocks agree on.
pub(super) fn displacements(current: &HalfLuma, reference: &HalfLuma, found: &[Match], intra: &[u32]) -> Vec<Vector> {
    let lost: Vec<usize> = (0..found.len()).filter(|&at| is_lost(&found[at], intra[at])).collect();
    if lost.len() < LEAST_VOTES {
        return Vec::new();
    }
    let step = lost.len().div_ceil(SAMPLES);
    let mut votes: Vec<(Vector, usize)> = Vec::new();
    for (tried, &at) in lost.iter().step_by(step).enumerate() {
        if tried == FIRST_SAMPLES && votes.iter().all(|(_, count)| *count == 1) {
            return Vec::new();
        }
        let (x, y) = current.corner(at);
        let Some(vector) = along_the_axes(current, reference, x, y, intra[at] / 4) else { continue };
        match votes.iter_mut().find(|(known, _)| *known == vector) {
            Some((_, count)) => *count += 1,
            None => votes.push((vector, 1)),
        }
    }
    votes.retain(|(_, count)| *count >= LEAST_VOTES);
    // Of as many votes the one that came first counts: the order must not depend on the sort.
    votes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    votes.truncate(MOST);
    votes.into_iter().map(|(vector, _)| vector).collect()
}

/// Where a block is found best on its own column or row, if its differences there stay under a bound.
fn along_the_axes(current: &HalfLuma, reference: &HalfLuma, x: usize, y: usize, most: u32) -> Option<Vector> {
    let wanted = block(current, x, y);
    let mut least = most;
    let mut best = None;
    for other in 0..=reference.height - BLOCK {
        if let Some(cost) = sad_below(&wanted, reference, x, other, least) {
            (least, best) = (cost, Some(Vector { x: 0, y: 2 * (other as i16 - y as i16) }));
        }
    }
    for other in 0..=reference.stride - BLOCK {
        if let Some(cost) = sad_below(&wanted, reference, other, y, least) {
            (least, best) = (cost, Some(Vector { x: 2 * (other as i16 - x as i16), y: 0 }));
        }
    }
    best
}
