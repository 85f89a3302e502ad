//! The deblocking filter.

use openh264_wasm::kernels::deblock::chroma::*;
use openh264_wasm::kernels::deblock::luma::*;
use openh264_wasm::kernels::deblock::reference::*;
use openh264_wasm::kernels::deblock::strength::*;

use crate::Case;
use crate::arena::{Arena, STRIDE};
use crate::cases::case;

/// A block in the middle of the tables, with a neighbour to the left and one two macroblocks before; one that is
/// missing has no coefficients and no motion in upstream's eyes, and its edge is set afterwards.
fn strengths(arena: &mut Arena, run: unsafe fn(*const i8, *const i32, i32, i32, *mut u8)) {
    let (neighbours, output) = (arena.choice % 4, arena.bytes.as_mut_ptr());
    // SAFETY: macroblock 3 of 6.
    unsafe { run(arena.counts.as_ptr().add(24 * 3), arena.vectors.as_ptr().add(16 * 3), neighbours, 2, output) };
    if neighbours & 1 == 0 {
        arena.bytes[..4].fill(0);
    }
    if neighbours & 2 == 0 {
        arena.bytes[16..20].fill(0);
    }
}

/// The kernel as an ordinary function.
///
/// # Safety
/// As for the kernel.
unsafe fn kernel(counts: *const i8, vectors: *const i32, neighbours: i32, macroblocks: i32, output: *mut u8) {
    // SAFETY: the caller's promise.
    unsafe { DeblockingBSCalcEnc_AArch64_neon(counts, vectors, neighbours, macroblocks, output) }
}

pub(crate) fn cases() -> Vec<Case> {
    vec![
        case!(
            "deblock luma, across a row",
            |arena| DeblockLumaLt4V_AArch64_neon(
                arena.plane(0),
                STRIDE,
                arena.alpha,
                arena.beta,
                arena.limits.as_ptr()
            ),
            luma_normal(arena.plane(0), STRIDE, 1, arena.alpha, arena.beta, arena.limits.as_ptr())
        ),
        case!(
            "deblock luma, across a column",
            |arena| DeblockLumaLt4H_AArch64_neon(
                arena.plane(0),
                STRIDE,
                arena.alpha,
                arena.beta,
                arena.limits.as_ptr()
            ),
            luma_normal(arena.plane(0), 1, STRIDE, arena.alpha, arena.beta, arena.limits.as_ptr())
        ),
        case!(
            "deblock luma strongly, across a row",
            |arena| DeblockLumaEq4V_AArch64_neon(arena.plane(0), STRIDE, arena.alpha, arena.beta),
            luma_strong(arena.plane(0), STRIDE, 1, arena.alpha, arena.beta)
        ),
        case!(
            "deblock luma strongly, across a column",
            |arena| DeblockLumaEq4H_AArch64_neon(arena.plane(0), STRIDE, arena.alpha, arena.beta),
            luma_strong(arena.plane(0), 1, STRIDE, arena.alpha, arena.beta)
        ),
        case!(
            "deblock chroma, across a row",
            |arena| DeblockChromaLt4V_AArch64_neon(
                arena.plane(0),
                arena.plane(1),
                STRIDE,
                arena.alpha,
                arena.beta,
                arena.limits.as_ptr()
            ),
            for plane in 0..2 {
                chroma_normal(arena.plane(plane), STRIDE, 1, arena.alpha, arena.beta, arena.limits.as_ptr());
            }
        ),
        case!(
            "deblock chroma, across a column",
            |arena| DeblockChromaLt4H_AArch64_neon(
                arena.plane(0),
                arena.plane(1),
                STRIDE,
                arena.alpha,
                arena.beta,
                arena.limits.as_ptr()
            ),
            for plane in 0..2 {
                chroma_normal(arena.plane(plane), 1, STRIDE, arena.alpha, arena.beta, arena.limits.as_ptr());
            }
        ),
        case!(
            "deblock chroma strongly, across a row",
            |arena| DeblockChromaEq4V_AArch64_neon(arena.plane(0), arena.plane(1), STRIDE, arena.alpha, arena.beta),
            for plane in 0..2 {
                chroma_strong(arena.plane(plane), STRIDE, 1, arena.alpha, arena.beta);
            }
        ),
        case!(
            "deblock chroma strongly, across a column",
            |arena| DeblockChromaEq4H_AArch64_neon(arena.plane(0), arena.plane(1), STRIDE, arena.alpha, arena.beta),
            for plane in 0..2 {
                chroma_strong(arena.plane(plane), 1, STRIDE, arena.alpha, arena.beta);
            }
        ),
        case!("deblocking strengths", |arena| safe strengths(arena, kernel), safe strengths(arena, strength)),
        case!(
            "counts to flags",
            |arena| WelsNonZeroCount_AArch64_neon(arena.counts.as_mut_ptr().cast()),
            safe for count in &mut arena.counts[..24] {
                *count = i8::from(*count != 0);
            }
        ),
    ]
}
