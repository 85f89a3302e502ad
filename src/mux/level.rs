//! The level of a file's stream: the encoder knows the size and a rate up to 60, the file all times and bytes.

use super::Movie;
use super::sps::SpsHead;
use crate::error::Result;
use crate::h264::Load;

/// `level_idc`'s place in a sequence parameter set, and that of the constraint flags (ITU-T H.264 7.3.2.1.1).
const LEVEL: usize = 3;
const CONSTRAINTS: usize = 2;

/// `constraint_set3_flag`, which in these profiles makes level 1.1 into 1b.
const LEVEL_1B: u8 = 0x10;
const WITH_LEVEL_1B: [u8; 3] = [66, 77, 88];

/// The sequence parameter set with the lowest level that the movie's size, times and, where they are known, its samples' bytes
/// allow. It is no lower than the encoder's, whose vectors may be as long as that one lets them (table A-1).
pub(super) fn levelled(movie: &Movie, sizes: &[u32]) -> Result<Vec<u8>> {
    let head = SpsHead::parse(&movie.sps)?;
    let timescale = f64::from(movie.timing.timescale());
    let mut pictures = Vec::with_capacity(sizes.len());
    for (image, &bytes) in sizes.iter().enumerate() {
        pictures.push((8.0 * f64::from(bytes), f64::from(movie.timing.duration(image)?) / timescale));
    }
    let load = Load {
        profile: head.profile,
        macroblocks: [movie.size.width.div_ceil(16), movie.size.height.div_ceil(16)],
        rate: movie.timing.peak_rate(),
        pictures: &pictures,
    };
    let mut sps = movie.sps.clone();
    sps[LEVEL] = load.lowest_level(head.level);
    if WITH_LEVEL_1B.contains(&head.profile) {
        sps[CONSTRAINTS] &= !LEVEL_1B;
    }
    Ok(sps)
}
