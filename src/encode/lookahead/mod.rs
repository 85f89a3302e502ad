//! What the pictures that wait say about how to code those before them: how long each one stays, and what moves where.
//! The same on every machine: whole numbers, and sums of floating point in a fixed order.

mod content;
mod cost;
mod half;
mod motion;
mod scroll;
mod tree;

use crate::colour::Picture;
pub(super) use content::Shown;
use half::HalfLuma;
use motion::{Match, Motion};

/// A picture counts as a new scene where so much of it is not found in the one before.
const CUT_SHARE: f64 = 0.75;

/// One picture, measured.
#[derive(Debug)]
pub(super) struct Analysis {
    luma: HalfLuma,
    /// Cost of each area's block when it is predicted from its own picture.
    intra: Vec<u32>,
    /// What it has of the picture before.
    motion: Option<Motion>,
    /// What kind of picture it is.
    pub(super) shown: Shown,
}

impl Analysis {
    /// Measures a picture and, unless it is the first, what it has of the one before.
    pub(super) fn new(picture: &Picture, before: Option<&Self>) -> Self {
        let luma = HalfLuma::new(picture);
        let mut intra = Vec::with_capacity(luma.areas());
        for at in 0..luma.areas() {
            let (x, y) = luma.corner(at);
            // What does not change costs what it did.
            let same = before.filter(|before| cost::sad(&cost::block(&luma, x, y), &before.luma, x, y) == 0);
            intra.push(same.map_or_else(|| cost::intra(&luma, x, y), |before| before.intra[at]));
        }
        let motion = before.map(|before| motion::search(&luma, &before.luma, before.matches(), &intra));
        Self { luma, intra, motion, shown: Shown::by(picture) }
    }

    /// What the measurements take.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        let motion = self.motion.as_ref();
        let motion = motion.map_or(0, |motion| size_of_val(&motion.matches[..]) + size_of_val(&motion.vectors[..]));
        self.luma.samples.capacity() + size_of_val(&self.intra[..]) + motion
    }

    fn matches(&self) -> Option<&[Match]> {
        self.motion.as_ref().map(|motion| &motion.matches[..])
    }

    /// Whether hardly anything of it is in the picture before.
    pub(super) fn is_cut(&self) -> bool {
        let Some(inter) = self.inter() else { return false };
        let intra: u64 = self.intra.iter().map(|&cost| u64::from(cost)).sum();
        intra > 0 && inter as f64 >= CUT_SHARE * intra as f64
    }

    /// What a block costs on average when it is predicted from its own picture.
    pub(super) fn detail(&self) -> f32 {
        let sum: u64 = self.intra.iter().map(|&cost| u64::from(cost)).sum();
        sum as f32 / self.intra.len() as f32
    }

    /// What a block costs on average that is predicted from the picture before, or from its own where that is cheaper: noise, and
    /// what changes otherwise than by moving. A new scene has none.
    pub(super) fn residual(&self) -> f32 {
        let found = self.inter().filter(|_| !self.is_cut());
        found.map_or(0.0, |inter| inter as f32 / self.intra.len() as f32)
    }

    /// The cost of all blocks, each by the cheaper of both predictions.
    fn inter(&self) -> Option<u64> {
        let costs = self.matches()?.iter().zip(&self.intra);
        Some(costs.map(|(found, &intra)| u64::from(found.cost.min(intra))).sum())
    }

    /// Where each macroblock was in the picture before, in pixels.
    pub(super) fn vectors(&self) -> Option<Vec<[i16; 2]>> {
        let vectors = &self.motion.as_ref()?.vectors;
        Some(vectors.iter().map(|vector| [vector.x, vector.y]).collect())
    }
}

/// A picture's part in a plan.
pub(super) struct Planned<'a> {
    pub(super) analysis: &'a Analysis,
    /// Whether it refers to no other.
    pub(super) is_idr: bool,
    /// How often it is shown again, for nothing.
    pub(super) repeats: u32,
}

/// How many QPs better each of the first pictures of a window should be than one that is replaced at once: 0 and above.
pub(super) fn gains(window: &[Planned<'_>], first_pictures: usize) -> Vec<f32> {
    let Some(first) = window.first() else { return Vec::new() };
    let costs: Vec<tree::Costs<'_>> = window
        .iter()
        .map(|planned| tree::Costs {
            intra: &planned.analysis.intra,
            inter: planned.analysis.matches().filter(|_| !planned.is_idr),
            repeats: planned.repeats,
        })
        .collect();
    tree::gains(&costs, first.analysis.luma.columns, first_pictures)
}
