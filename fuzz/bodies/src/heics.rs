//! Sound HEICs, made in code.

use heifer::{EncodeOptions, Image, encode, encode_rgba8};

use crate::seeds::{picture, profiles};

const OPTIONS: EncodeOptions = EncodeOptions { quality: 50, max_threads: 1 };

/// Without and with alpha, of 10 bits, with a profile, and of tiles.
pub(crate) fn files() -> Vec<Vec<u8>> {
    let (width, height) = (33, 21);
    let see_through = picture(width, height).into_raw();
    let opaque: Vec<u8> = see_through.as_chunks::<4>().0.iter().flat_map(|&[r, g, b, _]| [r, g, b, 255]).collect();
    let mut files: Vec<_> = [&opaque, &see_through]
        .map(|rgba| encode_rgba8(width, height, rgba, &OPTIONS).expect("a small picture can be written"))
        .into();
    let deep = Image {
        width,
        height,
        bit_depth: 10,
        has_alpha: false,
        data: opaque.iter().map(|&code| u16::from(code) << 2).collect(),
    };
    files.push(encode(&deep, &OPTIONS).expect("a deep picture can be written"));
    let metadata = heifer::Metadata { icc_profile: profiles().into_iter().next(), ..heifer::Metadata::default() };
    files.push(heifer::encode_with_metadata(&deep, &metadata, &OPTIONS).expect("a profile can be written"));
    // More than 512 pixels across are two tiles.
    let wide = [90, 120, 200, 255].repeat(520 * 20);
    files.push(encode_rgba8(520, 20, &wide, &OPTIONS).expect("a wide picture can be written"));
    files
}
