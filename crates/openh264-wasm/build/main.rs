//! Compiles the C++ half of this crate: OpenH264's encoder, the bridge to it, and on wasm32 the C library it needs.

mod clang;
mod sources;

use std::env;

fn main() {
    for folder in ["build", "cpp"] {
        println!("cargo:rerun-if-changed={folder}");
    }
    for name in [sources::FOLDER_VARIABLE, clang::COMPILER_VARIABLE] {
        println!("cargo:rerun-if-env-changed={name}");
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
        .file("cpp/bridge.cpp")
        .files(sources::encoder_files(&upstream, is_wasm))
        // Read by cpp/buffers.h, which goes before every file.
        .flag("-include")
        .flag("cpp/buffers.h");
    // Upstream's own build sets these two; it reads pixels through pointers of other types.
    build.flag("-fno-strict-aliasing").flag("-fno-common");
    if is_wasm {
        configure_for_wasm(&mut build);
    }
    build.compile("openh264");
}

/// What makes freestanding wasm objects that rustc's own linker takes.
fn configure_for_wasm(build: &mut cc::Build) {
    let compiler = clang::find().unwrap_or_else(|problem| fail(&problem));
    build
        .compiler(compiler)
        .files(["cpp/shim/runtime.cpp", "cpp/shim/stdio.cpp", "cpp/shim/threads.cpp"])
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
    let features = target("CARGO_CFG_TARGET_FEATURE");
    for feature in ["simd128", "bulk-memory", "sign-ext", "nontrapping-fptoint"] {
        if features.split(',').any(|enabled| enabled == feature) {
            build.flag(format!("-m{feature}"));
        }
    }
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
