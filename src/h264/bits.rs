//! Bits of a NAL unit's payload (ITU-T H.264 7.3.1 and 9.1), from the highest of each byte down.

/// The payload of a NAL unit, without the bytes that keep start codes out (7.4.1, `emulation_prevention_three_byte`).
pub(super) fn unescape(unit: &[u8]) -> Vec<u8> {
    let mut payload = Vec::with_capacity(unit.len());
    let mut zeros = 0;
    for &byte in unit.get(1..).unwrap_or_default() {
        if zeros >= 2 && byte == 3 {
            zeros = 0;
            continue;
        }
        zeros = if byte == 0 { zeros + 1 } else { 0 };
        payload.push(byte);
    }
    payload
}

/// A NAL unit of a header and a payload.
pub(super) fn escape(header: u8, payload: &[u8]) -> Vec<u8> {
    let mut unit = Vec::with_capacity(payload.len() + payload.len() / 64 + 1);
    unit.push(header);
    let mut zeros = 0;
    for &byte in payload {
        if zeros >= 2 && byte <= 3 {
            unit.push(3);
            zeros = 0;
        }
        zeros = if byte == 0 { zeros + 1 } else { 0 };
        unit.push(byte);
    }
    unit
}

/// Reads a payload. Past the end there is `None`.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The number of bits read.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    pub(crate) fn bit(&mut self) -> Option<u32> {
        let byte = *self.bytes.get(self.at / 8)?;
        let bit = byte >> (7 - self.at % 8) & 1;
        self.at += 1;
        Some(u32::from(bit))
    }

    pub(crate) fn flag(&mut self) -> Option<bool> {
        self.bit().map(|bit| bit == 1)
    }

    /// u(n), up to 32 bits.
    pub(crate) fn bits(&mut self, count: u32) -> Option<u32> {
        (0..count).try_fold(0, |value, _| Some(value << 1 | self.bit()?))
    }

    /// ue(v).
    pub(crate) fn unsigned(&mut self) -> Option<u32> {
        let mut zeros = 0;
        while self.bit()? == 0 {
            zeros += 1;
        }
        if zeros > 31 {
            return None;
        }
        Some((1_u32 << zeros | self.bits(zeros)?) - 1)
    }

    /// se(v).
    pub(crate) fn signed(&mut self) -> Option<i32> {
        let code = self.unsigned()?;
        let magnitude = code.div_ceil(2) as i32;
        Some(if code % 2 == 1 { magnitude } else { -magnitude })
    }
}

/// Writes a payload.
#[derive(Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
    /// Bits of the last byte that are taken; 0 where it is full.
    used: u32,
}

impl Writer {
    pub(super) fn bit(&mut self, bit: u32) {
        if self.used == 0 {
            self.bytes.push(0);
        }
        if let Some(last) = self.bytes.last_mut() {
            *last |= (bit as u8 & 1) << (7 - self.used);
        }
        self.used = (self.used + 1) % 8;
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.bit(u32::from(flag));
    }

    /// u(n).
    pub(super) fn bits(&mut self, value: u32, count: u32) {
        (0..count).rev().for_each(|place| self.bit(value >> place));
    }

    /// ue(v).
    pub(super) fn unsigned(&mut self, value: u32) {
        let code = u64::from(value) + 1;
        let zeros = code.ilog2();
        self.bits(0, zeros);
        (0..=zeros).rev().for_each(|place| self.bit((code >> place) as u32));
    }

    /// se(v).
    pub(super) fn signed(&mut self, value: i32) {
        let magnitude = value.unsigned_abs();
        self.unsigned(if value > 0 { 2 * magnitude - 1 } else { 2 * magnitude });
    }

    /// Fills the last byte with ones, as before CABAC's bytes (7.3.4, `cabac_alignment_one_bit`).
    pub(super) fn align_with_ones(&mut self) {
        while self.used != 0 {
            self.bit(1);
        }
    }

    /// Whole bytes, after whole bytes.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        debug_assert_eq!(self.used, 0, "bytes follow bytes");
        self.bytes.extend_from_slice(bytes);
    }

    /// `rbsp_trailing_bits` (7.3.2.11).
    pub(super) fn end(mut self) -> Vec<u8> {
        self.bit(1);
        self.bytes
    }

    /// What was written, where CABAC ends it itself.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_they_were_written() {
        // ITU-T H.264 table 9-2: 0 is 1, 1 is 010, 2 is 011, 3 is 00100.
        let mut writer = Writer::default();
        (0..4).for_each(|value| writer.unsigned(value));
        assert_eq!(writer.end(), [0b1010_0110, 0b0100_1000]);

        let mut writer = Writer::default();
        let (unsigned, signed) = ([0, 1, 7, 8, 254, 255, 65_535, u32::MAX - 1], [0, 1, -1, 26, -26, 32_767, -32_768]);
        unsigned.iter().for_each(|&value| writer.unsigned(value));
        signed.iter().for_each(|&value| writer.signed(value));
        writer.bits(0x5A5, 11);
        let bytes = writer.end();
        let mut reader = Reader::new(&bytes);
        assert!(unsigned.iter().all(|&value| reader.unsigned() == Some(value)));
        assert!(signed.iter().all(|&value| reader.signed() == Some(value)));
        assert_eq!(reader.bits(11), Some(0x5A5));
    }

    #[test]
    fn start_codes_are_kept_out_and_come_back() {
        for payload in [&[0, 0, 0, 1, 0, 0, 3, 0, 0, 1, 2, 0, 0, 2][..], &[0, 0, 4], &[0, 0, 0, 0, 0, 0], &[]] {
            let unit = escape(0x41, payload);
            assert!(!unit.windows(3).any(|three| three[..2] == [0, 0] && three[2] < 3), "{unit:?}");
            assert_eq!(unescape(&unit), payload);
        }
    }
}
