//! `framereel-bindgen MODULE.wasm TARGET FOLDER NAME`: what the program wasm-bindgen does with these, in a third of its time to
//! compile, as it has neither a test server nor options.
//!
//! TARGET is `web` or `bundler`. Writes `NAME.js`, `NAME.d.ts`, `NAME_bg.wasm` and what belongs to them into FOLDER.

use std::env;
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [module, target, folder, name] = args.as_slice() else {
        eprintln!("framereel-bindgen MODULE.wasm TARGET FOLDER NAME");
        return ExitCode::FAILURE;
    };
    let mut bindgen = Bindgen::new();
    let chosen = match target.as_str() {
        "web" => bindgen.web(true),
        "bundler" => bindgen.bundler(true),
        other => {
            eprintln!("{other} is no target: web or bundler");
            return ExitCode::FAILURE;
        }
    };
    let written =
        chosen.and_then(|bindgen| bindgen.input_path(module).out_name(name).typescript(true).generate(folder));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{module}: {error:#}");
            ExitCode::FAILURE
        }
    }
}
