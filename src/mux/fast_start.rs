//! The file with its index in front: it plays while it is still being downloaded.

use super::boxes::{file_type, media_data_header};
use super::interleave::{Playing, interleave};
use super::level::levelled;
use super::moov::{Index, movie_box};
use super::sample_tables::SampleTables;
use super::sound::SoundSamples;
use super::{Movie, Samples};
use crate::error::{Error, Result};

/// The start of a file, and what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovieHeader {
    /// `ftyp`, `moov` and the header of `mdat`.
    pub bytes: Vec<u8>,
    /// Bytes that follow: of pictures, then of sound, then of pictures again, and so on, each in the order of its samples.
    pub runs: Vec<u64>,
}

/// Everything of a file before its samples, and their order.
///
/// `sizes` are the bytes of each sample; `sync` is 1 for each sample that decoding can start at, else 0. `sound` goes with
/// the movie's [`sound`](Movie::sound).
///
/// # Errors
/// [`Error::Internal`] where the lists and the movie's timing are not of one length, or only one half of a sound is there.
pub fn movie_header(movie: &Movie, sizes: &[u32], sync: &[u8], sound: Option<&SoundSamples>) -> Result<MovieHeader> {
    let samples = Samples::new(sizes, sync)?;
    if let Some(images) = movie.timing.images().filter(|&images| images != sizes.len()) {
        return Err(Error::Internal(format!("{} samples for {images} durations", sizes.len())));
    }
    let mut pictures = SampleTables::new(&movie.timing, samples)?;
    let mut heard =
        sound.map(|sound| SampleTables::new(&sound.timing, Samples::all_sync(&sound.sizes)?)).transpose()?;
    let runs = match (&movie.sound, &mut heard) {
        (None, None) => vec![samples.bytes()],
        (Some(track), Some(heard)) => {
            let from = track.edits.first().map_or(0, |edit| edit.from);
            interleave(
                &mut Playing { chunks: &mut pictures.chunks, timescale: movie.timing.timescale(), from: 0 },
                &mut Playing { chunks: &mut heard.chunks, timescale: track.timescale, from },
            )
        }
        _ => return Err(Error::Internal("a soundtrack without samples, or samples without a soundtrack".into())),
    };

    let file_type = file_type(*b"isom", &[*b"isom", *b"iso2", *b"avc1", *b"mp41"])?;
    let media_data = media_data_header(runs.iter().sum());
    let duration = movie.timing.start(sizes.len())?;
    let sps = levelled(movie, sizes)?;
    let heard_duration = sound.map_or(Ok(0), SoundSamples::end)?;
    let moov = |start: u64, wide: bool| {
        let sound = heard.as_ref().map(|heard| heard.at(start, wide)).transpose()?;
        let sound = sound.map(|tables| Index { tables, duration: heard_duration });
        movie_box(movie, &sps, &Index { tables: pictures.at(start, wide)?, duration }, sound.as_ref(), None)
    };
    let needs_wide = |start| pictures.needs_wide(start) || heard.as_ref().is_some_and(|heard| heard.needs_wide(start));

    // The index is as long wherever the samples start, so it is written once to be measured.
    let start_for = |moov: &[u8]| (file_type.len() + moov.len() + media_data.len()) as u64;
    let narrow = start_for(&moov(0, needs_wide(0))?);
    let wide = needs_wide(narrow);
    let start = if wide { start_for(&moov(0, true)?) } else { narrow };
    Ok(MovieHeader { bytes: [file_type.as_slice(), &moov(start, wide)?, &media_data].concat(), runs })
}
