//! OpenH264's inner loops in wasm SIMD, in six rooms: what a block costs, motion compensation, intra prediction,
//! transforms, whole pictures, and the deblocking filter.
//!
//! Upstream picks its inner loops through tables of function pointers, with C++ in every slot and, where the processor
//! has them, assembly of the same meaning. The build defines the macros of the 64-bit ARM slots, as those are the most
//! (build/main.rs); the functions here have the names of that assembly. cpp/kernels.cpp fills the slots that are not
//! worth it with upstream's own C++, and cpp/shim/threads.cpp says whether the processor "has" them.
//!
//! Each file has, beside its kernels, what they compute in plain Rust (`reference`, compiled with the feature of that name
//! only): tests/kernels.test.mjs compares the two, bit for bit, and whole streams with kernels and without.
//!
//! # Safety
//!
//! This holds for every unsafe function below, and none says it again.
//!
//! - The caller gives what upstream gives to its own C++ in the same slot: addresses inside planes and tables that upstream
//!   allocated, and strides (which may be negative) that lead from a row to the next one of the same plane.
//! - What a block reaches is readable, and writable where it is a target: its width and height are in the kernel's name or
//!   given as `height`, coefficients are 16 to a block of 4x4. Where a kernel reads or writes around the block or in a
//!   table, its documentation says how much; nothing else is read or written, whatever upstream's own assembly does.
//! - Nothing need be aligned: wasm's loads and stores do not ask for it.
//! - No other thread is there.
#![allow(non_snake_case)] // The names are upstream's.
#![allow(unsafe_op_in_unsafe_fn, clippy::undocumented_unsafe_blocks)] // The contract above is that of every access.

pub mod cost;
pub mod deblock;
pub mod intra;
mod lanes;
pub mod motion;
pub mod picture;
mod pixels;
pub mod transform;
mod transpose;
mod vector;

pub use pixels::Pixels;

unsafe extern "C" {
    static mut oh264_kernels: i32;
}

/// Whether encoders built from now on use the kernels. They do unless a test or a benchmark says otherwise.
///
/// An export of every module that this crate is linked into, so that tests can ask the shipped one (tests/engines).
#[unsafe(export_name = "oh264_enable_kernels")]
pub extern "C" fn enable(enabled: bool) {
    // SAFETY: wasm without threads: nothing reads it meanwhile. Defined in cpp/shim/threads.cpp.
    unsafe { oh264_kernels = i32::from(enabled) }
}
