//! The README's table of formats is what `decoding::formats` says.

use std::path::Path;

use decoding::formats::{ALL, Format, Module};

/// What is read of each format; those who decode them are tested beside.
const NOTES: [(&str, &str); 16] = [
    ("PNG", "1 to 16 bits, grey, palette, alpha; frames of APNG"),
    ("JPEG", "baseline, progressive, arithmetic-coded; grey, YCbCr, RGB, CMYK; EXIF orientation"),
    ("WebP", "lossy, lossless, alpha; frames"),
    ("GIF", "frames"),
    ("TIFF", "1 to 64 bits, floating point, palette, CMYK, LAB, fax, JPEG, tiles, BigTIFF; pages"),
    ("BMP", "1 to 32 bits, run lengths, alpha"),
    ("ICO", "the largest picture, PNG or bitmap, with its mask"),
    ("TGA", "8 to 32 bits, palette, run lengths; by its name or its footer"),
    ("QOI", "RGB and RGBA"),
    ("PBM, PGM, PPM, PAM", "in words and in bytes, 1 to 16 bits, alpha"),
    ("OpenEXR", "16 and 32 bits; exposure 0, clipped at 1.0, sRGB's curve"),
    ("Radiance HDR", "the same"),
    ("DDS", "BC1, BC2 and BC3 (DXT1 to DXT5)"),
    ("HEIC", "8 to 12 bits, grids, alpha, rotation; the primary picture"),
    ("AVIF", "where the browser can"),
    ("SVG", "where the browser can"),
];

const START: &str = "<!-- formats: written by tests/native/formats_table.rs -->\n";
const END: &str = "<!-- end of formats -->";

fn row(format: &Format) -> String {
    let (_, notes) = NOTES.iter().find(|(name, _)| *name == format.name).expect("a format has notes");
    let module = match format.module {
        Module::Core => "`framereel.wasm`",
        Module::MoreFormats => "`formats.wasm`",
        Module::Heic => "`heic.wasm`, else the browser",
        Module::Browser => "the browser",
    };
    format!("| {} | {} | {notes} | {module} |\n", format.name, format.extensions.join(", "))
}

#[test]
fn the_readme_has_the_table_of_formats() {
    let rows: String = ALL.iter().map(|format| row(format)).collect();
    let table = format!("| format | files | what is read | decoded by |\n| --- | --- | --- | --- |\n{rows}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(START).expect("the README has a place for the table");
    let (found, after) = rest.split_once(END).expect("the README has an end of the table");
    if std::env::var_os("FRAMEREEL_WRITE_TABLES").is_some() {
        std::fs::write(&path, [before, START, &table, END, after].concat()).unwrap();
    } else {
        assert!(found == table, "write the README's table anew: FRAMEREEL_WRITE_TABLES=1 cargo test formats_table");
    }
}
