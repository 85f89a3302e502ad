//! Rows of packed samples as codes of 8 bits (TIFF 6.0 pages 26, 64, 80; technical note 3 for floating point).

use super::directory::{Format, Page, Photometric};

/// Undoes what a predictor did to a row of `samples` interleaved samples, in place.
pub(super) fn undo_predictor(page: &Page, samples: usize, row: &mut [u8]) {
    match (page.predictor, page.bits) {
        (2, 8) => add_up::<1>(row, samples, |a, b| [a[0].wrapping_add(b[0])]),
        (2, 16) if page.is_big_endian => {
            add_up(row, samples, |a, b| u16::from_be_bytes(a).wrapping_add(u16::from_be_bytes(b)).to_be_bytes());
        }
        (2, 16) => add_up(row, samples, |a, b| u16::from_le_bytes(a).wrapping_add(u16::from_le_bytes(b)).to_le_bytes()),
        (2, 32) if page.is_big_endian => {
            add_up(row, samples, |a, b| u32::from_be_bytes(a).wrapping_add(u32::from_be_bytes(b)).to_be_bytes());
        }
        (2, 32) => add_up(row, samples, |a, b| u32::from_le_bytes(a).wrapping_add(u32::from_le_bytes(b)).to_le_bytes()),
        (2, 64) if page.is_big_endian => {
            add_up(row, samples, |a, b| u64::from_be_bytes(a).wrapping_add(u64::from_be_bytes(b)).to_be_bytes());
        }
        (2, 64) => add_up(row, samples, |a, b| u64::from_le_bytes(a).wrapping_add(u64::from_le_bytes(b)).to_le_bytes()),
        (3, bits @ (16 | 32 | 64)) => gather(row, samples, bits as usize / 8, page.is_big_endian),
        _ => {}
    }
}

/// Each sample was stored as the difference from the one a pixel before.
fn add_up<const N: usize>(row: &mut [u8], samples: usize, add: impl Fn([u8; N], [u8; N]) -> [u8; N]) {
    let values = row.as_chunks_mut::<N>().0;
    for at in samples..values.len() {
        values[at] = add(values[at - samples], values[at]);
    }
}

/// Bytes were stored as differences, all of the highest order first, then all of the next.
fn gather(row: &mut [u8], samples: usize, bytes: usize, is_big_endian: bool) {
    for at in samples..row.len() {
        row[at] = row[at].wrapping_add(row[at - samples]);
    }
    let count = row.len() / bytes;
    let planes = row.to_vec();
    for (at, value) in row.chunks_exact_mut(bytes).enumerate() {
        for (order, byte) in value.iter_mut().enumerate() {
            let order = if is_big_endian { order } else { bytes - 1 - order };
            *byte = planes[order * count + at];
        }
    }
}

/// Bits and predictors that [`undo_predictor`] and [`Codes`] know.
pub(super) fn is_known(page: &Page) -> bool {
    let is_whole = matches!(page.bits, 8 | 16 | 32 | 64);
    let has_known_predictor = match page.predictor {
        0 | 1 => true,
        2 => is_whole,
        3 => page.format == Format::Float && matches!(page.bits, 16 | 32 | 64),
        _ => false,
    };
    let has_known_bits = match page.format {
        Format::Float => matches!(page.bits, 16 | 32 | 64),
        Format::Unsigned | Format::Signed => is_whole || page.bits < 32,
    };
    let has_known_indices = page.photometric != Photometric::Palette || page.bits <= 8;
    has_known_predictor && has_known_bits && has_known_indices
}

/// Turns samples of a page into codes.
pub(super) struct Codes<'a> {
    page: &'a Page,
}

impl<'a> Codes<'a> {
    pub(super) const fn new(page: &'a Page) -> Self {
        Self { page }
    }

    /// The first `count` samples of a row, each handed over with its place. Rows begin at a byte.
    pub(super) fn of_row(&self, row: &[u8], count: usize, mut take: impl FnMut(usize, u8)) {
        let page = self.page;
        match (page.bits, page.format) {
            (8, Format::Unsigned) => row.iter().take(count).enumerate().for_each(|(at, &code)| take(at, code)),
            (8 | 16 | 32 | 64, _) => {
                let bytes = page.bits as usize / 8;
                for (at, value) in row.chunks_exact(bytes).take(count).enumerate() {
                    let add = |all: u64, &byte: &u8| all << 8 | u64::from(byte);
                    let value =
                        if page.is_big_endian { value.iter().fold(0, add) } else { value.iter().rev().fold(0, add) };
                    take(at, self.code(value));
                }
            }
            (bits, _) => {
                let (mut held, mut have) = (0_u64, 0);
                let mut bytes = row.iter();
                for at in 0..count {
                    while have < bits {
                        held = held << 8 | u64::from(bytes.next().copied().unwrap_or(0));
                        have += 8;
                    }
                    have -= bits;
                    take(at, self.code(held >> have & ((1 << bits) - 1)));
                }
            }
        }
    }

    /// The code of a sample's bits: indices as they are, the whole range of integers to 0 to 255, floating point by its own
    /// range.
    fn code(&self, value: u64) -> u8 {
        let page = self.page;
        if page.photometric == Photometric::Palette {
            return value as u8;
        }
        // CIE's a and b are signed whatever is said of the samples; their highest byte is as precise as codes are.
        if matches!(page.photometric, Photometric::CieLab | Photometric::IccLab) && page.bits >= 8 {
            return (value >> (page.bits - 8)) as u8;
        }
        let most = (u64::MAX >> (64 - page.bits)) as f64;
        let share = match page.format {
            Format::Unsigned => value as f64 / most,
            // From the lowest negative number.
            Format::Signed => (value ^ 1 << (page.bits - 1)) as f64 / most,
            Format::Float => {
                let number = match page.bits {
                    16 => half_to_f64(value as u16),
                    32 => f64::from(f32::from_bits(value as u32)),
                    _ => f64::from_bits(value),
                };
                (number - page.range.0) / (page.range.1 - page.range.0)
            }
        };
        // NaN becomes 0.
        (share * 255.0).round() as u8
    }
}

/// IEEE 754 binary16.
fn half_to_f64(bits: u16) -> f64 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1F), f64::from(bits & 0x3FF) / 1024.0);
    sign * match exponent {
        0 => fraction * 2_f64.powi(-14),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1.0 + fraction) * 2_f64.powi(exponent - 15),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_what_they_are() {
        assert_eq!([0x3C00, 0xC000, 0x3800, 0x0001].map(half_to_f64), [1.0, -2.0, 0.5, 2_f64.powi(-24)]);
        assert!(half_to_f64(0x7C00).is_infinite() && half_to_f64(0x7E00).is_nan());
    }
}
