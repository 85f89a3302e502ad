//! Compiles the product's C++ bridge against the headers of the OpenH264 that openh264-sys2 builds with assembly.

#[path = "../../crates/openh264-wasm/build/sources.rs"]
#[allow(dead_code, reason = "the list of upstream's sources is not needed: openh264-sys2 compiles them")]
mod sources;

const CPP: &str = "../../crates/openh264-wasm/cpp";

fn main() {
    println!("cargo:rerun-if-changed={CPP}");
    let upstream = match sources::find() {
        Ok(folder) => folder,
        Err(problem) => {
            eprintln!("{problem}");
            std::process::exit(1);
        }
    };
    cc::Build::new()
        .cpp(true)
        .std("c++11")
        .warnings(false)
        .opt_level(3)
        .includes(sources::include_folders(&upstream))
        .files(["bridge.cpp", "mode_decision.cpp", "motion_search.cpp", "quantisation.cpp", "rate_control.cpp", "skipped.cpp"].map(|file| format!("{CPP}/{file}")))
        .compile("bridge");
}
