//! Marker codes, the byte behind FF (ITU-T T.81 table B.1).

pub(crate) const TEM: u8 = 0x01;
pub(crate) const SOF0_BASELINE: u8 = 0xC0;
pub(crate) const SOF1_EXTENDED: u8 = 0xC1;
pub(crate) const SOF2_PROGRESSIVE: u8 = 0xC2;
pub(crate) const SOF3_LOSSLESS: u8 = 0xC3;
pub(crate) const DHT: u8 = 0xC4;
pub(crate) const JPG: u8 = 0xC8;
pub(crate) const SOF9_ARITHMETIC: u8 = 0xC9;
pub(crate) const SOF10_PROGRESSIVE_ARITHMETIC: u8 = 0xCA;
pub(crate) const DAC: u8 = 0xCC;
pub(crate) const SOF15: u8 = 0xCF;
pub(crate) const RST0: u8 = 0xD0;
pub(crate) const RST7: u8 = 0xD7;
pub(crate) const SOI: u8 = 0xD8;
pub(crate) const EOI: u8 = 0xD9;
pub(crate) const SOS: u8 = 0xDA;
pub(crate) const DQT: u8 = 0xDB;
pub(crate) const DRI: u8 = 0xDD;
pub(crate) const APP0: u8 = 0xE0;
pub(crate) const APP1: u8 = 0xE1;
pub(crate) const APP2: u8 = 0xE2;
pub(crate) const APP14: u8 = 0xEE;
