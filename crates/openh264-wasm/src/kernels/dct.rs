//! The forward 4x4 core transform of a prediction's error (ITU-T H.264 8.5.12 inverted; no scaling).

use core::arch::wasm32::*;

use super::vector::*;

/// Two 4x4 blocks side by side: lanes 0 to 3 of each row are the left one's.
type Blocks = [v128; 4];

/// One dimension of the transform, over the four vectors. |values| grow by 6 at most: 255 * 36 fits.
#[inline(always)]
fn transform([a, b, c, d]: Blocks) -> Blocks {
    let (outer, inner) = (i16x8_add(a, d), i16x8_add(b, c));
    let (slope, bend) = (i16x8_sub(a, d), i16x8_sub(b, c));
    [
        i16x8_add(outer, inner),
        i16x8_add(i16x8_shl(slope, 1), bend),
        i16x8_sub(outer, inner),
        i16x8_sub(slope, i16x8_shl(bend, 1)),
    ]
}

/// Rows to columns: vector k gets column k of the left block, then of the right one.
#[inline(always)]
fn to_columns([r0, r1, r2, r3]: Blocks) -> Blocks {
    let (left01, right01) = (zip16_low(r0, r1), zip16_high(r0, r1));
    let (left23, right23) = (zip16_low(r2, r3), zip16_high(r2, r3));
    let (left_low, left_high) = (zip32_low(left01, left23), zip32_high(left01, left23));
    let (right_low, right_high) = (zip32_low(right01, right23), zip32_high(right01, right23));
    [
        zip64_low(left_low, right_low),
        zip64_high(left_low, right_low),
        zip64_low(left_high, right_high),
        zip64_high(left_high, right_high),
    ]
}

/// Columns back to rows, each block's four together: rows 0 1, rows 2 3 of the left block, then of the right one.
#[inline(always)]
fn to_blocks([c0, c1, c2, c3]: Blocks) -> Blocks {
    let (left01, right01) = (zip16_low(c0, c1), zip16_high(c0, c1));
    let (left23, right23) = (zip16_low(c2, c3), zip16_high(c2, c3));
    [zip32_low(left01, left23), zip32_high(left01, left23), zip32_low(right01, right23), zip32_high(right01, right23)]
}

/// # Safety
/// 8 pixels of four rows of both are readable; `output` takes 32 coefficients.
#[inline(always)]
unsafe fn dct8x4(output: *mut i16, a: *const u8, a_stride: i32, b: *const u8, b_stride: i32) {
    // SAFETY: the caller's promise.
    let rows =
        [0, 1, 2, 3].map(|y| unsafe { i16x8_sub(load8_wide(row(a, a_stride, y)), load8_wide(row(b, b_stride, y))) });
    for (index, pair) in to_blocks(transform(to_columns(transform(rows)))).into_iter().enumerate() {
        // SAFETY: four times 8 coefficients.
        unsafe { v128_store(output.add(index * 8).cast(), pair) };
    }
}

/// # Safety
/// 8x8 pixels of both are readable, nothing else is read; `output` takes the four blocks' 64 coefficients.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsDctFourT4_AArch64_neon(
    output: *mut i16,
    a: *const u8,
    a_stride: i32,
    b: *const u8,
    b_stride: i32,
) {
    // SAFETY: the caller's promise: the upper and the lower four rows.
    unsafe {
        dct8x4(output, a, a_stride, b, b_stride);
        dct8x4(output.add(32), row(a, a_stride, 4), a_stride, row(b, b_stride, 4), b_stride);
    }
}

/// # Safety
/// 4x4 pixels of both are readable, nothing else is read; `output` takes 16 coefficients.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn WelsDctT4_AArch64_neon(
    output: *mut i16,
    a: *const u8,
    a_stride: i32,
    b: *const u8,
    b_stride: i32,
) {
    // SAFETY: 4 bytes of rows 0 to 3 of both.
    let rows = [0, 1, 2, 3].map(|y| unsafe {
        i16x8_sub(
            u16x8_extend_low_u8x16(load4(row(a, a_stride, y))),
            u16x8_extend_low_u8x16(load4(row(b, b_stride, y))),
        )
    });
    let [low, high, ..] = to_blocks(transform(to_columns(transform(rows))));
    // SAFETY: 16 coefficients.
    unsafe {
        v128_store(output.cast(), low);
        v128_store(output.add(8).cast(), high);
    }
}

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    fn transform(values: &mut [i16], start: usize, step: usize) {
        let at = |index: usize| start + index * step;
        let (a, b, c, d) = (values[at(0)], values[at(1)], values[at(2)], values[at(3)]);
        let (outer, inner, slope, bend) = (a + d, b + c, a - d, b - c);
        values[at(0)] = outer + inner;
        values[at(1)] = slope * 2 + bend;
        values[at(2)] = outer - inner;
        values[at(3)] = slope - bend * 2;
    }

    /// # Safety
    /// 4x4 pixels of both are readable; `output` takes 16 coefficients.
    pub unsafe fn dct(output: *mut i16, a: *const u8, a_stride: i32, b: *const u8, b_stride: i32) {
        // SAFETY: the caller's promise.
        let values = unsafe { core::slice::from_raw_parts_mut(output, 16) };
        for (index, value) in values.iter_mut().enumerate() {
            let (x, y) = (index as i32 % 4, index as i32 / 4);
            // SAFETY: inside both blocks.
            *value = unsafe {
                i16::from(*a.offset((y * a_stride + x) as isize)) - i16::from(*b.offset((y * b_stride + x) as isize))
            };
        }
        for line in 0..4 {
            transform(values, line * 4, 1);
        }
        for column in 0..4 {
            transform(values, column, 4);
        }
    }

    /// # Safety
    /// 8x8 pixels of both are readable; `output` takes 64 coefficients.
    pub unsafe fn dct_four(output: *mut i16, a: *const u8, a_stride: i32, b: *const u8, b_stride: i32) {
        for block in 0..4 {
            let (x, y) = (block % 2 * 4, block / 2 * 4);
            // SAFETY: inside both blocks.
            unsafe {
                let (a, b) = (a.offset((y * a_stride + x) as isize), b.offset((y * b_stride + x) as isize));
                dct(output.add(block as usize * 16), a, a_stride, b, b_stride);
            }
        }
    }
}
