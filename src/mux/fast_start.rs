//! The file with its index in front: it plays while it is still being downloaded.

use super::boxes::{file_type, media_data_header};
use super::level::levelled;
use super::moov::movie_box;
use super::sample_tables::SampleTables;
use super::{Movie, Samples};
use crate::error::{Error, Result};

/// Everything of a file before its samples: `ftyp`, `moov` and the header of `mdat`. The samples follow in order.
///
/// `sizes` are the bytes of each sample; `sync` is 1 for each sample that decoding can start at, else 0.
///
/// # Errors
/// [`Error::Internal`] where the lists and the movie's timing are not of one length.
pub fn movie_header(movie: &Movie, sizes: &[u32], sync: &[u8]) -> Result<Vec<u8>> {
    let samples = Samples::new(sizes, sync)?;
    if let Some(images) = movie.timing.images().filter(|&images| images != sizes.len()) {
        return Err(Error::Internal(format!("{} samples for {images} durations", sizes.len())));
    }
    let file_type = file_type(*b"isom", &[*b"isom", *b"iso2", *b"avc1", *b"mp41"])?;
    let media_data = media_data_header(samples.bytes());
    let tables = SampleTables::new(&movie.timing, samples)?;
    let duration = movie.timing.start(sizes.len())?;
    let sps = levelled(movie, sizes)?;
    let moov = |start: u64, wide: bool| movie_box(movie, &sps, duration, &tables.at(start, wide)?, None);

    // The index is as long wherever the samples start, so it is written once to be measured.
    let start_for = |moov: &[u8]| (file_type.len() + moov.len() + media_data.len()) as u64;
    let narrow = start_for(&moov(0, tables.needs_wide(0))?);
    let wide = tables.needs_wide(narrow);
    let start = if wide { start_for(&moov(0, true)?) } else { narrow };
    Ok([file_type, moov(start, wide)?, media_data].concat())
}
