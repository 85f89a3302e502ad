//! What a rate factor means for each picture: the quantisation parameter at which it looks as the quality's name says, by what it
//! shows, how it moves, and what builds on it.

use openh264_wasm::MAX_QP;

use super::lookahead::{Analysis, Shown};

/// QPs that a picture after which nothing comes is coarser than the rate factor says: with what pictures gain by what builds on
/// them, a rate factor looks as x264's does.
const RATE_FACTOR_OFFSET: f32 = 2.3;

/// QPs by which an IDR picture is better than what it is replaced by: a third of x264's, as its gain has most of that.
const IDR_GAIN: f32 = 1.0;

/// The same of drawings without thin lines, whose pictures after it are coarser by more.
const DRAWN_IDR_GAIN: f32 = 1.5;

/// QPs by which drawings without thin lines may be coarser at the same look: VMAF is as high with them as x264's at the same
/// rate factor.
const DRAWING_OFFSET: f32 = 6.1;

/// QPs by which pictures with thin lines are better: at the default quality no pixel of a line or beside it is off by more
/// than 20 codes.
const THIN_LINES_GAIN: f32 = 3.3;

/// Up to this rate factor what a picture shows counts whole, then less and less, and nothing from so many above it on: where
/// coding shows everywhere, it shows alike.
const FINE_FACTOR: f32 = 22.6;
const COARSER: f32 = 12.0;

/// QPs by which a picture may be coarser at the same look where it is noisy: from the first of these residuals on, as a cost of blocks,
/// and whole from the second on. Noise hides what coding does.
const MOST_HIDDEN: f32 = 1.6;
const NOISY: (f32, f32) = (160.0, 210.0);

/// A picture with less detail than this, as a cost of its blocks, is nearly flat; its colours are all that shows, and they
/// cost next to nothing. QPs by which it is better, two for each halving of the detail and this at the most: pure colours come back within 3 codes.
const FLAT_DETAIL: f32 = 64.0;
const MOST_FLAT_GAIN: f32 = 8.0;

/// Chooses the QPs of pictures, one after the other.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// What the QPs so far were less than wanted, in all.
    rounding: f32,
}

impl Look {
    /// The QP of the next picture. `residual` is what of its blocks is not in the picture before, as
    /// [`Analysis::residual`] gives it, `gain` how many QPs better the picture should be for what
    /// builds on it.
    pub(super) fn qp(&mut self, factor: f32, analysis: &Analysis, residual: f32, is_idr: bool, gain: f32) -> u8 {
        let (shown, idr_gain) = match analysis.shown {
            Shown::Shades => (0.0, IDR_GAIN),
            Shown::Drawing => (DRAWING_OFFSET, DRAWN_IDR_GAIN),
            Shown::ThinLines => (-THIN_LINES_GAIN, IDR_GAIN),
        };
        let fine = (1.0 - (factor - FINE_FACTOR) / COARSER).clamp(0.0, 1.0);
        let noise = ((residual - NOISY.0) / (NOISY.1 - NOISY.0)).clamp(0.0, 1.0);
        let hidden = fine * shown + MOST_HIDDEN * noise;
        let flat = (2.0 * (FLAT_DETAIL / (analysis.detail() + 1.0)).log2()).clamp(0.0, MOST_FLAT_GAIN);
        let wanted = factor + RATE_FACTOR_OFFSET + hidden - gain - flat;
        let qp = if is_idr { self.start(wanted - idr_gain, analysis.shown) } else { self.round(wanted) };
        qp.clamp(0.0, f32::from(MAX_QP)) as u8
    }

    /// What rounding takes is given back to the next pictures: rate factors between whole ones are looks too.
    fn round(&mut self, wanted: f32) -> f32 {
        let qp = (wanted + self.rounding).round();
        self.rounding += wanted - qp;
        qp
    }

    /// Of a picture that all after it show again, a loss by rounding would stay; but thin lines are better than enough already.
    fn start(&mut self, wanted: f32, shown: Shown) -> f32 {
        if shown == Shown::ThinLines {
            return self.round(wanted);
        }
        self.rounding = 0.0;
        wanted.floor()
    }
}
