//! BT.709 in limited range (ITU-R BT.709-6 3 and 5): what the video's samples are of red, green and blue codes of 0 to
//! 255, and the fixed-point arithmetic that the conversions share.

use wide::i16x8;

/// Red's and blue's share of luma (BT.709-6 3.2).
const KR: f64 = 0.2126;
const KB: f64 = 0.0722;

/// Codes from black to white, and across the differences, of 255 (BT.709-6 5.3).
const LUMA_RANGE: f64 = 219.0 / 255.0;
const CHROMA_RANGE: f64 = 224.0 / 255.0;

/// The luma code of black.
pub(super) const BLACK: i16 = 16;
/// The code of no difference, here and in a JPEG.
pub(super) const MIDDLE: i16 = 128;

/// Luma of red, green and blue, without range and offset.
const fn luma([red, green, blue]: [f64; 3]) -> f64 {
    KR * red + (1.0 - KR - KB) * green + KB * blue
}

/// What a colour adds to the luma code.
pub(super) const fn y(rgb: [f64; 3]) -> f64 {
    LUMA_RANGE * luma(rgb)
}

/// What a colour adds to the code of the blue difference.
pub(super) const fn cb(rgb: [f64; 3]) -> f64 {
    CHROMA_RANGE * (rgb[2] - luma(rgb)) / (2.0 * (1.0 - KB))
}

/// What a colour adds to the code of the red difference.
pub(super) const fn cr(rgb: [f64; 3]) -> f64 {
    CHROMA_RANGE * (rgb[0] - luma(rgb)) / (2.0 * (1.0 - KR))
}

/// Fractional bits of codes in the conversions: 255 with them is the most that 16 bits hold.
pub(super) const CODE_BITS: i32 = 7;

/// A factor below 1 in 15 fractional bits, to the nearest, as `mul_scale_round` takes it.
pub(super) const fn fixed(factor: f64) -> i16 {
    let scaled = factor * (1 << 15) as f64;
    (if scaled < 0.0 { scaled - 0.5 } else { scaled + 0.5 }) as i16
}

/// What is added to sums with [`CODE_BITS`] fractional bits, so that they are rounded and have an offset.
pub(super) const fn offset(code: i16) -> i16 {
    (code << CODE_BITS) + (1 << (CODE_BITS - 1))
}

/// Rounds sums with [`CODE_BITS`] fractional bits to whole codes, with an offset. Sums beyond 16 bits are beyond white.
#[inline(always)]
pub(super) fn codes(sums: i16x8, code: i16) -> i16x8 {
    sums.saturating_add(i16x8::splat(offset(code))) >> CODE_BITS
}
