//! The options of a group, and tiny pictures through them.

use framereel::Error;
use framereel::decode::Colours;
use framereel::encode::{Budget, Content, Profile, Quality, Settings, Speed};
use framereel::fit::Fit;
use framereel::frame::{Format, Frame};
use framereel::limits::Limits;
use framereel::session::{GroupEncoder, GroupSettings};
use framereel::size::Size;

use crate::mux::Numbers;

/// Pixels of a picture that is encoded; larger ones are only set up if they are refused.
const MOST_PIXELS: u64 = 1 << 12;

/// ITU-T H.264 7.4.2.2.
const MAX_QP: u8 = 51;

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
    if numbers.byte().is_multiple_of(4) {
        encoder.make_live(usize::from(numbers.byte() % 3), u32::from(numbers.byte()));
    }
    let count = usize::from(numbers.byte() % 4);
    if numbers.byte().is_multiple_of(4) {
        // For more or fewer samples than there will be, and with bounds of all kinds.
        encoder.keep_to(Budget {
            bytes: (0..numbers.byte() % 6).map(|_| numbers.word()).collect(),
            factors_per_halving: numbers.float() as f32,
            most_times: numbers.float() as f32,
        });
    }
    let mut taken = 0;
    for index in 0..count {
        let image = Size::new(1 + u32::from(numbers.byte() % 70), 1 + u32::from(numbers.byte() % 70));
        let seed = numbers.byte();
        let slot = u32::from(seed % 2);
        let filled = |bytes: u64| (0..bytes).map(|at| (at as u8).wrapping_mul(seed)).collect::<Vec<u8>>();
        let loaded = match numbers.byte() % 5 {
            0 => encoder.load_rgba(slot, filled(image.area() * 4), image),
            kind => {
                let format = [Format::Rgbx, Format::Bgrx, Format::I420, Format::Nv12][usize::from(kind - 1)];
                let chroma = u64::from(image.width.div_ceil(2)) * u64::from(image.height.div_ceil(2));
                let bytes = if kind < 3 { image.area() * 4 } else { image.area() + 2 * chroma };
                // Now and then there are too few, or too many.
                let bytes = if seed == 7 { u64::from(numbers.byte()) * 16 } else { bytes };
                encoder.load_frame(slot, Frame { size: image, format, data: filled(bytes) })
            }
        };
        if loaded.is_err() {
            continue;
        }
        let is_idr = index == 0 || numbers.byte().is_multiple_of(2);
        let qp = (quality == Quality::PerPicture && numbers.byte().is_multiple_of(3)).then(|| numbers.byte());
        match encoder.encode_at(slot, is_idr, qp) {
            Ok(_) => taken += 1,
            Err(Error::InvalidOption { .. }) => assert!(qp.is_some_and(|qp| qp > MAX_QP), "a QP in range"),
            Err(error) => panic!("{error}"),
        }
        if seed.is_multiple_of(3) {
            encoder.release(slot);
        }
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
