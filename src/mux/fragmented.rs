//! The file in fragments, each with an index of its own: it can be written, and played, while images are still being
//! encoded (ISO/IEC 14496-12 8.8).

use super::boxes::{SOUND_TRACK_ID, TRACK_ID, blank, container, file_type, leaf, media_data_header};
use super::level::levelled;
use super::moov::{Index, movie_box};
use super::sound::SoundSamples;
use super::{Movie, Samples, version_for};
use crate::error::{Error, Result};
use crate::timing::Timing;

/// Sample flags (ISO/IEC 14496-12 8.8.3.1): a sync sample depends on no other; any other depends on others and is not a
/// sync sample.
const SYNC_SAMPLE: u32 = 0x0200_0000;
const OTHER_SAMPLE: u32 = 0x0101_0000;

/// `default-base-is-moof` (8.8.7.1): data offsets count from the fragment's first byte.
const BASE_IS_MOOF: u32 = 0x02_0000;
const HAS_DEFAULT_DURATION: u32 = 0x08;

/// What a `trun` box lists (8.8.8.1).
const HAS_DATA_OFFSET: u32 = 0x001;
const HAS_DURATIONS: u32 = 0x100;
const HAS_SIZES: u32 = 0x200;
const HAS_FLAGS: u32 = 0x400;

/// The file before its first fragment: `ftyp` and a `moov` without samples. `images` is how many there will be, where
/// that is known: the total duration is then written, too. `sizes` are the bytes of all samples, or nothing where they are not
/// known yet: then the level goes by size and rate alone.
///
/// # Errors
/// [`Error::Internal`] where the movie cannot be written.
pub fn fragmented_header(movie: &Movie, images: Option<usize>, sizes: &[u32]) -> Result<Vec<u8>> {
    let duration = images.or(movie.timing.images()).map(|images| movie.timing.start(images)).transpose()?;
    let sps = levelled(movie, sizes)?;
    let index = Index { tables: empty_tables()?, duration: 0 };
    let moov = movie_box(movie, &sps, &index, Some(&index), Some(movie_extends(duration, movie.sound.is_some())?))?;
    // default-base-is-moof is iso5's.
    let file_type = file_type(*b"iso5", &[*b"iso5", *b"iso6", *b"avc1", *b"mp41"])?;
    Ok([file_type, moov].concat())
}

/// The tables that must be there though the samples are in the fragments.
fn empty_tables() -> Result<Vec<Vec<u8>>> {
    let mut moov = blank();
    let stbl = &mut moov.traks[0].mdia.minf.stbl;
    Ok(vec![leaf(&stbl.stts)?, leaf(&stbl.stsc)?, leaf(&stbl.stsz)?, leaf(stbl.stco.insert(Default::default()))?])
}

fn movie_extends(duration: Option<u64>, sound: bool) -> Result<Vec<u8>> {
    let mut moov = blank();
    let mvex = moov.mvex.insert(Default::default());
    let mut parts = Vec::new();
    if let Some(duration) = duration {
        let mehd = mvex.mehd.insert(Default::default());
        mehd.version = version_for(duration);
        mehd.fragment_duration = duration;
        parts.push(leaf(mehd)?);
    }
    let tracks = [(TRACK_ID, OTHER_SAMPLE), (SOUND_TRACK_ID, SYNC_SAMPLE)];
    for (track, flags) in tracks.into_iter().take(1 + usize::from(sound)) {
        mvex.trex.track_id = track;
        mvex.trex.default_sample_description_index = 1;
        mvex.trex.default_sample_flags = flags;
        parts.push(leaf(&mvex.trex)?);
    }
    container(b"mvex", &parts)
}

/// One fragment before its samples: `moof` and the header of `mdat`, for samples from number `first` (from 0) on. The
/// samples follow in order, then those of `sound`. `sequence` counts the file's fragments from 1.
///
/// # Errors
/// [`Error::Internal`] where the lists are not of one length or a sample has no duration.
pub fn fragment(
    movie: &Movie,
    sequence: u32,
    first: usize,
    sizes: &[u32],
    sync: &[u8],
    sound: Option<&SoundSamples>,
) -> Result<Vec<u8>> {
    let pictures = Samples::new(sizes, sync)?;
    let mut runs = vec![Run { track: TRACK_ID, timing: &movie.timing, first, before: 0, samples: pictures }];
    // Sound may have ended before the pictures.
    if let Some(SoundSamples { sizes, timing, start }) = sound.filter(|sound| !sound.sizes.is_empty()) {
        let samples = Samples::all_sync(sizes)?;
        runs.push(Run { track: SOUND_TRACK_ID, timing, first: 0, before: *start, samples });
    }
    let media_data = media_data_header(runs.iter().map(|run| run.samples.bytes()).sum());
    // The box is as long whatever the offset, so it is written once to be measured.
    let length = movie_fragment(sequence, &runs, 0)?.len();
    Ok([movie_fragment(sequence, &runs, (length + media_data.len()) as u64)?, media_data].concat())
}

/// Consecutive samples of a track.
struct Run<'a> {
    track: u32,
    timing: &'a Timing,
    /// Number of the first sample in `timing`.
    first: usize,
    /// Ticks of the track before `timing` begins.
    before: u64,
    samples: Samples<'a>,
}

/// The `moof` box; `offset` is from its first byte to the first sample of the first run.
fn movie_fragment(sequence: u32, runs: &[Run<'_>], mut offset: u64) -> Result<Vec<u8>> {
    let mut moof = mp4::MoofBox::default();
    moof.mfhd.sequence_number = sequence;
    let mut parts = vec![leaf(&moof.mfhd)?];
    for run in runs {
        let place = i32::try_from(offset).map_err(|_| Error::Internal("a fragment of more than 2 GiB".into()))?;
        parts.push(track_fragment(run, place)?);
        offset += run.samples.bytes();
    }
    container(b"moof", &parts)
}

fn track_fragment(run: &Run<'_>, offset: i32) -> Result<Vec<u8>> {
    let Run { timing, first, samples, .. } = *run;
    let durations =
        (first..first + samples.sizes.len()).map(|sample| timing.duration(sample)).collect::<Result<Vec<u32>>>()?;
    let one_duration = durations.iter().all(|duration| *duration == durations[0]);

    let mut moof = mp4::MoofBox { trafs: vec![Default::default()], ..Default::default() };
    let traf = &mut moof.trafs[0];
    traf.tfhd.track_id = run.track;
    traf.tfhd.flags = BASE_IS_MOOF;
    let tfdt = traf.tfdt.insert(Default::default());
    tfdt.version = 1;
    tfdt.base_media_decode_time = run.before + timing.start(first)?;
    let trun = traf.trun.insert(Default::default());
    trun.flags = HAS_DATA_OFFSET | HAS_SIZES;
    trun.sample_count = u32::try_from(samples.sizes.len()).map_err(|_| Error::Internal("too many samples".into()))?;
    trun.data_offset = Some(offset);
    trun.sample_sizes = samples.sizes.to_vec();
    if let Some(sync) = samples.sync {
        trun.flags |= HAS_FLAGS;
        trun.sample_flags = sync.iter().map(|sync| if *sync == 0 { OTHER_SAMPLE } else { SYNC_SAMPLE }).collect();
    }
    if one_duration {
        traf.tfhd.flags |= HAS_DEFAULT_DURATION;
        traf.tfhd.default_sample_duration = Some(durations[0]);
    } else {
        trun.flags |= HAS_DURATIONS;
        trun.sample_durations = durations;
    }
    container(b"traf", &[leaf(&traf.tfhd)?, leaf(tfdt)?, leaf(trun)?])
}
