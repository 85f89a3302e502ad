//! Writes a target's seeds and finds into a folder, for a fuzzer to begin with: `seeds TARGET FOLDER`.

#![forbid(unsafe_code)]

use std::path::Path;
use std::{env, fs};

use fuzz_bodies::{finds, target};

fn main() -> std::io::Result<()> {
    let [name, folder] = env::args().skip(1).collect::<Vec<_>>().try_into().expect("TARGET and FOLDER");
    fs::create_dir_all(&folder)?;
    let inputs = (target(&name).seeds)().into_iter().chain(finds(&name));
    for (index, input) in inputs.enumerate() {
        fs::write(Path::new(&folder).join(format!("seed-{index}")), input)?;
    }
    Ok(())
}
