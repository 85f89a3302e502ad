//! JPEGs of every kind that libjpeg-turbo's programs write, against its own decoder, ffmpeg's and the `image` crate's.

use crate::support::*;
use jpeg_planes::{ColourModel, Decoder, Info, Strip, StripSink};

/// Sampling factors of luma and both chroma components: usual ones, coarse ones, and luma coarser than chroma.
const SAMPLINGS: [&str; 15] = [
    "1x1",
    "2x1",
    "1x2",
    "2x2",
    "4x1",
    "1x4",
    "4x2",
    "2x4",
    "3x1",
    "1x3",
    "3x2",
    "1x1,2x2,2x2",
    "1x1,2x1,1x1",
    "2x2,1x2,2x1",
    "1x1,1x1,4x2",
];

/// Ways to store an image's coefficients: arguments, and a scan script.
const CODINGS: [(&str, &[&str], Option<&str>); 14] = [
    ("baseline", &[], None),
    ("optimised", &["-optimize"], None),
    ("restarts in rows", &["-restart", "1"], None),
    ("restarts in units", &["-restart", "3B"], None),
    ("a scan a component", &[], Some("0; 1; 2;")),
    ("chroma first, restarts", &["-restart", "2B"], Some("1 2; 0;")),
    ("luma and a chroma", &[], Some("2; 0 1;")),
    ("progressive", &["-progressive"], None),
    ("progressive, restarts", &["-progressive", "-restart", "5B"], None),
    ("bands", &[], Some("0 1 2: 0-0, 0, 0; 0: 1-20, 0, 0; 0: 21-63, 0, 0; 1: 1-63, 0, 0; 2: 1-63, 0, 0;")),
    (
        "bits one by one",
        &[],
        Some(
            "0: 0-0, 0, 2; 1 2: 0-0, 0, 1; 0: 1-63, 0, 3; 0: 1-63, 3, 2; 1: 1-63, 0, 1; 2: 1-63, 0, 1; 0: 0-0, 2, 1; \
             0: 1-63, 2, 1; 0: 1-63, 1, 0; 2: 1-63, 1, 0; 1: 1-63, 1, 0; 0 1 2: 0-0, 1, 0;",
        ),
    ),
    ("arithmetic", &["-arithmetic"], None),
    ("arithmetic, a scan a component, restarts", &["-arithmetic", "-restart", "7B"], Some("0; 1; 2;")),
    ("arithmetic, progressive", &["-arithmetic", "-progressive"], None),
];

/// The inverse transform runs along rows first and libjpeg's along columns: now and then a sample rounds differently, and
/// 1.772 is the largest weight of one in a colour.
fn assert_alike(ours: &[u8], theirs: &[u8], name: impl std::fmt::Debug) {
    let mean = ours.iter().zip(theirs).map(|(a, b)| f64::from(a.abs_diff(*b))).sum::<f64>() / ours.len() as f64;
    let most = furthest(ours, theirs);
    assert!(most <= 3 && mean < 0.1, "{name:?}: {most} codes apart, {mean} in the mean");
}

#[test]
fn every_sampling_and_every_coding_is_decoded_as_libjpeg_does() {
    let mut checked = 0;
    for sampling in SAMPLINGS {
        let plain = cjpeg(&["-quality", "90", "-sample", sampling], None);
        let theirs = djpeg(&plain, &["-nosmooth"]);
        let first = decode(&plain).unwrap_or_else(|error| panic!("{sampling}: {error}"));
        assert_alike(&nearest(&first), &theirs, sampling);
        for (name, arguments, scans) in CODINGS {
            let file = jpegtran(&plain, arguments, scans);
            let ours = decode(&file).unwrap_or_else(|error| panic!("{sampling}, {name}: {error}"));
            assert!(ours == first || planes_of(&ours) == planes_of(&first), "{sampling}, {name}");
            assert!(theirs == djpeg(&file, &["-nosmooth"]), "{sampling}, {name}: libjpeg's own view");
            let mut strips = Gathered::default();
            Decoder::default().decode_strips(&file, &mut strips).unwrap();
            assert!(strips.planes == planes_of(&first), "{sampling}, {name}: in strips");
            checked += 1;
        }
    }
    assert_eq!(checked, SAMPLINGS.len() * CODINGS.len());
}

/// The samples that have a meaning.
fn planes_of(image: &jpeg_planes::Image) -> Vec<Vec<u8>> {
    image
        .components
        .iter()
        .map(|component| (0..component.height).flat_map(|y| component.plane.row(y, component.width).to_vec()).collect())
        .collect()
}

/// Strips put together again.
#[derive(Default)]
struct Gathered {
    planes: Vec<Vec<u8>>,
}

impl StripSink for Gathered {
    fn accept(&mut self, info: &Info<'_>) -> bool {
        self.planes.resize(info.sampling.len(), Vec::new());
        true
    }

    fn strip(&mut self, strip: &Strip<'_>) {
        let plane = &mut self.planes[strip.component];
        assert_eq!(plane.len(), strip.first * strip.width, "rows come in order, each once");
        for y in 0..strip.rows {
            plane.extend_from_slice(strip.row(y));
        }
    }
}

#[test]
fn planes_are_those_of_ffmpeg() {
    for (sampling, format) in [("2x2", "yuvj420p"), ("2x1", "yuvj422p"), ("1x2", "yuvj440p"), ("1x1", "yuvj444p")] {
        for quality in ["30", "75", "100"] {
            for progressive in [&["-quality", quality][..], &["-quality", quality, "-progressive"]] {
                let file = cjpeg(&[progressive, &["-sample", sampling]].concat(), None);
                let ours = planes_of(&decode(&file).unwrap()).concat();
                // The same factorisation, by columns first: now and then one rounds differently.
                assert!(furthest(&ours, &ffmpeg_planes(&file, format)) <= 1, "{sampling} {progressive:?}");
            }
        }
    }
}

#[test]
fn pixels_between_chroma_samples_are_interpolated_as_libjpeg_does() {
    for sampling in ["1x1", "2x1", "1x2", "2x2", "1x1,2x2,2x2", "1x1,2x1,1x1"] {
        let file = cjpeg(&["-quality", "85", "-sample", sampling], None);
        let mut ours = Vec::new();
        decode(&file).unwrap().to_rgb(&mut ours).unwrap();
        // libjpeg rounds after either direction and up and down in turn.
        assert!(furthest(&ours, &djpeg(&file, &[])) <= 3, "{sampling}");
    }
}

#[test]
fn pixels_are_those_of_the_image_crate() {
    for arguments in [&["-sample", "1x1"][..], &["-sample", "1x1", "-progressive"], &["-grayscale"]] {
        let file = cjpeg(arguments, None);
        let theirs = image::load_from_memory_with_format(&file, image::ImageFormat::Jpeg).unwrap().into_rgb8();
        let mut ours = Vec::new();
        decode(&file).unwrap().to_rgb(&mut ours).unwrap();
        assert!(furthest(&ours, theirs.as_raw()) <= 3, "{arguments:?}");
    }
}

#[test]
fn grey_and_rgb_are_what_they_are() {
    for coding in [&[][..], &["-progressive"], &["-arithmetic"], &["-sample", "2x2"]] {
        let grey = cjpeg(&[&["-grayscale"], coding].concat(), None);
        let image = decode(&grey).unwrap();
        assert_eq!(image.colour, ColourModel::Grey);
        assert_alike(&nearest(&image), &djpeg(&grey, &[]), coding);
        let rgb = cjpeg(&[&["-rgb"], coding].concat(), None);
        let image = decode(&rgb).unwrap();
        assert_eq!(image.colour, ColourModel::Rgb);
        assert_alike(&nearest(&image), &djpeg(&rgb, &["-nosmooth"]), coding);
    }
}
