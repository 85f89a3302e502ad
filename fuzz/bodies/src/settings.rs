//! The options of a group, and tiny pictures through them.

use framereel::Error;
use framereel::decode::Colours;
use framereel::encode::{Content, Profile, Quality, Settings, Speed};
use framereel::fit::Fit;
use framereel::limits::Limits;
use framereel::session::{GroupEncoder, GroupSettings};
use framereel::size::Size;

use crate::mux::Numbers;

/// Pixels of a picture that is encoded; larger ones are only set up if they are refused.
const MOST_PIXELS: u64 = 1 << 12;

/// Settings of all kinds, in range or not.
pub(crate) fn settings(bytes: &[u8]) {
    let mut numbers = Numbers(bytes);
    let mut side = || match numbers.byte() % 8 {
        0 => numbers.word(),
        _ => u32::from(numbers.byte()) % 66,
    };
    let size = Size::new(side(), side());
    let quality = match numbers.byte() % 4 {
        0 => Quality::Qp(numbers.byte()),
        1 => Quality::RateFactor(numbers.float() as f32),
        2 => Quality::Bitrate(numbers.word()),
        _ => Quality::PerPicture,
    };
    let encode = Settings {
        size,
        quality,
        frame_rate: if numbers.byte().is_multiple_of(2) { 24.0 } else { numbers.float() },
        profile: [Profile::Baseline, Profile::Main, Profile::High][usize::from(numbers.byte() % 3)],
        content: [Content::Auto, Content::Photo, Content::Screen][usize::from(numbers.byte() % 3)],
        speed: [Speed::Fast, Speed::Balanced, Speed::Small][usize::from(numbers.byte() % 3)],
    };
    let fit = [Fit::Contain, Fit::Cover, Fit::Stretch, Fit::Error][usize::from(numbers.byte() % 4)];
    let background = std::array::from_fn(|_| numbers.byte());
    let limits = Limits { max_pixels: 1 << 12, max_bytes: 1 << 16 };
    if size.area() > MOST_PIXELS && size.width <= 4096 && size.height <= 4096 {
        return;
    }
    let settings = GroupSettings { encode, fit, background, limits, colours: Colours::Convert };
    let mut encoder = match GroupEncoder::new(settings) {
        Ok(encoder) => encoder,
        Err(Error::InvalidOption { .. }) => return,
        Err(error) => panic!("{settings:?}: {error}"),
    };
    let count = usize::from(numbers.byte() % 4);
    let mut taken = 0;
    for index in 0..count {
        let image = Size::new(1 + u32::from(numbers.byte() % 70), 1 + u32::from(numbers.byte() % 70));
        let seed = numbers.byte();
        let pixels = (0..image.area() * 4).map(|at| (at as u8).wrapping_mul(seed)).collect();
        if encoder.load_rgba(0, pixels, image).is_err() {
            continue;
        }
        encoder.encode(0, index == 0 || numbers.byte().is_multiple_of(2)).expect("a picture is encoded");
        taken += 1;
    }
    match encoder.finish() {
        Ok(group) => {
            assert_eq!((group.sizes.len(), group.sync.len()), (taken, taken), "a sample for every picture");
            assert_eq!(group.sizes.iter().map(|&size| size as usize).sum::<usize>(), group.data.len());
            assert!(group.sync.first().is_none_or(|&sync| sync == 1), "the first is a keyframe");
        }
        Err(error) => assert_eq!(taken, 0, "{error}"),
    }
}
