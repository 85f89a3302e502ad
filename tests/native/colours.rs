//! Colours come back as they went in, as an independent decoder sees them.

use framereel::encode::{Budget, Content, Quality};
use framereel::timing::Timing;

use crate::support::clip::write;
use crate::support::tools::{assert_clean, decode_by_ffmpeg, ffmpeg, path, scratch};
use crate::support::{Clip, DEFAULT_QUALITY, Pixels};

/// The picture as ffmpeg decodes it from a clip that shows it three times, once as a keyframe.
fn round_trip(picture: &Pixels, name: &str, quality: Quality, content: Content) -> Vec<Pixels> {
    let mut clip = Clip::new(vec![picture.to_png()], Timing::from_fps(24, 1).unwrap());
    clip.order = vec![0; 3];
    clip.settings.encode.quality = quality;
    clip.settings.encode.content = content;
    let file = clip.write(name);
    assert_clean(&file);
    decode_by_ffmpeg(&file)
}

#[test]
fn pure_colours_come_back_within_3_codes() {
    let colours = [
        ("red", [255, 0, 0]),
        ("green", [0, 255, 0]),
        ("blue", [0, 0, 255]),
        ("white", [255, 255, 255]),
        ("black", [0, 0, 0]),
        ("grey", [128, 128, 128]),
        ("cyan", [0, 255, 255]),
        ("magenta", [255, 0, 255]),
        ("yellow", [255, 255, 0]),
    ];
    for (name, colour) in colours {
        let flat = Pixels::flat(64, 64, colour);
        for decoded in round_trip(&flat, &format!("pure-{name}.mp4"), DEFAULT_QUALITY, Content::Auto) {
            assert!(decoded.furthest(&flat) <= 3, "{name}: {:?} came back as {:?}", colour, decoded.at(32, 32));
        }
    }
}

/// What halving the chroma alone costs: the picture through ffmpeg's own conversion and x264 without loss.
fn best_possible(picture: &Pixels, name: &str) -> f64 {
    let source = write(&format!("best-{name}.png"), &picture.to_png());
    let file = scratch(&format!("best-{name}.mp4"));
    let filter = "scale=out_color_matrix=bt709:flags=accurate_rnd+full_chroma_inp+area,format=yuv420p";
    let colours = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"];
    let codec = ["-c:v", "libx264", "-qp", "0", path(&file)];
    ffmpeg(&[&["-i", path(&source), "-vf", filter][..], &colours, &codec].concat());
    decode_by_ffmpeg(&file)[0].psnr(picture)
}

#[test]
fn photographs_keep_their_quality() {
    for name in ["astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg"] {
        let photo = Pixels::photo(name);
        let best = best_possible(&photo, name);
        // What each quantiser reaches where chroma is no bound, and two decibels for both losses together.
        for (qp, reach) in [(5, 46.0), (13, 41.0), (21, 36.0)] {
            for decoded in round_trip(&photo, &format!("photo-{name}-{qp}.mp4"), Quality::Qp(qp), Content::Photo) {
                let psnr = decoded.psnr(&photo);
                assert!(psnr > best.min(reach) - 2.0, "{name} at QP {qp}: {psnr:.1} dB of {best:.1}");
            }
        }
    }
}

#[test]
fn flat_graphics_keep_their_quality() {
    let graphics = Pixels::blocks(640, 360);
    let best = best_possible(&graphics, "graphics");
    for content in [Content::Photo, Content::Screen] {
        for decoded in round_trip(&graphics, &format!("graphics-{content:?}.mp4"), Quality::Qp(16), content) {
            let psnr = decoded.psnr(&graphics);
            assert!(psnr > best - 1.0, "{content:?}: {psnr:.1} dB of {best:.1}");
            // Far from every edge, halved chroma plays no part.
            for (x, y) in [(32, 24), (96, 24), (160, 72), (400, 120)] {
                let (went_in, came_out) = (graphics.at(x, y), decoded.at(x, y));
                let furthest = went_in.iter().zip(came_out).map(|(a, b)| a.abs_diff(b)).max();
                assert!(furthest <= Some(3), "{content:?} at {x},{y}: {went_in:?} came back as {came_out:?}");
            }
        }
    }
}

#[test]
fn less_quantisation_is_better_and_larger() {
    let photo = Pixels::photo("chelsea.png");
    let at = |qp| {
        let mut clip = Clip::new(vec![photo.to_png()], Timing::from_fps(1, 1).unwrap());
        clip.settings.encode.quality = Quality::Qp(qp);
        let file = clip.write(&format!("qp-{qp}.mp4"));
        (decode_by_ffmpeg(&file)[0].psnr(&photo), std::fs::metadata(&file).unwrap().len())
    };
    let results = [10, 20, 30, 40, 50].map(at);
    for pair in results.windows(2) {
        assert!(pair[0].0 > pair[1].0 && pair[0].1 > pair[1].1, "{results:?}");
    }
}

/// Ten seconds of a camera that pans over a photograph and has noise of its own.
fn camera() -> Vec<Vec<u8>> {
    let photo = Pixels::photo("astronaut.png");
    let frame = |i: u32| {
        Pixels::from_fn(320, 240, |x, y| {
            let noise = (x * 7919 + y * 104_729 + i * 15_485_863).wrapping_mul(2_654_435_761) >> 29;
            photo.at(x + i * 3 / 4, y + i).map(|c| c.saturating_add(noise as u8))
        })
    };
    (0..240).map(|i| frame(i).to_png()).collect()
}

#[test]
fn a_budget_is_met_though_the_rate_factor_is_one_off() {
    let mut clip = Clip::new(camera(), Timing::from_fps(24, 1).unwrap());
    clip.order.truncate(96);
    clip.settings.encode.quality = Quality::RateFactor(26.0);
    let plain = clip.encode_group(0, 96);
    // What one rate factor more and one less come to.
    for share in [0.89, 1.12] {
        let bytes: Vec<u32> = plain.sizes.iter().map(|&size| (f64::from(size) * share) as u32).collect();
        let wanted: u32 = bytes.iter().sum();
        clip.budget = Some(Budget { bytes, factors_per_halving: 6.0, most_times: 1.4 });
        let kept = clip.encode_group(0, 96).data.len() as f64 / f64::from(wanted);
        assert!((0.98..1.02).contains(&kept), "{kept:.3} of the budget, at {share} of what the rate factor takes");
    }
}

#[test]
fn a_bitrate_is_met_on_average() {
    let mut clip = Clip::new(camera(), Timing::from_fps(24, 1).unwrap());
    for target in [300_000, 900_000] {
        clip.settings.encode.quality = Quality::Bitrate(target);
        let file = clip.write(&format!("bitrate-{target}.mp4"));
        assert_clean(&file);
        let share = std::fs::metadata(&file).unwrap().len() as f64 * 8.0 / 10.0 / f64::from(target);
        assert!((0.85..1.1).contains(&share), "{target} bits per second asked for, {share:.2} of it came");
    }
}
