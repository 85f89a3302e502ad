//! A native build whose C++ checks itself while it runs: `npm run sanitize`.

use std::env;

/// Sanitizers as the compiler's `-fsanitize=` takes them, such as `address,undefined`. The program must be linked with the same.
pub(crate) const VARIABLE: &str = "OPENH264_SANITIZE";

/// Has the compiler put the checks in. A finding is reported and the program goes on, so that one run shows all of them.
pub(crate) fn configure(build: &mut cc::Build) {
    let Ok(sanitizers) = env::var(VARIABLE) else { return };
    build
        .flag(format!("-fsanitize={sanitizers}"))
        .flag("-fno-sanitize-recover=address")
        .flag("-fno-omit-frame-pointer")
        .debug(true)
        // The checks cost most where nothing is optimised.
        .opt_level(1);
}
