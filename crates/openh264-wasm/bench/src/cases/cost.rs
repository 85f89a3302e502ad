//! SAD and SATD.

use openh264_wasm::kernels::cost::sad::reference::{sad, sad_four};
use openh264_wasm::kernels::cost::sad::*;
use openh264_wasm::kernels::cost::satd::reference::satd;
use openh264_wasm::kernels::cost::satd::*;

use crate::Case;
use crate::arena::STRIDE;
use crate::cases::case;

macro_rules! single {
    ($name:literal, $kernel:ident, $reference:ident, $width:literal, $height:literal) => {
        case!(
            $name,
            |arena| $kernel(arena.plane(0), STRIDE, arena.plane(1), STRIDE),
            $reference(arena.pixels(0), arena.pixels(1), $width, $height)
        )
    };
}

macro_rules! four {
    ($name:literal, $kernel:ident, $width:literal, $height:literal) => {
        case!(
            $name,
            |arena| $kernel(arena.plane(0), STRIDE, arena.plane(1), STRIDE, arena.numbers[0].as_mut_ptr()),
            sad_four(arena.pixels(0), arena.pixels(1), arena.numbers[0].as_mut_ptr(), $width, $height)
        )
    };
}

pub(crate) fn cases() -> Vec<Case> {
    vec![
        single!("SAD 16x16", WelsSampleSad16x16_AArch64_neon, sad, 16, 16),
        single!("SAD 16x8", WelsSampleSad16x8_AArch64_neon, sad, 16, 8),
        single!("SAD 8x16", WelsSampleSad8x16_AArch64_neon, sad, 8, 16),
        single!("SAD 8x8", WelsSampleSad8x8_AArch64_neon, sad, 8, 8),
        single!("SAD 4x4", WelsSampleSad4x4_AArch64_neon, sad, 4, 4),
        single!("SAD 16x16 (preprocess)", WelsProcessingSampleSad16x16_AArch64_neon, sad, 16, 16),
        single!("SAD 8x8 (preprocess)", WelsProcessingSampleSad8x8_AArch64_neon, sad, 8, 8),
        four!("4 SADs 16x16", WelsSampleSadFour16x16_AArch64_neon, 16, 16),
        four!("4 SADs 16x8", WelsSampleSadFour16x8_AArch64_neon, 16, 8),
        four!("4 SADs 8x16", WelsSampleSadFour8x16_AArch64_neon, 8, 16),
        four!("4 SADs 8x8", WelsSampleSadFour8x8_AArch64_neon, 8, 8),
        four!("4 SADs 4x4", WelsSampleSadFour4x4_AArch64_neon, 4, 4),
        single!("SATD 16x16", WelsSampleSatd16x16_AArch64_neon, satd, 16, 16),
        single!("SATD 16x8", WelsSampleSatd16x8_AArch64_neon, satd, 16, 8),
        single!("SATD 8x16", WelsSampleSatd8x16_AArch64_neon, satd, 8, 16),
        single!("SATD 8x8", WelsSampleSatd8x8_AArch64_neon, satd, 8, 8),
        single!("SATD 4x4", WelsSampleSatd4x4_AArch64_neon, satd, 4, 4),
    ]
}
