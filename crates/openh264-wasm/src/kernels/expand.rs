//! The border around a reference picture, so that motion may point outside it (ITU-T H.264 8.4.2.2.1).

use core::arch::wasm32::*;

use super::vector::*;

/// Upstream's border of luma, in pixels; chroma has half of it.
const BORDER: i32 = 32;

/// # Safety
/// The picture has `border` (a multiple of 16) pixels around it on all sides.
#[inline(always)]
unsafe fn expand(picture: *mut u8, stride: i32, width: i32, height: i32, border: i32) {
    // SAFETY: rows 0 to height - 1 with their borders, then the whole rows above and below them.
    unsafe {
        for y in 0..height {
            let line = row_mut(picture, stride, y);
            let (left, right) = (v128_load8_splat(line), v128_load8_splat(line.offset((width - 1) as isize)));
            for x in (0..border).step_by(16) {
                store16(line.offset((x - border) as isize), left);
                store16(line.offset((x + width) as isize), right);
            }
        }
        let whole = (width + 2 * border) as usize;
        let first = picture.offset(-border as isize);
        let last = row_mut(first, stride, height - 1);
        for y in 1..=border {
            row_mut(first, stride, -y).copy_from_nonoverlapping(first, whole);
            row_mut(last, stride, y).copy_from_nonoverlapping(last, whole);
        }
    }
}

/// # Safety
/// The picture has 32 pixels around it on all sides.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ExpandPictureLuma_AArch64_neon(picture: *mut u8, stride: i32, width: i32, height: i32) {
    // SAFETY: the caller's promise.
    unsafe { expand(picture, stride, width, height, BORDER) }
}

/// # Safety
/// The picture has 16 pixels around it on all sides.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ExpandPictureChroma_AArch64_neon(picture: *mut u8, stride: i32, width: i32, height: i32) {
    // SAFETY: the caller's promise.
    unsafe { expand(picture, stride, width, height, BORDER / 2) }
}

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    /// # Safety
    /// The picture has `border` pixels around it on all sides.
    pub unsafe fn expand(picture: *mut u8, stride: i32, width: i32, height: i32, border: i32) {
        for y in -border..height + border {
            for x in -border..width + border {
                // SAFETY: inside the picture, and inside its border.
                unsafe {
                    let nearest = y.clamp(0, height - 1) * stride + x.clamp(0, width - 1);
                    *picture.offset((y * stride + x) as isize) = *picture.offset(nearest as isize);
                }
            }
        }
    }
}
