//! Everything that the C++ can be asked for, with pictures that leave no buffer half empty. `npm run sanitize` runs it with checks
//! of every access; without them it shows that nothing is refused and every picture is coded.

use openh264_wasm::{
    Complexity, DeadZone, Deblocking, Encoder, EncoderConfig, I420, MAX_BITRATE, MAX_MACROBLOCKS, MAX_QP,
    PictureControl, Profile, RateControl, skipped_slice,
};

/// Sides that blocks of 16 divide and do not, the smallest, and a wide and a high one.
const SIZES: [(u32, u32); 6] = [(16, 16), (18, 34), (64, 48), (130, 98), (400, 16), (16, 400)];

/// Pictures of a stream: the encoder keeps up to four to refer to.
const PICTURES: usize = 6;

/// Noise that is the same every time (xorshift, Marsaglia 2003).
struct Noise(u32);

impl Noise {
    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    fn below(&mut self, end: u32) -> u32 {
        self.next() % end
    }
}

/// Samples that no prediction helps with; `kind` says how.
fn plane(noise: &mut Noise, length: usize, kind: u32) -> Vec<u8> {
    (0..length)
        .map(|at| match kind {
            0 => noise.next() as u8,
            1 => (noise.next() & 1) as u8 * 255,
            2 => (at & 1) as u8 * 255,
            _ => (at / 7) as u8,
        })
        .collect()
}

/// What a picture's own filter and dead zone may be: every one of them, one after the other.
fn filters_and_dead_zones() -> impl Iterator<Item = (Deblocking, DeadZone)> {
    let offsets = (-12..=12).step_by(2).map(Deblocking::Offset);
    std::iter::once(Deblocking::Off)
        .chain(offsets)
        .flat_map(|filter| [DeadZone::Usual, DeadZone::Narrow].map(|zone| (filter, zone)))
}

/// A stream of a configuration, with everything else at random: QPs, filters, dead zones, IDR pictures, vectors that point far outside.
fn encode(config: &EncoderConfig, noise: &mut Noise) {
    let all: Vec<_> = filters_and_dead_zones().collect();
    let chosen: Vec<_> = (0..PICTURES).map(|_| all[noise.below(all.len() as u32) as usize]).collect();
    encode_with(config, noise, &chosen, true);
}

/// A picture for each filter and dead zone; its QP is the configuration's, or `is_varied`.
fn encode_with(config: &EncoderConfig, noise: &mut Noise, chosen: &[(Deblocking, DeadZone)], is_varied: bool) {
    let (width, height) = (config.width as usize, config.height as usize);
    let macroblocks = width.div_ceil(16) * height.div_ceil(16);
    let mut encoder = Encoder::new(config).unwrap_or_else(|error| panic!("{config:?}: {error}"));
    for (picture, &(deblocking, dead_zone)) in chosen.iter().enumerate() {
        let kind = noise.below(4);
        let planes = [width * height, width * height / 4, width * height / 4].map(|length| plane(noise, length, kind));
        let [y, u, v] = &planes;
        let image = I420 { y, u, v, y_stride: width, uv_stride: width / 2 };
        let mut far = || [(noise.next() >> 16) as i16, (noise.next() >> 16) as i16];
        let vectors: Vec<[i16; 2]> = (0..macroblocks).map(|_| far()).collect();
        let least = if let RateControl::Given(qp) = config.rate_control { qp } else { 0 };
        let control = PictureControl {
            qp: if is_varied && noise.below(2) == 0 {
                least + noise.below(u32::from(MAX_QP - least) + 1) as u8
            } else {
                least
            },
            vectors: (noise.below(2) == 0).then_some(&vectors),
            idr: noise.below(4) == 0,
            deblocking,
            dead_zone,
        };
        let unit = encoder.encode(&image, &control).unwrap_or_else(|error| panic!("{config:?}, {picture}: {error}"));
        assert!(unit.nal_units().map(<[u8]>::len).sum::<usize>() > 0, "{config:?}: an empty access unit");
    }
}

#[test]
fn every_qp_at_every_size() {
    let mut noise = Noise(1);
    for qp in 0..=MAX_QP {
        for (width, height) in SIZES {
            encode(
                &EncoderConfig { rate_control: RateControl::Given(qp), ..EncoderConfig::new(width, height) },
                &mut noise,
            );
        }
    }
}

#[test]
fn every_filter_and_dead_zone_at_every_qp() {
    let mut noise = Noise(4);
    let all: Vec<_> = filters_and_dead_zones().collect();
    for qp in 0..=MAX_QP {
        for cabac in [false, true] {
            let config = EncoderConfig { rate_control: RateControl::Given(qp), cabac, ..EncoderConfig::new(48, 32) };
            encode_with(&config, &mut noise, &all, false);
        }
    }
}

#[test]
fn every_profile_complexity_and_coding_at_every_size() {
    let mut noise = Noise(2);
    for (width, height) in SIZES {
        for profile in [Profile::Baseline, Profile::Main, Profile::High] {
            for complexity in [Complexity::Low, Complexity::Medium, Complexity::High] {
                for cabac in [false, true] {
                    for qp in [0, noise.below(u32::from(MAX_QP) + 1) as u8] {
                        let base = EncoderConfig::new(width, height);
                        let rate_control = RateControl::Given(qp);
                        encode(&EncoderConfig { profile, complexity, cabac, rate_control, ..base }, &mut noise);
                    }
                }
            }
        }
    }
}

#[test]
fn bit_rates_that_framereel_takes() {
    let mut noise = Noise(3);
    for rate in [1000, 100_000, 100_000_000, MAX_BITRATE] {
        for (width, height) in SIZES {
            for frame_rate in [0.1, 24.0, 1000.0] {
                let rate_control = RateControl::Bitrate(rate);
                encode(&EncoderConfig { rate_control, frame_rate, ..EncoderConfig::new(width, height) }, &mut noise);
            }
        }
    }
}

#[test]
fn skipped_slices_of_every_length() {
    let mut lengths: Vec<u32> = (1..200).collect();
    lengths.extend([1620, 3600, 8160, MAX_MACROBLOCKS]);
    for qp in 0..=MAX_QP {
        for &macroblocks in &lengths {
            let slice = skipped_slice(qp, macroblocks);
            assert!(!slice.is_empty() && slice.len() < macroblocks as usize / 4 + 16, "{macroblocks} at QP {qp}");
        }
    }
}
