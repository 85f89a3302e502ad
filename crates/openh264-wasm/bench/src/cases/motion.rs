//! Motion compensation, averages and copies.

use openh264_wasm::kernels::motion::average::reference::average;
use openh264_wasm::kernels::motion::average::*;
use openh264_wasm::kernels::motion::center::reference::center;
use openh264_wasm::kernels::motion::center::*;
use openh264_wasm::kernels::motion::chroma::reference::chroma;
use openh264_wasm::kernels::motion::chroma::*;
use openh264_wasm::kernels::motion::copy::reference::copy;
use openh264_wasm::kernels::motion::copy::*;
use openh264_wasm::kernels::motion::luma::reference::half;
use openh264_wasm::kernels::motion::luma::*;

use crate::Case;
use crate::arena::STRIDE;
use crate::cases::case;

/// A filter's step.
const ACROSS: (i32, i32) = (1, 0);
const DOWN: (i32, i32) = (0, 1);

macro_rules! half {
    ($name:literal, $kernel:ident, $step:expr, $mean:expr, $width:literal, $height:literal) => {
        case!(
            $name,
            |arena| $kernel(arena.plane(0), STRIDE, arena.plane(1), STRIDE, $height),
            half(arena.pixels(0), arena.pixels(1), $step, $mean, $width, $height)
        )
    };
}

macro_rules! center {
    ($name:literal, $kernel:ident, $width:literal, $height:literal) => {
        case!(
            $name,
            |arena| $kernel(arena.plane(0), STRIDE, arena.plane(1), STRIDE, $height),
            center(arena.pixels(0), arena.pixels(1), $width, $height)
        )
    };
}

macro_rules! average {
    ($name:literal, $kernel:ident, $width:literal, $height:literal) => {
        case!(
            $name,
            |arena| $kernel(arena.plane(2), STRIDE, arena.plane(0), STRIDE, arena.plane(1), STRIDE, $height),
            average(arena.pixels(2), arena.pixels(0), arena.pixels(1), $width, $height)
        )
    };
}

macro_rules! copy {
    ($name:literal, $kernel:ident, $width:literal, $height:literal) => {
        case!(
            $name,
            |arena| $kernel(arena.plane(1), STRIDE, arena.plane(0), STRIDE),
            copy(arena.pixels(1), arena.pixels(0), $width, $height)
        )
    };
}

macro_rules! compensate {
    ($name:literal, $kernel:ident, $width:literal) => {
        case!(
            $name,
            |arena| $kernel(arena.plane(0), STRIDE, arena.plane(1), STRIDE, 8),
            copy(arena.pixels(1), arena.pixels(0), $width, 8)
        )
    };
}

/// Chroma's weights for a position in eighths.
fn weights(choice: i32) -> [u8; 4] {
    let (x, y) = (choice % 8, choice / 8);
    [(8 - x) * (8 - y), x * (8 - y), (8 - x) * y, x * y].map(|weight| weight as u8)
}

macro_rules! chroma {
    ($name:literal, $kernel:ident, $width:literal) => {
        case!(
            $name,
            |arena| $kernel(arena.plane(0), STRIDE, arena.plane(1), STRIDE, weights(arena.choice).as_ptr(), 8),
            chroma(arena.pixels(0), arena.pixels(1), weights(arena.choice).as_ptr(), $width, 8)
        )
    };
}

pub(crate) fn cases() -> Vec<Case> {
    vec![
        half!("luma 1/2 across 16", McHorVer20WidthEq16_AArch64_neon, ACROSS, None, 16, 16),
        half!("luma 1/2 across 8", McHorVer20WidthEq8_AArch64_neon, ACROSS, None, 8, 8),
        half!("luma 1/2 across 4", McHorVer20WidthEq4_AArch64_neon, ACROSS, None, 4, 4),
        half!("luma 1/2 across 17", McHorVer20Width17_AArch64_neon, ACROSS, None, 17, 16),
        half!("luma 1/2 across 9", McHorVer20Width9_AArch64_neon, ACROSS, None, 9, 8),
        half!("luma 1/2 across 5", McHorVer20Width5_AArch64_neon, ACROSS, None, 5, 4),
        half!("luma 1/4 across 16", McHorVer10WidthEq16_AArch64_neon, ACROSS, Some(0), 16, 16),
        half!("luma 1/4 across 8", McHorVer10WidthEq8_AArch64_neon, ACROSS, Some(0), 8, 8),
        half!("luma 1/4 across 4", McHorVer10WidthEq4_AArch64_neon, ACROSS, Some(0), 4, 4),
        half!("luma 3/4 across 16", McHorVer30WidthEq16_AArch64_neon, ACROSS, Some(1), 16, 16),
        half!("luma 3/4 across 8", McHorVer30WidthEq8_AArch64_neon, ACROSS, Some(1), 8, 8),
        half!("luma 3/4 across 4", McHorVer30WidthEq4_AArch64_neon, ACROSS, Some(1), 4, 4),
        half!("luma 1/2 down 16", McHorVer02WidthEq16_AArch64_neon, DOWN, None, 16, 16),
        half!("luma 1/2 down 8", McHorVer02WidthEq8_AArch64_neon, DOWN, None, 8, 8),
        half!("luma 1/2 down 4", McHorVer02WidthEq4_AArch64_neon, DOWN, None, 4, 4),
        half!("luma 1/2 down 16x17", McHorVer02Height17_AArch64_neon, DOWN, None, 16, 17),
        half!("luma 1/2 down 8x9", McHorVer02Height9_AArch64_neon, DOWN, None, 8, 9),
        half!("luma 1/2 down 4x5", McHorVer02Height5_AArch64_neon, DOWN, None, 4, 5),
        half!("luma 1/4 down 16", McHorVer01WidthEq16_AArch64_neon, DOWN, Some(0), 16, 16),
        half!("luma 1/4 down 8", McHorVer01WidthEq8_AArch64_neon, DOWN, Some(0), 8, 8),
        half!("luma 1/4 down 4", McHorVer01WidthEq4_AArch64_neon, DOWN, Some(0), 4, 4),
        half!("luma 3/4 down 16", McHorVer03WidthEq16_AArch64_neon, DOWN, Some(1), 16, 16),
        half!("luma 3/4 down 8", McHorVer03WidthEq8_AArch64_neon, DOWN, Some(1), 8, 8),
        half!("luma 3/4 down 4", McHorVer03WidthEq4_AArch64_neon, DOWN, Some(1), 4, 4),
        center!("luma center 16", McHorVer22WidthEq16_AArch64_neon, 16, 16),
        center!("luma center 8", McHorVer22WidthEq8_AArch64_neon, 8, 8),
        center!("luma center 4", McHorVer22WidthEq4_AArch64_neon, 4, 4),
        center!("luma center 17", McHorVer22Width17_AArch64_neon, 17, 17),
        center!("luma center 9", McHorVer22Width9_AArch64_neon, 9, 9),
        center!("luma center 5", McHorVer22Width5_AArch64_neon, 5, 5),
        chroma!("chroma 8", McChromaWidthEq8_AArch64_neon, 8),
        chroma!("chroma 4", McChromaWidthEq4_AArch64_neon, 4),
        average!("average 16", PixelAvgWidthEq16_AArch64_neon, 16, 16),
        average!("average 8", PixelAvgWidthEq8_AArch64_neon, 8, 8),
        average!("average 4", PixelAvgWidthEq4_AArch64_neon, 4, 4),
        average!("average 16 (search)", PixStrideAvgWidthEq16_AArch64_neon, 16, 16),
        average!("average 8 (search)", PixStrideAvgWidthEq8_AArch64_neon, 8, 8),
        copy!("copy 16x16", WelsCopy16x16_AArch64_neon, 16, 16),
        copy!("copy 16x16 (unaligned)", WelsCopy16x16NotAligned_AArch64_neon, 16, 16),
        copy!("copy 16x8", WelsCopy16x8NotAligned_AArch64_neon, 16, 8),
        copy!("copy 8x16", WelsCopy8x16_AArch64_neon, 8, 16),
        copy!("copy 8x8", WelsCopy8x8_AArch64_neon, 8, 8),
        compensate!("motion copy 16", McCopyWidthEq16_AArch64_neon, 16),
        compensate!("motion copy 8", McCopyWidthEq8_AArch64_neon, 8),
        compensate!("motion copy 4", McCopyWidthEq4_AArch64_neon, 4),
        case!(
            "zero memory",
            |arena| WelsSetMemZero_AArch64_neon(arena.prediction.as_mut_ptr(), arena.choice * 8),
            safe arena.prediction[..arena.choice as usize * 8].fill(0)
        ),
    ]
}
