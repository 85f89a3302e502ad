//! The track beside the pictures: where its samples lie, what is heard of them, and the tags of the file. The `mp4` crate's
//! reader is the judge; `tests/sound` has ffmpeg and browsers judge real files.

use std::io::Cursor;

use framereel::mux::{Edit, Sound, SoundSamples, Tags, movie_header};
use framereel::timing::Timing;
use mp4::{Mp4Reader, TrackType};

use crate::support::{Clip, Pixels};

/// AAC-LC, 44,100 Hz, two channels (ISO/IEC 14496-3 1.6.2.1).
const CONFIG: [u8; 2] = [0x12, 0x10];

fn ten_seconds() -> Clip {
    let sources = (0..10).map(|i| Pixels::flat(32, 16, [i * 20, 90, 200]).to_png());
    Clip::new(sources.collect(), Timing::from_fps(1, 1).unwrap())
}

fn aac(until: u64) -> Sound {
    Sound {
        object_type: 0x40,
        config: CONFIG.to_vec(),
        channels: 2,
        sample_rate: 44_100,
        timescale: 44_100,
        bitrate: 128_000,
        edits: vec![Edit { from: 1024, until }],
    }
}

/// `count` samples, each filled with its own number.
fn samples(count: u32) -> (SoundSamples, Vec<u8>) {
    let sizes: Vec<u32> = (0..count).map(|number| 5 + number % 7).collect();
    let data = (0..count).flat_map(|number| vec![number as u8; 5 + number as usize % 7]).collect();
    (SoundSamples { sizes, timing: Timing::from_ticks(44_100, &[1024]).unwrap(), start: 0 }, data)
}

/// The file, its pictures and sound in the order that the header says.
fn file_of(clip: &Clip, sound: &SoundSamples, sound_data: &[u8], tags: Tags) -> Vec<u8> {
    let group = clip.encode_group(0, 10);
    let mut movie = clip.movie(&group);
    movie.sound = Some(aac(100_000));
    movie.tags = tags;
    let header = movie_header(&movie, &group.sizes, &group.sync, Some(sound)).unwrap();
    let mut file = header.bytes;
    let (mut pictures, mut heard) = (group.data.as_slice(), sound_data);
    for (place, &bytes) in header.runs.iter().enumerate() {
        let rest = if place % 2 == 0 { &mut pictures } else { &mut heard };
        let (run, after) = rest.split_at(bytes as usize);
        file.extend_from_slice(run);
        *rest = after;
    }
    assert!(pictures.is_empty() && heard.is_empty(), "the runs hold every byte");
    file
}

#[test]
fn every_sample_of_sound_is_where_the_index_says() {
    let (sound, data) = samples(432);
    let file = file_of(&ten_seconds(), &sound, &data, Tags::default());
    let length = file.len() as u64;
    let mut reader = Mp4Reader::read_header(Cursor::new(file), length).unwrap();
    let track = &reader.tracks()[&2];
    assert_eq!(track.track_type().unwrap(), TrackType::Audio);
    assert_eq!((track.sample_count(), track.timescale()), (432, 44_100));
    let stsd = &track.trak.mdia.minf.stbl.stsd;
    let entry = stsd.mp4a.as_ref().unwrap();
    assert_eq!((entry.channelcount, entry.samplerate.value()), (2, 44_100));
    let config = &entry.esds.as_ref().unwrap().es_desc.dec_config;
    assert_eq!((config.object_type_indication, config.avg_bitrate), (0x40, 128_000));
    assert_eq!((config.dec_specific.profile, config.dec_specific.freq_index, config.dec_specific.chan_conf), (2, 4, 2));
    for number in 0..432 {
        let sample = reader.read_sample(2, number + 1).unwrap().unwrap();
        assert_eq!(sample.bytes, vec![number as u8; 5 + number as usize % 7]);
        assert_eq!((sample.start_time, sample.duration), (u64::from(number) * 1024, 1024));
    }
    for picture in 1..=10 {
        assert!(reader.read_sample(1, picture).unwrap().is_some());
    }
}

#[test]
fn sound_and_pictures_lie_a_second_apart_at_most() {
    let (sound, data) = samples(432);
    let clip = ten_seconds();
    let file = file_of(&clip, &sound, &data, Tags::default());
    let reader = Mp4Reader::read_header(Cursor::new(&file), file.len() as u64).unwrap();
    let offsets = |track: u32| reader.tracks()[&track].trak.mdia.minf.stbl.stco.as_ref().unwrap().entries.clone();
    let (pictures, heard) = (offsets(1), offsets(2));
    assert_eq!((pictures.len(), heard.len()), (10, 10));
    for second in 1..10 {
        assert!(heard[second - 1] < pictures[second] && pictures[second - 1] < heard[second], "second {second}");
    }
}

#[test]
fn the_edit_list_says_what_is_heard() {
    let (sound, data) = samples(432);
    let file = file_of(&ten_seconds(), &sound, &data, Tags::default());
    let reader = Mp4Reader::read_header(Cursor::new(&file), file.len() as u64).unwrap();
    let trak = &reader.tracks()[&2].trak;
    let entry = &trak.edts.as_ref().unwrap().elst.as_ref().unwrap().entries[0];
    assert_eq!((entry.segment_duration, entry.media_time, entry.media_rate), (100_000, 1024, 1));
    assert_eq!((trak.tkhd.duration, trak.tkhd.volume.value()), (100_000, 1));
    assert_eq!(trak.mdia.mdhd.duration, 432 * 1024);
    assert_eq!(reader.moov.mvhd.next_track_id, 3);
}

#[test]
fn a_sound_needs_its_samples_and_samples_need_their_sound() {
    let clip = ten_seconds();
    let group = clip.encode_group(0, 10);
    let mut movie = clip.movie(&group);
    let (sound, _) = samples(3);
    assert_eq!(movie_header(&movie, &group.sizes, &group.sync, Some(&sound)).unwrap_err().code(), "internal");
    movie.sound = Some(aac(5));
    assert_eq!(movie_header(&movie, &group.sizes, &group.sync, None).unwrap_err().code(), "internal");
}

#[test]
fn times_of_creation_are_in_every_header_and_need_64_bits_from_2040_on() {
    let (sound, data) = samples(432);
    // 2020-01-01 and 2050-01-01, seconds from 1904 on.
    for (created, version) in [(3_660_681_600, 0), (4_607_452_800, 1)] {
        let tags = Tags { created, ..Tags::default() };
        let file = file_of(&ten_seconds(), &sound, &data, tags);
        let reader = Mp4Reader::read_header(Cursor::new(&file), file.len() as u64).unwrap();
        assert_eq!((reader.moov.mvhd.creation_time, reader.moov.mvhd.version), (created, version));
        for track in reader.tracks().values() {
            assert_eq!(track.trak.tkhd.creation_time, created);
            assert_eq!((track.trak.mdia.mdhd.creation_time, track.trak.mdia.mdhd.version), (created, version));
        }
    }
}
