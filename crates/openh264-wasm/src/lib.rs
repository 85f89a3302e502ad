#![doc = include_str!("../README.md")]
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
// Where there is a C library, only its tests.
#[cfg(any(target_arch = "wasm32", test))]
mod libc;
mod skipped;

pub use access_unit::AccessUnit;
pub use config::{
    ColorDescription, Complexity, EncoderConfig, MAX_BITRATE, MAX_MACROBLOCKS, MAX_QP, MAX_SIDE, MIN_BITRATE, MIN_SIDE,
    Profile, RateControl,
};
pub use control::{DeadZone, Deblocking, PictureControl};
pub use encoder::{Encoder, I420};
pub use error::EncodeError;
pub use skipped::skipped_slice;
