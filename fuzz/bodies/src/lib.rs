//! What is done with bytes of a fuzzer, and what must hold whatever they are. Each target panics where it does not.

#![forbid(unsafe_code)]

mod heics;
mod images;
mod jpeg;
mod mutate;
mod mux;
mod profile;
mod renders;
mod seeds;
mod settings;
mod tiffs;

use std::fs;
use std::path::{Path, PathBuf};

pub use mutate::Mutator;

/// Bytes that everything may hold at a time. The limits of the targets are small, so that more is memory out of all proportion to the
/// input: whoever runs them sets this as its allocator's limit, and an allocation beyond it ends the program.
pub const MOST_MEMORY: usize = 1 << 28;

/// A target: its name, what it does, and files to begin with.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The name of its test, and of its finds.
    pub name: &'static str,
    /// Panics where something does not hold.
    pub run: fn(&[u8]),
    /// Sound inputs.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// All targets.
pub static TARGETS: [Target; 8] = [
    Target { name: "decode", run: images::decode, seeds: seeds::files },
    Target { name: "frames", run: images::frames, seeds: seeds::animations },
    Target { name: "jpeg", run: jpeg::jpeg, seeds: seeds::jpegs },
    Target { name: "more", run: images::more, seeds: renders::files },
    Target { name: "heic", run: images::heic, seeds: heics::files },
    Target { name: "profile", run: profile::profile, seeds: seeds::profiles },
    Target { name: "mux", run: mux::mux, seeds: seeds::numbers },
    Target { name: "settings", run: settings::settings, seeds: seeds::numbers },
];

/// A target by its name.
///
/// # Panics
/// Where there is none of this name.
pub fn target(name: &str) -> &'static Target {
    TARGETS.iter().find(|target| target.name == name).expect("a target of this name")
}

/// Inputs that broke a target once: `finds/TARGET-what.bin`.
///
/// # Panics
/// Where they cannot be read.
pub fn finds(name: &str) -> Vec<Vec<u8>> {
    let is_own = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "bin")
            && path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(&format!("{name}-")))
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../finds");
    let entries = fs::read_dir(folder).expect("the finds' folder is there").filter_map(Result::ok);
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).filter(is_own).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a find can be read")).collect()
}
