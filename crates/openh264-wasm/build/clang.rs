//! Finds a clang that really compiles for wasm32: Apple's and some distributions' do not.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Names the compiler to use; nothing else is tried then.
pub(crate) const COMPILER_VARIABLE: &str = "OPENH264_WASM_CXX";

/// Versioned names that distributions install, newest first.
const VERSIONS: std::ops::RangeInclusive<u32> = 15..=24;

/// Folders outside PATH where package managers put LLVM.
const KNOWN_FOLDERS: [&str; 5] = [
    "/opt/homebrew/opt/llvm/bin",
    "/usr/local/opt/llvm/bin",
    "/usr/local/llvm/bin",
    "C:\\Program Files\\LLVM\\bin",
    "/opt/local/bin",
];

/// What to run where none is found.
const HOW_TO_INSTALL: &str = "Install one:
  Debian, Ubuntu:  apt-get install clang-19   (any clang from version 15 on)
  Fedora:          dnf install clang
  Arch:            pacman -S clang
  macOS:           brew install llvm          (Apple's clang has no wasm32 target)
  Windows:         winget install LLVM.LLVM";

/// The first candidate that compiles a wasm32 object.
pub(crate) fn find() -> Result<PathBuf, String> {
    let mut tried = Vec::new();
    for candidate in candidates() {
        match check(&candidate) {
            Ok(()) => return Ok(candidate),
            Err(problem) => tried.push(format!("  {}: {problem}", candidate.display())),
        }
    }
    Err(format!(
        "No clang with the wasm32 target was found. Tried:\n{}\n{HOW_TO_INSTALL}\nor set {COMPILER_VARIABLE} to a clang++ that has it.",
        tried.join("\n")
    ))
}

fn candidates() -> Vec<PathBuf> {
    if let Some(chosen) = env::var_os(COMPILER_VARIABLE) {
        return vec![chosen.into()];
    }
    let mut names = vec!["clang++".to_owned()];
    names.extend(VERSIONS.rev().flat_map(|version| [format!("clang++-{version}"), format!("clang-{version}")]));
    let mut found: Vec<PathBuf> = names.iter().map(PathBuf::from).collect();
    found.extend(KNOWN_FOLDERS.iter().map(|folder| Path::new(folder).join("clang++")));
    // Debian keeps each version's tools in a folder of its own.
    let mut versioned: Vec<PathBuf> = fs::read_dir("/usr/lib")
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("llvm-"))
        .map(|entry| entry.path().join("bin/clang++"))
        .collect();
    versioned.sort();
    found.extend(versioned.into_iter().rev());
    found
}

/// Compiles one line of SIMD C++ for wasm32, which needs the target and the builtins both.
fn check(compiler: &Path) -> Result<(), String> {
    let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo set no OUT_DIR")?);
    let source = folder.join("check.cpp");
    fs::write(&source, "typedef int v __attribute__((vector_size(16))); v add(v a, v b) { return a + b; }\n")
        .map_err(|error| error.to_string())?;
    let output = Command::new(compiler)
        .args(["--target=wasm32-unknown-unknown", "-msimd128", "-c", "-o"])
        .arg(folder.join("check.o"))
        .arg(&source)
        .output()
        .map_err(|error| {
            if error.kind() == std::io::ErrorKind::NotFound { "not there".to_owned() } else { error.to_string() }
        })?;
    if output.status.success() {
        return Ok(());
    }
    let message = String::from_utf8_lossy(&output.stderr);
    Err(message.lines().find(|line| line.contains("error")).unwrap_or("does not compile for wasm32").trim().to_owned())
}
