//! Animated GIF, PNG and WebP: every frame, composed, with its own duration.

use std::path::PathBuf;
use std::sync::OnceLock;

use framereel::decode::{decode, decode_frames, probe};
use framereel::raster::Raster;
use framereel::session::GroupEncoder;
use framereel::size::Size;

use crate::support::Pixels;
use crate::support::clip::{LIMITS, settings, write};
use crate::support::tools::{ffmpeg, path, scratch};

const FRAMES: usize = 7;

/// A square that moves over a still background, so that formats store parts of frames.
fn frame(index: usize) -> Pixels {
    let left = 4 + index as u32 * 8;
    Pixels::from_fn(80, 60, |x, y| {
        let inside = (left..left + 12).contains(&x) && (20..32).contains(&y);
        if inside { [240, 200, 40] } else { [40, 60, (x / 20 * 30) as u8] }
    })
}

/// The animation in a format, at 5 frames per second.
fn animated(name: &str, arguments: &[&str]) -> Vec<u8> {
    for index in 0..FRAMES {
        write(&format!("{name}-{index}.png"), &frame(index).to_png());
    }
    let pattern = scratch(&format!("{name}-%d.png"));
    let target: PathBuf = scratch(name);
    ffmpeg(&[&["-framerate", "5", "-i", path(&pattern)][..], arguments, &[path(&target)]].concat());
    std::fs::read(target).unwrap()
}

/// The animation in every format, made once for all tests.
fn files() -> &'static [(&'static str, Vec<u8>); 3] {
    static FILES: OnceLock<[(&str, Vec<u8>); 3]> = OnceLock::new();
    // One palette for all frames, without dithering.
    let palette = "split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=none";
    FILES.get_or_init(|| {
        [
            ("GIF", animated("animation.gif", &["-vf", palette])),
            ("APNG", animated("animation.png", &["-f", "apng", "-plays", "0"])),
            ("WebP", animated("animation.webp", &["-c:v", "libwebp_anim", "-lossless", "1", "-loop", "0"])),
        ]
    })
}

fn frames(file: &[u8], first: usize, count: usize) -> Vec<Raster> {
    let mut frames = Vec::new();
    decode_frames(file, &LIMITS, first, count, |index, raster| {
        assert_eq!(index, frames.len());
        frames.push(raster);
        Ok(())
    })
    .expect("the animation is decoded");
    frames
}

fn to_pixels(mut raster: Raster) -> Pixels {
    raster.flatten([0; 3]);
    let channels = raster.layout.channels();
    let rgb = raster.pixels.chunks_exact(channels).flat_map(|pixel| pixel[..3].to_vec()).collect();
    Pixels { width: raster.size.width, height: raster.size.height, rgb }
}

#[test]
fn every_frame_is_composed_and_timed() {
    for (name, file) in files() {
        let info = probe(file, &LIMITS).unwrap();
        assert_eq!(info.size, Size::new(80, 60));
        let durations = info.frame_durations.unwrap_or_else(|| panic!("{name} is animated"));
        assert_eq!(durations, [0.2; FRAMES], "{name}");
        for (index, raster) in frames(file, 0, FRAMES).into_iter().enumerate() {
            let apart = to_pixels(raster).furthest(&frame(index));
            // A GIF's palette rounds colours, and so does laying a WebP's frame on the one before.
            let allowed = [("GIF", 4), ("APNG", 0), ("WebP", 1)].iter().find(|(format, _)| format == name).unwrap().1;
            assert!(apart <= allowed, "{name} frame {index}: {apart} codes");
        }
    }
}

#[test]
fn frames_can_be_taken_from_the_middle() {
    for (name, file) in files() {
        assert_eq!(frames(file, 3, 2), frames(file, 0, FRAMES)[3..5], "{name}");
    }
}

#[test]
fn without_expanding_the_first_frame_stands_for_all() {
    for (name, file) in files() {
        let first = to_pixels(decode(file, &LIMITS).unwrap());
        assert_eq!(first, to_pixels(frames(file, 0, 1).remove(0)), "{name}");
    }
}

#[test]
fn frames_that_are_not_there_are_missed() {
    for (name, file) in files() {
        let error = decode_frames(file, &LIMITS, 5, 4, |_, _| Ok(())).unwrap_err();
        assert_eq!(error.code(), "corrupt-image", "{name}: {error}");
    }
    let still = frame(0).to_png();
    assert_eq!(frames(&still, 0, 1).len(), 1, "a still image has one frame");
    assert_eq!(decode_frames(&still, &LIMITS, 0, 2, |_, _| Ok(())).unwrap_err().code(), "corrupt-image");
}

#[test]
fn frames_without_a_delay_last_a_tenth_of_a_second_as_in_browsers() {
    let mut file = animated("undelayed.gif", &[]);
    // Every graphic control extension: its delay becomes 0, 1 or 2 hundredths of a second, in turn.
    let starts: Vec<usize> = (0..file.len() - 8).filter(|&at| file[at..at + 3] == [0x21, 0xF9, 4]).collect();
    assert_eq!(starts.len(), FRAMES);
    for (index, at) in starts.into_iter().enumerate() {
        file[at + 4] = (index % 3) as u8;
        file[at + 5] = 0;
    }
    let durations = probe(&file, &LIMITS).unwrap().frame_durations.unwrap();
    assert_eq!(durations, [0.1, 0.1, 0.02, 0.1, 0.1, 0.02, 0.1]);
}

#[test]
fn a_group_encodes_frames_from_their_slots() {
    for (name, file) in files() {
        let mut encoder = GroupEncoder::new(settings(Size::new(80, 60))).unwrap();
        encoder.load_frames(10, file, 2, 3).unwrap();
        for slot in 10..13 {
            encoder.encode(slot, slot == 10).unwrap();
            encoder.release(slot);
        }
        assert_eq!(encoder.finish().sizes.len(), 3, "{name}");
    }
}
