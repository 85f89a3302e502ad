//! Access units as samples of an MP4.

use crate::error::{Error, Result};

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
    /// Where the sample that is being appended begins in `data`.
    start: usize,
}

impl EncodedGroup {
    /// Takes the parameter sets, which must always be the same: the file has room for one of each (`avc1`).
    pub(super) fn take_sets(&mut self, sps: Vec<u8>, pps: Vec<u8>) -> Result<()> {
        for (name, kept, unit) in [("sequence", &mut self.sps, sps), ("picture", &mut self.pps, pps)] {
            if kept.is_empty() {
                *kept = unit;
            } else if *kept != unit {
                return Err(Error::Internal(format!("the encoder changed its {name} parameter set within a group")));
            }
        }
        Ok(())
    }

    /// Adds a NAL unit to the sample.
    pub(super) fn append_nal(&mut self, unit: &[u8]) -> Result<()> {
        let length =
            u32::try_from(unit.len()).map_err(|_| Error::Internal("one NAL unit has more than 4 GiB".into()))?;
        self.data.extend_from_slice(&length.to_be_bytes());
        self.data.extend_from_slice(unit);
        Ok(())
    }

    /// The NAL units since the last call are a sample.
    pub(super) fn end_sample(&mut self, is_idr: bool) -> Result<()> {
        let bytes = u32::try_from(self.data.len() - self.start)
            .map_err(|_| Error::Internal("one sample has more than 4 GiB".into()))?;
        self.start = self.data.len();
        self.sizes.push(bytes);
        self.sync.push(u8::from(is_idr));
        Ok(())
    }
}
