//! Arithmetic-coded scans: the decoder of ITU-T T.81 annex D and its statistical models of F.1.4 and G.1.3.

use crate::bits::Segment;
use crate::coefficients::BlockDecoder;
use crate::frame::{Conditioning, ScanHeader};
use crate::qm::{Coder, State};
use crate::zigzag::{Block, place};

/// Values of more bits than this come from no encoder.
const MOST_BITS: u32 = 15;

/// Places of the statistics of a DC table (ITU-T T.81 table F.4): five contexts of four, then magnitudes.
const DC_STATES: usize = 64;
const DC_SIZES: usize = 20;

/// Places of the statistics of an AC table (ITU-T T.81 table F.5): three for each coefficient, then magnitudes of low and
/// of high frequencies.
const AC_STATES: usize = 256;
const AC_SIZES_LOW: usize = 189;
const AC_SIZES_HIGH: usize = 217;

/// From the statistics of a size to those of the bits below its first.
const TO_LOW_BITS: usize = 14;

/// Reads the blocks of one scan, sequential or progressive.
#[derive(Debug)]
pub(crate) struct Arithmetic<'a> {
    coder: Coder<'a>,
    band: (usize, usize),
    /// The lowest bit that the scan brings.
    low: u32,
    is_refinement: bool,
    conditioning: Conditioning,
    parts: Vec<Part>,
    dc: [[State; DC_STATES]; 4],
    ac: [[State; AC_STATES]; 4],
}

#[derive(Debug)]
struct Part {
    dc: usize,
    ac: usize,
    prediction: i32,
    /// Where the statistics for the next difference begin, by the size of the last.
    context: usize,
}

impl Arithmetic<'_> {
    pub(crate) fn new(scan: &ScanHeader, conditioning: Conditioning) -> Self {
        let part = |part: &crate::frame::ScanPart| Part { dc: part.dc, ac: part.ac, prediction: 0, context: 0 };
        Self {
            coder: Coder::default(),
            band: scan.band,
            low: scan.bits.1,
            is_refinement: scan.is_refinement(),
            conditioning,
            parts: scan.parts.iter().map(part).collect(),
            dc: [[State::default(); DC_STATES]; 4],
            ac: [[State::default(); AC_STATES]; 4],
        }
    }
}

impl<'a> BlockDecoder<'a> for Arithmetic<'a> {
    fn restart(&mut self, segment: Segment<'a>) {
        self.coder = Coder::new(segment);
        for part in &mut self.parts {
            (part.prediction, part.context) = (0, 0);
        }
        self.dc = [[State::default(); DC_STATES]; 4];
        self.ac = [[State::default(); AC_STATES]; 4];
    }

    fn block(&mut self, part: usize, block: &mut Block) -> Option<()> {
        let (first, last) = self.band;
        if self.is_refinement {
            if first == 0 {
                block[0] |= i16::from(self.coder.even_bit()) << self.low;
                return Some(());
            }
            return self.refine_ac(part, block);
        }
        if first == 0 {
            self.first_dc(part, block)?;
        }
        if last > 0 {
            self.first_ac(part, block)?;
        }
        Some(())
    }

    fn finish(&mut self) -> Option<()> {
        self.coder.finish()
    }
}

impl Arithmetic<'_> {
    /// ITU-T T.81 F.1.4.1 and F.2.4.1.
    fn first_dc(&mut self, part: usize, block: &mut Block) -> Option<()> {
        let part = &mut self.parts[part];
        let states = &mut self.dc[part.dc];
        let context = std::mem::take(&mut part.context);
        if self.coder.bit(&mut states[context]) {
            let is_negative = self.coder.bit(&mut states[context + 1]);
            let mut at = context + 2 + usize::from(is_negative);
            let mut size = 0;
            if self.coder.bit(&mut states[at]) {
                (size, at) = magnitude(&mut self.coder, states, DC_SIZES, 1)?;
            }
            // The next difference is expected as large as this one: in either of two sizes and signs, or around 0.
            let (small, large) = self.conditioning.dc[part.dc];
            let top = (1u32 << size) >> 1;
            let sign = 4 * usize::from(is_negative);
            part.context = match top {
                top if top < (1 << small) >> 1 => 0,
                top if top > (1 << large) >> 1 => 12 + sign,
                _ => 4 + sign,
            };
            let difference = low_bits(&mut self.coder, &mut states[at + TO_LOW_BITS], top);
            part.prediction = part.prediction.wrapping_add(if is_negative { -difference } else { difference });
        }
        block[0] = (part.prediction << self.low) as i16;
        Some(())
    }

    /// ITU-T T.81 F.1.4.2 and F.2.4.2.
    fn first_ac(&mut self, part: usize, block: &mut Block) -> Option<()> {
        let table = self.parts[part].ac;
        let states = &mut self.ac[table];
        let (mut at, last) = (self.band.0.max(1), self.band.1);
        while at <= last {
            // Whether the block ends here.
            if self.coder.bit(&mut states[3 * (at - 1)]) {
                break;
            }
            while !self.coder.bit(&mut states[3 * (at - 1) + 1]) {
                at += 1;
                (at <= last).then_some(())?;
            }
            let is_negative = self.coder.even_bit();
            let mut state = 3 * (at - 1) + 2;
            let mut size = 0;
            if self.coder.bit(&mut states[state]) {
                size = 1;
                if self.coder.bit(&mut states[state]) {
                    let is_low = at <= usize::from(self.conditioning.ac[table]);
                    let sizes = if is_low { AC_SIZES_LOW } else { AC_SIZES_HIGH };
                    (size, state) = magnitude(&mut self.coder, states, sizes, 2)?;
                }
            }
            let level = low_bits(&mut self.coder, &mut states[state + TO_LOW_BITS], (1u32 << size) >> 1);
            block[place(at)] = ((if is_negative { -level } else { level }) << self.low) as i16;
            at += 1;
        }
        Some(())
    }

    /// ITU-T T.81 G.1.3.3.
    fn refine_ac(&mut self, part: usize, block: &mut Block) -> Option<()> {
        let states = &mut self.ac[self.parts[part].ac];
        let (mut at, last) = self.band;
        // Up to the last coefficient that is known, blocks do not end.
        let known = (at..=last).rev().find(|&at| block[place(at)] != 0).unwrap_or(0);
        while at <= last {
            if at > known && self.coder.bit(&mut states[3 * (at - 1)]) {
                break;
            }
            loop {
                let level = &mut block[place(at)];
                if *level != 0 {
                    if self.coder.bit(&mut states[3 * (at - 1) + 2]) {
                        *level = level.wrapping_add(level.signum() << self.low);
                    }
                    break;
                }
                if self.coder.bit(&mut states[3 * (at - 1) + 1]) {
                    *level = if self.coder.even_bit() { -1 } else { 1 } << self.low;
                    break;
                }
                at += 1;
                (at <= last).then_some(())?;
            }
            at += 1;
        }
        Some(())
    }
}

/// The size of a value that has more than `size` bits, and the place of the state that told it (ITU-T T.81 figure F.23).
fn magnitude(coder: &mut Coder<'_>, states: &mut [State], first: usize, mut size: u32) -> Option<(u32, usize)> {
    let mut at = first;
    while coder.bit(&mut states[at]) {
        size += 1;
        at += 1;
        (size <= MOST_BITS).then_some(())?;
    }
    Some((size, at))
}

/// A value less 1 has its highest bit at `top`, or is 0: reads the bits below, and returns the value (ITU-T T.81 figure F.24).
fn low_bits(coder: &mut Coder<'_>, state: &mut State, top: u32) -> i32 {
    let (mut value, mut bit) = (top, top >> 1);
    while bit > 0 {
        if coder.bit(state) {
            value |= bit;
        }
        bit >>= 1;
    }
    value as i32 + 1
}
