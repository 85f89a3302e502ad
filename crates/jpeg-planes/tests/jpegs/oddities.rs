//! What files leave out, add or get wrong.

use crate::support::*;
use jpeg_planes::{ColourModel, Decoder, Error, Image, read_info};

fn pixels(image: &Image) -> Vec<u8> {
    let mut rgb = Vec::new();
    image.to_rgb(&mut rgb).unwrap();
    rgb
}

/// The file without its segments of a marker.
fn without(file: &[u8], marker: u8) -> Vec<u8> {
    let mut kept = file[..2].to_vec();
    let mut at = 2;
    loop {
        let length = 2 + usize::from(u16::from_be_bytes([file[at + 2], file[at + 3]]));
        if file[at + 1] == 0xDA {
            kept.extend_from_slice(&file[at..]);
            return kept;
        }
        if file[at + 1] != marker {
            kept.extend_from_slice(&file[at..at + length]);
        }
        at += length;
    }
}

/// The file with a segment behind its first marker.
fn with(file: &[u8], marker: u8, data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u16 + 2).to_be_bytes();
    [&file[..2], &[0xFF, marker], &length, data, &file[2..]].concat()
}

fn adobe(transform: u8) -> Vec<u8> {
    [b"Adobe\0\x64\0\0\0\0".as_slice(), &[transform]].concat()
}

#[test]
fn a_file_without_huffman_tables_means_the_standard_ones() {
    for sampling in ["1x1", "2x2"] {
        let file = cjpeg(&["-sample", sampling], None);
        let bare = without(&file, 0xC4);
        assert!(bare.len() < file.len() - 400);
        assert!(decode(&bare).unwrap() == decode(&file).unwrap());
    }
}

#[test]
fn jfif_goes_before_adobe_and_adobe_before_identifiers() {
    let jfif = cjpeg(&[], None);
    let bare = without(&jfif, 0xE0);
    let colour = |file: &[u8]| decode(file).unwrap().colour;
    assert_eq!(colour(&jfif), ColourModel::YCbCr);
    assert_eq!(colour(&bare), ColourModel::YCbCr);
    assert_eq!(colour(&with(&jfif, 0xEE, &adobe(0))), ColourModel::YCbCr);
    assert_eq!(colour(&with(&bare, 0xEE, &adobe(0))), ColourModel::Rgb);
    assert_eq!(colour(&with(&bare, 0xEE, &adobe(1))), ColourModel::YCbCr);
    // libjpeg says the same.
    for file in [with(&jfif, 0xEE, &adobe(0)), with(&bare, 0xEE, &adobe(0)), with(&bare, 0xEE, &adobe(1))] {
        assert!(furthest(&nearest(&decode(&file).unwrap()), &djpeg(&file, &["-nosmooth"])) <= 4);
    }
}

#[test]
fn only_the_end_marker_may_be_missing() {
    for arguments in [&[][..], &["-progressive"], &["-arithmetic"], &["-restart", "2B"], &["-sample", "1x1"]] {
        let file = cjpeg(arguments, None);
        let whole = decode(&file).unwrap();
        assert!(decode(&file[..file.len() - 2]).as_ref() == Ok(&whole), "{arguments:?}");
        for cut in 0..file.len() - 2 {
            match decode(&file[..cut]) {
                Err(error) => {
                    assert!(matches!(error, Error::Broken(_) | Error::NotJpeg), "{arguments:?} {cut}: {error}")
                }
                // The last bits may be padding.
                Ok(image) => assert!(image == whole, "{arguments:?} cut at {cut} of {}", file.len()),
            }
        }
    }
}

#[test]
fn a_download_that_ends_in_zeros_is_broken() {
    for arguments in [&[][..], &["-progressive"], &["-arithmetic"]] {
        let mut file = cjpeg(arguments, None);
        let middle = file.len() / 2;
        file[middle..].fill(0);
        file.extend_from_slice(&[0; 1 << 16]);
        assert!(matches!(decode(&file), Err(Error::Broken(_))), "{arguments:?}");
    }
}

#[test]
fn bytes_between_and_behind_segments_do_not_matter() {
    let file = cjpeg(&["-restart", "2B"], None);
    let whole = decode(&file).unwrap();
    let filled = [&file[..2], &[0xFF, 0xFF, 0xFF], &file[2..]].concat();
    let strewn = [&file[..2], b"between", &file[2..]].concat();
    let behind = [&file[..], b"a second picture, or a camera's notes"].concat();
    let end = file.len() - 2;
    let restart_too_many = {
        let restarts = file.windows(2).filter(|two| two[0] == 0xFF && (0xD0..=0xD7).contains(&two[1])).count();
        [&file[..end], &[0xFF, 0xD0 + (restarts % 8) as u8], &file[end..]].concat()
    };
    for other in [filled, strewn, behind, restart_too_many] {
        assert!(decode(&other).as_ref() == Ok(&whole));
    }
}

#[test]
fn restart_markers_out_of_order_are_broken() {
    let file = cjpeg(&["-restart", "2B"], None);
    let first = file.windows(2).position(|two| two == [0xFF, 0xD0]).unwrap();
    let mut wrong = file.clone();
    wrong[first + 1] = 0xD3;
    assert!(matches!(decode(&wrong), Err(Error::Broken(_))));
    assert!(matches!(decode(&without(&file, 0xDD)), Err(Error::Broken(_))));
}

#[test]
fn kinds_that_are_not_decoded_are_named() {
    let file = cjpeg(&[], None);
    let frame = file.windows(2).position(|two| two == [0xFF, 0xC0]).unwrap();
    let changed = |at: usize, value: u8| {
        let mut file = file.clone();
        file[frame + at] = value;
        decode(&file)
    };
    assert!(matches!(changed(1, 0xC3), Err(Error::Unsupported(why)) if why.contains("lossless")));
    assert!(matches!(changed(1, 0xC5), Err(Error::Unsupported(why)) if why.contains("hierarchical")));
    assert!(matches!(changed(4, 12), Err(Error::Unsupported(why)) if why.contains("8 bits")));
    assert_eq!(decode(b"GIF89a"), Err(Error::NotJpeg));
}

#[test]
fn the_header_is_read_without_decoding() {
    let profile: Vec<u8> = (0..100_000u32).map(|at| at as u8).collect();
    let mut file = cjpeg(&["-sample", "2x1"], None);
    // Segments in the wrong order.
    for (index, part) in profile.chunks(60_000).enumerate() {
        let data = [b"ICC_PROFILE\0".as_slice(), &[index as u8 + 1, 2], part].concat();
        file = with(&file, 0xE2, &data);
    }
    file = with(&file, 0xE1, b"Exif\0\0MM\0*rest");
    read_info(&file, |info| {
        assert_eq!((info.width as usize, info.height as usize), (WIDTH, HEIGHT));
        assert_eq!(info.sampling, [(2, 1), (1, 1), (1, 1)]);
        assert_eq!(info.exif, Some(b"MM\0*rest".as_slice()));
        assert_eq!(info.icc_profile(), Some(profile));
    })
    .unwrap();
    read_info(&cjpeg(&[], None), |info| assert_eq!((info.exif, info.icc_profile()), (None, None))).unwrap();
}

#[test]
fn a_declined_image_takes_no_memory() {
    // 65,535 by 65,535 pixels.
    let mut file = cjpeg(&[], None);
    let frame = file.windows(2).position(|two| two == [0xFF, 0xC0]).unwrap();
    file[frame + 5..frame + 9].fill(0xFF);
    let mut seen = (0, 0);
    let mut decoder = Decoder::default();
    let outcome = decoder.decode(&file, |info| {
        seen = (info.width, info.height);
        false
    });
    assert_eq!(outcome.err(), Some(Error::Declined));
    assert_eq!(seen, (65_535, 65_535));
}

#[test]
fn a_decoder_keeps_nothing_of_the_file_before() {
    let files = [
        cjpeg(&["-sample", "1x1,2x2,2x2"], None),
        cjpeg(&["-progressive"], None),
        cjpeg(&["-grayscale"], None),
        cjpeg(&["-arithmetic", "-sample", "4x1"], None),
        cjpeg(&[], Some("0; 1; 2;")),
    ];
    let mut decoder = Decoder::default();
    for file in files.iter().chain(files.iter().rev()) {
        let alone = pixels(&decode(file).unwrap());
        assert!(pixels(decoder.decode(file, |_| true).unwrap()) == alone);
    }
}

#[test]
fn a_file_without_a_scan_holds_no_image_whatever_was_decoded_before() {
    for coding in [&["-baseline"][..], &["-progressive"], &["-arithmetic"]] {
        let file = cjpeg(coding, None);
        let scan = file.windows(2).position(|two| two == [0xFF, 0xDA]).unwrap();
        let without = [&file[..scan], &[0xFF, 0xD9]].concat();
        let mut decoder = Decoder::default();
        for _ in 0..2 {
            assert!(matches!(decoder.decode(&without, |_| true), Err(Error::Broken(_))), "{coding:?}");
            decoder.decode(&file, |_| true).unwrap();
        }
    }
}

#[test]
fn broken_files_end_in_an_error_or_a_picture() {
    let files = [
        cjpeg(&[], None),
        cjpeg(&["-restart", "2B"], Some("0; 1 2;")),
        cjpeg(&["-progressive"], None),
        cjpeg(&["-arithmetic"], None),
        cjpeg(&["-arithmetic", "-progressive"], None),
    ];
    let mut decoder = Decoder::default();
    let (mut errors, mut pictures) = (0, 0);
    for file in &files {
        for at in 2..file.len() {
            for wrong in [0x00, 0xFF, file[at] ^ 0x10] {
                let mut broken = file.clone();
                broken[at] = wrong;
                // What is larger than the picture is another test's.
                match decoder.decode(&broken, |info| info.width < 1000 && info.height < 1000) {
                    Ok(image) => {
                        pixels(image);
                        pictures += 1;
                    }
                    Err(_) => errors += 1,
                }
            }
        }
    }
    assert!(errors > 1000 && pictures > 1000, "{errors} errors and {pictures} pictures");
}
