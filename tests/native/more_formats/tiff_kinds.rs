//! TIFFs of every layout, put together here: no program at hand writes them.

use crate::support::Pixels;

/// How an uncompressed TIFF is laid out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    pub(super) bits: u32,
    /// Value of SampleFormat.
    pub(super) format: u16,
    pub(super) is_big_endian: bool,
    pub(super) is_planar: bool,
    pub(super) tile: Option<(u32, u32)>,
    pub(super) fill_order: u16,
    /// Value of ExtraSamples, where there is a fourth sample.
    pub(super) extra: Option<u16>,
    /// Value of Compression: 1, or 5 for LZW as it was before TIFF 6.0.
    pub(super) compression: u16,
}

pub(super) const PLAIN: Kind = Kind {
    bits: 8,
    format: 1,
    is_big_endian: false,
    is_planar: false,
    tile: None,
    fill_order: 1,
    extra: None,
    compression: 1,
};

/// Bytes as codes of 9 bits, the lowest bit first: 256 begins anew, before codes would grow, and 257 ends.
fn old_lzw(bytes: &[u8]) -> Vec<u8> {
    let mut codes = Vec::new();
    for part in bytes.chunks(200) {
        codes.push(256);
        codes.extend(part.iter().map(|&byte| u32::from(byte)));
    }
    codes.push(257);
    let (mut packed, mut held, mut have) = (Vec::new(), 0, 0);
    for code in codes {
        held |= code << have;
        have += 9;
        while have >= 8 {
            packed.push(held as u8);
            held >>= 8;
            have -= 8;
        }
    }
    packed.push(held as u8);
    packed
}

impl Kind {
    /// A sample's bits, by its share of the whole range.
    fn sample(self, share: f64) -> u64 {
        let most = (1_u128 << self.bits) as f64 - 1.0;
        match (self.format, self.bits) {
            (1, _) => (share * most).round() as u64,
            (2, bits) => ((share * most).round() as i64 - (1 << (bits - 1))) as u64 & (u64::MAX >> (64 - bits)),
            (_, 16) => u64::from(half(share)),
            (_, 32) => u64::from((share as f32).to_bits()),
            _ => share.to_bits(),
        }
    }

    /// Samples of a row, packed.
    fn row(self, samples: impl Iterator<Item = u64>) -> Vec<u8> {
        let mut bytes = Vec::new();
        let (mut held, mut have) = (0_u128, 0);
        for sample in samples {
            if self.bits.is_multiple_of(8) && self.bits > 8 {
                let length = self.bits as usize / 8;
                let little = sample.to_le_bytes();
                let ordered = little[..length].iter().copied();
                if self.is_big_endian {
                    bytes.extend(ordered.rev())
                } else {
                    bytes.extend(ordered)
                }
                continue;
            }
            (held, have) = (held << self.bits | u128::from(sample), have + self.bits);
            while have >= 8 {
                have -= 8;
                bytes.push((held >> have) as u8);
            }
        }
        if have > 0 {
            bytes.push((held << (8 - have)) as u8);
        }
        if self.fill_order == 2 {
            bytes.iter_mut().for_each(|byte| *byte = byte.reverse_bits());
        }
        bytes
    }

    /// The file of a picture; `alpha` from 0 to 1 is the same all over.
    pub(super) fn file(self, picture: &Pixels, alpha: f64) -> Vec<u8> {
        let samples = 3 + usize::from(self.extra.is_some());
        let share = |x: u32, y: u32, sample: usize| {
            if x >= picture.width || y >= picture.height {
                return 0.0;
            }
            let colour = picture.at(x, y).map(|code| f64::from(code) / 255.0);
            match (sample, self.extra) {
                (3, _) => alpha,
                (_, Some(1)) => colour[sample] * alpha,
                _ => colour[sample],
            }
        };
        let (width, height) = self.tile.unwrap_or((picture.width, 16));
        let (across, down) = (picture.width.div_ceil(width), picture.height.div_ceil(height));
        let planes: Vec<Vec<usize>> = if self.is_planar {
            (0..samples).map(|sample| vec![sample]).collect()
        } else {
            vec![(0..samples).collect()]
        };
        let mut chunks = Vec::new();
        for plane in &planes {
            for index in 0..across * down {
                let (left, top) = (index % across * width, index / across * height);
                let rows = if self.tile.is_some() { height } else { height.min(picture.height - top) };
                let row = |y: u32| {
                    let pixels = (left..left + width).flat_map(|x| plane.iter().map(move |&sample| (x, sample)));
                    self.row(pixels.map(|(x, sample)| self.sample(share(x, y, sample))))
                };
                let chunk: Vec<u8> = (top..top + rows).flat_map(row).collect();
                chunks.push(if self.compression == 5 { old_lzw(&chunk) } else { chunk });
            }
        }
        self.directory(picture, samples as u16, &chunks, (width, height))
    }

    fn directory(self, picture: &Pixels, samples: u16, chunks: &[Vec<u8>], (width, height): (u32, u32)) -> Vec<u8> {
        let short = |value: u16| if self.is_big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
        let long = |value: u32| if self.is_big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
        let mut file = if self.is_big_endian { b"MM".to_vec() } else { b"II".to_vec() };
        file.extend_from_slice(&short(42));
        file.extend_from_slice(&[0; 4]);
        let mut offsets = Vec::new();
        for chunk in chunks {
            offsets.push(file.len() as u32);
            file.extend_from_slice(chunk);
        }
        let lengths: Vec<u32> = chunks.iter().map(|chunk| chunk.len() as u32).collect();
        let depths = vec![self.bits; samples.into()];
        let formats = vec![u32::from(self.format); samples.into()];
        let (places, sizes) = if self.tile.is_some() { (324, 325) } else { (273, 279) };
        let mut fields: Vec<(u16, bool, Vec<u32>)> = vec![
            (256, true, vec![picture.width]),
            (257, true, vec![picture.height]),
            (258, false, depths),
            (259, false, vec![self.compression.into()]),
            (262, false, vec![2]),
            (266, false, vec![self.fill_order.into()]),
            (places, true, offsets),
            (277, false, vec![samples.into()]),
            (sizes, true, lengths),
            (284, false, vec![if self.is_planar { 2 } else { 1 }]),
            (339, false, formats),
        ];
        fields.extend(self.extra.map(|extra| (338, false, vec![extra.into()])));
        if self.tile.is_some() {
            fields.extend([(322, true, vec![width]), (323, true, vec![height])]);
        } else {
            fields.push((278, true, vec![height]));
        }
        fields.sort_by_key(|(tag, ..)| *tag);
        let mut directory = short(fields.len() as u16).to_vec();
        for (tag, is_long, values) in &fields {
            let bytes: Vec<u8> = values
                .iter()
                .flat_map(|&value| if *is_long { long(value).to_vec() } else { short(value as u16).to_vec() })
                .collect();
            directory.extend_from_slice(&short(*tag));
            directory.extend_from_slice(&short(if *is_long { 4 } else { 3 }));
            directory.extend_from_slice(&long(values.len() as u32));
            if bytes.len() <= 4 {
                directory.extend_from_slice(&[&bytes[..], &vec![0; 4 - bytes.len()]].concat());
            } else {
                directory.extend_from_slice(&long(file.len() as u32));
                file.extend_from_slice(&bytes);
            }
        }
        let place = long(file.len() as u32);
        file[4..8].copy_from_slice(&place);
        file.extend_from_slice(&directory);
        file.extend_from_slice(&[0; 4]);
        file
    }
}

/// A number from 0 to 1 as IEEE 754 binary16.
fn half(share: f64) -> u16 {
    let bits = (share as f32).to_bits();
    let exponent = (bits >> 23 & 0xFF) as i32 - 127 + 15;
    if exponent <= 0 { 0 } else { ((exponent as u32) << 10 | (bits >> 13 & 0x3FF)) as u16 }
}
