//! Every image format that is read, by whom, and how its files begin. The one list: the decoders, the choice of a module
//! in JavaScript and the README's table go by it.

use image::ImageFormat;

/// Who decodes a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Module {
    /// `framereel.wasm`.
    Core,
    /// `formats.wasm`, loaded when the first such file is met.
    MoreFormats,
    /// `heic.wasm`, loaded in the same way.
    Heic,
    /// The browser, where it can.
    Browser,
}

/// A format of image files.
#[derive(Debug)]
pub struct Format {
    /// The name that people know it by.
    pub name: &'static str,
    /// Endings of file names without the dot, the usual one first.
    pub extensions: &'static [&'static str],
    /// Who decodes it.
    pub module: Module,
    /// What the `image` crate calls it, where that crate decodes it or its like.
    pub image: Option<ImageFormat>,
    /// Whether a file begins as this format does. [`HEAD`] bytes are enough.
    matches: fn(&[u8]) -> bool,
}

/// Bytes at the front of a file that tell its format.
pub const HEAD: usize = 256;

/// Bytes at the end of a file that tell a TGA.
pub const TAIL: usize = TGA_FOOTER.len();

/// Portable network graphics.
pub const PNG: Format = Format {
    name: "PNG",
    extensions: &["png", "apng"],
    module: Module::Core,
    image: Some(ImageFormat::Png),
    matches: |head| head.starts_with(b"\x89PNG\r\n\x1A\n"),
};

/// ITU-T T.81.
pub const JPEG: Format = Format {
    name: "JPEG",
    extensions: &["jpg", "jpeg", "jfif"],
    module: Module::Core,
    image: Some(ImageFormat::Jpeg),
    matches: |head| head.starts_with(b"\xFF\xD8\xFF"),
};

/// WebP, lossy and lossless.
pub const WEBP: Format = Format {
    name: "WebP",
    extensions: &["webp"],
    module: Module::Core,
    image: Some(ImageFormat::WebP),
    matches: |head| head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP"),
};

/// Graphics interchange format.
pub const GIF: Format = Format {
    name: "GIF",
    extensions: &["gif"],
    module: Module::Core,
    image: Some(ImageFormat::Gif),
    matches: |head| head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a"),
};

/// Windows bitmaps.
pub const BMP: Format = Format {
    name: "BMP",
    extensions: &["bmp", "dib"],
    module: Module::MoreFormats,
    image: Some(ImageFormat::Bmp),
    matches: |head| head.starts_with(b"BM"),
};

/// Tagged image file format, and its kind for large files.
pub const TIFF: Format = Format {
    name: "TIFF",
    extensions: &["tiff", "tif"],
    module: Module::MoreFormats,
    image: Some(ImageFormat::Tiff),
    matches: |head| [b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"].iter().any(|start| head.starts_with(*start)),
};

/// Icons of Windows and of web pages.
pub const ICO: Format = Format {
    name: "ICO",
    extensions: &["ico"],
    module: Module::MoreFormats,
    image: Some(ImageFormat::Ico),
    matches: |head| head.starts_with(b"\0\0\x01\0"),
};

/// Truevision TGA. Only files of version 2 say at their end what they are.
pub const TGA: Format = Format {
    name: "TGA",
    extensions: &["tga", "targa", "icb", "vda", "vst"],
    module: Module::MoreFormats,
    image: Some(ImageFormat::Tga),
    matches: |_| false,
};

/// Quite OK image format.
pub const QOI: Format = Format {
    name: "QOI",
    extensions: &["qoi"],
    module: Module::MoreFormats,
    image: Some(ImageFormat::Qoi),
    matches: |head| head.starts_with(b"qoif"),
};

/// Netpbm's formats.
pub const PNM: Format = Format {
    name: "PBM, PGM, PPM, PAM",
    extensions: &["ppm", "pgm", "pbm", "pam", "pnm"],
    module: Module::MoreFormats,
    image: Some(ImageFormat::Pnm),
    matches: |head| matches!(head, [b'P', b'1'..=b'7', b' ' | b'\t' | b'\r' | b'\n' | b'#', ..]),
};

/// OpenEXR.
pub const EXR: Format = Format {
    name: "OpenEXR",
    extensions: &["exr"],
    module: Module::MoreFormats,
    image: Some(ImageFormat::OpenExr),
    matches: |head| head.starts_with(b"v/1\x01"),
};

/// Radiance's pictures.
pub const HDR: Format = Format {
    name: "Radiance HDR",
    extensions: &["hdr"],
    module: Module::MoreFormats,
    image: Some(ImageFormat::Hdr),
    matches: |head| head.starts_with(b"#?RADIANCE") || head.starts_with(b"#?RGBE"),
};

/// DirectDraw surfaces.
pub const DDS: Format = Format {
    name: "DDS",
    extensions: &["dds"],
    module: Module::MoreFormats,
    image: Some(ImageFormat::Dds),
    matches: |head| head.starts_with(b"DDS "),
};

/// HEIF with HEVC inside (ISO/IEC 23008-12).
pub const HEIC: Format = Format {
    name: "HEIC",
    extensions: &["heic", "heif", "hif"],
    module: Module::Heic,
    image: None,
    matches: |head| has_brand(head, &[b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"]),
};

/// HEIF with AV1 inside.
pub const AVIF: Format = Format {
    name: "AVIF",
    extensions: &["avif"],
    module: Module::Browser,
    image: None,
    matches: |head| has_brand(head, &[b"avif", b"avis"]),
};

/// Drawings, whose root element stands somewhere behind declarations: see the core's `decode::format`.
pub const SVG: Format =
    Format { name: "SVG", extensions: &["svg"], module: Module::Browser, image: None, matches: |_| false };

/// All of them, in the README's order.
pub const ALL: [&Format; 16] =
    [&PNG, &JPEG, &WEBP, &GIF, &TIFF, &BMP, &ICO, &TGA, &QOI, &PNM, &EXR, &HDR, &DDS, &HEIC, &AVIF, &SVG];

/// The format of a file by what stands at its front and at its end; `hint` is its name or its media type, which counts
/// where nothing else tells.
pub fn recognise(head: &[u8], tail: &[u8], hint: &str) -> Option<&'static Format> {
    let by_content = ALL.into_iter().find(|format| (format.matches)(head));
    by_content.or_else(|| (is_tga(head) && (tail.ends_with(TGA_FOOTER) || says_tga(hint))).then_some(&TGA))
}

/// Truevision TGA 2.0, field 28 and what follows.
const TGA_FOOTER: &[u8] = b"TRUEVISION-XFILE.\0";

fn says_tga(hint: &str) -> bool {
    let hint = hint.to_ascii_lowercase();
    let ending = hint.rsplit('.').next().unwrap_or_default();
    TGA.extensions.contains(&ending)
        || ["image/x-tga", "image/tga", "image/x-targa", "image/targa"].contains(&hint.as_str())
}

/// Whether the header's fields are among the values that there are (Truevision TGA 2.0, fields 2 to 5).
fn is_tga(head: &[u8]) -> bool {
    let &[_, map, kind, _, _, map_length_low, map_length_high, map_depth, _, _, _, _, w0, w1, h0, h1, depth, flags, ..] =
        head
    else {
        return false;
    };
    let map_length = u16::from_le_bytes([map_length_low, map_length_high]);
    let has_map = map == 1 && map_length > 0 && matches!(map_depth, 15 | 16 | 24 | 32);
    let fits = match kind {
        1 | 9 => has_map && matches!(depth, 8 | 16),
        2 | 10 => (map == 0 || has_map) && matches!(depth, 15 | 16 | 24 | 32),
        3 | 11 => (map == 0 || has_map) && matches!(depth, 8 | 16),
        _ => false,
    };
    fits && [w0, w1] != [0, 0] && [h0, h1] != [0, 0] && flags & 0xC0 == 0
}

/// Whether a file of boxes names a brand as its own or as one that it is compatible with (ISO/IEC 14496-12 4.3).
fn has_brand(head: &[u8], brands: &[&[u8; 4]]) -> bool {
    let Some((length, rest)) = head.split_first_chunk::<4>() else { return false };
    let Some(rest) = rest.strip_prefix(b"ftyp") else { return false };
    let length = (u32::from_be_bytes(*length) as usize).saturating_sub(8).min(rest.len());
    // The second word is a version.
    rest[..length].as_chunks::<4>().0.iter().enumerate().any(|(at, brand)| at != 1 && brands.contains(&brand))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(bytes: &[u8], hint: &str) -> Option<&'static str> {
        recognise(bytes, bytes, hint).map(|format| format.name)
    }

    #[test]
    fn heif_files_go_by_any_of_their_brands() {
        assert_eq!(name(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", ""), Some("HEIC"));
        assert_eq!(name(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", ""), Some("HEIC"));
        assert_eq!(name(b"\0\0\0\x1Cftypavif\0\0\0\0avifmif1miaf", ""), Some("AVIF"));
        // Behind the box, or in the version's place, a brand is none.
        assert_eq!(name(b"\0\0\0\x14ftypisomheicisomheic", ""), None);
        assert_eq!(name(b"\xFF\xFF\xFF\xFFftyp", ""), None);
    }

    #[test]
    fn tga_needs_a_header_and_a_word() {
        let mut file = vec![0; 18 + 12];
        (file[2], file[12], file[14], file[16]) = (2, 2, 2, 24);
        assert_eq!(name(&file, ""), None);
        assert_eq!(name(&file, "render 1.TGA"), Some("TGA"));
        assert_eq!(name(&file, "image/x-tga"), Some("TGA"));
        assert_eq!(name(&[&file[..], TGA_FOOTER].concat(), ""), Some("TGA"));
        file[16] = 23;
        assert_eq!(name(&file, "render.tga"), None);
        assert_eq!(name(b"GIF89a", "render.tga"), Some("GIF"));
    }
}
