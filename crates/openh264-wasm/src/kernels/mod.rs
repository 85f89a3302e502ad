//! OpenH264's inner loops in wasm SIMD.
//!
//! Upstream picks its inner loops through tables of function pointers, with C++ in every slot and, where the processor
//! has them, assembly of the same meaning. The build defines the macros of the 64-bit ARM slots, as those are the most
//! (build/main.rs); the functions here have the names of that assembly. cpp/kernels.cpp fills the slots that are not
//! worth it with upstream's own C++, and cpp/shim/threads.cpp says whether the processor "has" them.
//!
//! Each file has, beside its kernels, what they compute in plain Rust (`reference`, compiled with the feature of that name
//! only): tests/kernels.test.mjs compares the two, bit for bit, and whole streams with kernels and without.
#![allow(non_snake_case)] // The names are upstream's.

pub mod average;
pub mod center;
pub mod chroma;
pub mod copy;
pub mod dct;
pub mod deblock;
pub mod expand;
pub mod feature;
pub mod hadamard;
pub mod idct;
pub mod intra;
pub mod intra4;
pub mod intra_cost;
pub mod intra_satd;
pub mod luma;
pub mod quant;
pub mod sad;
pub mod satd;
pub mod vaa;
mod vector;

unsafe extern "C" {
    static mut oh264_kernels: i32;
}

/// Whether encoders built from now on use the kernels. They do unless a test or a benchmark says otherwise.
pub fn enable(enabled: bool) {
    // SAFETY: wasm without threads: nothing reads it meanwhile. Defined in cpp/shim/threads.cpp.
    unsafe { oh264_kernels = i32::from(enabled) }
}
