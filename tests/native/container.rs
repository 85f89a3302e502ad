//! The boxes around the samples, field by field as the standards ask for them (ISO/IEC 14496-12 and -15).

use std::fs::File;

use framereel::encode::{Content, Profile, Quality, Speed};
use framereel::mux::{codec_string, movie_header};
use framereel::timing::Timing;

use crate::support::tools::{assert_clean, decode_by_ffmpeg, ffprobe, ffprobe_one};
use crate::support::{Clip, Pixels, clip, tools};

fn three_seconds() -> Clip {
    let sources =
        (0..72).map(|i| Pixels::from_fn(64, 48, |x, y| [(x * 2 + i) as u8, (y * 5) as u8, (200 - i) as u8]).to_png());
    Clip::new(sources.collect(), Timing::from_fps(24, 1).unwrap())
}

/// The contents of the box at the end of a path of box types. `stsd` and `avc1` have fields before their boxes.
fn find<'a>(file: &'a [u8], path: &[&[u8; 4]]) -> Option<&'a [u8]> {
    let mut inside = file;
    for kind in path {
        let mut rest = inside;
        inside = loop {
            let size = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?) as usize;
            if rest.get(4..8)? == *kind {
                break &rest[8..size];
            }
            rest = &rest[size..];
        };
        if path.last() != Some(kind) {
            inside = match *kind {
                b"stsd" => &inside[8..],
                b"avc1" => &inside[78..],
                _ => inside,
            };
        }
    }
    Some(inside)
}

/// The types of the boxes that lie side by side.
fn kinds(mut boxes: &[u8]) -> Vec<String> {
    let mut kinds = Vec::new();
    while let Some(head) = boxes.get(..8) {
        kinds.push(String::from_utf8_lossy(&head[4..]).into_owned());
        boxes = &boxes[u32::from_be_bytes(head[..4].try_into().unwrap()) as usize..];
    }
    kinds
}

const STBL: [&[u8; 4]; 5] = [b"moov", b"trak", b"mdia", b"minf", b"stbl"];
const AVC1: [&[u8; 4]; 7] = [b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"avc1"];

#[test]
fn the_index_is_in_front_and_complete() {
    let file = std::fs::read(three_seconds().write("index.mp4")).unwrap();
    assert_eq!(kinds(&file), ["ftyp", "moov", "mdat"]);
    assert_eq!(kinds(find(&file, &[b"moov"]).unwrap()), ["mvhd", "trak"]);
    assert_eq!(kinds(find(&file, &STBL).unwrap()), ["stsd", "stts", "stss", "stsc", "stsz", "stco"]);

    // Fields after version and flags, by their offsets in ISO/IEC 14496-12.
    let mvhd = find(&file, &[b"moov", b"mvhd"]).unwrap();
    assert_eq!(mvhd[12..20], [10_008u32.to_be_bytes(), (72u32 * 417).to_be_bytes()].concat(), "timescale, duration");
    assert_eq!(mvhd[96..100], 2u32.to_be_bytes(), "next_track_ID");
    let tkhd = find(&file, &[b"moov", b"trak", b"tkhd"]).unwrap();
    assert_eq!(tkhd[..4], [0, 0, 0, 3], "enabled and in the movie");
    assert_eq!(tkhd[76..84], [0, 64, 0, 0, 0, 48, 0, 0], "width and height, 16.16");
    let vmhd = find(&file, &[b"moov", b"trak", b"mdia", b"minf", b"vmhd"]).unwrap();
    assert_eq!(vmhd[..4], [0, 0, 0, 1], "flags of vmhd");
    let hdlr = find(&file, &[b"moov", b"trak", b"mdia", b"hdlr"]).unwrap();
    assert_eq!(&hdlr[8..12], b"vide");
    let dref = find(&file, &[b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"]).unwrap();
    assert_eq!(dref, b"\0\0\0\0\0\0\0\x01\0\0\0\x0Curl \0\0\0\x01", "the media is in this file");
}

#[test]
fn keyframes_come_every_two_seconds_and_are_listed() {
    let path = three_seconds().write("keyframes.mp4");
    let flags = ffprobe(&path, "packet=flags");
    let keyframes: Vec<usize> = (0..flags.len()).filter(|&place| flags[place].starts_with('K')).collect();
    assert_eq!(keyframes, [0, 48]);
    // Counted from 1 (ISO/IEC 14496-12 8.6.2).
    let file = std::fs::read(&path).unwrap();
    assert_eq!(find(&file, &[&STBL[..], &[b"stss"]].concat()).unwrap(), b"\0\0\0\0\0\0\0\x02\0\0\0\x01\0\0\0\x31");
    let decoded = ffprobe(&path, "frame=pict_type");
    assert_eq!((decoded[0].as_str(), decoded[48].as_str()), ("I", "I"));
    assert_clean(&path);
}

#[test]
fn the_decoder_configuration_is_complete_for_every_profile() {
    let trailer: [(Profile, &str, &[u8]); 3] = [
        (Profile::Baseline, "Constrained Baseline", &[]),
        (Profile::Main, "Main", &[]),
        // 4:2:0, 8 bits of luma and chroma, no extensions; reserved bits are ones (ISO/IEC 14496-15 5.3.3.1.2).
        (Profile::High, "High", &[0xFD, 0xF8, 0xF8, 0x00]),
    ];
    for (profile, name, expected) in trailer {
        let mut clip = three_seconds();
        clip.settings.encode.profile = profile;
        let path = clip.write(&format!("profile-{profile:?}.mp4"));
        assert_clean(&path);
        assert_eq!(ffprobe_one(&path, "stream=profile"), name);

        let file = std::fs::read(&path).unwrap();
        let config = find(&file, &[&AVC1[..], &[b"avcC"]].concat()).unwrap();
        let sps_length = usize::from(u16::from_be_bytes([config[6], config[7]]));
        let (sps, rest) = config[8..].split_at(sps_length);
        assert_eq!(config[..6], [1, sps[1], sps[2], sps[3], 0xFF, 0xE1], "version, profile, lengths of 4, one SPS");
        let pps_length = usize::from(u16::from_be_bytes([rest[1], rest[2]]));
        assert_eq!((rest[0], rest[3] & 0x1F), (1, 8), "one PPS");
        assert_eq!(&rest[3 + pps_length..], expected, "{name}");
        assert_eq!(codec_string(sps).unwrap(), format!("avc1.{:02x}{:02x}{:02x}", sps[1], sps[2], sps[3]));
    }
}

#[test]
fn samples_are_slices_behind_their_lengths_and_nothing_else() {
    let group = three_seconds().encode_group(0, 60);
    let mut rest = &group.data[..];
    for (place, &size) in group.sizes.iter().enumerate() {
        let (mut sample, after) = rest.split_at(size as usize);
        rest = after;
        let mut kinds = Vec::new();
        while let Some((length, nals)) = sample.split_first_chunk() {
            let (nal, next) = nals.split_at(u32::from_be_bytes(*length) as usize);
            kinds.push(nal[0] & 0x1F);
            sample = next;
        }
        // One slice: 5 of an IDR picture, 1 of another (ITU-T H.264 table 7-1). The parameter sets are avcC's.
        assert_eq!(kinds, [if group.sync[place] == 1 { 5 } else { 1 }], "sample {place}");
    }
    assert!(rest.is_empty());
    assert_eq!((group.sps[0] & 0x1F, group.pps[0] & 0x1F), (7, 8));
}

#[test]
fn stream_and_file_agree_on_the_colours() {
    let path = three_seconds().write("nclx.mp4");
    let file = std::fs::read(&path).unwrap();
    let colr = find(&file, &[&AVC1[..], &[b"colr"]].concat()).unwrap();
    assert_eq!(colr, b"nclx\0\x01\0\x01\0\x01\0");
    // The raw stream has no boxes: what ffprobe finds there is the VUI.
    let raw = tools::scratch("nclx.h264");
    tools::ffmpeg(&["-i", tools::path(&path), "-c", "copy", "-f", "h264", tools::path(&raw)]);
    for path in [&path, &raw] {
        let colours = ffprobe_one(path, "stream=color_range,color_space,color_transfer,color_primaries");
        assert_eq!(colours, "tv,bt709,bt709,bt709", "{path:?}");
    }
}

#[test]
fn every_setting_makes_a_file_that_decodes() {
    for content in [Content::Photo, Content::Screen] {
        for speed in [Speed::Fast, Speed::Balanced, Speed::Small] {
            for quality in [Quality::Qp(0), Quality::Qp(30), Quality::Qp(51), Quality::Bitrate(300_000)] {
                let mut clip = three_seconds();
                clip.settings.encode.content = content;
                clip.settings.encode.speed = speed;
                clip.settings.encode.quality = quality;
                let path = clip.write(&format!("setting-{content:?}-{speed:?}-{quality:?}.mp4"));
                assert_eq!(decode_by_ffmpeg(&path).len(), 72, "{path:?}");
            }
        }
    }
}

#[test]
fn groups_that_were_encoded_apart_join_into_one_movie() {
    let clip = three_seconds();
    let groups = [clip.encode_group(0, 24), clip.encode_group(24, 48), clip.encode_group(48, 72)];
    for group in &groups {
        assert_eq!((&group.sps, &group.pps), (&groups[0].sps, &groups[0].pps));
        assert_eq!(group.sync[0], 1);
    }
    let path = clip.write_groups("joined.mp4", &groups);
    assert_clean(&path);
    let whole = decode_by_ffmpeg(&path);
    assert_eq!(whole.len(), 72);
    for (place, picture) in whole.iter().enumerate() {
        let source = image::load_from_memory(&clip.sources[place]).unwrap().into_rgb8().into_raw();
        let source = Pixels { width: 64, height: 48, rgb: source };
        assert!(picture.psnr(&source) > 33.0, "picture {place}: {:.1} dB", picture.psnr(&source));
    }
}

#[test]
fn the_same_input_makes_the_same_bytes() {
    let mut clip = three_seconds();
    for quality in [Quality::Qp(23), Quality::Bitrate(200_000)] {
        clip.settings.encode.quality = quality;
        assert_eq!(clip.encode_group(0, 60), clip.encode_group(0, 60), "{quality:?}");
    }
}

#[test]
fn a_file_over_4_gib_is_read_back() {
    let clip = three_seconds();
    let group = clip.encode_group(0, 1);
    let mut movie = clip.movie(&group);
    movie.timing = Timing::from_fps(1, 2).unwrap();
    let sizes = [4_000_000_000, 1_000_000_000, 7, 9];
    let header = movie_header(&movie, &sizes, &[1, 1, 1, 1], None).unwrap().bytes;
    let start = header.len() as u64;
    // The samples of 4 GB and 1 GB are a hole in the file; the other two are written.
    let path = clip::write("over-4-gib.mp4", &header);
    let file = File::options().read(true).write(true).open(&path).unwrap();
    let holes = start + 5_000_000_000;
    std::os::unix::fs::FileExt::write_all_at(&file, b"sevenMBnine-MB..", holes).unwrap();

    let length = file.metadata().unwrap().len();
    assert_eq!(length, start + 5_000_000_016);
    let mut reader = mp4::Mp4Reader::read_header(&file, length).unwrap();
    assert_eq!(reader.read_sample(1, 3).unwrap().unwrap().bytes, "sevenMB");
    assert_eq!(reader.read_sample(1, 4).unwrap().unwrap().bytes, "nine-MB..");
    drop(reader);
    std::fs::remove_file(path).unwrap();
}
