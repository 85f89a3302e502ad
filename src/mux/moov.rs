//! The movie box: the picture's track and perhaps a sound's, with or without an index of their samples.

use mp4::FixedPointU16;

use super::boxes::{SOUND_TRACK_ID, TRACK_ID, blank, container, leaf};
use super::sample_entry::avc1;
use super::sound::sound_track;
use super::tags::user_data;
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

/// What a track's index has behind its sample description, and how long its samples last in ticks of its own clock.
pub(super) struct Index {
    pub(super) tables: Vec<Vec<u8>>,
    pub(super) duration: u64,
}

/// The `moov` box. `sps` is the pictures' sequence parameter set to write; `extends` is the `mvex` box of a fragmented file.
pub(super) fn movie_box(
    movie: &Movie,
    sps: &[u8],
    pictures: &Index,
    sound: Option<&Index>,
    extends: Option<Vec<u8>>,
) -> Result<Vec<u8>> {
    let mut moov = blank();
    moov.mvhd.version = version_for(pictures.duration.max(movie.tags.created));
    moov.mvhd.creation_time = movie.tags.created;
    moov.mvhd.modification_time = movie.tags.created;
    // The same as the picture's: players that convert between the two would round.
    moov.mvhd.timescale = movie.timing.timescale();
    moov.mvhd.duration = pictures.duration;
    moov.mvhd.next_track_id = 1 + if movie.sound.is_some() { SOUND_TRACK_ID } else { TRACK_ID };

    let mut parts = vec![leaf(&moov.mvhd)?, picture_track(movie, sps, pictures)?];
    if let (Some(track), Some(index)) = (&movie.sound, sound) {
        parts.push(sound_track(movie, track, index.duration, &index.tables)?);
    }
    parts.extend(extends);
    parts.extend(user_data(&movie.tags)?);
    container(b"moov", &parts)
}

fn picture_track(movie: &Movie, sps: &[u8], index: &Index) -> Result<Vec<u8>> {
    let mut moov = blank();
    let vmhd = moov.traks[0].mdia.minf.vmhd.insert(Default::default());
    vmhd.flags = VIDEO_HEADER_FLAGS;
    track_box(
        movie,
        &Track {
            id: TRACK_ID,
            duration: index.duration,
            sides: Some(movie.sides()?),
            edits: Vec::new(),
            media: Media {
                handler: *b"vide",
                timescale: movie.timing.timescale(),
                duration: index.duration,
                header: leaf(vmhd)?,
                sample_description: avc1(movie, sps)?,
            },
        },
        &index.tables,
    )
}

/// What distinguishes a track from another.
pub(super) struct Track {
    pub(super) id: u32,
    /// In ticks of the movie.
    pub(super) duration: u64,
    /// Width and height of pictures.
    pub(super) sides: Option<(u16, u16)>,
    /// The `edts` box, or nothing.
    pub(super) edits: Vec<Vec<u8>>,
    pub(super) media: Media,
}

/// What distinguishes a track's media.
pub(super) struct Media {
    pub(super) handler: [u8; 4],
    pub(super) timescale: u32,
    /// In ticks of its own clock.
    pub(super) duration: u64,
    /// The `vmhd` or `smhd` box.
    pub(super) header: Vec<u8>,
    /// The one entry of the sample description box.
    pub(super) sample_description: Vec<u8>,
}

/// A `trak` box; `tables` are the boxes of the sample table after the sample description.
pub(super) fn track_box(movie: &Movie, track: &Track, tables: &[Vec<u8>]) -> Result<Vec<u8>> {
    let mut moov = blank();
    let trak = &mut moov.traks[0];
    let created = movie.tags.created;
    trak.tkhd.version = version_for(track.duration.max(created));
    trak.tkhd.flags = TRACK_FLAGS;
    trak.tkhd.creation_time = created;
    trak.tkhd.modification_time = created;
    trak.tkhd.track_id = track.id;
    trak.tkhd.duration = track.duration;
    // Pictures are silent.
    trak.tkhd.volume = mp4::FixedPointU8::new(u8::from(track.sides.is_none()));
    let (width, height) = track.sides.unwrap_or_default();
    trak.tkhd.width = FixedPointU16::new(width);
    trak.tkhd.height = FixedPointU16::new(height);

    let media = &track.media;
    let mdia = &mut trak.mdia;
    mdia.mdhd.version = version_for(media.duration.max(created));
    mdia.mdhd.creation_time = created;
    mdia.mdhd.modification_time = created;
    mdia.mdhd.timescale = media.timescale;
    mdia.mdhd.duration = media.duration;
    mdia.mdhd.language = "und".into();
    mdia.hdlr.handler_type = media.handler.into();
    mdia.hdlr.name = "framereel".into();

    // Version and flags 0, then the entry count.
    let count = [0, 0, 0, 0, 0, 0, 0, 1];
    let mut sample_table = vec![container(b"stsd", &[count.as_slice(), &media.sample_description])?];
    sample_table.extend_from_slice(tables);
    let stbl = container(b"stbl", &sample_table)?;
    let minf = container(b"minf", &[media.header.clone(), leaf(&mdia.minf.dinf)?, stbl])?;
    let mdia = container(b"mdia", &[leaf(&mdia.mdhd)?, leaf(&mdia.hdlr)?, minf])?;
    let mut parts = vec![leaf(&trak.tkhd)?];
    parts.extend_from_slice(&track.edits);
    parts.push(mdia);
    container(b"trak", &parts)
}
