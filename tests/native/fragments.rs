//! The fragmented file: written group by group, exact all the same.

use std::path::PathBuf;

use framereel::encode::EncodedGroup;
use framereel::mux::{fragment, fragmented_header};
use framereel::timing::Timing;

use crate::support::clip::write;
use crate::support::tools::{assert_clean, decode_by_ffmpeg, ffprobe, ffprobe_one};
use crate::support::{Clip, Pixels};

fn clip(images: usize, timing: Timing) -> Clip {
    let colour = |i: usize, x: u32, y: u32| [(x * 3) as u8, (y * 4) as u8, (i * 2) as u8];
    let sources = (0..images).map(|i| Pixels::from_fn(64, 48, |x, y| colour(i, x, y)).to_png()).collect();
    Clip::new(sources, timing)
}

/// Writes the clip in fragments of the given lengths; `total` is whether the header says how many samples follow.
fn write_fragments(clip: &Clip, lengths: &[usize], total: bool, name: &str) -> PathBuf {
    let mut first = 0;
    let mut file = Vec::new();
    for (sequence, length) in (1..).zip(lengths) {
        let group: EncodedGroup = clip.encode_group(first, first + length);
        let movie = clip.movie(&group);
        if first == 0 {
            file = fragmented_header(&movie, total.then_some(clip.order.len()), &[]).unwrap();
        }
        file.extend(fragment(&movie, sequence, first, &group.sizes, &group.sync, None).unwrap());
        file.extend(group.data);
        first += length;
    }
    assert_eq!(first, clip.order.len());
    write(name, &file)
}

#[test]
fn a_fragmented_file_has_every_sample_and_the_exact_duration() {
    for (num, den, images) in [(24, 1, 60), (30_000, 1001, 59), (1, 1, 25), (120, 1, 33)] {
        let clip = clip(images, Timing::from_fps(num, den).unwrap());
        let lengths = [images / 2, images / 3, images - images / 2 - images / 3];
        for total in [true, false] {
            let path = write_fragments(&clip, &lengths, total, &format!("fragments-{num}-{den}-{total}.mp4"));
            assert_clean(&path);
            // ffprobe shows no durations of fragmented samples: the starts and the total tell them.
            let starts: Vec<u64> = ffprobe(&path, "packet=pts").iter().map(|pts| pts.parse().unwrap()).collect();
            let expected: Vec<u64> = (0..images).map(|image| clip.timing.start(image).unwrap()).collect();
            assert_eq!(starts, expected, "{num}/{den}");
            let seconds = images as f64 * f64::from(den) / f64::from(num);
            let duration: f64 = ffprobe_one(&path, "format=duration").parse().unwrap();
            assert!((duration - seconds).abs() < 1e-6, "{num}/{den}, total {total}: {duration} instead of {seconds}");
        }
    }
}

#[test]
fn every_fragment_starts_with_a_keyframe_and_decodes_to_its_images() {
    let clip = clip(50, Timing::from_fps(10, 1).unwrap());
    let path = write_fragments(&clip, &[30, 20], true, "fragments-keyframes.mp4");
    let flags = ffprobe(&path, "packet=flags");
    let keyframes: Vec<usize> = (0..50).filter(|&image| flags[image].starts_with('K')).collect();
    assert_eq!(keyframes, [0, 20, 30]);
    for (image, picture) in decode_by_ffmpeg(&path).iter().enumerate() {
        let source = image::load_from_memory(&clip.sources[image]).unwrap().into_rgb8().into_raw();
        let psnr = picture.psnr(&Pixels { width: 64, height: 48, rgb: source });
        assert!(psnr > 33.0, "image {image}: {psnr:.1} dB");
    }
}

#[test]
fn durations_of_their_own_survive_fragments() {
    let seconds = [1.0, 3.0, 0.04, 0.5, 0.5, 2.0];
    let clip = clip(6, Timing::from_durations(&seconds).unwrap());
    let path = write_fragments(&clip, &[3, 2, 1], true, "fragments-durations.mp4");
    assert_clean(&path);
    let starts = ["0.000000", "1.000000", "4.000000", "4.040000", "4.540000", "5.040000"];
    assert_eq!(ffprobe(&path, "packet=pts_time"), starts);
    assert_eq!(ffprobe_one(&path, "format=duration"), "7.040000");
}

#[test]
fn the_mp4_crate_reads_the_fragments() {
    let clip = clip(24, Timing::from_fps(24, 1).unwrap());
    let path = write_fragments(&clip, &[12, 12], true, "fragments-reader.mp4");
    let reader = mp4::read_mp4(std::fs::File::open(path).unwrap()).unwrap();
    assert_eq!((reader.moofs.len(), reader.sample_count(1).unwrap()), (2, 24));
    let mehd = reader.moov.mvex.as_ref().and_then(|mvex| mvex.mehd.as_ref()).expect("the total is known");
    assert_eq!(mehd.fragment_duration, 24 * 417);
    let starts: Vec<u64> =
        reader.moofs.iter().map(|moof| moof.trafs[0].tfdt.as_ref().unwrap().base_media_decode_time).collect();
    assert_eq!(starts, [0, 12 * 417]);
}
