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
        assert_eq!(encoder.finish().unwrap().sizes.len(), 3, "{name}");
    }
}

/// An animated WebP of frames: place, file of the frame alone, and flags (1: disposed of to background, 2: not blended).
fn webp(width: u32, height: u32, frames: &[(u32, u32, Pixels, Vec<u8>, u8)]) -> Vec<u8> {
    let u24 = |value: u32| value.to_le_bytes()[..3].to_vec();
    let chunk = |kind: &[u8], data: &[u8]| {
        let padding = vec![0; data.len() % 2];
        [kind, &(data.len() as u32).to_le_bytes(), data, &padding].concat()
    };
    let mut body = b"WEBP".to_vec();
    body.extend(chunk(b"VP8X", &[&[0x12, 0, 0, 0][..], &u24(width - 1), &u24(height - 1)].concat()));
    body.extend(chunk(b"ANIM", &[0; 6]));
    for (left, top, picture, file, flags) in frames {
        let sides = [u24(picture.width - 1), u24(picture.height - 1)].concat();
        let place = [u24(left / 2), u24(top / 2)].concat();
        // Behind RIFF, a length and WEBP stands the frame's own chunk.
        body.extend(chunk(b"ANMF", &[&place[..], &sides, &u24(200), &[*flags], &file[12..]].concat()));
    }
    [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body].concat()
}

#[test]
fn a_webp_that_clears_to_background_shows_one_square_a_frame() {
    const COLOURS: [[u8; 3]; 3] = [[200, 60, 30], [30, 200, 60], [20, 60, 220]];
    for lossy in [false, true] {
        let frames: Vec<_> = (0..3)
            .map(|index| {
                let square = Pixels::flat(18, 18, COLOURS[index]);
                let file = if lossy {
                    let source = write(&format!("square-{index}.png"), &square.to_png());
                    let target = scratch(&format!("square-{index}.webp"));
                    ffmpeg(&["-i", path(&source), "-c:v", "libwebp", "-quality", "100", path(&target)]);
                    std::fs::read(target).unwrap()
                } else {
                    square.encode(image::ImageFormat::WebP)
                };
                (20 * index as u32 + 2, 10, square, file, 1)
            })
            .collect();
        let file = webp(64, 64, &frames);
        for (index, raster) in self::frames(&file, 0, 3).into_iter().enumerate() {
            let left = 20 * index as u32 + 2;
            let ours = to_pixels(raster);
            let expected = Pixels::from_fn(64, 64, |x, y| {
                let inside = (left..left + 18).contains(&x) && (10..28).contains(&y);
                if inside { COLOURS[index] } else { [0; 3] }
            });
            assert!(ours.furthest(&expected) <= if lossy { 4 } else { 0 }, "frame {index}, lossy {lossy}");
        }
        let first = to_pixels(decode(&file, &LIMITS).unwrap());
        assert_eq!(first, to_pixels(self::frames(&file, 0, 1).remove(0)));
    }
}

/// The GIF of all tests here, with another screen.
fn gif_with_screen(width: u16, height: u16) -> Vec<u8> {
    let mut file = files()[0].1.clone();
    file[6..8].copy_from_slice(&width.to_le_bytes());
    file[8..10].copy_from_slice(&height.to_le_bytes());
    file
}

#[test]
fn a_gif_is_as_large_as_its_first_frame_at_least() {
    let whole = &files()[0].1;
    for (width, height) in [(0, 0), (40, 30), (40, 90), (1, 60)] {
        let file = gif_with_screen(width, height);
        let size = Size::new(80, height.max(60).into());
        assert_eq!(probe(&file, &LIMITS).unwrap().size, size);
        for (ours, theirs) in frames(&file, 0, FRAMES).into_iter().zip(frames(whole, 0, FRAMES)) {
            assert_eq!(ours.size, size);
            let (ours, theirs) = (to_pixels(ours), to_pixels(theirs));
            assert_eq!(ours.rgb[..theirs.rgb.len()], theirs.rgb, "{width}x{height}");
        }
    }
    // A larger screen is transparent where no frame is.
    let mut wide = decode(&gif_with_screen(100, 60), &LIMITS).unwrap();
    assert_eq!(wide.size, Size::new(100, 60));
    wide.flatten([9, 8, 7]);
    assert_eq!(wide.pixels[99 * 4..][..3], [9, 8, 7]);
}

#[test]
fn gifs_hold_what_nobody_knows_and_frames_without_pixels() {
    let whole = &files()[0].1;
    // Behind the screen's header and its palette.
    let start = 13 + 3 * (2 << (whole[10] & 7));
    let unknown = [0x21, 0x99, 3, 1, 2, 3, 1, 4, 0];
    let mut with_unknown = whole.clone();
    with_unknown.splice(start..start, unknown);
    assert_eq!(frames(&with_unknown, 0, FRAMES), frames(whole, 0, FRAMES));
    let empty = [0x2C, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0x4C, 0x01, 0];
    let mut with_empty = whole.clone();
    with_empty.splice(start..start, empty);
    assert_eq!(probe(&with_empty, &LIMITS).unwrap().frame_durations.unwrap().len(), FRAMES + 1);
    assert_eq!(frames(&with_empty, 1, FRAMES), frames(whole, 0, FRAMES));
}

#[test]
fn a_gif_without_a_palette_is_for_the_browser() {
    // One pixel: a screen and an image without colour tables, LZW codes "clear", 0, "end".
    let file = b"GIF89a\x01\0\x01\0\0\0\0\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3B";
    assert_eq!(decode(file, &LIMITS).unwrap_err().code(), "unsupported-image");
}

#[test]
fn an_apng_of_16_bits_is_expanded() {
    let file = animated("deep.png", &["-f", "apng", "-plays", "0", "-pix_fmt", "rgb48be"]);
    assert_eq!(file[24], 16, "bits a channel");
    for (index, raster) in frames(&file, 0, FRAMES).into_iter().enumerate() {
        // ffmpeg makes 16 bits out of 8 by way of YCbCr.
        assert!(to_pixels(raster).furthest(&frame(index)) <= 1, "frame {index}");
    }
}

#[test]
fn an_apng_has_no_more_frames_than_it_announces() {
    let mut file = files()[1].1.clone();
    let control = file.windows(4).position(|kind| kind == b"acTL").unwrap();
    file[control + 4..control + 8].copy_from_slice(&3_u32.to_be_bytes());
    let checksum = crate::bad_input::crc32(&file[control..control + 12]);
    file[control + 12..control + 16].copy_from_slice(&checksum.to_be_bytes());
    assert_eq!(probe(&file, &LIMITS).unwrap().frame_durations.unwrap().len(), 3);
    assert_eq!(frames(&file, 0, 3), frames(&files()[1].1, 0, 3));
}

/// A GIF of one picture, made by ffmpeg.
pub(crate) fn still_gif(picture: &Pixels) -> Vec<u8> {
    let source = write("still-gif.png", &picture.to_png());
    let target = scratch("still-gif.gif");
    ffmpeg(&["-i", path(&source), path(&target)]);
    std::fs::read(target).unwrap()
}
