//! The level that files claim, as ffprobe reads it, against ITU-T H.264 table A-1.

use std::path::Path;

use framereel::encode::{Profile, Quality};
use framereel::mux::fragmented_header;
use framereel::timing::Timing;

use crate::support::tools::ffprobe_one;
use crate::support::{Clip, Pixels};

fn level(file: &Path) -> u32 {
    ffprobe_one(file, "stream=level").parse().unwrap()
}

/// The decoder configuration in a file's boxes: version, profile, constraints, level (ISO/IEC 14496-15 5.3.3.1.2).
fn configuration(boxes: &[u8]) -> &[u8] {
    &boxes[boxes.windows(4).position(|four| four == b"avcC").unwrap() + 4..]
}

fn flat(width: u32, height: u32, count: usize, timing: Timing) -> Clip {
    let sources = (0..count).map(|i| Pixels::from_fn(width, height, |_, _| [20 * i as u8, 90, 120]).to_png());
    Clip::new(sources.collect(), timing)
}

#[test]
fn size_and_rate_choose_it_whatever_the_rate() {
    // Macroblocks times pictures per second, against MaxMBPS; macroblocks against MaxFS.
    for (width, height, rate, expected) in [
        (64, 64, 30, 10),      // 480 of 1,485
        (64, 64, 100, 11),     // 1,600 of 3,000
        (64, 64, 1000, 21),    // 16,000 of 19,800
        (176, 144, 15, 10),    // 1,485 of 1,485
        (640, 480, 60, 31),    // 72,000 of 108,000
        (1280, 720, 60, 32),   // 216,000 of 216,000
        (1920, 1080, 24, 40),  // 195,840 of 245,760
        (1920, 1080, 60, 42),  // 489,600 of 522,240
        (1920, 1080, 120, 51), // 979,200 of 983,040
        (1920, 1080, 240, 52), // 1,958,400 of 2,073,600
        (1920, 1080, 300, 60), // 2,448,000 of 4,177,920
    ] {
        let mut clip = flat(width, height, 2, Timing::from_fps(rate, 1).unwrap());
        clip.settings.encode.frame_rate = rate.into();
        let file = clip.write(&format!("level-{width}-{rate}.mp4"));
        assert_eq!(level(&file), expected, "{width}x{height} at {rate}");
        // avcC says the same as the parameter set in it, which begins behind eight bytes and a NAL unit's header.
        let bytes = std::fs::read(&file).unwrap();
        let config = configuration(&bytes);
        assert_eq!(u32::from(config[3]), expected, "avcC of {width}x{height} at {rate}");
        assert_eq!(config[1..4], config[9..12], "both have the same head");
    }
}

#[test]
fn durations_count_by_their_busiest_second() {
    let times = [vec![5.0; 2], vec![1.0 / 200.0; 4], vec![5.0; 2]].concat();
    assert_eq!(level(&flat(64, 64, 8, Timing::from_durations(&times).unwrap()).write("level-calm.mp4")), 10);
    // 120 pictures of 16 macroblocks in a second.
    let mut clip = flat(64, 64, 2, Timing::from_durations(&[vec![1.0 / 120.0; 120], vec![5.0; 4]].concat()).unwrap());
    clip.order = (0..124).map(|place| place % 2).collect();
    assert_eq!(level(&clip.write("level-burst.mp4")), 11);
}

/// Three bytes without any order.
fn scrambled(seed: u32) -> [u8; 3] {
    let mixed = (seed ^ (seed >> 7)).wrapping_mul(0x9E37_79B1);
    let [one, two, three, _] = (mixed ^ (mixed >> 15)).wrapping_mul(0x85EB_CA77).to_be_bytes();
    [one, two, three]
}

#[test]
fn bits_choose_it_too() {
    let noise = |count: u32| -> Vec<Vec<u8>> {
        (0..count).map(|i| Pixels::from_fn(64, 64, |x, y| scrambled(x + 64 * y + 4096 * i)).to_png()).collect()
    };
    for (profile, factor) in [(Profile::Baseline, 1000.0), (Profile::High, 1250.0)] {
        for qp in [4, 30, 42] {
            let mut clip = Clip::new(noise(60), Timing::from_fps(20, 1).unwrap());
            clip.settings.encode.profile = profile;
            clip.settings.encode.quality = Quality::Qp(qp);
            let file = clip.write(&format!("level-noise-{factor}-{qp}.mp4"));
            let rate: f64 = ffprobe_one(&file, "stream=bit_rate").parse().unwrap();
            // MaxBR. Noise takes the same in every picture, so the buffer plays no part.
            const MAX_BR: [(u32, f64); 9] = [
                (10, 64.0),
                (11, 192.0),
                (12, 384.0),
                (13, 768.0),
                (20, 2_000.0),
                (21, 4_000.0),
                (30, 10_000.0),
                (31, 14_000.0),
                (32, 20_000.0),
            ];
            let (expected, _) = MAX_BR.into_iter().find(|(_, most)| rate <= most * factor).unwrap();
            assert_eq!(level(&file), expected, "{profile:?} at QP {qp}: {rate} bits per second");
        }
    }
}

#[test]
fn fragmented_files_know_as_much_as_their_header_does() {
    let clip = flat(1920, 1080, 2, Timing::from_fps(120, 1).unwrap());
    let group = clip.encode_group(0, 2);
    let level = |sizes: &[u32]| {
        let header = fragmented_header(&clip.movie(&group), Some(2), sizes).unwrap();
        configuration(&header)[3]
    };
    assert_eq!([level(&[]), level(&group.sizes)], [51, 51]);
    assert_eq!(level(&[30_000_000, 30_000_000]), 61, "480 Mbit in a sixtieth of a second");
}
