//! Any bytes end in a picture or an error: `cargo fuzz run decode`.
//!
//! The crate forbids unsafe code, so it can be fuzzed without a sanitizer, and then a stable compiler will do:
//!
//! ```sh
//! export RUSTFLAGS="--cfg fuzzing -Cdebug-assertions -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4"
//! RUSTFLAGS+=" -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table"
//! RUSTFLAGS+=" -Cllvm-args=-sanitizer-coverage-trace-compares"
//! cargo run --release --target "$(rustc --print host-tuple)" -- corpus/decode
//! ```
#![no_main]

use jpeg_planes::Decoder;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut decoder = Decoder::default();
    let is_small = |info: &jpeg_planes::Info<'_>| {
        let _ = info.icc_profile();
        u64::from(info.width) * u64::from(info.height) < 1 << 20
    };
    if let Ok(image) = decoder.decode(bytes, is_small) {
        let mut pixels = Vec::new();
        image.to_rgb(&mut pixels).expect("memory");
        assert_eq!(pixels.len(), image.width as usize * image.height as usize * 3);
        image.to_cmyk(&mut pixels).expect("memory");
    }
});
