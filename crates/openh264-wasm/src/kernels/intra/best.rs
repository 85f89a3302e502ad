//! The best of the three cheap intra modes (vertical, horizontal, DC) and its cost.
//!
//! Where two modes cost the same, the one that upstream's loop over single modes tries first wins, so that the stream is
//! the same with kernels and without. The prediction buffer is left with any of the three: upstream predicts again.

use super::predict::*;
use crate::kernels::cost::sad::*;
use crate::kernels::cost::satd::*;

type Predict = unsafe extern "C" fn(*mut u8, *const u8, i32);
type Cost = unsafe extern "C" fn(*const u8, i32, *const u8, i32) -> i32;

/// Upstream's numbers of the modes of a 16x16 block, in the order of trial, and what their code costs in lambdas.
const LUMA: [(i32, Predict, i32); 3] = [
    (0, WelsI16x16LumaPredV_AArch64_neon, 0),
    (1, WelsI16x16LumaPredH_AArch64_neon, 2),
    (2, WelsI16x16LumaPredDc_AArch64_neon, 2),
];

/// The same for chroma.
const CHROMA: [(i32, Predict, i32); 3] = [
    (2, WelsIChromaPredV_AArch64_neon, 2),
    (1, WelsIChromaPredH_AArch64_neon, 2),
    (0, WelsIChromaPredDc_AArch64_neon, 0),
];

/// The first of the cheapest.
#[inline(always)]
fn cheapest(costs: [(i32, i32); 3], best_mode: &mut i32) -> i32 {
    let (mut mode, mut cost) = costs[0];
    for (next_mode, next) in costs.into_iter().skip(1) {
        if next < cost {
            (mode, cost) = (next_mode, next);
        }
    }
    *best_mode = mode;
    cost
}

macro_rules! luma {
    ($name:ident, $cost:expr) => {
        /// The row above and the column left of `decoded` are read; `prediction` has 256 bytes.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(
            decoded: *const u8,
            decoded_stride: i32,
            source: *const u8,
            source_stride: i32,
            best_mode: &mut i32,
            lambda: i32,
            prediction: *mut u8,
        ) -> i32 {
            const COST: Cost = $cost;
            let costs = LUMA.map(|(mode, predict, bits)| {
                predict(prediction, decoded, decoded_stride);
                (mode, COST(prediction, 16, source, source_stride) + lambda * bits)
            });
            cheapest(costs, best_mode)
        }
    };
}

luma!(WelsIntra16x16Combined3Sad_AArch64_neon, WelsSampleSad16x16_AArch64_neon);

macro_rules! chroma {
    ($name:ident, $cost:expr) => {
        /// The row above and the column left of both decoded planes' blocks are read; `prediction` has 128 bytes.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(
            decoded_cb: *const u8,
            decoded_stride: i32,
            source_cb: *const u8,
            source_stride: i32,
            best_mode: &mut i32,
            lambda: i32,
            prediction: *mut u8,
            decoded_cr: *const u8,
            source_cr: *const u8,
        ) -> i32 {
            const COST: Cost = $cost;
            let costs = CHROMA.map(|(mode, predict, bits)| {
                predict(prediction, decoded_cb, decoded_stride);
                predict(prediction.add(64), decoded_cr, decoded_stride);
                let cb = COST(prediction, 8, source_cb, source_stride);
                (mode, cb + COST(prediction.add(64), 8, source_cr, source_stride) + lambda * bits)
            });
            cheapest(costs, best_mode)
        }
    };
}

chroma!(WelsIntra8x8Combined3Satd_AArch64_neon, WelsSampleSatd8x8_AArch64_neon);
chroma!(WelsIntra8x8Combined3Sad_AArch64_neon, WelsSampleSad8x8_AArch64_neon);
