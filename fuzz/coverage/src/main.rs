//! Any target of `fuzz/bodies` under libFuzzer, which looks for inputs that reach code that no other did:
//! `npm run fuzz -- TARGET`.

#![no_main]

use std::alloc::System;
use std::sync::OnceLock;

use cap::Cap;
use fuzz_bodies::{MOST_MEMORY, Target, target};

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, MOST_MEMORY);

/// The environment variable that names the target, as scripts/fuzz.mjs sets it.
const VARIABLE: &str = "FUZZ_TARGET";

fn chosen() -> &'static Target {
    static CHOSEN: OnceLock<&Target> = OnceLock::new();
    CHOSEN.get_or_init(|| target(&std::env::var(VARIABLE).expect("FUZZ_TARGET names a target")))
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| (chosen().run)(bytes));
