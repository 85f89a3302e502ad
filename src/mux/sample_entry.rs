//! How samples are coded: the `avc1` sample entry with its decoder configuration and colour description.

use super::Movie;
use super::boxes::{blank, container, contents, leaf};
use super::sps::{Chroma, SpsHead};
use crate::colour;
use crate::error::{Error, Result};

/// Bytes of an `avc1` box before the boxes in it (ISO/IEC 14496-12 12.1.3.2).
const ENTRY_FIELDS: usize = 86;

/// Dots per inch where nothing is known, 16.16 fixed point in the file.
const NO_RESOLUTION: u16 = 72;

/// The `mp4` crate writes the entry with an `avcC` for the Baseline and Main profiles and nothing after it; the rest is
/// spliced in here.
pub(super) fn avc1(movie: &Movie, sps: &[u8]) -> Result<Vec<u8>> {
    let head = SpsHead::parse(sps)?;
    if movie.pps.is_empty() {
        return Err(Error::Internal("the movie has no picture parameter set".into()));
    }
    let (width, height) = movie.sides()?;
    let mut moov = blank();
    let entry = moov.traks[0].mdia.minf.stbl.stsd.avc1.insert(Default::default());
    entry.data_reference_index = 1;
    entry.width = width;
    entry.height = height;
    entry.horizresolution = mp4::FixedPointU16::new(NO_RESOLUTION);
    entry.vertresolution = mp4::FixedPointU16::new(NO_RESOLUTION);
    entry.avcc.configuration_version = 1;
    entry.avcc.avc_profile_indication = head.profile;
    entry.avcc.profile_compatibility = head.compatibility;
    entry.avcc.avc_level_indication = head.level;
    // Lengths of four bytes before each NAL unit.
    entry.avcc.length_size_minus_one = 3;
    entry.avcc.sequence_parameter_sets.push(sps.into());
    entry.avcc.picture_parameter_sets.push(movie.pps.as_slice().into());

    let written = leaf(entry)?;
    let (fields, config) = written.split_at(ENTRY_FIELDS);
    let config = container(b"avcC", &[contents(config), &high_profile_fields(head.chroma)])?;
    container(b"avc1", &[contents(fields), &config, &colour_box()?])
}

/// What the decoder configuration of a High profile has at its end (ISO/IEC 14496-15 5.3.3.1.2): how chroma is sampled
/// and how deep samples are, with reserved bits set, and that there are no extensions of the sequence parameter set.
fn high_profile_fields(chroma: Option<Chroma>) -> Vec<u8> {
    chroma.map_or_else(Vec::new, |Chroma { format, luma_depth, chroma_depth }| {
        vec![0b1111_1100 | format, 0b1111_1000 | luma_depth, 0b1111_1000 | chroma_depth, 0]
    })
}

/// The `colr` box of type `nclx` (ISO/IEC 14496-12 12.1.5), saying what the stream's VUI says.
fn colour_box() -> Result<Vec<u8>> {
    let colour = colour::DESCRIPTION;
    let codes = [0, colour.primaries, 0, colour.transfer, 0, colour.matrix, u8::from(colour.full_range) << 7];
    container(b"colr", &[b"nclx".as_slice(), &codes])
}
