//! Where OpenH264's C++ sources are: inside the published package `openh264-sys2`, at the version Cargo.lock pins.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Overrides the look-up: the folder that holds OpenH264's `codec` folder.
pub(crate) const FOLDER_VARIABLE: &str = "OPENH264_SOURCE_DIR";

/// Windows' library entry, on no target; and what has a stand-in for wasm in `cpp/shim`: threads and CPU detection.
const ENTRY: &str = "DllEntry.cpp";
const REPLACED_ON_WASM: [&str; 2] = ["WelsThreadLib.cpp", "cpu.cpp"];

/// The folder that holds `codec`.
pub(crate) fn find() -> Result<PathBuf, String> {
    let folder = match env::var_os(FOLDER_VARIABLE) {
        Some(folder) => PathBuf::from(folder),
        None => package_folder()?.join("upstream"),
    };
    if folder.join("codec/encoder/core/src/encoder.cpp").is_file() {
        return Ok(folder);
    }
    Err(format!(
        "OpenH264's sources are not in {}.\nSet {FOLDER_VARIABLE} to the folder that holds its `codec` folder, or leave it unset to use the openh264-sys2 package.",
        folder.display()
    ))
}

/// Asks cargo where it unpacked `openh264-sys2`. The package sets no `links` key, so no variable tells.
fn package_folder() -> Result<PathBuf, String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("Cargo.toml");
    let output = Command::new(cargo)
        // Of this target's packages only, so that no others are downloaded for the answer.
        .args(["metadata", "--format-version=1", "--filter-platform"])
        .arg(env::var("TARGET").unwrap_or_default())
        .arg("--manifest-path")
        .arg(&manifest)
        .output()
        .map_err(|error| format!("`cargo metadata` did not start: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "`cargo metadata` failed, so the openh264-sys2 package was not found. Set {FOLDER_VARIABLE}.\n{}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).map_err(|error| format!("`cargo metadata` printed no JSON: {error}"))?;
    metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|package| package["name"] == "openh264-sys2")
        .and_then(|package| package["manifest_path"].as_str())
        .and_then(|manifest| Path::new(manifest).parent())
        .map(Path::to_path_buf)
        .ok_or_else(|| "openh264-sys2 is not among this build's packages.".into())
}

/// Every folder that the encoder's sources include from.
pub(crate) fn include_folders(upstream: &Path) -> Vec<PathBuf> {
    let codec = upstream.join("codec");
    ["api/wels", "common/inc", "encoder/core/inc", "encoder/plus/inc", "processing/interface", "processing/src/common"]
        .map(|folder| codec.join(folder))
        .to_vec()
}

/// The file that defines `WelsLog`, which `cpp/quiet.h` takes away from all others.
pub(crate) fn utils_file(upstream: &Path) -> PathBuf {
    upstream.join("codec/common/src/utils.cpp")
}

/// The encoder's sources but for `utils_file`, sorted so that builds repeat.
pub(crate) fn encoder_files(upstream: &Path, is_wasm: bool) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in ["common/src", "processing/src", "encoder/core/src", "encoder/plus/src"] {
        collect_cpp(&upstream.join("codec").join(folder), &mut files);
    }
    let utils = utils_file(upstream);
    files.retain(|file| !file.ends_with(ENTRY) && *file != utils);
    files.retain(|file| !is_wasm || !REPLACED_ON_WASM.iter().any(|name| file.ends_with(name)));
    files.sort();
    files
}

fn collect_cpp(folder: &Path, files: &mut Vec<PathBuf>) {
    // `find` has seen the tree; a folder that vanished since shows as undefined symbols, which the import check names.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect_cpp(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "cpp") {
            files.push(path);
        }
    }
}
