//! Statistics of a picture against the last one, by macroblock and its four 8x8 blocks: what upstream's preprocessing
//! decides on (rate control, background detection).

use core::arch::wasm32::*;

use crate::kernels::lanes::Sixteen;
use crate::kernels::pixels::Pixels;
use crate::kernels::vector::{difference, sum_i16, sum_i32};

/// Where the statistics of a picture go; null where one is not wanted.
#[derive(Clone, Copy)]
struct Output {
    /// Of each 8x8 block: sum of absolute differences, of differences, largest absolute difference.
    sad: *mut i32,
    sum_of_differences: *mut i32,
    largest: *mut u8,
    /// Of each macroblock: sum of the pixels, of their squares, of the squared differences.
    sum: *mut i32,
    squares: *mut i32,
    squared_differences: *mut i32,
}

impl Output {
    const NONE: Self = Self {
        sad: core::ptr::null_mut(),
        sum_of_differences: core::ptr::null_mut(),
        largest: core::ptr::null_mut(),
        sum: core::ptr::null_mut(),
        squares: core::ptr::null_mut(),
        squared_differences: core::ptr::null_mut(),
    };
}

/// The sums of lanes 0 to 3 and of lanes 4 to 7, each in 16 bits.
#[inline(always)]
fn halves(sums: v128) -> (i32, i32) {
    let pairs = i32x4_extadd_pairwise_i16x8(sums);
    let fours = i32x4_add(pairs, i32x4_shuffle::<1, 0, 3, 2>(pairs, pairs));
    (i32x4_extract_lane::<0>(fours), i32x4_extract_lane::<2>(fours))
}

/// The largest of bytes 0 to 7 and of bytes 8 to 15.
#[inline(always)]
fn largest(bytes: v128) -> (u8, u8) {
    let max = u8x16_max(bytes, u64x2_shr(bytes, 32));
    let max = u8x16_max(max, u64x2_shr(max, 16));
    let max = u8x16_max(max, u64x2_shr(max, 8));
    (u8x16_extract_lane::<0>(max), u8x16_extract_lane::<8>(max))
}

/// The sums of squares of 16 bytes, in four lanes.
#[inline(always)]
fn squares(bytes: v128) -> v128 {
    let (low, high) = (u16x8_extend_low_u8x16(bytes), u16x8_extend_high_u8x16(bytes));
    i32x4_add(i32x4_dot_i16x8(low, low), i32x4_dot_i16x8(high, high))
}

/// One macroblock, number `index`; gives its sum of absolute differences.
#[inline(always)]
unsafe fn macroblock<const BACKGROUND: bool, const SUMS: bool, const SQUARED: bool>(
    current: Pixels,
    last: Pixels,
    output: Output,
    index: usize,
) -> i32 {
    let zero = i32x4_splat(0);
    let (mut total, mut sum, mut square, mut squared_difference) = (0, 0, zero, zero);
    for half in 0..2 {
        let (mut sad, mut ours, mut theirs, mut most) = (zero, zero, zero, zero);
        for y in half * 8..half * 8 + 8 {
            let (a, b) = (current.load::<Sixteen>(y), last.load::<Sixteen>(y));
            let difference = difference(a, b);
            sad = i16x8_add(sad, u16x8_extadd_pairwise_u8x16(difference));
            if BACKGROUND || SUMS {
                ours = i16x8_add(ours, u16x8_extadd_pairwise_u8x16(a));
            }
            if BACKGROUND {
                theirs = i16x8_add(theirs, u16x8_extadd_pairwise_u8x16(b));
                most = u8x16_max(most, difference);
            }
            if SUMS {
                square = i32x4_add(square, squares(a));
            }
            if SQUARED {
                squared_difference = i32x4_add(squared_difference, squares(difference));
            }
        }
        let first = index * 4 + half as usize * 2;
        let (left, right) = halves(sad);
        total += left + right;
        *output.sad.add(first) = left;
        *output.sad.add(first + 1) = right;
        if BACKGROUND {
            let ((ours_left, ours_right), (theirs_left, theirs_right)) = (halves(ours), halves(theirs));
            *output.sum_of_differences.add(first) = ours_left - theirs_left;
            *output.sum_of_differences.add(first + 1) = ours_right - theirs_right;
            let (left, right) = largest(most);
            *output.largest.add(first) = left;
            *output.largest.add(first + 1) = right;
        }
        if SUMS {
            sum += sum_i16(ours);
        }
    }
    if SUMS {
        *output.sum.add(index) = sum;
        *output.squares.add(index) = sum_i32(square);
    }
    if SQUARED {
        *output.squared_differences.add(index) = sum_i32(squared_difference);
    }
    total
}

/// All whole macroblocks of a picture; gives the sum of absolute differences.
#[inline(always)]
unsafe fn picture<const BACKGROUND: bool, const SUMS: bool, const SQUARED: bool>(
    current: Pixels,
    last: Pixels,
    width: i32,
    height: i32,
    output: Output,
) -> i32 {
    let (across, down) = (width >> 4, height >> 4);
    let mut total = 0;
    for y in 0..down {
        for x in 0..across {
            let (current, last) = (current.moved(x * 16, y * 16), last.moved(x * 16, y * 16));
            total += macroblock::<BACKGROUND, SUMS, SQUARED>(current, last, output, (y * across + x) as usize);
        }
    }
    total
}

unsafe extern "C" {
    fn oh264_differences_are_read() -> bool;
}

/// `sad` has room for the four blocks of each macroblock. Does nothing where the picture's QP is the caller's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn VAACalcSad_AArch64_neon(
    current: *const u8,
    last: *const u8,
    width: i32,
    height: i32,
    stride: i32,
    total: *mut i32,
    sad: *mut i32,
) {
    if oh264_differences_are_read() {
        let (current, last) = (Pixels::new(current, stride), Pixels::new(last, stride));
        *total = picture::<false, false, false>(current, last, width, height, Output { sad, ..Output::NONE });
    }
}

macro_rules! export {
    ($name:ident, $background:literal, $sums:literal, $squared:literal, $($field:ident: $type:ty),*) => {
        /// All but `total` have room for each macroblock; `largest`, `sum_of_differences` and `sad` for its four blocks.
        #[unsafe(no_mangle)]
        #[allow(clippy::too_many_arguments)] // Upstream's.
        pub unsafe extern "C" fn $name(
            current: *const u8,
            last: *const u8,
            width: i32,
            height: i32,
            stride: i32,
            total: *mut i32,
            $($field: *mut $type),*
        ) {
            let mut output = Output::NONE;
            $(output.$field = $field;)*
            let (current, last) = (Pixels::new(current, stride), Pixels::new(last, stride));
            *total = picture::<$background, $sums, $squared>(current, last, width, height, output);
        }
    };
}

export!(VAACalcSadBgd_AArch64_neon, true, false, false, sad: i32, sum_of_differences: i32, largest: u8);
export!(VAACalcSadVar_AArch64_neon, false, true, false, sad: i32, sum: i32, squares: i32);
export!(VAACalcSadSsd_AArch64_neon, false, true, true, sad: i32, sum: i32, squares: i32, squared_differences: i32);
export!(
    VAACalcSadSsdBgd_AArch64_neon, true, true, true,
    sad: i32, sum: i32, squares: i32, squared_differences: i32, sum_of_differences: i32, largest: u8
);

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    use crate::kernels::pixels::Pixels;

    /// The statistics of one macroblock's 8x8 blocks, in the order of the kernel's output.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Block {
        /// Sum of absolute differences.
        pub sad: i32,
        /// Sum of differences.
        pub sum_of_differences: i32,
        /// Largest absolute difference.
        pub largest: u8,
        /// Sum of the pixels.
        pub sum: i32,
        /// Sum of their squares.
        pub squares: i32,
        /// Sum of the squared differences.
        pub squared_differences: i32,
    }

    /// Of one block.
    pub unsafe fn block(current: Pixels, last: Pixels) -> Block {
        let mut block = Block::default();
        for index in 0..64 {
            let (a, b) = (current.pixel(index % 8, index / 8), last.pixel(index % 8, index / 8));
            block.sad += (a - b).abs();
            block.sum_of_differences += a - b;
            block.largest = block.largest.max((a - b).unsigned_abs() as u8);
            block.sum += a;
            block.squares += a * a;
            block.squared_differences += (a - b) * (a - b);
        }
        block
    }
}
