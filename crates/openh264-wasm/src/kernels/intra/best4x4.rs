//! The best of three 4x4 intra modes (DC, horizontal, vertical) by SATD, without going through memory.

use core::arch::wasm32::*;

use crate::kernels::cost::satd::satd4x4;
use crate::kernels::lanes::{Four, Lanes, Sixteen};
use crate::kernels::pixels::Pixels;

/// Writes the best mode's prediction and number, and gives its cost. The first of equals wins.
/// The row above and the column left of `decoded` are read; `prediction` takes 16 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsIntra4x4Combined3Satd_AArch64_neon(
    decoded: *const u8,
    decoded_stride: i32,
    source: *const u8,
    source_stride: i32,
    prediction: *mut u8,
    best_mode: &mut i32,
    dc_bits: i32,
    horizontal_bits: i32,
    vertical_bits: i32,
) -> i32 {
    let decoded = Pixels::new(decoded, decoded_stride);
    let source = Pixels::new(source, source_stride).load_rows::<Four>(0);
    let above = v128_load32_splat(decoded.at(0, -1).cast());
    let left = [0, 1, 2, 3].map(|y| *decoded.at(-1, y));
    let [l0, l1, l2, l3] = left;
    let vertical = above;
    let horizontal = u8x16(l0, l0, l0, l0, l1, l1, l1, l1, l2, l2, l2, l2, l3, l3, l3, l3);
    let sum_above = u32x4_extract_lane::<0>(u32x4_extadd_pairwise_u16x8(u16x8_extadd_pairwise_u8x16(above)));
    let sum = sum_above + left.into_iter().map(u32::from).sum::<u32>();
    let dc = u8x16_splat(((sum + 4) >> 3) as u8);

    let (mut best, mut cost, mut mode) = (dc, satd4x4(dc, source) + dc_bits, 2);
    let next = satd4x4(horizontal, source) + horizontal_bits;
    if next < cost {
        (best, cost, mode) = (horizontal, next, 1);
    }
    let next = satd4x4(vertical, source) + vertical_bits;
    if next < cost {
        (best, cost, mode) = (vertical, next, 0);
    }
    Sixteen::store(prediction, best);
    *best_mode = mode;
    cost
}

/// What the kernel above computes, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    use crate::kernels::cost::satd::reference::satd;
    use crate::kernels::pixels::Pixels;

    /// `bits` are those of DC, horizontal and vertical.
    pub unsafe fn best_of_three(
        decoded: Pixels,
        source: Pixels,
        prediction: *mut u8,
        best_mode: &mut i32,
        bits: [i32; 3],
    ) -> i32 {
        let above = [0, 1, 2, 3].map(|x| decoded.pixel(x, -1) as u8);
        let left = [0, 1, 2, 3].map(|y| decoded.pixel(-1, y) as u8);
        let mean = ((above.iter().chain(&left).map(|pixel| u32::from(*pixel)).sum::<u32>() + 4) >> 3) as u8;
        let modes: [(i32, [u8; 16]); 3] = [
            (2, [mean; 16]),
            (1, core::array::from_fn(|index| left[index / 4])),
            (0, core::array::from_fn(|index| above[index % 4])),
        ];
        let mut cost = i32::MAX;
        for ((mode, pixels), bits) in modes.into_iter().zip(bits) {
            let next = satd(Pixels::new(pixels.as_ptr(), 4), source, 4, 4) + bits;
            if next < cost {
                (cost, *best_mode) = (next, mode);
                prediction.copy_from(pixels.as_ptr(), 16);
            }
        }
        cost
    }
}
