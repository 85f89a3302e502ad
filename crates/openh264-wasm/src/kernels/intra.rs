//! Whole-macroblock intra prediction (ITU-T H.264 8.3.3 and 8.3.4). The prediction has rows of 16 bytes (luma) or 8
//! (chroma); its neighbours stand around the block in the picture.

use core::arch::wasm32::*;

use super::vector::*;

/// The pixel left of row `y`.
///
/// # Safety
/// It is readable.
#[inline(always)]
unsafe fn left(block: *const u8, stride: i32, y: i32) -> u8 {
    // SAFETY: the caller's promise.
    unsafe { *row(block, stride, y).sub(1) }
}

/// The sum of the pixels left of rows `from` to `to` - 1.
///
/// # Safety
/// They are readable.
#[inline(always)]
unsafe fn sum_left(block: *const u8, stride: i32, from: i32, to: i32) -> u32 {
    // SAFETY: the caller's promise.
    (from..to).map(|y| u32::from(unsafe { left(block, stride, y) })).sum()
}

/// # Safety
/// `prediction` takes 256 bytes; the row above `block` is readable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsI16x16LumaPredV_AArch64_neon(prediction: *mut u8, block: *const u8, stride: i32) {
    // SAFETY: the caller's promise.
    unsafe {
        let above = load16(row(block, stride, -1));
        for y in 0..16 {
            store16(row_mut(prediction, 16, y), above);
        }
    }
}

/// # Safety
/// `prediction` takes 256 bytes; the column left of `block` is readable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsI16x16LumaPredH_AArch64_neon(prediction: *mut u8, block: *const u8, stride: i32) {
    for y in 0..16 {
        // SAFETY: the caller's promise.
        unsafe { store16(row_mut(prediction, 16, y), v128_load8_splat(row(block, stride, y).sub(1))) };
    }
}

/// # Safety
/// `prediction` takes 256 bytes.
#[inline(always)]
unsafe fn fill16(prediction: *mut u8, value: u32) {
    let value = u8x16_splat(value as u8);
    for y in 0..16 {
        // SAFETY: the caller's promise.
        unsafe { store16(row_mut(prediction, 16, y), value) };
    }
}

/// The sum of the 16 pixels above.
///
/// # Safety
/// They are readable.
#[inline(always)]
unsafe fn sum_above16(block: *const u8, stride: i32) -> u32 {
    // SAFETY: the caller's promise.
    sum_i16(u16x8_extadd_pairwise_u8x16(unsafe { load16(row(block, stride, -1)) })).unsigned_abs()
}

/// # Safety
/// `prediction` takes 256 bytes; the row above and the column left of `block` are readable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsI16x16LumaPredDc_AArch64_neon(prediction: *mut u8, block: *const u8, stride: i32) {
    // SAFETY: the caller's promise.
    unsafe { fill16(prediction, (sum_above16(block, stride) + sum_left(block, stride, 0, 16) + 16) >> 5) }
}

/// # Safety
/// `prediction` takes 256 bytes; the row above `block` is readable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsI16x16LumaPredDcTop_AArch64_neon(prediction: *mut u8, block: *const u8, stride: i32) {
    // SAFETY: the caller's promise.
    unsafe { fill16(prediction, (sum_above16(block, stride) + 8) >> 4) }
}

/// # Safety
/// `prediction` takes 256 bytes; the column left of `block` is readable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsI16x16LumaPredDcLeft_AArch64_neon(prediction: *mut u8, block: *const u8, stride: i32) {
    // SAFETY: the caller's promise.
    unsafe { fill16(prediction, (sum_left(block, stride, 0, 16) + 8) >> 4) }
}

/// The slope of `2 * half` neighbours, weighted by their distance from the middle.
///
/// # Safety
/// Neighbours -1 to `2 * half - 1`, a step apart, are readable.
#[inline(always)]
unsafe fn slope(first: *const u8, step: i32, half: i32) -> i32 {
    // SAFETY: the caller's promise.
    let at = |index: i32| i32::from(unsafe { *first.offset((index * step) as isize) });
    (0..half).map(|index| (index + 1) * (at(half + index) - at(half - 2 - index))).sum()
}

/// One row of a plane: `start` plus `steps`. All of it fits 16 bits: at most 8160 + 16 and 2 * 8 * 717 in luma, 2 * 4 *
/// 1354 in chroma.
#[inline(always)]
fn ramp(start: i32, steps: v128) -> v128 {
    i16x8_shr(i16x8_add(i16x8_splat(start as i16), steps), 5)
}

/// # Safety
/// `prediction` takes 256 bytes; the row above, the column left of `block` and their corner are readable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsI16x16LumaPredPlane_AArch64_neon(prediction: *mut u8, block: *const u8, stride: i32) {
    // SAFETY: the caller's promise.
    unsafe {
        let above = row(block, stride, -1);
        let across = (5 * slope(above, 1, 8) + 32) >> 6;
        let down = (5 * slope(block.sub(1), stride, 8) + 32) >> 6;
        let middle = (i32::from(left(block, stride, 15)) + i32::from(*above.add(15))) << 4;
        let low = i16x8_mul(i16x8(-7, -6, -5, -4, -3, -2, -1, 0), i16x8_splat(across as i16));
        let high = i16x8_mul(i16x8(1, 2, 3, 4, 5, 6, 7, 8), i16x8_splat(across as i16));
        for y in 0..16 {
            let start = middle + 16 + down * (y - 7);
            store16(row_mut(prediction, 16, y), u8x16_narrow_i16x8(ramp(start, low), ramp(start, high)));
        }
    }
}

/// # Safety
/// `prediction` takes 64 bytes; the row above `block` is readable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsIChromaPredV_AArch64_neon(prediction: *mut u8, block: *const u8, stride: i32) {
    // SAFETY: the caller's promise; wasm loads need no alignment.
    unsafe {
        let above = v128_load64_splat(row(block, stride, -1).cast());
        for y in 0..4 {
            store16(row_mut(prediction, 16, y), above);
        }
    }
}

/// # Safety
/// `prediction` takes 64 bytes; the column left of `block` is readable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsIChromaPredH_AArch64_neon(prediction: *mut u8, block: *const u8, stride: i32) {
    for y in 0..4 {
        // SAFETY: the caller's promise: rows 2 y and 2 y + 1.
        unsafe {
            let upper = v128_load8_splat(row(block, stride, 2 * y).sub(1));
            let lower = v128_load8_splat(row(block, stride, 2 * y + 1).sub(1));
            store16(row_mut(prediction, 16, y), zip64_low(upper, lower));
        }
    }
}

/// The sums of the first four pixels above and of the next four.
///
/// # Safety
/// They are readable.
#[inline(always)]
unsafe fn sums_above8(block: *const u8, stride: i32) -> (u32, u32) {
    // SAFETY: the caller's promise.
    let fours = u32x4_extadd_pairwise_u16x8(u16x8_extadd_pairwise_u8x16(unsafe { load8(row(block, stride, -1)) }));
    (u32x4_extract_lane::<0>(fours), u32x4_extract_lane::<1>(fours))
}

/// Two rows of four bytes of one value and four of another.
#[inline(always)]
fn halves(first: u32, second: u32) -> v128 {
    let both = u64::from(first * 0x0101_0101) | u64::from(second * 0x0101_0101) << 32;
    u64x2_splat(both)
}

/// # Safety
/// `prediction` takes 64 bytes; the row above and the column left of `block` are readable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsIChromaPredDc_AArch64_neon(prediction: *mut u8, block: *const u8, stride: i32) {
    // SAFETY: the caller's promise.
    unsafe {
        let (above0, above1) = sums_above8(block, stride);
        let (left0, left1) = (sum_left(block, stride, 0, 4), sum_left(block, stride, 4, 8));
        let upper = halves((above0 + left0 + 4) >> 3, (above1 + 2) >> 2);
        let lower = halves((left1 + 2) >> 2, (above1 + left1 + 4) >> 3);
        for (y, rows) in (0..).zip([upper, upper, lower, lower]) {
            store16(row_mut(prediction, 16, y), rows);
        }
    }
}

/// # Safety
/// `prediction` takes 64 bytes; the row above `block` is readable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsIChromaPredDcTop_AArch64_neon(prediction: *mut u8, block: *const u8, stride: i32) {
    // SAFETY: the caller's promise.
    unsafe {
        let (above0, above1) = sums_above8(block, stride);
        let rows = halves((above0 + 2) >> 2, (above1 + 2) >> 2);
        for y in 0..4 {
            store16(row_mut(prediction, 16, y), rows);
        }
    }
}

/// # Safety
/// `prediction` takes 64 bytes; the row above, the column left of `block` and their corner are readable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsIChromaPredPlane_AArch64_neon(prediction: *mut u8, block: *const u8, stride: i32) {
    // SAFETY: the caller's promise.
    unsafe {
        let above = row(block, stride, -1);
        let across = (17 * slope(above, 1, 4) + 16) >> 5;
        let down = (17 * slope(block.sub(1), stride, 4) + 16) >> 5;
        let middle = (i32::from(left(block, stride, 7)) + i32::from(*above.add(7))) << 4;
        let steps = i16x8_mul(i16x8(-3, -2, -1, 0, 1, 2, 3, 4), i16x8_splat(across as i16));
        for y in 0..4 {
            let start = middle + 16 + down * (2 * y - 3);
            let rows = u8x16_narrow_i16x8(ramp(start, steps), ramp(start + down, steps));
            store16(row_mut(prediction, 16, y), rows);
        }
    }
}

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
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

    /// # Safety
    /// `prediction` takes `side` * `side` bytes, 16 for luma or 8 for chroma; the neighbours the mode asks for are
    /// readable.
    pub unsafe fn predict(prediction: *mut u8, block: *const u8, stride: i32, side: i32, mode: Mode) {
        // SAFETY: the caller's promise.
        let above = |x: i32| i32::from(unsafe { *block.offset((x - stride) as isize) });
        // SAFETY: the caller's promise.
        let left = |y: i32| i32::from(unsafe { *block.offset((y * stride - 1) as isize) });
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
                        ((middle + slope(&above) * dx + slope(&left) * dy + 16) >> 5).clamp(0, 255)
                    }
                };
                // SAFETY: inside the prediction.
                unsafe { *prediction.offset((y * side + x) as isize) = value as u8 };
            }
        }
    }
}
