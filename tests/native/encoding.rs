//! What the encoder decides by itself, read from the stream by ffmpeg and ffprobe.

use framereel::encode::{Content, Profile, Quality, Speed};
use framereel::timing::Timing;

use crate::support::tools::{assert_clean, decode_by_ffmpeg, ffmpeg_log, ffprobe_one, path};
use crate::support::{Clip, DEFAULT_QUALITY, Pixels};

fn clip(pictures: &[Pixels], order: &[usize]) -> Clip {
    let timing = Timing::from_fps(24, 1).unwrap();
    let mut clip = Clip::new(pictures.iter().map(Pixels::to_png).collect(), timing);
    clip.order = order.to_vec();
    clip.settings.encode.quality = DEFAULT_QUALITY;
    clip.settings.encode.content = Content::Auto;
    clip
}

/// A photograph seen through a window that moves by so many pixels a picture.
fn pan(name: &str, count: u32, step: u32) -> Vec<Pixels> {
    let photo = Pixels::photo(name);
    (0..count).map(|at| Pixels::from_fn(320, 240, |x, y| photo.at(x + at * step, y + at))).collect()
}

#[test]
fn each_speed_below_the_next_has_fewer_bytes_at_the_same_qp() {
    let pictures: Vec<Pixels> =
        [pan("astronaut.png", 8, 3), pan("chelsea.png", 8, 2), pan("coffee.png", 8, 5)].concat();
    let order: Vec<usize> = (0..pictures.len()).collect();
    let bytes = [Speed::Fast, Speed::Balanced, Speed::Small].map(|speed| {
        let mut clip = clip(&pictures, &order);
        (clip.settings.encode.quality, clip.settings.encode.speed) = (Quality::Qp(24), speed);
        clip.encode_group(0, order.len()).data.len()
    });
    assert!(bytes.is_sorted_by(|faster, slower| faster > slower), "{bytes:?}");
}

#[test]
fn an_image_that_recurs_costs_next_to_nothing_and_is_the_same_picture() {
    let pictures = [&pan("astronaut.png", 1, 0)[..], &pan("chelsea.png", 1, 0), &pan("coffee.png", 1, 0)].concat();
    let order = [0, 1, 0, 1, 2, 2, 2, 0, 1, 2, 1, 0];
    for (profile, speed) in
        [(Profile::High, Speed::Balanced), (Profile::Main, Speed::Fast), (Profile::Baseline, Speed::Balanced)]
    {
        let mut clip = clip(&pictures, &order);
        (clip.settings.encode.profile, clip.settings.encode.speed) = (profile, speed);
        let sizes = clip.encode_group(0, order.len()).sizes;
        let file = clip.write(&format!("recurring-{profile:?}-{speed:?}.mp4"));
        assert_clean(&file);
        let decoded = decode_by_ffmpeg(&file);
        assert_eq!(decoded.len(), order.len());
        for (at, &source) in order.iter().enumerate() {
            let first = order.iter().position(|&other| other == source).unwrap();
            if at > first {
                assert!(sizes[at] < 100, "{profile:?} {speed:?}: picture {at} has {} bytes", sizes[at]);
                assert_eq!(decoded[at].furthest(&decoded[first]), 0, "{profile:?} {speed:?}: picture {at}");
            } else {
                assert!(sizes[at] > 1000, "picture {at} is new");
            }
            assert!(decoded[at].psnr(&pictures[source]) > 32.0, "picture {at} is source {source}");
        }
    }
}

#[test]
fn the_same_picture_from_another_file_is_known_by_its_samples() {
    let still = pan("coffee.png", 1, 0).remove(0);
    let clip = clip(&[still.clone(), still.clone(), still], &[0, 1, 2]);
    let sizes = clip.encode_group(0, 3).sizes;
    assert!(sizes[1] < 100 && sizes[2] < 100, "{sizes:?}");
}

#[test]
fn a_cut_starts_a_keyframe_and_a_pan_does_not() {
    let pictures = [pan("astronaut.png", 6, 3), pan("chelsea.png", 6, 2)].concat();
    let clip = clip(&pictures, &(0..12).collect::<Vec<_>>());
    let group = clip.encode_group(0, 12);
    assert_eq!(group.sync, [1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
    assert_clean(&clip.write("cut.mp4"));
}

#[test]
fn a_constant_qp_is_that_of_every_macroblock() {
    for qp in [10, 23, 37] {
        let mut clip = clip(&pan("astronaut.png", 10, 3), &[0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9]);
        clip.settings.encode.quality = Quality::Qp(qp);
        let file = clip.write(&format!("constant-{qp}.mp4"));
        let log = ffmpeg_log(&["-threads", "1", "-v", "debug", "-debug", "qp", "-i", path(&file), "-f", "null", "-"]);
        // Each row of macroblocks is a line of two digits for each.
        let rows: Vec<&str> = log
            .lines()
            .filter_map(|line| line.split("] ").nth(1))
            .filter(|row| row.len() == 40 && row.bytes().all(|byte| byte.is_ascii_digit() || byte == b' '))
            .collect();
        assert!(rows.len() >= 11 * 15, "ffmpeg shows every picture's rows: {}", rows.len());
        for row in rows {
            let all = row.as_bytes().chunks(2).all(|two| std::str::from_utf8(two).unwrap().trim().parse() == Ok(qp));
            assert!(all, "QP {qp}: {row}");
        }
    }
}

#[test]
fn thin_lines_stay_clean_at_the_default_quality() {
    // Lines of one and two pixels on white, at every distance from the edges of macroblocks; a few curves.
    let chart = |shift: u32| {
        Pixels::from_fn(320, 240, |x, y| {
            let curve = 120.0 + 60.0 * f64::from(x + shift).mul_add(0.05, 0.0).sin();
            let on_line = (x % 19 == 3 && y > 40) || (y % 37 < 2 && x > 20) || (f64::from(y) - curve).abs() < 1.0;
            if on_line { [20, 20, 20] } else { [255, 255, 255] }
        })
    };
    let pictures: Vec<Pixels> = (0..6).map(|at| chart(at * 2)).collect();
    let file = clip(&pictures, &[0, 1, 2, 3, 4, 5]).write("thin-lines.mp4");
    for (picture, decoded) in pictures.iter().zip(decode_by_ffmpeg(&file)) {
        assert!(decoded.furthest(picture) <= 20, "{} codes off", decoded.furthest(picture));
    }
}

#[test]
fn auto_filters_what_has_shades_and_leaves_drawings_sharp() {
    let drawing = |at: u32| {
        Pixels::from_fn(320, 240, |x, y| {
            if ((x + at * 4) / 24 + y / 20).is_multiple_of(2) { [200, 40, 40] } else { [30, 90, 200] }
        })
    };
    let kinds: [(&str, Vec<Pixels>, &str); 2] =
        [("photo", pan("coffee.png", 4, 2), "0"), ("drawing", (0..4).map(drawing).collect(), "1")];
    for (name, pictures, expected) in kinds {
        let file = clip(&pictures, &[0, 1, 2, 3]).write(&format!("auto-{name}.mp4"));
        let log =
            ffmpeg_log(&["-v", "trace", "-i", path(&file), "-c", "copy", "-bsf:v", "trace_headers", "-f", "null", "-"]);
        let found: Vec<&str> = log
            .lines()
            .filter(|line| line.contains("disable_deblocking_filter_idc"))
            .filter_map(|line| line.rsplit(' ').next())
            .collect();
        assert_eq!(found, [expected; 4], "{name}: disable_deblocking_filter_idc");
    }
}

#[test]
fn a_decoder_is_told_of_as_many_reference_pictures_as_the_level_allows() {
    for (width, height) in [(64, 48), (352, 288), (1280, 720), (1920, 1080)] {
        let flat = Pixels::flat(width, height, [90, 120, 60]);
        let file = clip(&[flat], &[0, 0, 0]).write(&format!("references-{width}.mp4"));
        assert_clean(&file);
        let refs: u32 = ffprobe_one(&file, "stream=refs").parse().unwrap();
        assert!((1..=4).contains(&refs), "{width} x {height}: {refs}");
    }
}
