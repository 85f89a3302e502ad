//! Motion compensation: blocks copied, and brought to places between pixels (ITU-T H.264 8.4.2.2).

pub mod average;
pub mod center;
pub mod chroma;
pub mod copy;
pub mod luma;

/// A kernel as upstream calls it: from a place in the reference picture to a block of the prediction.
macro_rules! compensate {
    ($(#[$doc:meta])* $name:ident, |$source:ident, $target:ident, $height:ident| $body:expr) => {
        $(#[$doc])*
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(
            source: *const u8,
            source_stride: i32,
            target: *mut u8,
            target_stride: i32,
            $height: i32,
        ) {
            let ($source, $target) = (Pixels::new(source, source_stride), Pixels::new(target, target_stride));
            $body
        }
    };
}
use compensate;
