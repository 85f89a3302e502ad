//! Quantisation and its inverse (ITU-T H.264 8.5.12.1), and the count of what is left.
//!
//! A level is `sign(x) * (((|x| + offset) * factor) >> 16)`: offset is upstream's FF, the dead zone, and factor its MF.
//! Both come as 8 numbers, for the odd and the even rows' two each.

use core::arch::wasm32::*;

use crate::kernels::lanes::{Eight, Lanes};
use crate::kernels::vector::{zip_high, zip_low};

/// The factors of the even lanes alone and of the odd lanes alone, so that a dot product of pairs gives single products.
#[derive(Clone, Copy)]
struct Quantiser {
    offset: v128,
    even: v128,
    odd: v128,
}

impl Quantiser {
    #[inline(always)]
    fn new(offset: v128, factor: v128) -> Self {
        let low_halves = i32x4_splat(0xffff);
        Self { offset, even: v128_and(factor, low_halves), odd: v128_andnot(factor, low_halves) }
    }

    /// Both have 8 numbers.
    #[inline(always)]
    unsafe fn load(offset: *const i16, factor: *const i16) -> Self {
        Self::new(v128_load(offset.cast()), v128_load(factor.cast()))
    }

    /// The magnitudes of the levels. |x| + offset must fit 15 bits: a 4x4 transform gives at most 36 * 255, and the
    /// largest offset is 767.
    #[inline(always)]
    fn magnitudes(self, values: v128) -> v128 {
        let raised = i16x8_add(i16x8_abs(values), self.offset);
        let even = i32x4_dot_i16x8(raised, self.even);
        let odd = i32x4_dot_i16x8(raised, self.odd);
        v128_or(u32x4_shr(even, 16), v128_andnot(odd, i32x4_splat(0xffff)))
    }
}

/// `magnitudes` with the signs of `values`.
#[inline(always)]
fn with_sign(magnitudes: v128, values: v128) -> v128 {
    let sign = i16x8_shr(values, 15);
    i16x8_sub(v128_xor(magnitudes, sign), sign)
}

/// `values` has 8 coefficients, which the levels replace.
#[inline(always)]
unsafe fn quantise8(values: *mut i16, quantiser: Quantiser) -> v128 {
    let loaded = v128_load(values.cast());
    let magnitudes = quantiser.magnitudes(loaded);
    v128_store(values.cast(), with_sign(magnitudes, loaded));
    magnitudes
}

/// `values` has one block's 16 coefficients, `offset` and `factor` 8 numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsQuant4x4_AArch64_neon(values: *mut i16, offset: *const i16, factor: *const i16) {
    let quantiser = Quantiser::load(offset, factor);
    quantise8(values, quantiser);
    quantise8(values.add(8), quantiser);
}

/// `values` has four blocks' 64 coefficients, `offset` and `factor` 8 numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsQuantFour4x4_AArch64_neon(values: *mut i16, offset: *const i16, factor: *const i16) {
    let quantiser = Quantiser::load(offset, factor);
    for index in 0..8 {
        quantise8(values.add(index * 8), quantiser);
    }
}

/// Also gives each block's largest magnitude: `largest` takes four.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsQuantFour4x4Max_AArch64_neon(
    values: *mut i16,
    offset: *const i16,
    factor: *const i16,
    largest: *mut i16,
) {
    let quantiser = Quantiser::load(offset, factor);
    let [a, b, c, d] = [0, 1, 2, 3].map(|block| {
        i16x8_max(quantise8(values.add(block * 16), quantiser), quantise8(values.add(block * 16 + 8), quantiser))
    });
    // Four times eight candidates to four results.
    let ab = i16x8_max(zip_low::<16>(a, b), zip_high::<16>(a, b));
    let cd = i16x8_max(zip_low::<16>(c, d), zip_high::<16>(c, d));
    let all = i16x8_max(zip_low::<32>(ab, cd), zip_high::<32>(ab, cd));
    Eight::store(largest.cast(), i16x8_max(all, zip_high::<64>(all, all)));
}

/// The 16 DC coefficients of an Intra16x16 macroblock, with one offset and factor.
/// `values` has 16 coefficients.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsQuant4x4Dc_AArch64_neon(values: *mut i16, offset: i16, factor: i16) {
    // These come clipped to 16 bits, so |x| + offset can take all 16: products of unsigned numbers.
    let (offset, factor) = (i16x8_splat(offset), i16x8_splat(factor));
    for index in 0..2 {
        let values = values.add(index * 8).cast();
        let loaded = v128_load(values);
        let raised = i16x8_add(i16x8_abs(loaded), offset);
        let (low, high) = (u32x4_extmul_low_u16x8(raised, factor), u32x4_extmul_high_u16x8(raised, factor));
        let magnitudes = i16x8_shuffle::<1, 3, 5, 7, 9, 11, 13, 15>(low, high);
        v128_store(values, with_sign(magnitudes, loaded));
    }
}

/// `values` has `COUNT` times 8 levels, `factor` 8 numbers.
#[inline(always)]
unsafe fn dequantise<const COUNT: usize>(values: *mut i16, factor: *const u16) {
    let factor = v128_load(factor.cast());
    for index in 0..COUNT {
        let values = values.add(index * 8).cast();
        v128_store(values, i16x8_mul(v128_load(values), factor));
    }
}

/// `values` has one block's 16 levels, `factor` 8 numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsDequant4x4_AArch64_neon(values: *mut i16, factor: *const u16) {
    dequantise::<2>(values, factor)
}

/// `values` has four blocks' 64 levels, `factor` 8 numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsDequantFour4x4_AArch64_neon(values: *mut i16, factor: *const u16) {
    dequantise::<8>(values, factor)
}

/// How many of a block's 16 levels are not zero.
/// `levels` has 16 numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsGetNoneZeroCount_AArch64_neon(levels: *const i16) -> i32 {
    let (low, high) = (v128_load(levels.cast()), v128_load(levels.add(8).cast()));
    // Saturation to a byte keeps what is not zero.
    let bytes = i8x16_narrow_i16x8(low, high);
    16 - i8x16_bitmask(i8x16_eq(bytes, i8x16_splat(0))).count_ones() as i32
}

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    /// One level of one coefficient.
    pub fn quantise(value: i16, offset: i16, factor: i16) -> i16 {
        let magnitude = ((i32::from(offset) + i32::from(value).abs()) * i32::from(factor)) >> 16;
        (if value < 0 { -magnitude } else { magnitude }) as i16
    }

    /// `values` has `blocks` times 16 coefficients, `offset` and `factor` 8 numbers; `largest` takes one a block.
    pub unsafe fn quantise_blocks(
        values: *mut i16,
        offset: *const i16,
        factor: *const i16,
        blocks: usize,
        largest: *mut i16,
    ) {
        for block in 0..blocks {
            let mut most = 0;
            for index in 0..16 {
                let value = values.add(block * 16 + index);
                *value = quantise(*value, *offset.add(index % 8), *factor.add(index % 8));
                most = most.max((*value).abs());
            }
            *largest.add(block) = most;
        }
    }

    /// `values` has `blocks` times 16 levels, `factor` 8 numbers.
    pub unsafe fn dequantise_blocks(values: *mut i16, factor: *const u16, blocks: usize) {
        for index in 0..blocks * 16 {
            let value = values.add(index);
            *value = (*value).wrapping_mul(*factor.add(index % 8) as i16);
        }
    }

    /// `levels` has 16 numbers.
    pub unsafe fn count(levels: *const i16) -> i32 {
        (0..16).filter(|index| *levels.add(*index) != 0).count() as i32
    }
}
