//! The movie box: one video track, with or without an index of its samples.

use mp4::FixedPointU16;

use super::boxes::{TRACK_ID, container, leaf};
use super::sample_entry::sample_description;
use super::{Movie, version_for};
use crate::error::{Error, Result};

/// `track_enabled` and `track_in_movie` (ISO/IEC 14496-12 8.3.2.3).
const TRACK_FLAGS: u32 = 1 | 2;

/// The flag that a video media header must have (ISO/IEC 14496-12 12.1.2).
const VIDEO_HEADER_FLAGS: u32 = 1;

impl Movie {
    /// The picture's sides as the boxes hold them.
    pub(super) fn sides(&self) -> Result<(u16, u16)> {
        match (u16::try_from(self.size.width), u16::try_from(self.size.height)) {
            (Ok(width), Ok(height)) => Ok((width, height)),
            _ => Err(Error::Internal(format!("a movie of {}", self.size))),
        }
    }
}

/// The `moov` box. `sps` is the sequence parameter set to write; `duration` is in ticks; `tables` are the boxes of the sample table after the sample description;
/// `extends` is the `mvex` box of a fragmented file. Times of creation are 0, so that equal movies are equal files.
pub(super) fn movie_box(
    movie: &Movie,
    sps: &[u8],
    duration: u64,
    tables: &[Vec<u8>],
    extends: Option<Vec<u8>>,
) -> Result<Vec<u8>> {
    let version = version_for(duration);
    let mut moov = mp4::MoovBox { traks: vec![Default::default()], ..Default::default() };
    moov.mvhd.version = version;
    // The same as the track's: players that convert between the two would round.
    moov.mvhd.timescale = movie.timing.timescale();
    moov.mvhd.duration = duration;
    moov.mvhd.next_track_id = TRACK_ID + 1;

    let (width, height) = movie.sides()?;
    let trak = &mut moov.traks[0];
    trak.tkhd.version = version;
    trak.tkhd.flags = TRACK_FLAGS;
    trak.tkhd.track_id = TRACK_ID;
    trak.tkhd.duration = duration;
    trak.tkhd.volume = mp4::FixedPointU8::new(0);
    trak.tkhd.width = FixedPointU16::new(width);
    trak.tkhd.height = FixedPointU16::new(height);

    let mdia = &mut trak.mdia;
    mdia.mdhd.version = version;
    mdia.mdhd.timescale = movie.timing.timescale();
    mdia.mdhd.duration = duration;
    mdia.mdhd.language = "und".into();
    mdia.hdlr.handler_type = (*b"vide").into();
    mdia.hdlr.name = "framereel".into();
    let vmhd = mdia.minf.vmhd.insert(Default::default());
    vmhd.flags = VIDEO_HEADER_FLAGS;

    let mut sample_table = vec![sample_description(movie, sps)?];
    sample_table.extend_from_slice(tables);
    let stbl = container(b"stbl", &sample_table)?;
    let minf = container(b"minf", &[leaf(vmhd)?, leaf(&mdia.minf.dinf)?, stbl])?;
    let media = container(b"mdia", &[leaf(&mdia.mdhd)?, leaf(&mdia.hdlr)?, minf])?;
    let track = container(b"trak", &[leaf(&trak.tkhd)?, media])?;
    let mut parts = vec![leaf(&moov.mvhd)?, track];
    parts.extend(extends);
    container(b"moov", &parts)
}
