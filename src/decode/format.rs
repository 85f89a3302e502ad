//! What kind of file some bytes are, and the names of files that are no images of the formats in [`decoding::formats`].

use decoding::formats::{self, Format, Module};

use crate::error::{Error, Result};

/// How files begin that people take for images, or pick together with them, and what they are.
const NOT_DECODED: [(&[u8], &str); 15] = [
    (b"\xFF\x0A", "a JPEG XL image"),
    (b"\x00\x00\x00\x0CJXL \r\n\x87\n", "a JPEG XL image"),
    (b"\x00\x00\x00\x0CjP  \r\n\x87\n", "a JPEG 2000 image"),
    (b"\xFF\x4F\xFF\x51", "a JPEG 2000 image"),
    (b"II\xBC\x01", "a JPEG XR image"),
    (b"8BPS", "a Photoshop document"),
    (b"farbfeld", "a farbfeld image"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"\x1A\x45\xDF\xA3", "a WebM or Matroska video"),
    (b"OggS", "an Ogg file"),
    (b"ID3", "an MP3 file"),
    (b"fLaC", "a FLAC file"),
    (b"\x00asm", "a WebAssembly module"),
];

/// Bytes at the front of a file that are looked at to tell text from binary.
const TEXT_WINDOW: usize = 1024;

/// The format of an image file, by its first bytes; its name plays no part.
///
/// # Errors
/// [`Error::CorruptImage`] for an empty file, [`Error::UnsupportedImage`] for anything that is not decoded here.
pub(super) fn recognise(bytes: &[u8]) -> Result<&'static Format> {
    if bytes.is_empty() {
        return Err(Error::empty());
    }
    let format = formats::recognise(bytes, bytes, "");
    if let Some(decoded) = format.filter(|format| format.module == Module::Core) {
        return Ok(decoded);
    }
    let what =
        format.map_or_else(|| describe(bytes).to_owned(), |format| format!("an image of the format {}", format.name));
    Err(Error::UnsupportedImage(format!(
        "the file looks like {what}, which is not decoded here; convert it to PNG, JPEG or WebP"
    )))
}

/// What a file that is not decoded looks like.
fn describe(bytes: &[u8]) -> &'static str {
    if let Some((_, name)) = NOT_DECODED.iter().find(|(start, _)| bytes.starts_with(start)) {
        return name;
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return describe_brand(bytes.get(8..12).unwrap_or_default());
    }
    if bytes.starts_with(b"RIFF") {
        return "a RIFF file (AVI or WAV)";
    }
    describe_text(bytes).unwrap_or("no image format known here")
}

/// The kind of an ISO base media file that is no picture, by its major brand (ISO/IEC 14496-12 4.3).
fn describe_brand(brand: &[u8]) -> &'static str {
    match brand {
        b"mif1" | b"msf1" => "a HEIF image",
        b"crx " => "a camera's raw image",
        _ => "an MP4 or QuickTime video",
    }
}

fn describe_text(bytes: &[u8]) -> Option<&'static str> {
    let window = bytes.get(..TEXT_WINDOW).unwrap_or(bytes);
    // A multi-byte character may be cut at the window's end.
    let text = match std::str::from_utf8(window) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&window[..error.valid_up_to()]).ok()?,
        Err(_) => return None,
    };
    if text.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        return None;
    }
    let lower = text.trim_start_matches('\u{FEFF}').trim_start().to_ascii_lowercase();
    if lower.contains("<svg") {
        Some("an SVG drawing")
    } else if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        Some("a web page (HTML)")
    } else {
        Some("text")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> String {
        let error = recognise(bytes).unwrap_err();
        assert_eq!(error.code(), "unsupported-image");
        error.to_string()
    }

    #[test]
    fn files_that_are_not_decoded_are_called_by_their_name() {
        let cases: [(&[u8], &str); 10] = [
            (b"\x00\x00\x00\x20ftypavif\x00\x00\x00\x00", "AVIF"),
            (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC"),
            (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00", "MP4"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
            (b"\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- made by hand -->\n<svg/>", "SVG"),
            (b"<!DOCTYPE html><title>404</title>", "HTML"),
            (b"frame,seconds\n1,2\n", "text"),
            (b"%PDF-1.7\n", "PDF"),
            (b"\xFF\x0A\xFA\x7F", "JPEG XL"),
            (b"\x00\x01\x02\x03\x04\x05\x06\x07", "no image format"),
        ];
        for (bytes, name) in cases {
            assert!(message(bytes).contains(name), "{}", message(bytes));
        }
    }

    #[test]
    fn text_cut_inside_a_character_is_still_text() {
        let mut text = "a".repeat(TEXT_WINDOW - 1);
        text.push('é');
        assert!(message(text.as_bytes()).contains("text"));
    }

    #[test]
    fn an_empty_file_is_corrupt() {
        assert_eq!(recognise(&[]).unwrap_err().code(), "corrupt-image");
    }
}
