//! When each image is shown, in whole ticks of one timescale: n images in, n samples out, the total exact.

use crate::error::{Error, Result};

/// Ticks per second where images have durations of their own: divisible by the usual frame rates, and by 1 ms * 90.
const DURATIONS_TIMESCALE: u32 = 90_000;

/// Images per second that a stream without a frame rate is taken to have at the most: what screens show.
const UNKNOWN_RATE: f64 = 60.0;

/// The least ticks per second of a clip at a frame rate, so that players that round to ticks stay precise.
const MIN_TIMESCALE: u64 = 10_000;

/// The times of a clip's images. Image i covers the ticks from [`start`](Self::start)`(i)` up to that of i + 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timing {
    timescale: u32,
    starts: Starts,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Starts {
    /// Every image lasts as many ticks.
    Every(u32),
    /// Where each image starts and, last, where the last one ends.
    At(Vec<u64>),
}

impl Timing {
    /// `num / den` images per second, for any number of images.
    ///
    /// The timescale is `num * k` and an image lasts `den * k`, with the least k that brings the timescale to 10,000.
    ///
    /// # Errors
    /// [`Error::InvalidOption`] where a part is 0 or the fraction is too extreme for 32-bit ticks.
    pub fn from_fps(num: u32, den: u32) -> Result<Self> {
        let invalid = || {
            let problem = "images per second cannot be written; give a fraction of two whole numbers from 1 on, of not \
                           more than nine digits";
            Error::option("fps", format!("{num}/{den} {problem}"))
        };
        if num == 0 || den == 0 {
            return Err(invalid());
        }
        let k = MIN_TIMESCALE.div_ceil(u64::from(num));
        // With k > 1, num * k is less than 20,000.
        let timescale = u32::try_from(u64::from(num) * k).map_err(|_| invalid())?;
        let ticks = u32::try_from(u64::from(den) * k).map_err(|_| invalid())?;
        Ok(Self { timescale, starts: Starts::Every(ticks) })
    }

    /// A duration for each image, in seconds. Images start and end at the nearest tick to the exact running sum, so that
    /// rounding never adds up; each lasts a tick at least.
    ///
    /// # Errors
    /// [`Error::InvalidOption`] where a duration is not a positive number or is too long for 32-bit ticks (13 hours).
    pub fn from_durations(seconds: &[f64]) -> Result<Self> {
        let mut starts = Vec::with_capacity(seconds.len() + 1);
        let (mut start, mut sum) = (0, 0.0);
        starts.push(start);
        for (index, &duration) in seconds.iter().enumerate() {
            // Both ends are rounded, which may add a tick.
            let most = f64::from(u32::MAX - 1) / f64::from(DURATIONS_TIMESCALE);
            if !(duration > 0.0 && duration < most) {
                return Err(Error::option(
                    format!("durations[{index}]"),
                    format!("{duration} seconds cannot be written; give more than 0 and less than {most:.0}"),
                ));
            }
            sum += duration;
            // Sums below 2^53 ticks (3,000 years) are exact enough for the nearest tick.
            start = ((sum * f64::from(DURATIONS_TIMESCALE)).round() as u64).max(start + 1);
            starts.push(start);
        }
        Ok(Self { timescale: DURATIONS_TIMESCALE, starts: Starts::At(starts) })
    }

    /// Durations in ticks of a clock of any rate: one for every sample, or one each, from 0 on.
    ///
    /// # Errors
    /// [`Error::Internal`] where there is no duration or no clock.
    pub fn from_ticks(timescale: u32, ticks: &[u32]) -> Result<Self> {
        let starts = match ticks {
            _ if timescale == 0 => return Err(Error::Internal("a clock that stands still".into())),
            [] => return Err(Error::Internal("samples without durations".into())),
            [every] => Starts::Every(*every),
            each => Starts::At(
                std::iter::once(0)
                    .chain(each.iter().scan(0, |end, &ticks| {
                        *end += u64::from(ticks);
                        Some(*end)
                    }))
                    .collect(),
            ),
        };
        Ok(Self { timescale, starts })
    }

    /// Ticks per second.
    pub const fn timescale(&self) -> u32 {
        self.timescale
    }

    /// Images per second where they come fastest: those that start within a second, or all of a clip that is shorter. An image
    /// a tick is the clock of a stream whose durations are yet to come: [`UNKNOWN_RATE`].
    pub fn peak_rate(&self) -> f64 {
        let starts = match &self.starts {
            Starts::Every(1) if self.timescale == DURATIONS_TIMESCALE => return UNKNOWN_RATE,
            Starts::Every(ticks) => return f64::from(self.timescale) / f64::from(*ticks),
            Starts::At(starts) => starts,
        };
        let (images, end) = starts.split_at(starts.len() - 1);
        let mut first = 0;
        let mut most = 0;
        for (index, start) in images.iter().enumerate() {
            while start - images[first] >= u64::from(self.timescale) {
                first += 1;
            }
            most = most.max(index + 1 - first);
        }
        let mean = images.len() as f64 * f64::from(self.timescale) / end[0] as f64;
        mean.max(most as f64)
    }

    /// How many images have a time: all there are, or any number for a frame rate.
    pub fn images(&self) -> Option<usize> {
        match &self.starts {
            Starts::Every(_) => None,
            Starts::At(starts) => Some(starts.len() - 1),
        }
    }

    /// The tick at which an image starts, or at which the last one ends.
    ///
    /// # Errors
    /// [`Error::Internal`] for an image that has no duration.
    pub fn start(&self, image: usize) -> Result<u64> {
        match &self.starts {
            Starts::Every(ticks) => Ok(image as u64 * u64::from(*ticks)),
            Starts::At(starts) => starts.get(image).copied().ok_or_else(|| {
                Error::Internal(format!("image {image} has no duration, there are {}", starts.len() - 1))
            }),
        }
    }

    /// Ticks that an image lasts.
    ///
    /// # Errors
    /// [`Error::Internal`] for an image that has no duration.
    pub fn duration(&self, image: usize) -> Result<u32> {
        match &self.starts {
            Starts::Every(ticks) => Ok(*ticks),
            Starts::At(_) => {
                let ticks = self.start(image + 1)? - self.start(image)?;
                u32::try_from(ticks).map_err(|_| Error::Internal(format!("image {image} lasts {ticks} ticks")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_timescale_is_the_least_multiple_of_the_rate_that_reaches_10000() {
        for (num, den, timescale, ticks) in [
            (1, 1, 10_000, 10_000),
            (3, 1, 10_002, 3334),
            (24, 1, 10_008, 417),
            (24_000, 1001, 24_000, 1001),
            (30_000, 1001, 30_000, 1001),
            (1, 2, 10_000, 20_000),
            (120, 1, 10_080, 84),
        ] {
            let timing = Timing::from_fps(num, den).unwrap();
            assert_eq!((timing.timescale(), timing.duration(7).unwrap()), (timescale, ticks), "{num}/{den}");
            assert_eq!(timing.start(7).unwrap(), 7 * u64::from(ticks));
        }
    }

    #[test]
    fn durations_round_at_their_ends_and_never_add_up_an_error() {
        let timing = Timing::from_durations(&[1.0, 3.0, 0.04]).unwrap();
        assert_eq!([0, 1, 2].map(|image| timing.duration(image).unwrap()), [90_000, 270_000, 3600]);
        let thirds = Timing::from_durations(&[1.0 / 7.0; 7000]).unwrap();
        assert_eq!(thirds.start(7000).unwrap(), 1000 * 90_000);
    }

    #[test]
    fn the_peak_rate_is_that_of_the_busiest_second() {
        assert_eq!(Timing::from_fps(60, 1).unwrap().peak_rate(), 60.0);
        let bursts = [vec![2.0; 3], vec![0.01; 100], vec![5.0; 3]].concat();
        assert_eq!(Timing::from_durations(&bursts).unwrap().peak_rate(), 100.0);
        assert_eq!(Timing::from_durations(&[0.01; 10]).unwrap().peak_rate(), 100.0);
        assert_eq!(Timing::from_durations(&[4.0; 10]).unwrap().peak_rate(), 1.0);
    }

    #[test]
    fn every_image_lasts_a_tick_at_least() {
        let timing = Timing::from_durations(&[1e-9, 1e-9, 1.0]).unwrap();
        assert_eq!([0, 1, 2].map(|image| timing.duration(image).unwrap()), [1, 1, 89_998]);
    }

    #[test]
    fn what_cannot_be_a_rate_or_a_duration_is_refused_by_name() {
        for (num, den) in [(0, 1), (1, 0), (1, u32::MAX)] {
            let error = Timing::from_fps(num, den).unwrap_err();
            assert!(error.code() == "invalid-option" && error.to_string().starts_with("fps: "), "{error}");
        }
        for duration in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9] {
            let error = Timing::from_durations(&[1.0, duration]).unwrap_err();
            assert!(error.code() == "invalid-option" && error.to_string().starts_with("durations[1]: "), "{error}");
        }
    }
}
