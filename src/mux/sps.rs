//! The head of a sequence parameter set (ITU-T H.264 7.3.2.1.1), as far as the container repeats it.

use crate::error::{Error, Result};
use crate::h264::{Reader, nal, nal_type};

/// The profiles whose parameter sets say how chroma is sampled and how deep samples are.
const WITH_CHROMA_FORMAT: [u8; 4] = [100, 110, 122, 244];

/// What the container repeats of a sequence parameter set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SpsHead {
    /// `profile_idc`.
    pub(super) profile: u8,
    /// The constraint flags.
    pub(super) compatibility: u8,
    /// `level_idc`, ten times the level.
    pub(super) level: u8,
    /// Where the profile has it.
    pub(super) chroma: Option<Chroma>,
}

/// How samples are stored, in the High profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chroma {
    /// `chroma_format_idc`: 1 for 4:2:0.
    pub(super) format: u8,
    /// `bit_depth_luma_minus8`.
    pub(super) luma_depth: u8,
    /// `bit_depth_chroma_minus8`.
    pub(super) chroma_depth: u8,
}

impl SpsHead {
    /// Reads the head of a NAL unit; [`Error::Internal`] where it is not a parameter set.
    pub(super) fn parse(sps: &[u8]) -> Result<Self> {
        let broken = || Error::Internal("the encoder's sequence parameter set cannot be read".into());
        let &[_, profile, compatibility, level, ref rest @ ..] = sps else { return Err(broken()) };
        if nal_type(sps) != Some(nal::SPS) {
            return Err(broken());
        }
        let chroma = if WITH_CHROMA_FORMAT.contains(&profile) {
            Some(Chroma::parse(&mut Reader::new(rest)).ok_or_else(broken)?)
        } else {
            None
        };
        Ok(Self { profile, compatibility, level, chroma })
    }
}

impl Chroma {
    /// No emulation prevention byte can stand this early: the fields hold no run of 22 zero bits.
    fn parse(bits: &mut Reader<'_>) -> Option<Self> {
        let _id = bits.unsigned()?;
        let format = bits.unsigned()?;
        if format == 3 {
            let _separate_colour_planes = bits.flag()?;
        }
        Some(Self {
            format: u8::try_from(format).ok()?,
            luma_depth: u8::try_from(bits.unsigned()?).ok()?,
            chroma_depth: u8::try_from(bits.unsigned()?).ok()?,
        })
    }
}

/// The `codecs` parameter of RFC 6381 for a stream, such as `avc1.640028`.
///
/// # Errors
/// [`Error::Internal`] where `sps` is not a sequence parameter set.
pub fn codec_string(sps: &[u8]) -> Result<String> {
    let head = SpsHead::parse(sps)?;
    Ok(format!("avc1.{:02x}{:02x}{:02x}", head.profile, head.compatibility, head.level))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From x264's High and Baseline streams.
    const HIGH: [u8; 8] = [0x67, 0x64, 0x00, 0x28, 0xAC, 0xD9, 0x40, 0x78];
    const BASELINE: [u8; 8] = [0x67, 0x42, 0xC0, 0x1E, 0xD9, 0x00, 0xA0, 0x47];

    #[test]
    fn a_high_profile_says_how_samples_are_stored() {
        let head = SpsHead::parse(&HIGH).unwrap();
        assert_eq!(head.chroma, Some(Chroma { format: 1, luma_depth: 0, chroma_depth: 0 }));
        assert_eq!(SpsHead::parse(&BASELINE).unwrap().chroma, None);
    }

    #[test]
    fn the_codec_string_is_profile_constraints_and_level() {
        assert_eq!(codec_string(&HIGH).unwrap(), "avc1.640028");
        assert_eq!(codec_string(&BASELINE).unwrap(), "avc1.42c01e");
    }

    #[test]
    fn what_is_no_parameter_set_is_refused() {
        for bytes in [&HIGH[..3], &HIGH[..4], &[0x68, 0x64, 0x00, 0x28, 0xAC], &[]] {
            assert_eq!(SpsHead::parse(bytes).unwrap_err().code(), "internal");
        }
    }
}
