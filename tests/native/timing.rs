//! n images in, n samples out, and the total exact, whatever the rate and the length.

use std::io::Cursor;

use framereel::encode::EncodedGroup;
use framereel::mux::{Movie, movie_header};
use framereel::timing::Timing;
use mp4::Mp4Reader;

use crate::support::tools::{assert_clean, ffprobe, ffprobe_one};
use crate::support::{Clip, Pixels};

/// The frame rates of the promise, as the fractions that they mean: 23.976 and 29.97 are n * 1000 / 1001.
const RATES: [(u32, u32); 11] =
    [(1, 1), (3, 1), (10, 1), (24_000, 1001), (24, 1), (25, 1), (30_000, 1001), (30, 1), (60, 1), (120, 1), (1, 2)];

/// One real sample with its parameter sets, to be repeated: times do not depend on what the pictures show.
fn one_sample() -> (Clip, EncodedGroup) {
    let clip = Clip::new(vec![Pixels::gradient(32, 16).to_png()], Timing::from_fps(1, 1).unwrap());
    let group = clip.encode_group(0, 1);
    (clip, group)
}

/// A file of `count` times the same keyframe.
fn repeat(clip: &Clip, group: &EncodedGroup, timing: &Timing, count: usize) -> Vec<u8> {
    let movie = Movie { timing: timing.clone(), ..clip.movie(group) };
    let mut file = movie_header(&movie, &vec![group.sizes[0]; count], &vec![1; count], None).unwrap().bytes;
    for _ in 0..count {
        file.extend_from_slice(&group.data);
    }
    file
}

/// Start and duration of every sample as the `mp4` crate reads them back, and the durations of movie and track.
fn read_back(file: &[u8]) -> (Vec<(u64, u32)>, u64, u64) {
    let mut reader = Mp4Reader::read_header(Cursor::new(file), file.len() as u64).unwrap();
    let samples = (1..=reader.sample_count(1).unwrap())
        .map(|number| reader.read_sample(1, number).unwrap().expect("a sample for every number"))
        .map(|sample| (sample.start_time, sample.duration))
        .collect();
    let track = &reader.tracks()[&1];
    (samples, reader.moov.mvhd.duration, track.trak.mdia.mdhd.duration)
}

#[test]
fn n_images_are_n_samples_and_an_exact_total_at_every_rate() {
    let (clip, group) = one_sample();
    for (num, den) in RATES {
        let timing = Timing::from_fps(num, den).unwrap();
        // Ticks per image are exact: timescale / ticks = num / den.
        let ticks = timing.duration(0).unwrap();
        assert_eq!(u64::from(timing.timescale()) * u64::from(den), u64::from(num) * u64::from(ticks), "{num}/{den}");
        for count in 1..=60 {
            let (samples, movie, track) = read_back(&repeat(&clip, &group, &timing, count));
            assert_eq!(samples.len(), count, "{num}/{den}");
            for (image, (start, duration)) in samples.into_iter().enumerate() {
                assert_eq!((start, duration), (image as u64 * u64::from(ticks), ticks), "{num}/{den} image {image}");
            }
            let total = count as u64 * u64::from(ticks);
            assert_eq!((movie, track), (total, total), "{num}/{den} x {count}");
        }
    }
}

#[test]
fn ffprobe_counts_the_same_samples_and_seconds() {
    let (clip, group) = one_sample();
    for (num, den) in RATES {
        let timing = Timing::from_fps(num, den).unwrap();
        let file = crate::support::clip::write(&format!("timing-{num}-{den}.mp4"), &repeat(&clip, &group, &timing, 37));
        assert_eq!(ffprobe_one(&file, "stream=r_frame_rate,nb_frames"), format!("{num}/{den},37"));
        let seconds = 37.0 * f64::from(den) / f64::from(num);
        assert_eq!(ffprobe_one(&file, "stream=duration"), format!("{seconds:.6}"));
        assert_clean(&file);
    }
}

#[test]
fn durations_come_out_as_those_durations() {
    let sources = [[200, 30, 30], [30, 200, 30], [30, 30, 200]].map(|colour| Pixels::flat(64, 48, colour).to_png());
    let clip = Clip::new(sources.to_vec(), Timing::from_durations(&[1.0, 3.0, 0.04]).unwrap());
    let file = clip.write("durations.mp4");
    assert_clean(&file);
    assert_eq!(
        ffprobe(&file, "packet=pts_time,duration_time"),
        ["0.000000,1.000000", "1.000000,3.000000", "4.000000,0.040000"]
    );
    assert_eq!(ffprobe_one(&file, "format=duration"), "4.040000");
}

#[test]
fn a_movie_of_a_day_has_64_bit_times() {
    let (clip, group) = one_sample();
    // 12 images of two hours each: 7.8e9 ticks.
    let timing = Timing::from_durations(&[7200.0; 12]).unwrap();
    let file = repeat(&clip, &group, &timing, 12);
    let (samples, movie, track) = read_back(&file);
    assert_eq!((samples.len(), movie, track), (12, 86_400 * 90_000, 86_400 * 90_000));
    let file = crate::support::clip::write("day.mp4", &file);
    assert_eq!(ffprobe_one(&file, "stream=duration"), "86400.000000");
}

#[test]
fn as_many_samples_as_durations_or_an_error() {
    let (clip, group) = one_sample();
    let movie = Movie { timing: Timing::from_durations(&[1.0, 2.0]).unwrap(), ..clip.movie(&group) };
    for count in [0, 1, 3] {
        let error = movie_header(&movie, &vec![9; count], &vec![1; count], None).unwrap_err();
        assert_eq!(error.code(), "internal");
    }
    assert_eq!(movie_header(&movie, &[9, 9], &[1], None).unwrap_err().code(), "internal");
}
