//! The muxer, with the `mp4` crate's reader behind it.

use std::io::Cursor;

use framereel::mux::{
    Edit, Movie, MovieHeader, Sound, SoundSamples, Tags, codec_string, fragment, fragmented_header, movie_header,
};
use framereel::size::Size;
use framereel::timing::Timing;

/// Samples of a movie.
const MOST_SAMPLES: usize = 64;

/// The sequence parameter set of a 64x48 High profile stream, level 1, whose frame is not cropped (ITU-T H.264 7.3.2.1.1), and a
/// picture parameter set.
const SPS: [u8; 10] = [0x67, 0x64, 0x00, 0x0A, 0xAC, 0xD9, 0x44, 0xCF, 0x88, 0x80];
const PPS: [u8; 4] = [0x68, 0xEB, 0xE3, 0xCB];

/// AAC-LC, 44,100 Hz, two channels (ISO/IEC 14496-3 1.6.2.1).
const AAC_STEREO: [u8; 2] = [0x12, 0x10];

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

/// Times, sizes and flags as a movie, with a soundtrack and tags or without.
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
    let sequence = numbers.word();
    let tags = tags(&mut numbers);
    let (sound, heard) = soundtrack(&mut numbers).unzip();
    let movie = Movie { size, sps, pps: PPS.to_vec(), timing, sound, tags };
    fragments(&movie, &sizes, &sync, heard.as_ref(), sequence);
    let Ok(header) = movie_header(&movie, &sizes, &sync, heard.as_ref()) else { return };
    read_back(&movie, &header, &sizes, heard.as_ref());
}

fn tags(numbers: &mut Numbers<'_>) -> Tags {
    let mut text = || {
        let length = usize::from(numbers.byte());
        let bytes: Vec<u8> = (0..length % 24).map(|_| numbers.byte()).collect();
        (length > 0).then(|| String::from_utf8_lossy(&bytes).into_owned())
    };
    let (title, artist, comment) = (text(), text(), text());
    Tags { title, artist, comment, created: u64::from(numbers.word()) }
}

fn soundtrack(numbers: &mut Numbers<'_>) -> Option<(Sound, SoundSamples)> {
    let count = usize::from(numbers.byte()) % MOST_SAMPLES;
    if count == 0 {
        return None;
    }
    let timescale = numbers.word();
    let ticks: Vec<u32> = if numbers.byte().is_multiple_of(2) {
        vec![numbers.word()]
    } else {
        (0..count).map(|_| u32::from(numbers.byte())).collect()
    };
    let timing = Timing::from_ticks(timescale, &ticks).ok()?;
    let mut until = 0;
    let edits = (0..numbers.byte() % 4)
        .map(|_| {
            until += u64::from(numbers.word());
            Edit { from: u64::from(numbers.word()), until }
        })
        .collect();
    let sound = Sound {
        object_type: 0x40,
        config: AAC_STEREO.to_vec(),
        channels: u16::from(numbers.byte()),
        sample_rate: numbers.word(),
        timescale,
        bitrate: numbers.word(),
        edits,
    };
    let sizes = (0..count).map(|_| u32::from(numbers.byte())).collect();
    Some((sound, SoundSamples { sizes, timing, start: u64::from(numbers.byte()) }))
}

/// The `mp4` crate's reader finds each track's samples, with their times.
fn read_back(movie: &Movie, header: &MovieHeader, sizes: &[u32], heard: Option<&SoundSamples>) {
    let mut tracks = vec![(sizes, &movie.timing, Vec::new())];
    tracks.extend(heard.map(|heard| (heard.sizes.as_slice(), &heard.timing, Vec::new())));
    let mut file = header.bytes.clone();
    for (place, &length) in header.runs.iter().enumerate() {
        // Runs of pictures and of sound alternate; every byte differs from its neighbours.
        let run: Vec<u8> = (0..length).map(|at| (at as usize + file.len()) as u8).collect();
        tracks[place % 2].2.extend_from_slice(&run);
        file.extend_from_slice(&run);
    }
    let length = file.len() as u64;
    let mut reader = mp4::Mp4Reader::read_header(Cursor::new(&file), length).expect("the mp4 crate reads the header");
    for (track, (sizes, timing, data)) in (1..).zip(tracks) {
        assert_eq!(reader.sample_count(track).expect("samples are counted") as usize, sizes.len());
        let mut expected = data.iter();
        for (index, &bytes) in sizes.iter().enumerate() {
            let sample = reader.read_sample(track, index as u32 + 1).expect("a sample is read").expect("it is there");
            assert_eq!(sample.start_time, timing.start(index).expect("a time"));
            assert_eq!(sample.duration, timing.duration(index).expect("a time"));
            assert!(sample.bytes.iter().eq(expected.by_ref().take(bytes as usize)), "{track}, {index}: its place");
        }
        assert!(expected.next().is_none(), "bytes of no sample in track {track}");
    }
}

/// The same as fragments: what can be written can be read as boxes of their own length.
fn fragments(movie: &Movie, sizes: &[u32], sync: &[u8], heard: Option<&SoundSamples>, sequence: u32) {
    let Ok(mut file) = fragmented_header(movie, None, sizes) else { return };
    let Ok(boxes) = fragment(movie, sequence, 0, sizes, sync, heard) else { return };
    file.extend_from_slice(&boxes);
    let samples = sizes.iter().chain(heard.iter().flat_map(|heard| &heard.sizes)).sum::<u32>();
    file.resize(file.len() + samples as usize, 0);
    let mut rest = file.as_slice();
    while !rest.is_empty() {
        let length = u32::from_be_bytes(*rest.first_chunk().expect("a box has a length")) as usize;
        assert!(length >= 8 && length <= rest.len(), "a box of {length} of {} bytes", rest.len());
        rest = &rest[length..];
    }
}
