//! What an encoder is built for, checked before it reaches C++.

use crate::error::EncodeError;
use crate::ffi;

/// The smallest width and height, in pixels: one macroblock.
pub const MIN_SIDE: u32 = 16;

/// The most macroblocks of a picture, each side rounded up to whole ones: MaxFS of level 5.2 (ITU-T H.264 table A-1).
pub const MAX_MACROBLOCKS: u32 = 36_864;

/// The longest side in macroblocks (ITU-T H.264 A.3.1 f and g).
const MAX_SIDE_MACROBLOCKS: u32 = (8 * MAX_MACROBLOCKS).isqrt();

/// The largest width and height, in pixels: 543 macroblocks.
pub const MAX_SIDE: u32 = 16 * MAX_SIDE_MACROBLOCKS;

/// The largest quantisation parameter of 8-bit video (ITU-T H.264 7.4.2.2).
pub const MAX_QP: u8 = 51;

/// The highest average bit rate, in bits per second: MaxBR of level 5.2 by 1,200 (ITU-T H.264 table A-1, A.3.1 i). Upstream refuses more.
pub const MAX_BITRATE: u32 = 288_000_000;

/// The lowest, in bits per second: upstream refuses less than a bit a picture, and takes 60 pictures per second at most.
pub const MIN_BITRATE: u32 = 60;

/// More bits than any picture takes: 9.4 million pixels of 12 bits are 113 million. Upstream counts eight pictures' in 32 bits.
const MOST_PICTURE_BITS: u32 = 1 << 27;

/// Upstream clamps the frame rate to this range, in pictures per second; the container's timing is not touched by it.
const FRAME_RATE_RANGE: std::ops::RangeInclusive<f32> = 1.0..=60.0;

/// How the encoder spends bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateControl {
    /// The caller gives each picture its quantisation parameter, see [`PictureControl`](crate::PictureControl): 0 (best) to 51,
    /// none below this one. Buffers are sized by it.
    Given(u8),
    /// An average in bits per second, [`MIN_BITRATE`] to [`MAX_BITRATE`].
    Bitrate(u32),
}

/// The profile of the stream (ITU-T H.264 A.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Constrained Baseline, for the oldest players.
    Baseline,
    /// Main.
    Main,
    /// High.
    High,
}

/// How long the encoder looks for a cheaper way to code a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Complexity {
    /// Compares intra predictions by SAD: fastest.
    Low,
    /// Compares everything by SATD.
    Medium,
    /// The same, and tries halves of every macroblock: smallest.
    High,
}

/// How the samples stand for colours; goes into the VUI. The codes are those of ITU-T H.273.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColorDescription {
    /// `colour_primaries`.
    pub primaries: u8,
    /// `transfer_characteristics`.
    pub transfer: u8,
    /// `matrix_coefficients`.
    pub matrix: u8,
    /// True for 0..=255, false for 16..=235 (luma) and 16..=240 (chroma).
    pub full_range: bool,
}

impl ColorDescription {
    /// ITU-R BT.709, limited range.
    pub const BT709_LIMITED: Self = Self { primaries: 1, transfer: 1, matrix: 1, full_range: false };
}

/// Everything that an [`Encoder`](crate::Encoder) is built from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EncoderConfig {
    /// Pixels; even, at least [`MIN_SIDE`].
    pub width: u32,
    /// Pixels; even, at least [`MIN_SIDE`].
    pub height: u32,
    /// Pictures per second. Only the rate control uses it; brought into 1..=60.
    pub frame_rate: f32,
    /// Constant quality or a bit rate.
    pub rate_control: RateControl,
    /// The profile of the stream.
    pub profile: Profile,
    /// Speed against size.
    pub complexity: Complexity,
    /// Whether coefficients are coded with CABAC (ITU-T H.264 9.3), about a tenth smaller and slower than the CAVLC of 9.2.
    /// Has no effect in [`Profile::Baseline`], which has CAVLC alone.
    pub cabac: bool,
    /// The colour description in the VUI.
    pub color: ColorDescription,
}

impl EncoderConfig {
    /// High profile, QPs given by the caller, medium complexity, CABAC, BT.709; sides in pixels.
    pub fn new(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            frame_rate: 30.0,
            rate_control: RateControl::Given(0),
            profile: Profile::High,
            complexity: Complexity::Medium,
            cabac: true,
            color: ColorDescription::BT709_LIMITED,
        }
    }

    /// The same for C, or which field is out of range.
    pub(crate) fn to_ffi(self) -> Result<ffi::Config, EncodeError> {
        check_size(self.width, self.height)?;
        if !self.frame_rate.is_finite() || self.frame_rate <= 0.0 {
            return Err(refused("frame_rate", "must be a positive number"));
        }
        let frame_rate = self.frame_rate.clamp(*FRAME_RATE_RANGE.start(), *FRAME_RATE_RANGE.end());
        let (qp, bitrate) = match self.rate_control {
            RateControl::Given(qp) if qp > MAX_QP => return Err(refused("rate_control", "the QP must be 0 to 51")),
            RateControl::Given(qp) => (i32::from(qp), 0),
            RateControl::Bitrate(rate) if (MIN_BITRATE..=MAX_BITRATE).contains(&rate) => {
                (-1, f64::from(rate).min(f64::from(frame_rate) * f64::from(MOST_PICTURE_BITS)) as i32)
            }
            RateControl::Bitrate(_) => {
                return Err(refused("rate_control", "the bit rate must be 60 to 288000000 bits per second"));
            }
        };
        Ok(ffi::Config {
            // `check_size` keeps both far below i32::MAX.
            width: self.width as i32,
            height: self.height as i32,
            frame_rate,
            qp,
            bitrate,
            profile_idc: match self.profile {
                Profile::Baseline => 66,
                Profile::Main => 77,
                Profile::High => 100,
            },
            cabac: i32::from(self.cabac && self.profile != Profile::Baseline),
            complexity: match self.complexity {
                Complexity::Low => 0,
                Complexity::Medium => 1,
                Complexity::High => 2,
            },
            primaries: self.color.primaries,
            transfer: self.color.transfer,
            matrix: self.color.matrix,
            full_range: u8::from(self.color.full_range),
        })
    }
}

const fn refused(field: &'static str, problem: &'static str) -> EncodeError {
    EncodeError::Config { field, problem }
}

fn check_size(width: u32, height: u32) -> Result<(), EncodeError> {
    let too_small = width < MIN_SIDE || height < MIN_SIDE;
    let (across, down) = (width.div_ceil(16), height.div_ceil(16));
    let too_large = across > MAX_SIDE_MACROBLOCKS || down > MAX_SIDE_MACROBLOCKS || across * down > MAX_MACROBLOCKS;
    if too_small || too_large || !width.is_multiple_of(2) || !height.is_multiple_of(2) {
        return Err(EncodeError::Size { width, height });
    }
    Ok(())
}
