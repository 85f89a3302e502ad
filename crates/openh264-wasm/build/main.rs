//! Compiles the C++ half of this crate: OpenH264's encoder, the bridge to it, and on wasm32 the C library it needs.

mod clang;
mod sanitize;
mod sources;

use std::env;

fn main() {
    for folder in ["build", "cpp"] {
        println!("cargo:rerun-if-changed={folder}");
    }
    for name in [sources::FOLDER_VARIABLE, clang::COMPILER_VARIABLE, sanitize::VARIABLE] {
        println!("cargo:rerun-if-env-changed={name}");
    }
    if is_linted() {
        return;
    }
    let upstream = sources::find().unwrap_or_else(|problem| fail(&problem));
    let is_wasm = target("CARGO_CFG_TARGET_ARCH") == "wasm32";

    let mut build = cc::Build::new();
    build
        .cpp(true)
        .std("c++11")
        // Upstream's warnings are upstream's; tests/ shows that the whole works.
        .warnings(false)
        .opt_level(3)
        .includes(sources::include_folders(&upstream))
        // Upstream's own build sets these two; it reads pixels through pointers of other types.
        .flag("-fno-strict-aliasing")
        .flag("-fno-common");
    if is_wasm {
        configure_for_wasm(&mut build);
    } else {
        sanitize::configure(&mut build);
    }
    let mut utils = build.clone();
    utils.file(sources::utils_file(&upstream)).compile("openh264_utils");

    build
        .files([
            "cpp/bridge.cpp",
            "cpp/rate_control.cpp",
            "cpp/quantisation.cpp",
            "cpp/skipped.cpp",
            "cpp/mode_decision.cpp",
            "cpp/motion_search.cpp",
        ])
        .files(sources::encoder_files(&upstream, is_wasm))
        .flags(["-include", "cpp/buffers.h", "-include", "cpp/quiet.h", "-include", "cpp/ranges.h"]);
    if is_wasm {
        build.files(["cpp/shim/runtime.cpp", "cpp/shim/stdio.cpp", "cpp/shim/threads.cpp"]);
        if has_feature("simd128") {
            build.file("cpp/kernels.cpp");
        }
    }
    build.compile("openh264");
}

/// Whether clippy asks, which links nothing: half a minute of C++ less. Cargo keeps what it finds apart from a build's.
fn is_linted() -> bool {
    env::var_os("RUSTC_WORKSPACE_WRAPPER").is_some_and(|program| program.to_string_lossy().contains("clippy"))
}

/// What makes freestanding wasm objects that rustc's own linker takes.
fn configure_for_wasm(build: &mut cc::Build) {
    let compiler = clang::find().unwrap_or_else(|problem| fail(&problem));
    build
        .compiler(compiler)
        // No libc++ exists for this target, and none is needed: upstream includes C headers only.
        .cpp_link_stdlib(None)
        // Clang's own headers (stdint.h, stdarg.h, ...) stay; the system's would describe another machine.
        .flag("-nostdlibinc")
        .include("cpp/libc")
        .define("NDEBUG", None)
        .flag("-fno-exceptions")
        .flag("-fno-rtti")
        // One thread: statics need no lock, and the lock's functions do not exist here.
        .flag("-fno-threadsafe-statics");
    // Objects of unlike feature lists do not link: clang is told exactly what rustc was.
    for feature in ["simd128", "bulk-memory", "sign-ext", "nontrapping-fptoint"] {
        if has_feature(feature) {
            build.flag(format!("-m{feature}"));
        }
    }
    if has_feature("simd128") {
        // The kernels of src/kernels stand in upstream's slots for 64-bit ARM, which are the most. Its headers ask for
        // both macros; nothing else of the sources or of clang's headers reads the second.
        build.define("HAVE_NEON_AARCH64", None).define("__aarch64__", None);
    }
}

/// Whether rustc was given a target feature.
fn has_feature(name: &str) -> bool {
    target("CARGO_CFG_TARGET_FEATURE").split(',').any(|enabled| enabled == name)
}

/// A variable that cargo always sets for build scripts.
fn target(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

/// Stops the build with a message for a person, without a backtrace around it.
fn fail(problem: &str) -> ! {
    eprintln!("\nopenh264-wasm cannot be built.\n{problem}\n");
    std::process::exit(1);
}
