//! Levels: what a decoder must be able to do for a stream (ITU-T H.264 A.3).

/// `profile_idc` of High, from which on bit rates may be a quarter higher (table A-2).
const HIGH: u8 = 100;

/// The limits of a level (table A-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Level {
    /// `level_idc`, ten times the level.
    pub(crate) idc: u8,
    /// `MaxMBPS`: macroblocks per second.
    macroblock_rate: u32,
    /// `MaxFS`: macroblocks of a picture.
    picture: u32,
    /// `MaxDpbMbs`: macroblocks of the pictures that a decoder keeps.
    pub(super) kept: u32,
    /// `MaxBR` and `MaxCPB`, in units of 1,000 bits (per second) in Baseline and Main, and of 1,250 in High.
    bit_rate: u32,
    buffer: u32,
}

/// Level 1b is not among them: it is written in two ways, of which many players know one.
const LEVELS: [Level; 19] = [
    level(10, 1_485, 99, 396, 64, 175),
    level(11, 3_000, 396, 900, 192, 500),
    level(12, 6_000, 396, 2_376, 384, 1_000),
    level(13, 11_880, 396, 2_376, 768, 2_000),
    level(20, 11_880, 396, 2_376, 2_000, 2_000),
    level(21, 19_800, 792, 4_752, 4_000, 4_000),
    level(22, 20_250, 1_620, 8_100, 4_000, 4_000),
    level(30, 40_500, 1_620, 8_100, 10_000, 10_000),
    level(31, 108_000, 3_600, 18_000, 14_000, 14_000),
    level(32, 216_000, 5_120, 20_480, 20_000, 20_000),
    level(40, 245_760, 8_192, 32_768, 20_000, 25_000),
    level(41, 245_760, 8_192, 32_768, 50_000, 62_500),
    level(42, 522_240, 8_704, 34_816, 50_000, 62_500),
    level(50, 589_824, 22_080, 110_400, 135_000, 135_000),
    level(51, 983_040, 36_864, 184_320, 240_000, 240_000),
    level(52, 2_073_600, 36_864, 184_320, 240_000, 240_000),
    level(60, 4_177_920, 139_264, 696_320, 240_000, 240_000),
    level(61, 8_355_840, 139_264, 696_320, 480_000, 480_000),
    level(62, 16_711_680, 139_264, 696_320, 800_000, 800_000),
];

const fn level(idc: u8, macroblock_rate: u32, picture: u32, kept: u32, bit_rate: u32, buffer: u32) -> Level {
    Level { idc, macroblock_rate, picture, kept, bit_rate, buffer }
}

/// The level with this `level_idc`, or the next lower one.
pub(super) fn of(idc: u8) -> Level {
    LEVELS.into_iter().rfind(|level| level.idc <= idc).unwrap_or(LEVELS[0])
}

/// What a stream asks of a decoder.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Load<'a> {
    /// `profile_idc`.
    pub(crate) profile: u8,
    /// Macroblocks across and down.
    pub(crate) macroblocks: [u32; 2],
    /// Pictures per second.
    pub(crate) rate: f64,
    /// Bits of each picture and the seconds that it is shown, where they are known.
    pub(crate) pictures: &'a [(f64, f64)],
}

impl Load<'_> {
    /// The lowest level from `least` on that allows it, or the highest where none does.
    pub(crate) fn lowest_level(&self, least: u8) -> u8 {
        let allowed = LEVELS.iter().find(|level| level.idc >= least && self.is_allowed_by(level));
        allowed.map_or(LEVELS[LEVELS.len() - 1].idc, |level| level.idc)
    }

    /// A.3.1 a, f and g, and the bit rate by A.3.1 h to j with table A-2's factors for VCL NAL units.
    fn is_allowed_by(&self, level: &Level) -> bool {
        let [across, down] = self.macroblocks;
        let unit = if self.profile >= HIGH { 1_250.0 } else { 1_000.0 };
        across * down <= level.picture
            && across.max(down).pow(2) <= 8 * level.picture
            && f64::from(across * down) * self.rate <= f64::from(level.macroblock_rate)
            && self.keeps_to(unit * f64::from(level.bit_rate), unit * f64::from(level.buffer))
    }

    /// Whether the mean of the bit rate, over a second at least, is no more than this, and the buffer that is filled at this rate
    /// never runs empty (C.1.2: the hypothetical reference decoder, full at first).
    fn keeps_to(&self, bit_rate: f64, buffer: f64) -> bool {
        let sum = self.pictures.iter().fold((0.0, 0.0), |sum, picture| (sum.0 + picture.0, sum.1 + picture.1));
        let mut filled = buffer;
        sum.0 <= bit_rate * f64::max(sum.1, 1.0)
            && self.pictures.iter().all(|&(bits, seconds)| {
                let left = filled - bits;
                filled = buffer.min(left + bit_rate * seconds);
                left >= 0.0
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lowest(width: u32, height: u32, rate: f64) -> u8 {
        let macroblocks = [width.div_ceil(16), height.div_ceil(16)];
        Load { profile: HIGH, macroblocks, rate, pictures: &[] }.lowest_level(0)
    }

    #[test]
    fn size_and_rate_choose_the_level() {
        // Examples of annex A, table A-6: the most pictures per second of common sizes.
        assert_eq!([lowest(176, 144, 15.0), lowest(176, 144, 15.1)], [10, 11]);
        assert_eq!([lowest(352, 288, 30.0), lowest(352, 288, 30.1)], [13, 21]);
        assert_eq!([lowest(1280, 720, 30.0), lowest(1280, 720, 60.0), lowest(1280, 720, 60.1)], [31, 32, 40]);
        assert_eq!([lowest(1920, 1080, 30.0), lowest(1920, 1080, 60.0), lowest(1920, 1080, 120.0)], [40, 42, 51]);
        assert_eq!([lowest(3840, 2160, 30.0), lowest(3840, 2160, 60.0), lowest(3840, 2160, 120.0)], [51, 52, 60]);
        // 16 macroblocks a thousand times a second are more than level 2's 11,880, fewer than 2.1's 19,800.
        assert_eq!([lowest(64, 64, 1000.0), lowest(3840, 2160, 1000.0)], [21, 62]);
        // One row of macroblocks may be as long as the root of eight times the picture's.
        assert_eq!([lowest(16 * 28, 16, 1.0), lowest(16 * 29, 16, 1.0)], [10, 11]);
    }

    #[test]
    fn bits_raise_it() {
        let level = |profile, bits: f64, count: usize| {
            let pictures = vec![(bits / 25.0, 0.04); count];
            Load { profile, macroblocks: [4, 4], rate: 25.0, pictures: &pictures }.lowest_level(0)
        };
        assert_eq!([level(66, 64_000.0, 100), level(66, 64_100.0, 100)], [10, 11]);
        assert_eq!([level(100, 80_000.0, 100), level(100, 80_100.0, 100), level(100, 240_100.0, 100)], [10, 11, 12]);
        // Less than a second of a higher rate is what the buffer is for.
        assert_eq!(level(66, 120_000.0, 10), 10);
        // One picture that the buffer does not hold.
        let pictures = [(1_000.0, 10.0), (175_001.0, 10.0)];
        assert_eq!(Load { profile: 66, macroblocks: [4, 4], rate: 0.1, pictures: &pictures }.lowest_level(0), 11);
    }

    #[test]
    fn no_level_is_below_the_least() {
        assert_eq!(Load { profile: 66, macroblocks: [1, 1], rate: 1.0, pictures: &[] }.lowest_level(31), 31);
        assert_eq!([of(9).idc, of(41).idc, of(255).idc], [10, 41, 62]);
    }
}
