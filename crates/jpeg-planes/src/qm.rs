//! The adaptive binary arithmetic decoder (ITU-T T.81 annex D).

use crate::bits::Segment;

/// What is expected of a decision: the place in [`ESTIMATES`], and the more probable outcome in the lowest bit.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct State(u8);

/// The size of the less probable interval, the estimates after the less and after the more probable outcome, and whether
/// the less probable one makes the two change places (ITU-T T.81 table D.3).
const ESTIMATES: [(u16, u8, u8, u8); 113] = [
    (0x5A1D, 1, 1, 1),
    (0x2586, 14, 2, 0),
    (0x1114, 16, 3, 0),
    (0x080B, 18, 4, 0),
    (0x03D8, 20, 5, 0),
    (0x01DA, 23, 6, 0),
    (0x00E5, 25, 7, 0),
    (0x006F, 28, 8, 0),
    (0x0036, 30, 9, 0),
    (0x001A, 33, 10, 0),
    (0x000D, 35, 11, 0),
    (0x0006, 9, 12, 0),
    (0x0003, 10, 13, 0),
    (0x0001, 12, 13, 0),
    (0x5A7F, 15, 15, 1),
    (0x3F25, 36, 16, 0),
    (0x2CF2, 38, 17, 0),
    (0x207C, 39, 18, 0),
    (0x17B9, 40, 19, 0),
    (0x1182, 42, 20, 0),
    (0x0CEF, 43, 21, 0),
    (0x09A1, 45, 22, 0),
    (0x072F, 46, 23, 0),
    (0x055C, 48, 24, 0),
    (0x0406, 49, 25, 0),
    (0x0303, 51, 26, 0),
    (0x0240, 52, 27, 0),
    (0x01B1, 54, 28, 0),
    (0x0144, 56, 29, 0),
    (0x00F5, 57, 30, 0),
    (0x00B7, 59, 31, 0),
    (0x008A, 60, 32, 0),
    (0x0068, 62, 33, 0),
    (0x004E, 63, 34, 0),
    (0x003B, 32, 35, 0),
    (0x002C, 33, 9, 0),
    (0x5AE1, 37, 37, 1),
    (0x484C, 64, 38, 0),
    (0x3A0D, 65, 39, 0),
    (0x2EF1, 67, 40, 0),
    (0x261F, 68, 41, 0),
    (0x1F33, 69, 42, 0),
    (0x19A8, 70, 43, 0),
    (0x1518, 72, 44, 0),
    (0x1177, 73, 45, 0),
    (0x0E74, 74, 46, 0),
    (0x0BFB, 75, 47, 0),
    (0x09F8, 77, 48, 0),
    (0x0861, 78, 49, 0),
    (0x0706, 79, 50, 0),
    (0x05CD, 48, 51, 0),
    (0x04DE, 50, 52, 0),
    (0x040F, 50, 53, 0),
    (0x0363, 51, 54, 0),
    (0x02D4, 52, 55, 0),
    (0x025C, 53, 56, 0),
    (0x01F8, 54, 57, 0),
    (0x01A4, 55, 58, 0),
    (0x0160, 56, 59, 0),
    (0x0125, 57, 60, 0),
    (0x00F6, 58, 61, 0),
    (0x00CB, 59, 62, 0),
    (0x00AB, 61, 63, 0),
    (0x008F, 61, 32, 0),
    (0x5B12, 65, 65, 1),
    (0x4D04, 80, 66, 0),
    (0x412C, 81, 67, 0),
    (0x37D8, 82, 68, 0),
    (0x2FE8, 83, 69, 0),
    (0x293C, 84, 70, 0),
    (0x2379, 86, 71, 0),
    (0x1EDF, 87, 72, 0),
    (0x1AA9, 87, 73, 0),
    (0x174E, 72, 74, 0),
    (0x1424, 72, 75, 0),
    (0x119C, 74, 76, 0),
    (0x0F6B, 74, 77, 0),
    (0x0D51, 75, 78, 0),
    (0x0BB6, 77, 79, 0),
    (0x0A40, 77, 48, 0),
    (0x5832, 80, 81, 1),
    (0x4D1C, 88, 82, 0),
    (0x438E, 89, 83, 0),
    (0x3BDD, 90, 84, 0),
    (0x34EE, 91, 85, 0),
    (0x2EAE, 92, 86, 0),
    (0x299A, 93, 87, 0),
    (0x2516, 86, 71, 0),
    (0x5570, 88, 89, 1),
    (0x4CA9, 95, 90, 0),
    (0x44D9, 96, 91, 0),
    (0x3E22, 97, 92, 0),
    (0x3824, 99, 93, 0),
    (0x32B4, 99, 94, 0),
    (0x2E17, 93, 86, 0),
    (0x56A8, 95, 96, 1),
    (0x4F46, 101, 97, 0),
    (0x47E5, 102, 98, 0),
    (0x41CF, 103, 99, 0),
    (0x3C3D, 104, 100, 0),
    (0x375E, 99, 93, 0),
    (0x5231, 105, 102, 0),
    (0x4C0F, 106, 103, 0),
    (0x4639, 107, 104, 0),
    (0x415E, 103, 99, 0),
    (0x5627, 105, 106, 1),
    (0x50E7, 108, 107, 0),
    (0x4B85, 109, 103, 0),
    (0x5597, 110, 109, 0),
    (0x504F, 111, 107, 0),
    (0x5A10, 110, 111, 1),
    (0x5522, 112, 109, 0),
    (0x59EB, 112, 111, 1),
];

/// The size of the less probable interval of a decision without a memory.
const EVEN: u32 = 0x5A1D;

/// Intervals are at least this long, of 2^16 at the start.
const LEAST_INTERVAL: u32 = 0x8000;

/// Reads the decisions of one restart interval.
#[derive(Debug, Default)]
pub(crate) struct Coder<'a> {
    data: &'a [u8],
    is_cut: bool,
    /// Bytes that were read, zeros behind the last among them.
    read: usize,
    interval: u32,
    /// The code relative to the interval's start, in the upper half, and bits to come below.
    code: u32,
    /// Bits that `code` has before another byte is needed.
    bits: u32,
}

impl<'a> Coder<'a> {
    pub(crate) fn new(segment: Segment<'a>) -> Self {
        let mut coder =
            Self { data: segment.data(), is_cut: segment.is_cut(), read: 0, interval: 1 << 16, code: 0, bits: 0 };
        coder.code = coder.byte() << 16;
        coder.code |= coder.byte() << 8;
        coder.code <<= 8;
        coder
    }

    /// Encoders leave zeros at the end away.
    fn byte(&mut self) -> u32 {
        let byte = self.data.get(self.read).copied().unwrap_or(0);
        self.read += 1;
        byte.into()
    }

    /// A decision, by what is expected of it (ITU-T T.81 figure D.14 and following).
    pub(crate) fn bit(&mut self, state: &mut State) -> bool {
        let likely = state.0 & 1;
        let (size, after_unlikely, after_likely, change) = ESTIMATES[usize::from(state.0 >> 1)];
        let is_likely = self.choose(size.into());
        // No change of estimate without a change of the interval's scale.
        match is_likely {
            Choice::Same => likely == 1,
            Choice::Likely => {
                state.0 = after_likely << 1 | likely;
                likely == 1
            }
            Choice::Unlikely => {
                state.0 = after_unlikely << 1 | (likely ^ change);
                likely == 0
            }
        }
    }

    /// A decision without a memory, for signs and the like (ITU-T T.81 F.1.4.4.2).
    pub(crate) fn even_bit(&mut self) -> bool {
        matches!(self.choose(EVEN), Choice::Unlikely)
    }

    fn choose(&mut self, size: u32) -> Choice {
        self.interval -= size;
        let is_above = self.code >> 16 >= self.interval;
        if !is_above && self.interval >= LEAST_INTERVAL {
            return Choice::Same;
        }
        // Where the less probable interval is the larger one, the two are exchanged.
        let is_exchanged = self.interval < size;
        if is_above {
            self.code -= self.interval << 16;
            self.interval = size;
        }
        while self.interval < LEAST_INTERVAL {
            if self.bits == 0 {
                self.code |= self.byte() << 8;
                self.bits = 8;
            }
            self.interval <<= 1;
            self.code <<= 1;
            self.bits -= 1;
        }
        if is_above == is_exchanged { Choice::Likely } else { Choice::Unlikely }
    }

    /// Nothing where the file ends before the last byte that was needed, or long after it.
    pub(crate) fn finish(&self) -> Option<()> {
        let is_sound = !self.is_cut || (self.data.len()..=self.data.len() + 2).contains(&self.read);
        is_sound.then_some(())
    }
}

enum Choice {
    /// The more probable outcome, and the estimate stays.
    Same,
    Likely,
    Unlikely,
}
