//! Cisco's [OpenH264](https://www.openh264.org) encoder with a safe interface, on wasm32-unknown-unknown and on native
//! targets alike. One picture in, one access unit out.
//!
//! ```
//! use openh264_wasm::{Encoder, EncoderConfig, I420, PictureControl};
//!
//! let config = EncoderConfig::new(64, 48);
//! let (luma, chroma) = (vec![128; 64 * 48], vec![128; 32 * 24]);
//! let picture = I420 { y: &luma, u: &chroma, v: &chroma, y_stride: 64, uv_stride: 32 };
//! let mut encoder = Encoder::new(&config)?;
//! let access_unit = encoder.encode(&picture, &PictureControl::constant(26))?;
//! assert!(access_unit.is_idr());
//! # Ok::<(), openh264_wasm::EncodeError>(())
//! ```
//!
//! All of this project's C++ and all of its `unsafe` is in this crate.

mod access_unit;
mod config;
mod control;
mod encoder;
mod error;
mod ffi;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[doc(hidden)] // For tests and benchmarks.
pub mod kernels;
#[cfg(target_arch = "wasm32")]
mod libc;
mod skipped;

pub use access_unit::AccessUnit;
pub use config::{
    ColorDescription, Complexity, Content, EncoderConfig, MAX_MACROBLOCKS, MAX_QP, MIN_SIDE, Profile, RateControl,
};
pub use control::{Deblocking, PictureControl};
pub use encoder::{Encoder, I420};
pub use error::EncodeError;
pub use skipped::skipped_slice;
