//! The MP4 file around the samples (ISO/IEC 14496-12 and -15). Only sizes, sync flags and times come in here: the sample
//! bytes themselves follow what these functions return, in order, and never pass through. The same holds for the samples
//! of a soundtrack, which come coded from elsewhere.
//!
//! Leaf boxes are the `mp4` crate's, each of which writes itself; containers, and the few boxes and fields which that
//! crate does not have, are put together in `boxes.rs`.

mod boxes;
mod fast_start;
mod fragmented;
mod interleave;
mod level;
mod moov;
mod sample_entry;
mod sample_tables;
mod sound;
mod sps;
mod tags;

pub use fast_start::{MovieHeader, movie_header};
pub use fragmented::{fragment, fragmented_header};
pub use sound::{Edit, Sound, SoundSamples};
pub use sps::codec_string;
pub use tags::Tags;

use crate::error::{Error, Result};
use crate::size::Size;
use crate::timing::Timing;

/// Everything about a movie but its samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movie {
    /// The picture's size.
    pub size: Size,
    /// The sequence parameter set, a NAL unit.
    pub sps: Vec<u8>,
    /// The picture parameter set, a NAL unit.
    pub pps: Vec<u8>,
    /// When each image is shown.
    pub timing: Timing,
    /// The track beside the pictures.
    pub sound: Option<Sound>,
    /// What the file says of itself.
    pub tags: Tags,
}

/// Samples in file order: the bytes of each, and 1 for each that decoding can start at.
#[derive(Clone, Copy, Debug)]
struct Samples<'a> {
    sizes: &'a [u32],
    /// Nothing where all are.
    sync: Option<&'a [u8]>,
}

impl<'a> Samples<'a> {
    fn new(sizes: &'a [u32], sync: &'a [u8]) -> Result<Self> {
        if sizes.len() != sync.len() {
            return Err(Error::Internal(format!("{} sample sizes with {} sync flags", sizes.len(), sync.len())));
        }
        Self { sizes, sync: Some(sync) }.not_empty()
    }

    fn all_sync(sizes: &'a [u32]) -> Result<Self> {
        Self { sizes, sync: None }.not_empty()
    }

    fn not_empty(self) -> Result<Self> {
        if self.sizes.is_empty() {
            return Err(Error::Internal("a movie or fragment without samples".into()));
        }
        Ok(self)
    }

    fn bytes(&self) -> u64 {
        self.sizes.iter().map(|&size| u64::from(size)).sum()
    }
}

/// The version of a full box whose time fields are 32 bits in version 0 and 64 bits in version 1. The largest 32-bit
/// value means "unknown".
fn version_for(ticks: u64) -> u8 {
    u8::from(ticks >= u64::from(u32::MAX))
}
