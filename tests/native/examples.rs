//! The reference's two examples, exactly: every sample counts, every sample is the right image.

use framereel::timing::Timing;

use crate::support::tools::{assert_clean, decode_by_ffmpeg, ffprobe_one};
use crate::support::{Clip, Pixels};

/// Encodes `order` of two photographs at `fps`, and checks count, duration and every picture.
fn check(name: &str, order: &[usize], fps: u32, samples: usize, seconds: &str) {
    let images = [Pixels::photo("coffee.png"), Pixels::photo("rocket.jpg")].map(|photo| crop(&photo, 320, 240));
    let sources = images.iter().map(Pixels::to_png).collect();
    let clip = Clip { order: order.to_vec(), ..Clip::new(sources, Timing::from_fps(fps, 1).unwrap()) };
    let file = clip.write(name);

    assert_clean(&file);
    assert_eq!(ffprobe_one(&file, "stream=nb_frames"), samples.to_string());
    assert_eq!(ffprobe_one(&file, "stream=duration"), seconds);
    assert_eq!(ffprobe_one(&file, "format=duration"), seconds);
    let reader = mp4::read_mp4(std::fs::File::open(&file).unwrap()).unwrap();
    assert_eq!(reader.sample_count(1).unwrap() as usize, samples);
    assert_eq!(format!("{:.6}", reader.duration().as_secs_f64()), seconds);

    let decoded = decode_by_ffmpeg(&file);
    assert_eq!(decoded.len(), samples);
    for (place, picture) in decoded.iter().enumerate() {
        let [right, wrong] = [order[place], 1 - order[place]].map(|image| picture.psnr(&images[image]));
        assert!(
            right > 33.0 && wrong < 20.0,
            "picture {place}: {right:.1} dB to its image, {wrong:.1} dB to the other"
        );
    }
}

fn crop(photo: &Pixels, width: u32, height: u32) -> Pixels {
    Pixels::from_fn(width, height, |x, y| photo.at(x + 40, y + 40))
}

#[test]
fn four_images_at_1_fps_are_4_samples_and_4_seconds() {
    check("example-4.mp4", &[0, 1, 0, 1], 1, 4, "4.000000");
}

#[test]
fn nine_images_at_3_fps_are_9_samples_and_3_seconds() {
    check("example-9.mp4", &[0, 0, 1, 0, 0, 1, 0, 0, 1], 3, 9, "3.000000");
}
