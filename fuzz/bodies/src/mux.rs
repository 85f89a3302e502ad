//! The muxer, with the `mp4` crate's reader behind it.

use std::io::Cursor;

use framereel::mux::{Movie, MovieHeader, Tags, codec_string, fragment, fragmented_header, movie_header};
use framereel::size::Size;
use framereel::timing::Timing;

/// Samples of a movie.
const MOST_SAMPLES: usize = 64;

/// The sequence parameter set of a 64x48 High profile stream, level 1, whose frame is not cropped (ITU-T H.264 7.3.2.1.1), and a
/// picture parameter set.
const SPS: [u8; 10] = [0x67, 0x64, 0x00, 0x0A, 0xAC, 0xD9, 0x44, 0xCF, 0x88, 0x80];
const PPS: [u8; 4] = [0x68, 0xEB, 0xE3, 0xCB];

/// Numbers out of bytes; zeros where they are at their end.
pub(crate) struct Numbers<'a>(pub(crate) &'a [u8]);

impl Numbers<'_> {
    pub(crate) fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    pub(crate) fn word(&mut self) -> u32 {
        u32::from_be_bytes(std::array::from_fn(|_| self.byte()))
    }

    pub(crate) fn float(&mut self) -> f64 {
        f64::from_be_bytes(std::array::from_fn(|_| self.byte()))
    }
}

/// Times, sizes and flags as a movie.
pub(crate) fn mux(bytes: &[u8]) {
    let mut numbers = Numbers(bytes);
    let count = usize::from(numbers.byte()) % MOST_SAMPLES;
    let sync: Vec<u8> = (0..count).map(|_| numbers.byte() & 1).collect();
    let sizes: Vec<u32> = (0..count).map(|_| u32::from(numbers.byte())).collect();
    let timing = match numbers.byte() % 4 {
        0 => Timing::from_fps(numbers.word(), numbers.word()),
        1 => Timing::from_fps(u32::from(numbers.byte()), u32::from(numbers.byte())),
        2 => Timing::from_durations(&(0..count).map(|_| numbers.float()).collect::<Vec<_>>()),
        _ => Timing::from_durations(&(0..count).map(|_| f64::from(numbers.word()) / 1e5).collect::<Vec<_>>()),
    };
    let Ok(timing) = timing else { return };
    let is_own_sps = numbers.byte().is_multiple_of(2);
    let sps = if is_own_sps { SPS.to_vec() } else { numbers.0.iter().copied().take(40).collect() };
    let size = Size::new(2 * u32::from(numbers.byte()), 2 * u32::from(numbers.byte()));
    let _ = codec_string(&sps);
    let movie = Movie { size, sps, pps: PPS.to_vec(), timing, sound: None, tags: Tags::default() };
    fragments(&movie, &sizes, &sync, numbers.word());
    let Ok(MovieHeader { bytes: mut file, .. }) = movie_header(&movie, &sizes, &sync, None) else { return };
    let total = sizes.iter().sum::<u32>() as usize;
    file.extend((0..total).map(|at| at as u8));
    let length = file.len() as u64;
    let mut reader = mp4::Mp4Reader::read_header(Cursor::new(&file), length).expect("the mp4 crate reads the header");
    let track = *reader.tracks().keys().next().expect("one track");
    assert_eq!(reader.sample_count(track).expect("samples are counted") as usize, count);
    let mut expected = file[file.len() - total..].iter();
    for (index, &bytes) in sizes.iter().enumerate() {
        let sample = reader.read_sample(track, index as u32 + 1).expect("a sample is read").expect("a sample is there");
        assert_eq!(sample.start_time, movie.timing.start(index).expect("a time"));
        assert_eq!(sample.duration, movie.timing.duration(index).expect("a time"));
        assert!(sample.bytes.iter().eq(expected.by_ref().take(bytes as usize)), "sample {index} is where it should be");
    }
}

/// The same as fragments: what can be written can be read as boxes of their own length.
fn fragments(movie: &Movie, sizes: &[u32], sync: &[u8], sequence: u32) {
    let Ok(mut file) = fragmented_header(movie, None, sizes) else { return };
    let Ok(boxes) = fragment(movie, sequence, 0, sizes, sync, None) else { return };
    file.extend_from_slice(&boxes);
    file.resize(file.len() + sizes.iter().sum::<u32>() as usize, 0);
    let mut rest = file.as_slice();
    while !rest.is_empty() {
        let length = u32::from_be_bytes(*rest.first_chunk().expect("a box has a length")) as usize;
        assert!(length >= 8 && length <= rest.len(), "a box of {length} of {} bytes", rest.len());
        rest = &rest[length..];
    }
}
