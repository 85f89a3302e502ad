//! What the user chooses, mapped to the encoder's configuration. This is the only place that does.

// The profile is one to one with the encoder's.
pub use openh264_wasm::Profile;
use openh264_wasm::{Complexity, EncoderConfig, RateControl};

use crate::colour;
use crate::size::Size;

/// What an image costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quality {
    /// One quantisation parameter for all macroblocks, 0 (best) to 51.
    Qp(u8),
    /// A look, whatever the pictures show: 0 (best) to 51, as x264's rate factor. QPs follow from the pictures.
    RateFactor(f32),
    /// Bits per second on average.
    Bitrate(u32),
    /// Each picture brings its quantisation parameter.
    PerPicture,
}

/// What the images show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Decided from the pictures of each group.
    Auto,
    /// Photographs, film, rendered scenes.
    Photo,
    /// Screens, drawings, charts.
    Screen,
}

/// Effort against size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speed {
    /// The least effort.
    Fast,
    /// Between the two.
    Balanced,
    /// The fewest bytes.
    Small,
}

/// How pictures are encoded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// An encodable size, see [`crate::size`].
    pub size: Size,
    /// Constant quality or a bit rate.
    pub quality: Quality,
    /// Images per second, on average. Only the rate control uses it: the file's times are the muxer's.
    pub frame_rate: f64,
    /// The profile of the stream.
    pub profile: Profile,
    /// What the images show.
    pub content: Content,
    /// Effort against size.
    pub speed: Speed,
}

impl Settings {
    /// For tests that look at no byte of the result.
    #[cfg(test)]
    pub(super) fn quick(size: Size) -> Self {
        let (profile, content, speed) = (Profile::High, Content::Auto, Speed::Fast);
        Self { size, quality: Quality::RateFactor(30.0), frame_rate: 30.0, profile, content, speed }
    }

    pub(super) fn to_config(self) -> EncoderConfig {
        EncoderConfig {
            frame_rate: self.frame_rate as f32,
            rate_control: match self.quality {
                Quality::Qp(qp) => RateControl::Given(qp),
                Quality::RateFactor(_) | Quality::PerPicture => RateControl::Given(0),
                Quality::Bitrate(bits_per_second) => RateControl::Bitrate(bits_per_second),
            },
            profile: self.profile,
            complexity: match self.speed {
                Speed::Fast => Complexity::Low,
                Speed::Balanced => Complexity::Medium,
                Speed::Small => Complexity::High,
            },
            cabac: self.speed != Speed::Fast,
            color: colour::DESCRIPTION,
            ..EncoderConfig::new(self.size.width, self.size.height)
        }
    }
}
