//! Where a block was in the picture before: a coarse search at half size.

use super::cost::{Block, block, sad, satd};
use super::half::{BLOCK, HalfLuma};
use super::scroll;

/// A displacement in half samples of the half-size luma, that is in samples of the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Vector {
    /// To the right.
    pub(crate) x: i16,
    /// Down.
    pub(crate) y: i16,
}

/// What a block costs when it is predicted from another picture, and from where.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Match {
    pub(super) vector: Vector,
    pub(super) cost: u32,
}

/// Steps of the search; a block that moves further is found by a neighbour's or the last picture's vector.
const STEPS: usize = 12;

/// The six steps of a hexagon, in samples.
const HEXAGON: [(i32, i32); 6] = [(-2, 0), (-1, -2), (1, -2), (2, 0), (1, 2), (-1, 2)];
const CROSS: [(i32, i32); 4] = [(0, -1), (-1, 0), (1, 0), (0, 1)];

/// A block that differs by less in all, two codes a sample, is looked for next to where it was found only.
const NEAR: u32 = 128;

/// Weight of a vector that differs from its neighbours', in the cost of a block: keeps vectors of noise together.
const VECTOR_WEIGHT: u32 = 1;

/// Where everything of a picture was in another one.
#[derive(Debug)]
pub(super) struct Motion {
    /// For each area.
    pub(super) matches: Vec<Match>,
    /// For each macroblock.
    pub(super) vectors: Vec<Vector>,
}

/// Finds every area of a picture in another one. `hints` are those of the picture before, `intra` what the areas cost
/// without the other picture.
pub(super) fn search(current: &HalfLuma, reference: &HalfLuma, hints: Option<&[Match]>, intra: &[u32]) -> Motion {
    let mut matches = step_wise(current, reference, hints);
    let far = scroll::displacements(current, reference, &matches, intra);
    if far.is_empty() {
        let vectors = current.areas_of_macroblocks().map(|area| matches[area].vector).collect();
        return Motion { matches, vectors };
    }
    for (area, found) in matches.iter_mut().enumerate() {
        if scroll::is_lost(found, intra[area]) {
            let (x, y) = current.corner(area);
            let again = Searcher::new(current, reference, x, y).search(&far);
            if again.cost < found.cost {
                *found = again;
            }
        }
    }
    let vectors = choose(current, reference, &matches, far);
    Motion { matches, vectors }
}

/// For each macroblock the better of what its area has and of displacements that many share: what scrolls has its own
/// borders, and blanks between lines.
fn choose(current: &HalfLuma, reference: &HalfLuma, matches: &[Match], shared: Vec<Vector>) -> Vec<Vector> {
    let mut candidates = vec![Vector::default(); 2];
    candidates.extend(shared);
    let best = |(macroblock, area): (usize, usize)| {
        candidates[1] = matches[area].vector;
        let (x, y) = current.macroblock(macroblock);
        let searcher = Searcher::new(current, reference, x, y);
        let sad =
            |vector: &&Vector| searcher.sad((i32::from(vector.x) >> 1, i32::from(vector.y) >> 1)).unwrap_or(u32::MAX);
        *candidates.iter().min_by_key(sad).expect("there is the vector 0, 0")
    };
    current.areas_of_macroblocks().enumerate().map(best).collect()
}

fn step_wise(current: &HalfLuma, reference: &HalfLuma, hints: Option<&[Match]>) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::with_capacity(current.areas());
    for row in 0..current.rows {
        for column in 0..current.columns {
            let at = row * current.columns + column;
            let mut candidates = [Vector::default(); 5];
            let mut count = 1;
            let mut add = |vector: Vector| {
                if !candidates[..count].contains(&vector) {
                    candidates[count] = vector;
                    count += 1;
                }
            };
            if column > 0 {
                add(found[at - 1].vector);
            }
            if row > 0 {
                add(found[at - current.columns].vector);
                if column + 1 < current.columns {
                    add(found[at + 1 - current.columns].vector);
                }
            }
            if let Some(hints) = hints {
                add(hints[at].vector);
            }
            let (x, y) = current.corner(at);
            let searcher = Searcher::new(current, reference, x, y);
            found.push(searcher.search(&candidates[..count]));
        }
    }
    found
}

struct Searcher<'a> {
    reference: &'a HalfLuma,
    block: Block,
    x: i32,
    y: i32,
}

impl<'a> Searcher<'a> {
    fn new(current: &HalfLuma, reference: &'a HalfLuma, x: usize, y: usize) -> Self {
        Self { reference, block: block(current, x, y), x: x as i32, y: y as i32 }
    }

    fn search(&self, candidates: &[Vector]) -> Match {
        let expected = candidates.get(1).copied().unwrap_or_default();
        let expected = (i32::from(expected.x) >> 1, i32::from(expected.y) >> 1);
        let weigh = |at: (i32, i32), sad: u32| {
            let away = (at.0 - expected.0).unsigned_abs() + (at.1 - expected.1).unsigned_abs();
            sad + VECTOR_WEIGHT * away.min(16)
        };
        let mut best = (0, 0);
        let mut least = u32::MAX;
        for vector in candidates {
            let at = (i32::from(vector.x) >> 1, i32::from(vector.y) >> 1);
            match self.sad(at) {
                // Nothing changes: the everyday case of screens.
                Some(0) => return Match { vector: Vector { x: (2 * at.0) as i16, y: (2 * at.1) as i16 }, cost: 0 },
                Some(sad) if weigh(at, sad) < least => (best, least) = (at, weigh(at, sad)),
                _ => {}
            }
        }
        let patterns: [&[(i32, i32)]; 2] = [if least < NEAR { &[] } else { &HEXAGON }, &CROSS];
        for pattern in patterns {
            for _ in 0..STEPS {
                let centre = best;
                for (right, down) in pattern {
                    let at = (centre.0 + right, centre.1 + down);
                    if let Some(cost) = self.sad(at).map(|sad| weigh(at, sad)).filter(|&cost| cost < least) {
                        (best, least) = (at, cost);
                    }
                }
                if best == centre {
                    break;
                }
            }
        }
        self.refine(best, least < NEAR)
    }

    /// Samples between samples, by their mean, unless the whole ones are near enough.
    fn refine(&self, (right, down): (i32, i32), is_near: bool) -> Match {
        let whole = self.at((right, down)).unwrap_or(self.block);
        let mut best =
            Match { vector: Vector { x: (2 * right) as i16, y: (2 * down) as i16 }, cost: satd(&self.block, &whole) };
        if is_near {
            return best;
        }
        for (step_right, step_down) in CROSS {
            let Some(other) = self.at((right + step_right, down + step_down)) else { continue };
            let cost = satd(&self.block, &mean(&whole, &other));
            if cost < best.cost {
                let vector = Vector { x: (2 * right + step_right) as i16, y: (2 * down + step_down) as i16 };
                best = Match { vector, cost };
            }
        }
        best
    }

    fn place(&self, (right, down): (i32, i32)) -> Option<(usize, usize)> {
        let (x, y) = (self.x + right, self.y + down);
        let last_x = (self.reference.stride - BLOCK) as i32;
        let last_y = (self.reference.height - BLOCK) as i32;
        ((0..=last_x).contains(&x) && (0..=last_y).contains(&y)).then_some((x as usize, y as usize))
    }

    fn sad(&self, at: (i32, i32)) -> Option<u32> {
        self.place(at).map(|(x, y)| sad(&self.block, self.reference, x, y))
    }

    fn at(&self, at: (i32, i32)) -> Option<Block> {
        self.place(at).map(|(x, y)| block(self.reference, x, y))
    }
}

fn mean(left: &Block, right: &Block) -> Block {
    let mut mean = [[0; BLOCK]; BLOCK];
    for at in 0..BLOCK {
        for lane in 0..BLOCK {
            mean[at][lane] = (u16::from(left[at][lane]) + u16::from(right[at][lane])).div_ceil(2) as u8;
        }
    }
    mean
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::Picture;
    use crate::size::Size;

    #[test]
    fn a_shifted_texture_is_found_where_it_was() {
        let size = Size::new(192, 128);
        let texture = |x: i32, y: i32| {
            let waves = ((x as f32) * 0.21).sin() + ((y as f32) * 0.17).cos() + ((x + 2 * y) as f32 * 0.07).sin();
            (128.0 + 35.0 * waves) as u8
        };
        let shifted = |right: i32, down: i32| {
            let luma: Vec<u8> = (0..192 * 128).map(|at| texture(at % 192 - right, at / 192 - down)).collect();
            HalfLuma::new(&Picture::from_luma(size, &luma))
        };
        for (right, down) in [(0, 0), (4, 2), (-6, 8), (7, 0), (0, -5)] {
            let found = search(&shifted(right, down), &shifted(0, 0), None, &[0; 48]).matches;
            let inner =
                found.iter().enumerate().filter(|(at, _)| (1..5).contains(&(at % 6)) && (2..6).contains(&(at / 6)));
            for (at, found) in inner {
                // Odd displacements lie between the samples of half size: a sample either way is near enough for a hint.
                let away = (i32::from(found.vector.x) + right).abs() + (i32::from(found.vector.y) + down).abs();
                let most = if right % 2 == 0 && down % 2 == 0 { 0 } else { 3 };
                assert!(away <= most, "block {at} of a picture moved by {right}, {down}: {:?}", found.vector);
            }
        }
    }
}
