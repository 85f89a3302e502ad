//! Transforms and quantisation (ITU-T H.264 8.5), two blocks of 4x4 at a time.

pub mod dct;
pub mod hadamard;
pub mod idct;
pub mod quant;

use core::arch::wasm32::v128;

use super::vector::{zip_high, zip_low};

/// Two 4x4 blocks of 16-bit numbers. Side by side, each vector is a row (or a column) of the left one and then of the right
/// one; one after another, two vectors are the left one, and two the right one.
type Blocks = [v128; 4];

/// Two blocks one after another to the same side by side.
#[inline(always)]
fn side_by_side([left01, left23, right01, right23]: Blocks) -> Blocks {
    [
        zip_low::<64>(left01, right01),
        zip_high::<64>(left01, right01),
        zip_low::<64>(left23, right23),
        zip_high::<64>(left23, right23),
    ]
}

/// A kernel as upstream calls it: coefficients are transformed back and added to a prediction.
macro_rules! reconstruct {
    ($(#[$doc:meta])* $name:ident, |$output:ident, $prediction:ident, $coefficients:ident| $body:expr) => {
        $(#[$doc])*
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(
            output: *mut u8,
            stride: i32,
            prediction: *const u8,
            prediction_stride: i32,
            $coefficients: *const i16,
        ) {
            let ($output, $prediction) = (Pixels::new(output, stride), Pixels::new(prediction, prediction_stride));
            $body
        }
    };
}
use reconstruct;
