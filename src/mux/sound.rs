//! A soundtrack: samples that came coded, described as MPEG-4 audio (ISO/IEC 14496-14 5.6), and the edit list that says
//! which part of them is heard and when (ISO/IEC 14496-12 8.6.6).

use super::boxes::{SOUND_TRACK_ID, blank, container, leaf};
use super::moov::{Media, Track, track_box};
use super::{Movie, version_for};
use crate::error::Result;
use crate::timing::Timing;

/// Tags of the descriptors in an `esds` box (ISO/IEC 14496-1 7.2.2.1).
mod descriptor {
    pub(super) const ELEMENTARY_STREAM: u8 = 3;
    pub(super) const DECODER_CONFIG: u8 = 4;
    pub(super) const DECODER_SPECIFIC: u8 = 5;
    pub(super) const SYNC_LAYER: u8 = 6;
}

/// Audio stream, not upstream, and the reserved bit (ISO/IEC 14496-1 7.2.6.6).
const AUDIO_STREAM: u8 = 5 << 2 | 1;

/// The predefined set of synchronisation fields for MP4 files (ISO/IEC 14496-14 3.1.2).
const IN_MP4: u8 = 2;

/// Everything about a soundtrack but its samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// `objectTypeIndication` (ISO/IEC 14496-1 table 5): 0x40 for AAC, 0x6B and 0x69 for MP3.
    pub object_type: u8,
    /// The decoder's configuration, such as an `AudioSpecificConfig`; empty where there is none.
    pub config: Vec<u8>,
    /// Channels, for readers that do not look into the configuration.
    pub channels: u16,
    /// Samples of each channel in a second, of the same use.
    pub sample_rate: u32,
    /// Ticks per second of the sound's own clock.
    pub timescale: u32,
    /// Bits per second, on average.
    pub bitrate: u32,
    /// What is heard, one stretch after the other from the movie's beginning.
    pub edits: Vec<Edit>,
}

/// A stretch of sound that is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The sound's tick that it begins with.
    pub from: u64,
    /// The tick of the movie that it ends at; 0 for what is not known yet, in a fragmented file.
    pub until: u64,
}

/// Coded samples of sound in file order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoundSamples {
    /// Bytes of each.
    pub sizes: Vec<u32>,
    /// Ticks of each, counted from the first.
    pub timing: Timing,
    /// Ticks of the track before the first.
    pub start: u64,
}

impl SoundSamples {
    /// When the last sample ends, in ticks.
    pub(super) fn end(&self) -> Result<u64> {
        Ok(self.start + self.timing.start(self.sizes.len())?)
    }
}

/// The `trak` box. `media_duration` is in ticks of the sound's clock; `tables` follow the sample description.
pub(super) fn sound_track(movie: &Movie, sound: &Sound, media_duration: u64, tables: &[Vec<u8>]) -> Result<Vec<u8>> {
    let mut moov = blank();
    let smhd = moov.traks[0].mdia.minf.smhd.insert(Default::default());
    track_box(
        movie,
        &Track {
            id: SOUND_TRACK_ID,
            duration: sound.edits.last().map_or(0, |edit| edit.until),
            sides: None,
            edits: vec![edit_list(&sound.edits)?],
            media: Media {
                handler: *b"soun",
                timescale: sound.timescale,
                duration: media_duration,
                header: leaf(smhd)?,
                sample_description: mp4a(sound)?,
            },
        },
        tables,
    )
}

fn edit_list(edits: &[Edit]) -> Result<Vec<u8>> {
    let mut moov = blank();
    let edts = moov.traks[0].edts.insert(Default::default());
    let elst = edts.elst.insert(Default::default());
    elst.entries.resize_with(edits.len(), Default::default);
    let mut begun = 0;
    for (entry, &Edit { from, until }) in elst.entries.iter_mut().zip(edits) {
        entry.segment_duration = until.saturating_sub(begun);
        entry.media_time = from;
        entry.media_rate = 1;
        // Media times are signed.
        elst.version = elst.version.max(version_for(entry.segment_duration.max(from.saturating_mul(2))));
        begun = until;
    }
    container(b"edts", &[leaf(elst)?])
}

/// The sample entry (ISO/IEC 14496-12 12.2.3). The `mp4` crate's knows decoder configurations of two bytes only.
fn mp4a(sound: &Sound) -> Result<Vec<u8>> {
    // 16.16 fixed point has no room for more, and 0 says to look elsewhere.
    let sample_rate = u16::try_from(sound.sample_rate).unwrap_or(0);
    let mut fields = [0; 28];
    fields[7] = 1; // The data is in this file.
    fields[16..18].copy_from_slice(&sound.channels.to_be_bytes());
    fields[19] = 16; // Bits of a sample, whatever the coding.
    fields[24..26].copy_from_slice(&sample_rate.to_be_bytes());
    container(b"mp4a", &[fields.as_slice(), &esds(sound)?])
}

fn esds(sound: &Sound) -> Result<Vec<u8>> {
    let bitrate = sound.bitrate.to_be_bytes();
    // A decoding buffer of a size that is not known, then the maximum and the average.
    let mut config = [&[sound.object_type, AUDIO_STREAM, 0, 0, 0], bitrate.as_slice(), &bitrate].concat();
    if !sound.config.is_empty() {
        config.extend(described(descriptor::DECODER_SPECIFIC, &sound.config));
    }
    // The stream's number, 0 in files, and no flags.
    let mut stream = vec![0, 0, 0];
    stream.extend(described(descriptor::DECODER_CONFIG, &config));
    stream.extend(described(descriptor::SYNC_LAYER, &[IN_MP4]));
    // Version and flags 0.
    container(b"esds", &[[0; 4].as_slice(), &described(descriptor::ELEMENTARY_STREAM, &stream)])
}

/// A descriptor, its length in groups of seven bits (ISO/IEC 14496-1 8.3.3).
fn described(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = contents.len();
    let groups = [21, 14, 7, 0].map(|shift| (length >> shift) as u8 & 0x7F | if shift == 0 { 0 } else { 0x80 });
    [&[tag], groups.as_slice(), contents].concat()
}
