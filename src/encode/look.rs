//! How a picture is coded by what it shows: the quantisation parameter at which it looks as the quality's name says, also by how
//! noisy it is and what builds on it, and what its blocks' edges and smallest coefficients become.

use openh264_wasm::{DeadZone, Deblocking, MAX_QP};

use super::lookahead::{Analysis, Shown};
use super::settings::Content;

/// QPs that a picture after which nothing comes is coarser than the rate factor says: with what pictures gain by what builds on
/// them, a rate factor looks as x264's does.
const RATE_FACTOR_OFFSET: f32 = 2.5;

/// QPs by which an IDR picture is better than what it is replaced by: a third of x264's, as its gain has most of that.
const IDR_GAIN: f32 = 1.0;

/// The same of drawings without thin lines, whose pictures after it are coarser by more.
const DRAWN_IDR_GAIN: f32 = 1.5;

/// QPs by which drawings without thin lines may be coarser at the same look: with them VMAF is at most 1 below x264 medium's at the
/// same rate factor.
const DRAWING_OFFSET: f32 = 3.3;

/// QPs by which pictures with thin lines are better: with a narrow dead zone no pixel of a line or beside it is off by more than
/// 20 codes then, at the default quality. With the usual dead zone it takes 3.3.
const THIN_LINES_GAIN: f32 = 1.5;

/// Up to this rate factor, the default quality's, what a picture shows counts whole, then less and less, and nothing from so many above it on: where
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

/// Offsets of the deblocking filter where it is on (ITU-T H.264 7.4.3): of pictures that move, and of those that stay, which the
/// eye looks at for longer.
const MOVING_FILTER: i8 = -2;
const STILL_FILTER: i8 = -6;

/// How strongly a picture is filtered: drawings not at all, as the filter leaves ghosts beside thin lines (8.7.2.4).
pub(super) fn deblocking(content: Content, shown: Shown, stays: bool) -> Deblocking {
    match content {
        Content::Screen => Deblocking::Off,
        Content::Auto if matches!(shown, Shown::Drawing | Shown::ThinLines) => Deblocking::Off,
        Content::Auto if shown == Shown::DrawingWithGradients => Deblocking::Offset(STILL_FILTER),
        Content::Auto | Content::Photo => Deblocking::Offset(if stays { STILL_FILTER } else { MOVING_FILTER }),
    }
}

/// A narrower dead zone takes the largest errors from thin lines, for fewer bytes than lower QPs would.
pub(super) fn dead_zone(shown: Shown) -> DeadZone {
    if shown == Shown::ThinLines { DeadZone::Narrow } else { DeadZone::Usual }
}

/// Chooses the QPs of pictures, one after the other.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// What the QPs so far were less than wanted, in all.
    rounding: f32,
    /// Bytes count, and not that a picture that stays is good enough: its QP is rounded as others' are.
    pub(super) keeps_to_bytes: bool,
}

impl Look {
    /// The QP of the next picture. `residual` is that of [`Analysis::residual`], of an IDR picture the next one's; `gain` is how many
    /// QPs better the picture should be for what builds on it.
    pub(super) fn qp(&mut self, factor: f32, analysis: &Analysis, residual: f32, is_idr: bool, gain: f32) -> u8 {
        let (shown, idr_gain) = match analysis.shown {
            Shown::Shades => (0.0, IDR_GAIN),
            Shown::Drawing | Shown::DrawingWithGradients => (DRAWING_OFFSET, DRAWN_IDR_GAIN),
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
        if shown == Shown::ThinLines || self.keeps_to_bytes {
            return self.round(wanted);
        }
        self.rounding = 0.0;
        wanted.floor()
    }
}
