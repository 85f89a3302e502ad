//! Whole-macroblock intra prediction (ITU-T H.264 8.3.3 and 8.3.4), from the row above and the column left of the block.
//! The prediction has rows of 16 bytes (luma, 256 in all) or of 8 (chroma, 64 in all, two rows to a vector).

use core::arch::wasm32::*;

use crate::kernels::lanes::{Eight, Sixteen};
use crate::kernels::pixels::Pixels;
use crate::kernels::vector::{sum_i16, zip_low};

/// Writes the vectors of a prediction, one after another.
#[inline(always)]
unsafe fn fill<const VECTORS: i32>(prediction: *mut u8, vector: impl Fn(i32) -> v128) {
    let prediction = Pixels::new(prediction, 16);
    for index in 0..VECTORS {
        prediction.store::<Sixteen>(index, vector(index));
    }
}

/// The vectors of luma's prediction, and of chroma's.
const LUMA: i32 = 16;
const CHROMA: i32 = 4;

/// The pixel left of row `y`, 16 times.
#[inline(always)]
unsafe fn left(block: Pixels, y: i32) -> v128 {
    v128_load8_splat(block.at(-1, y))
}

/// The sum of the pixels left of rows `from` to `to` - 1.
#[inline(always)]
unsafe fn sum_left(block: Pixels, from: i32, to: i32) -> u32 {
    (from..to).map(|y| u32::from(*block.at(-1, y))).sum()
}

/// The sum of the 16 pixels above.
#[inline(always)]
unsafe fn sum_above16(block: Pixels) -> u32 {
    sum_i16(u16x8_extadd_pairwise_u8x16(block.load::<Sixteen>(-1))).unsigned_abs()
}

/// The sums of the first four pixels above and of the next four.
#[inline(always)]
unsafe fn sums_above8(block: Pixels) -> (u32, u32) {
    let fours = u32x4_extadd_pairwise_u16x8(u16x8_extadd_pairwise_u8x16(block.load::<Eight>(-1)));
    (u32x4_extract_lane::<0>(fours), u32x4_extract_lane::<1>(fours))
}

/// The slope of `2 * half` neighbours, weighted by their distance from the middle; neighbour -1 is the corner.
#[inline(always)]
fn slope(neighbour: impl Fn(i32) -> i32, half: i32) -> i32 {
    (0..half).map(|index| (index + 1) * (neighbour(half + index) - neighbour(half - 2 - index))).sum()
}

/// One row of a plane: `start` plus `steps`. All of it fits 16 bits: at most 8160 + 16 and 2 * 8 * 717 in luma, 2 * 4 *
/// 1354 in chroma.
#[inline(always)]
fn ramp(start: i32, steps: v128) -> v128 {
    i16x8_shr(i16x8_add(i16x8_splat(start as i16), steps), 5)
}

/// Two rows of four bytes of one value and four of another.
#[inline(always)]
fn halves(first: u32, second: u32) -> v128 {
    let both = u64::from(first * 0x0101_0101) | u64::from(second * 0x0101_0101) << 32;
    u64x2_splat(both)
}

macro_rules! predict {
    ($name:ident, |$prediction:ident, $block:ident| $body:expr) => {
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name($prediction: *mut u8, block: *const u8, stride: i32) {
            let $block = Pixels::new(block, stride);
            $body
        }
    };
}

predict!(WelsI16x16LumaPredV_AArch64_neon, |prediction, block| {
    let above = block.load::<Sixteen>(-1);
    fill::<LUMA>(prediction, |_| above);
});

predict!(WelsI16x16LumaPredH_AArch64_neon, |prediction, block| fill::<LUMA>(prediction, |y| left(block, y)));

predict!(WelsI16x16LumaPredDc_AArch64_neon, |prediction, block| {
    let mean = u8x16_splat(((sum_above16(block) + sum_left(block, 0, 16) + 16) >> 5) as u8);
    fill::<LUMA>(prediction, |_| mean);
});

predict!(WelsI16x16LumaPredDcTop_AArch64_neon, |prediction, block| {
    let mean = u8x16_splat(((sum_above16(block) + 8) >> 4) as u8);
    fill::<LUMA>(prediction, |_| mean);
});

predict!(WelsI16x16LumaPredDcLeft_AArch64_neon, |prediction, block| {
    let mean = u8x16_splat(((sum_left(block, 0, 16) + 8) >> 4) as u8);
    fill::<LUMA>(prediction, |_| mean);
});

predict!(WelsI16x16LumaPredPlane_AArch64_neon, |prediction, block| {
    let across = (5 * slope(|x| block.pixel(x, -1), 8) + 32) >> 6;
    let down = (5 * slope(|y| block.pixel(-1, y), 8) + 32) >> 6;
    let middle = (block.pixel(-1, 15) + block.pixel(15, -1)) << 4;
    let low = i16x8_mul(i16x8(-7, -6, -5, -4, -3, -2, -1, 0), i16x8_splat(across as i16));
    let high = i16x8_mul(i16x8(1, 2, 3, 4, 5, 6, 7, 8), i16x8_splat(across as i16));
    fill::<LUMA>(prediction, |y| {
        let start = middle + 16 + down * (y - 7);
        u8x16_narrow_i16x8(ramp(start, low), ramp(start, high))
    });
});

predict!(WelsIChromaPredV_AArch64_neon, |prediction, block| {
    let above = v128_load64_splat(block.at(0, -1).cast());
    fill::<CHROMA>(prediction, |_| above);
});

predict!(WelsIChromaPredH_AArch64_neon, |prediction, block| {
    fill::<CHROMA>(prediction, |pair| zip_low::<64>(left(block, 2 * pair), left(block, 2 * pair + 1)));
});

predict!(WelsIChromaPredDc_AArch64_neon, |prediction, block| {
    let (above0, above1) = sums_above8(block);
    let (left0, left1) = (sum_left(block, 0, 4), sum_left(block, 4, 8));
    let upper = halves((above0 + left0 + 4) >> 3, (above1 + 2) >> 2);
    let lower = halves((left1 + 2) >> 2, (above1 + left1 + 4) >> 3);
    fill::<CHROMA>(prediction, |pair| if pair < 2 { upper } else { lower });
});

predict!(WelsIChromaPredDcTop_AArch64_neon, |prediction, block| {
    let (above0, above1) = sums_above8(block);
    let rows = halves((above0 + 2) >> 2, (above1 + 2) >> 2);
    fill::<CHROMA>(prediction, |_| rows);
});

predict!(WelsIChromaPredPlane_AArch64_neon, |prediction, block| {
    let across = (17 * slope(|x| block.pixel(x, -1), 4) + 16) >> 5;
    let down = (17 * slope(|y| block.pixel(-1, y), 4) + 16) >> 5;
    let middle = (block.pixel(-1, 7) + block.pixel(7, -1)) << 4;
    let steps = i16x8_mul(i16x8(-3, -2, -1, 0, 1, 2, 3, 4), i16x8_splat(across as i16));
    fill::<CHROMA>(prediction, |pair| {
        let start = middle + 16 + down * (2 * pair - 3);
        u8x16_narrow_i16x8(ramp(start, steps), ramp(start + down, steps))
    });
});

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    use crate::kernels::pixels::Pixels;

    /// The modes above.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Mode {
        /// From the row above.
        Vertical,
        /// From the column to the left.
        Horizontal,
        /// The mean of both (in chroma, of the nearer ones of each quarter).
        Dc,
        /// The mean of the row above.
        DcTop,
        /// The mean of the column to the left.
        DcLeft,
        /// A plane through both.
        Plane,
    }

    /// `prediction` takes `side` * `side` bytes, 16 for luma or 8 for chroma.
    pub unsafe fn predict(prediction: *mut u8, block: Pixels, side: i32, mode: Mode) {
        let above = |x: i32| block.pixel(x, -1);
        let left = |y: i32| block.pixel(-1, y);
        let total = |pixel: &dyn Fn(i32) -> i32, from: i32, count: i32| (from..from + count).map(pixel).sum::<i32>();
        let mean = |sum: i32, count: i32| (sum + count / 2) / count;
        let chroma_dc = |x: i32, y: i32, top_only: bool| {
            let (columns, rows) = (total(&above, x & 4, 4), if top_only { 0 } else { total(&left, y & 4, 4) });
            match (x & 4, y & 4) {
                _ if top_only => mean(columns, 4),
                (4, 0) => mean(columns, 4),
                (0, 4) => mean(rows, 4),
                _ => mean(columns + rows, 8),
            }
        };
        let (half, (factor, shift)) = (side / 2, if side == 16 { (5, 6) } else { (17, 5) });
        let slope = |pixel: &dyn Fn(i32) -> i32| {
            let sum: i32 = (0..half).map(|i| (i + 1) * (pixel(half + i) - pixel(half - 2 - i))).sum();
            (factor * sum + (1 << (shift - 1))) >> shift
        };
        for y in 0..side {
            for x in 0..side {
                let value = match mode {
                    Mode::Vertical => above(x),
                    Mode::Horizontal => left(y),
                    Mode::Dc if side == 16 => mean(total(&above, 0, 16) + total(&left, 0, 16), 32),
                    Mode::Dc => chroma_dc(x, y, false),
                    Mode::DcTop if side == 16 => mean(total(&above, 0, 16), 16),
                    Mode::DcTop => chroma_dc(x, y, true),
                    Mode::DcLeft => mean(total(&left, 0, 16), 16),
                    Mode::Plane => {
                        let middle = (left(side - 1) + above(side - 1)) * 16;
                        let (dx, dy) = (x - half + 1, y - half + 1);
                        (middle + slope(&above) * dx + slope(&left) * dy + 16) >> 5
                    }
                };
                Pixels::new(prediction, side).put(x, y, value);
            }
        }
    }
}
