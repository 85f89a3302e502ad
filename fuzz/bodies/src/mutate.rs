//! Inputs from other inputs, the same for a seed.

/// Numbers that break things: ends of ranges, and one beyond.
const ODD: [u32; 12] = [0, 1, 2, 7, 127, 128, 255, 256, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF];

/// Changes inputs (xorshift, Marsaglia 2003).
#[derive(Clone, Debug)]
pub struct Mutator(u64);

impl Mutator {
    /// The same changes for the same seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }

    /// A few changes of one of the inputs: bits, bytes, numbers of both orders, parts left out, doubled, or of another input.
    pub fn mutated(&mut self, inputs: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = inputs[self.below(inputs.len())].clone();
        for _ in 0..=self.below(6) {
            let at = self.below(bytes.len());
            let length = 1 + self.below(32);
            let end = (at + length).min(bytes.len());
            match self.below(9) {
                0 => bytes.truncate(at),
                1 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                2 if at < bytes.len() => bytes[at] = self.below(256) as u8,
                3 => put(&mut bytes, at, &ODD[self.below(ODD.len())].to_be_bytes()),
                4 => put(&mut bytes, at, &ODD[self.below(ODD.len())].to_le_bytes()),
                5 => put(&mut bytes, at, &(ODD[self.below(ODD.len())] as u16).to_be_bytes()),
                6 => drop(bytes.drain(at..end)),
                7 => {
                    let part = bytes[at..end].to_vec();
                    bytes.splice(at..at, part);
                }
                _ => {
                    let other = &inputs[self.below(inputs.len())];
                    let from = self.below(other.len());
                    let part = &other[from..(from + length).min(other.len())];
                    bytes.splice(at..end, part.iter().copied());
                }
            }
        }
        if self.below(2) == 0 {
            mend_png(&mut bytes);
        }
        bytes
    }
}

/// Writes a value over what is there, as far as there is room.
fn put(bytes: &mut [u8], at: usize, value: &[u8]) {
    for (byte, value) in bytes.iter_mut().skip(at).zip(value) {
        *byte = *value;
    }
}

/// Sets the checksums of a PNG's chunks (PNG 5.3), which would stop a decoder at the first change.
fn mend_png(bytes: &mut [u8]) {
    if !bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
        return;
    }
    let mut at = 8;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let end = at + 8 + length;
        let Some(named) = bytes.get(at + 4..end) else { return };
        let crc = crc32(named).to_be_bytes();
        if let Some(place) = bytes.get_mut(end..end + 4) {
            place.copy_from_slice(&crc);
        }
        at = end + 4;
    }
}

/// PNG annex D.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 })
    })
}
