//! Intra prediction, and the choice between its cheap modes.

use openh264_wasm::kernels::Pixels;
use openh264_wasm::kernels::cost::sad::reference::sad;
use openh264_wasm::kernels::cost::satd::reference::satd;
use openh264_wasm::kernels::intra::best::*;
use openh264_wasm::kernels::intra::best4x4;
use openh264_wasm::kernels::intra::best4x4::*;
use openh264_wasm::kernels::intra::best16x16::*;
use openh264_wasm::kernels::intra::predict::reference::{Mode, predict};
use openh264_wasm::kernels::intra::predict::*;

use crate::Case;
use crate::arena::{Arena, STRIDE};
use crate::cases::case;

type Cost = unsafe fn(Pixels, Pixels, i32, i32) -> i32;

macro_rules! mode {
    ($name:literal, $kernel:ident, $side:literal, $mode:ident) => {
        case!(
            $name,
            |arena| $kernel(arena.prediction.as_mut_ptr(), arena.plane(0), STRIDE),
            predict(arena.prediction.as_mut_ptr(), arena.pixels(0), $side, Mode::$mode)
        )
    };
}

/// The first cheapest of upstream's modes in the order of trial; its number goes to `arena.numbers`.
///
/// # Safety
/// None is needed: the arena has everything.
unsafe fn choose(arena: &mut Arena, side: i32, planes: usize, modes: [(i32, Mode, i32); 3], cost: Cost) -> i32 {
    let mut best = i32::MAX;
    let mut buffer = [0; 256];
    for (number, mode, bits) in modes {
        let mut total = arena.choice * bits;
        for plane in 0..planes {
            let area = (side * side) as usize * plane;
            // The kernels may leave anything in the prediction buffer: it is not compared.
            // SAFETY: there is room for two predictions of chroma or one of luma.
            unsafe {
                let prediction = buffer.as_mut_ptr().add(area);
                predict(prediction, arena.pixels(plane), side, mode);
                total += cost(Pixels::new(prediction, side), arena.pixels(2).moved(plane as i32 * 8, 0), side, side);
            }
        }
        if total < best {
            (best, arena.numbers[0][0]) = (total, number);
        }
    }
    best
}

const LUMA: [(i32, Mode, i32); 3] = [(0, Mode::Vertical, 0), (1, Mode::Horizontal, 2), (2, Mode::Dc, 2)];
const CHROMA: [(i32, Mode, i32); 3] = [(2, Mode::Vertical, 2), (1, Mode::Horizontal, 2), (0, Mode::Dc, 0)];

macro_rules! luma {
    ($name:literal, $kernel:ident, $cost:ident) => {
        case!(
            $name,
            |arena| {
                let mut prediction = [0; 256];
                let best_mode = &mut *arena.numbers[0].as_mut_ptr();
                let prediction = prediction.as_mut_ptr();
                $kernel(arena.plane(0), STRIDE, arena.plane(2), STRIDE, best_mode, arena.choice, prediction)
            },
            choose(arena, 16, 1, LUMA, $cost)
        )
    };
}

macro_rules! chroma {
    ($name:literal, $kernel:ident, $cost:ident) => {
        case!(
            $name,
            |arena| {
                let mut prediction = [0; 128];
                $kernel(
                    arena.plane(0),
                    STRIDE,
                    arena.plane(2),
                    STRIDE,
                    &mut *arena.numbers[0].as_mut_ptr(),
                    arena.choice,
                    prediction.as_mut_ptr(),
                    arena.plane(1),
                    arena.plane(2).add(8),
                )
            },
            choose(arena, 8, 2, CHROMA, $cost)
        )
    };
}

pub(crate) fn cases() -> Vec<Case> {
    vec![
        mode!("intra 16x16 vertical", WelsI16x16LumaPredV_AArch64_neon, 16, Vertical),
        mode!("intra 16x16 horizontal", WelsI16x16LumaPredH_AArch64_neon, 16, Horizontal),
        mode!("intra 16x16 DC", WelsI16x16LumaPredDc_AArch64_neon, 16, Dc),
        mode!("intra 16x16 DC of the top", WelsI16x16LumaPredDcTop_AArch64_neon, 16, DcTop),
        mode!("intra 16x16 DC of the left", WelsI16x16LumaPredDcLeft_AArch64_neon, 16, DcLeft),
        mode!("intra 16x16 plane", WelsI16x16LumaPredPlane_AArch64_neon, 16, Plane),
        mode!("intra chroma vertical", WelsIChromaPredV_AArch64_neon, 8, Vertical),
        mode!("intra chroma horizontal", WelsIChromaPredH_AArch64_neon, 8, Horizontal),
        mode!("intra chroma DC", WelsIChromaPredDc_AArch64_neon, 8, Dc),
        mode!("intra chroma DC of the top", WelsIChromaPredDcTop_AArch64_neon, 8, DcTop),
        mode!("intra chroma plane", WelsIChromaPredPlane_AArch64_neon, 8, Plane),
        luma!("intra 16x16 best by SATD", WelsIntra16x16Combined3Satd_AArch64_neon, satd),
        luma!("intra 16x16 best by SAD", WelsIntra16x16Combined3Sad_AArch64_neon, sad),
        chroma!("intra chroma best by SATD", WelsIntra8x8Combined3Satd_AArch64_neon, satd),
        chroma!("intra chroma best by SAD", WelsIntra8x8Combined3Sad_AArch64_neon, sad),
        case!(
            "intra 4x4 best by SATD",
            |arena| WelsIntra4x4Combined3Satd_AArch64_neon(
                arena.plane(0),
                STRIDE,
                arena.plane(2),
                STRIDE,
                arena.prediction.as_mut_ptr(),
                &mut *arena.numbers[0].as_mut_ptr(),
                arena.choice,
                arena.choice / 2,
                arena.choice * 2
            ),
            best4x4::reference::best_of_three(
                arena.pixels(0),
                arena.pixels(2),
                arena.prediction.as_mut_ptr(),
                &mut *arena.numbers[0].as_mut_ptr(),
                [arena.choice, arena.choice / 2, arena.choice * 2]
            )
        ),
    ]
}
