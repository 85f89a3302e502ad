//! Pictures encoded to H.264 samples as an MP4 stores them: length-prefixed NAL units, parameter sets apart.

mod settings;

use openh264_wasm::{EncodeError, Encoder, PictureControl};

pub use settings::{Content, Quality, Settings, Speed};
// The profile is one to one with the encoder's.
pub use openh264_wasm::Profile;

use crate::colour::Picture;
use crate::error::{Error, Result};

/// `nal_unit_type` of a sequence and of a picture parameter set (ITU-T H.264 table 7-1).
const NAL_SPS: u8 = 7;
const NAL_PPS: u8 = 8;

/// The encoded images of one group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EncodedGroup {
    /// The samples, one after the other: NAL units, each after its length in four bytes (ISO/IEC 14496-15 5.3.2).
    pub data: Vec<u8>,
    /// Bytes of each sample.
    pub sizes: Vec<u32>,
    /// For each sample, 1 if decoding can start there (an IDR picture), else 0.
    pub sync: Vec<u8>,
    /// The sequence parameter set, a NAL unit.
    pub sps: Vec<u8>,
    /// The picture parameter set, a NAL unit.
    pub pps: Vec<u8>,
}

/// Encodes pictures in order and collects the samples.
#[derive(Debug)]
pub struct SampleEncoder {
    encoder: Encoder,
    qp: u8,
    group: EncodedGroup,
}

impl SampleEncoder {
    /// An encoder whose first picture starts a stream.
    ///
    /// # Errors
    /// [`Error::InvalidOption`] for a setting that the encoder does not take.
    pub fn new(settings: &Settings) -> Result<Self> {
        let encoder = Encoder::new(&settings.to_config()).map_err(from_encoder)?;
        let qp = match settings.quality {
            super::encode::Quality::Qp(qp) => qp,
            super::encode::Quality::RateFactor(factor) => factor.round() as u8,
            super::encode::Quality::Bitrate(_) => 26,
        };
        Ok(Self { encoder, qp, group: EncodedGroup::default() })
    }

    /// Encodes one picture as one sample and returns the sample's bytes.
    ///
    /// # Errors
    /// [`Error::Internal`] where the encoder fails or changes its parameter sets.
    pub fn encode(&mut self, picture: &Picture, force_idr: bool) -> Result<u32> {
        let control = PictureControl { idr: force_idr, ..PictureControl::constant(self.qp) };
        let access_unit = self.encoder.encode(&picture.planes(), &control).map_err(from_encoder)?;
        let before = self.group.data.len();
        for nal in access_unit.nal_units() {
            match nal.first().map(|header| header & 0x1F) {
                Some(NAL_SPS) => keep("sequence", &mut self.group.sps, nal)?,
                Some(NAL_PPS) => keep("picture", &mut self.group.pps, nal)?,
                _ => append(&mut self.group.data, nal)?,
            }
        }
        let bytes = u32::try_from(self.group.data.len() - before)
            .map_err(|_| Error::Internal("one sample has more than 4 GiB".into()))?;
        self.group.sizes.push(bytes);
        self.group.sync.push(u8::from(access_unit.is_idr()));
        Ok(bytes)
    }

    /// Samples since the start or the last [`finish`](Self::finish).
    pub fn finished(&self) -> usize {
        self.group.sizes.len()
    }

    /// Hands over what was encoded since the start or the last call.
    pub fn finish(&mut self) -> EncodedGroup {
        std::mem::take(&mut self.group)
    }
}

/// Keeps the first parameter set; a later one must be the same, as the file has room for one (`avc1`).
fn keep(name: &str, kept: &mut Vec<u8>, nal: &[u8]) -> Result<()> {
    if kept.is_empty() {
        kept.extend_from_slice(nal);
    } else if kept != nal {
        return Err(Error::Internal(format!("the encoder changed its {name} parameter set within a group")));
    }
    Ok(())
}

fn append(data: &mut Vec<u8>, nal: &[u8]) -> Result<()> {
    let length = u32::try_from(nal.len()).map_err(|_| Error::Internal("one NAL unit has more than 4 GiB".into()))?;
    data.extend_from_slice(&length.to_be_bytes());
    data.extend_from_slice(nal);
    Ok(())
}

fn from_encoder(error: EncodeError) -> Error {
    match error {
        EncodeError::Size { .. } => Error::InvalidOption(format!("size: {error}")),
        EncodeError::Config(_) => Error::InvalidOption(error.to_string()),
        EncodeError::Memory => Error::Limit(error.to_string()),
        _ => Error::Internal(error.to_string()),
    }
}
