//! The border around a reference picture, so that motion may point outside it (ITU-T H.264 8.4.2.2.1).

use core::arch::wasm32::*;

use crate::kernels::lanes::{Lanes, Sixteen};
use crate::kernels::pixels::Pixels;

/// Upstream's border of luma, in pixels; chroma has half of it.
const BORDER: i32 = 32;

/// The picture has `border` (a multiple of 16) pixels around it on all sides.
#[inline(always)]
unsafe fn expand(picture: Pixels, width: i32, height: i32, border: i32) {
    for y in 0..height {
        let (left, right) = (v128_load8_splat(picture.at(0, y)), v128_load8_splat(picture.at(width - 1, y)));
        for x in (0..border).step_by(16) {
            Sixteen::store(picture.at(x - border, y), left);
            Sixteen::store(picture.at(x + width, y), right);
        }
    }
    let whole = (width + 2 * border) as usize;
    let first = picture.moved(-border, 0);
    let last = first.moved(0, height - 1);
    for y in 1..=border {
        first.at(0, -y).copy_from_nonoverlapping(first.at(0, 0), whole);
        last.at(0, y).copy_from_nonoverlapping(last.at(0, 0), whole);
    }
}

/// The picture has 32 pixels around it on all sides.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ExpandPictureLuma_AArch64_neon(picture: *mut u8, stride: i32, width: i32, height: i32) {
    expand(Pixels::new(picture, stride), width, height, BORDER);
}

/// The picture has 16 pixels around it on all sides.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ExpandPictureChroma_AArch64_neon(picture: *mut u8, stride: i32, width: i32, height: i32) {
    expand(Pixels::new(picture, stride), width, height, BORDER / 2);
}

/// What the kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    use crate::kernels::pixels::Pixels;

    /// The picture has `border` pixels around it on all sides.
    pub unsafe fn expand(picture: Pixels, width: i32, height: i32, border: i32) {
        for y in -border..height + border {
            for x in -border..width + border {
                picture.put(x, y, picture.pixel(x.clamp(0, width - 1), y.clamp(0, height - 1)));
            }
        }
    }
}
