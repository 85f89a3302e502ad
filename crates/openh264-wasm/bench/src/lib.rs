//! A wasm module without wasm-bindgen that checks each kernel against its plain Rust counterpart, times both, and encodes
//! with kernels and without. bench/kernels.mjs and tests/kernels.test.mjs drive it.
#![cfg(all(target_arch = "wasm32", target_feature = "simd128"))]

mod arena;
mod cases;
mod encode;

use std::hint::black_box;

use arena::Arena;

/// One kernel and what it should compute, over the same memory.
pub(crate) struct Case {
    name: &'static str,
    kernel: fn(&mut Arena) -> i32,
    reference: fn(&mut Arena) -> i32,
}

/// How many cases there are.
#[unsafe(no_mangle)]
extern "C" fn case_count() -> usize {
    cases::all().len()
}

/// Where a case's name stands, in UTF-8.
#[unsafe(no_mangle)]
extern "C" fn case_name(case: usize) -> *const u8 {
    cases::all()[case].name.as_ptr()
}

/// How many bytes the name has.
#[unsafe(no_mangle)]
extern "C" fn case_name_length(case: usize) -> usize {
    cases::all()[case].name.len()
}

/// Whether kernel and reference agree on one filling of memory, everything they may have written included.
#[unsafe(no_mangle)]
extern "C" fn case_agrees(case: usize, seed: u32) -> bool {
    let case = &cases::all()[case];
    let (mut ours, mut plain) = (Arena::filled(seed), Arena::filled(seed));
    let results = ((case.kernel)(&mut ours), (case.reference)(&mut plain));
    results.0 == results.1 && ours == plain
}

/// Runs one of the two `times` times over memory that no run changes much.
#[unsafe(no_mangle)]
extern "C" fn case_run(case: usize, kernel: bool, seed: u32, times: u32) -> i32 {
    let case = &cases::all()[case];
    let run = if kernel { case.kernel } else { case.reference };
    let mut arena = Arena::filled(seed);
    let mut first = [0; 64];
    first.copy_from_slice(&arena.coefficients[..64]);
    (0..times).fold(0, |sum, _| {
        // What is quantised or transformed in place would otherwise be zero from the second run on.
        arena.coefficients[..64].copy_from_slice(&first);
        run(black_box(&mut arena)).wrapping_add(sum)
    })
}
