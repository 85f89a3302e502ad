//! Every target over its seeds, what was found before, and mutations that are the same every time. The input that breaks a target
//! is left in a file to be kept.

use std::alloc::System;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use cap::Cap;
use fuzz_bodies::{MOST_MEMORY, Mutator, Target, finds, target};

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, MOST_MEMORY);

/// Mutations of each target, and the variables that ask for more, and for others.
const MUTATIONS: usize = 6000;
const COUNT_VARIABLE: &str = "FUZZ_MUTATIONS";
const SEED_VARIABLE: &str = "FUZZ_SEED";

fn asked<T: std::str::FromStr>(variable: &str, default: T) -> T {
    std::env::var(variable).ok().map_or(default, |text| text.parse().ok().expect("a number"))
}

fn attempt(target: &Target, bytes: &[u8]) {
    if catch_unwind(AssertUnwindSafe(|| (target.run)(bytes))).is_err() {
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-find.bin", target.name));
        fs::write(&kept, bytes).expect("the find can be kept");
        panic!("{} fails for the bytes in {}; keep them in fuzz/finds", target.name, kept.display());
    }
}

fn run(name: &str) {
    let target = target(name);
    let mut inputs = (target.seeds)();
    inputs.extend(finds(name));
    for input in &inputs {
        attempt(target, input);
    }
    let mut mutator = Mutator::new(asked(SEED_VARIABLE, 0x0BAD_5EED));
    for _ in 0..asked(COUNT_VARIABLE, MUTATIONS) {
        attempt(target, &mutator.mutated(&inputs));
    }
}

#[test]
fn decode() {
    run("decode");
}

#[test]
fn frames() {
    run("frames");
}

#[test]
fn jpeg() {
    run("jpeg");
}

#[test]
fn more() {
    run("more");
}

#[test]
fn heic() {
    run("heic");
}

#[test]
fn profile() {
    run("profile");
}

#[test]
fn mux() {
    run("mux");
}

#[test]
fn settings() {
    run("settings");
}
