//! Transforms and quantisation.

use openh264_wasm::kernels::transform::dct::*;
use openh264_wasm::kernels::transform::hadamard::*;
use openh264_wasm::kernels::transform::idct::*;
use openh264_wasm::kernels::transform::quant::reference::{count, dequantise_blocks, quantise, quantise_blocks};
use openh264_wasm::kernels::transform::quant::*;
use openh264_wasm::kernels::transform::{dct, hadamard};

use crate::Case;
use crate::arena::{Arena, STRIDE};
use crate::cases::case;

/// Coefficients that overflow what fits 16 bits on the way, for every eighth filling.
fn strained(arena: &mut Arena) -> *const i16 {
    if arena.choice % 8 == 0 {
        for value in &mut arena.coefficients {
            *value = value.wrapping_mul(3);
        }
    }
    arena.coefficients.as_ptr()
}

/// Chroma's 2x2 transform by its definition.
fn chroma_dc(arena: &Arena) -> [i32; 4] {
    let [a, b, c, d] = [0, 16, 32, 48].map(|index| i32::from(arena.coefficients[index]));
    [a + b + c + d, a - b + c - d, a + b - c - d, a - b - c + d]
}

/// # Safety
/// None is needed: the arena has everything.
unsafe fn quantise_chroma_dc(arena: &mut Arena) -> i32 {
    let values = chroma_dc(arena).map(|value| quantise(value as i16, arena.offset[0], arena.factor[0]));
    for (index, value) in values.into_iter().enumerate() {
        arena.coefficients[index * 16] = 0;
        arena.levels[index] = value;
        arena.levels[8 + index] = value;
    }
    values.into_iter().filter(|value| *value != 0).count() as i32
}

macro_rules! dct {
    ($name:literal, $kernel:ident, $reference:ident) => {
        case!(
            $name,
            |arena| $kernel(arena.coefficients.as_mut_ptr(), arena.plane(0), STRIDE, arena.plane(1), STRIDE),
            dct::reference::$reference(arena.coefficients.as_mut_ptr(), arena.pixels(0), arena.pixels(1))
        )
    };
}

macro_rules! quantise {
    ($name:literal, $kernel:ident, $blocks:literal) => {
        case!($name, |arena| $kernel(arena.coefficients.as_mut_ptr(), arena.offset.as_ptr(), arena.factor.as_ptr()), {
            let (offset, factor) = (arena.offset.as_ptr(), arena.factor.as_ptr());
            quantise_blocks(arena.coefficients.as_mut_ptr(), offset, factor, $blocks, [0; 4].as_mut_ptr())
        })
    };
}

pub(crate) fn cases() -> Vec<Case> {
    vec![
        dct!("DCT 4x4", WelsDctT4_AArch64_neon, dct),
        dct!("DCT four 4x4", WelsDctFourT4_AArch64_neon, dct_four),
        case!(
            "inverse DCT 4x4",
            |arena| WelsIDctT4Rec_AArch64_neon(arena.plane(0), STRIDE, arena.plane(1), STRIDE, strained(arena)),
            idct_exact(arena.pixels(0), arena.pixels(1), strained(arena))
        ),
        case!(
            "inverse DCT four 4x4",
            |arena| WelsIDctFourT4Rec_AArch64_neon(arena.plane(0), STRIDE, arena.plane(1), STRIDE, strained(arena)),
            {
                let coefficients = strained(arena);
                for block in 0..4 {
                    let (x, y) = (block % 2 * 4, block / 2 * 4);
                    let (output, prediction) = (arena.pixels(0).moved(x, y), arena.pixels(1).moved(x, y));
                    idct_exact(output, prediction, coefficients.add(block as usize * 16));
                }
            }
        ),
        case!(
            "inverse DCT 16x16 of DC",
            |arena| WelsIDctRecI16x16Dc_AArch64_neon(arena.plane(0), STRIDE, arena.plane(1), STRIDE, strained(arena)),
            hadamard::reference::add_dc(arena.pixels(0), arena.pixels(1), strained(arena))
        ),
        quantise!("quantise 4x4", WelsQuant4x4_AArch64_neon, 1),
        quantise!("quantise four 4x4", WelsQuantFour4x4_AArch64_neon, 4),
        case!(
            "quantise four 4x4, largest",
            |arena| WelsQuantFour4x4Max_AArch64_neon(
                arena.coefficients.as_mut_ptr(),
                arena.offset.as_ptr(),
                arena.factor.as_ptr(),
                arena.levels.as_mut_ptr()
            ),
            quantise_blocks(
                arena.coefficients.as_mut_ptr(),
                arena.offset.as_ptr(),
                arena.factor.as_ptr(),
                4,
                arena.levels.as_mut_ptr()
            )
        ),
        case!(
            "quantise DC 4x4",
            |arena| {
                strained(arena);
                WelsQuant4x4Dc_AArch64_neon(arena.coefficients.as_mut_ptr(), arena.offset[0] * 2, arena.factor[0] / 2);
            },
            safe {
                strained(arena);
                let (offset, factor) = (arena.offset[0] * 2, arena.factor[0] / 2);
                for value in &mut arena.coefficients[..16] {
                    *value = quantise(*value, offset, factor);
                }
            }
        ),
        case!(
            "dequantise 4x4",
            |arena| WelsDequant4x4_AArch64_neon(arena.coefficients.as_mut_ptr(), arena.factor.as_ptr().cast()),
            dequantise_blocks(arena.coefficients.as_mut_ptr(), arena.factor.as_ptr().cast(), 1)
        ),
        case!(
            "dequantise four 4x4",
            |arena| WelsDequantFour4x4_AArch64_neon(arena.coefficients.as_mut_ptr(), arena.factor.as_ptr().cast()),
            dequantise_blocks(arena.coefficients.as_mut_ptr(), arena.factor.as_ptr().cast(), 4)
        ),
        case!("count levels", |arena| WelsGetNoneZeroCount_AArch64_neon(strained(arena)), count(strained(arena))),
        case!(
            "Hadamard of luma DC",
            |arena| WelsHadamardT4Dc_AArch64_neon(arena.levels.as_mut_ptr(), strained(arena)),
            hadamard::reference::forward(arena.levels.as_mut_ptr(), strained(arena))
        ),
        case!(
            "inverse Hadamard of luma DC",
            |arena| WelsDequantIHadamard4x4_AArch64_neon(arena.coefficients.as_mut_ptr(), arena.factor[0] as u16),
            hadamard::reference::inverse(arena.coefficients.as_mut_ptr(), arena.factor[0] as u16)
        ),
        case!(
            "Hadamard of chroma DC",
            |arena| {
                let levels = arena.levels.as_mut_ptr();
                let (offset, factor) = (arena.offset[0], arena.factor[0]);
                let coefficients = arena.coefficients.as_mut_ptr();
                chroma_dc_small(coefficients);
                WelsHadamardQuant2x2_AArch64_neon(coefficients, offset, factor, levels, levels.add(8))
            },
            {
                chroma_dc_small(arena.coefficients.as_mut_ptr());
                quantise_chroma_dc(arena)
            }
        ),
        case!(
            "chroma DC above threshold",
            |arena| WelsHadamardQuant2x2SkipKernel_AArch64_neon(
                chroma_dc_small(arena.coefficients.as_mut_ptr()),
                arena.offset[0]
            ),
            {
                chroma_dc_small(arena.coefficients.as_mut_ptr());
                i32::from(chroma_dc(arena).into_iter().any(|value| value.abs() > i32::from(arena.offset[0])))
            }
        ),
    ]
}

/// DC coefficients of chroma are at most 16 * 255.
///
/// # Safety
/// `coefficients` has 64.
unsafe fn chroma_dc_small(coefficients: *mut i16) -> *mut i16 {
    for index in 0..64 {
        // SAFETY: the caller's promise.
        unsafe { *coefficients.add(index) = (*coefficients.add(index)).clamp(-4080, 4080) };
    }
    coefficients
}
