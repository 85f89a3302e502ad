//! `framereel-judge FILE`: what two programs say of an MP4 file, as one line of JSON.
//!
//! The `mp4` crate reads its boxes: `count`, `timescale`, `width`, `height`, and `samples` of `{ start, duration, bytes, sync }`
//! in ticks. The crate cannot place samples that lie in fragments; of those files it gives none. OpenH264's own decoder decodes
//! the samples whose places stand on standard input (`OFFSET SIZE` a line): `pictures` is the MD5 of each I420 picture.

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};

use mp4::{Mp4Reader, TrackType};
use openh264::OpenH264API;
use openh264::decoder::{DecodeOptions, DecodedYUV, Decoder, DecoderConfig, Flush};
use openh264::formats::YUVSource;
use serde_json::{Value, json};

const START_CODE: [u8; 4] = [0, 0, 0, 1];

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: framereel-judge FILE < PLACES")?;
    let mut reader = Mp4Reader::read_header(BufReader::new(File::open(&path)?), std::fs::metadata(&path)?.len())?;
    let fragmented = reader.is_fragmented();
    let track = reader
        .tracks()
        .values()
        .find(|track| track.track_type().is_ok_and(|kind| kind == TrackType::Video))
        .ok_or("there is no video track")?;
    let (id, count, timescale) = (track.track_id(), track.sample_count(), track.timescale());
    let (width, height) = (track.width(), track.height());
    let parameters = [track.sequence_parameter_set()?, track.picture_parameter_set()?].map(annex_b_unit).concat();
    let samples = if fragmented { Vec::new() } else { samples(&mut reader, id, count)? };
    let pictures = decode(&path, parameters)?;
    let facts = json!({ "count": count, "timescale": timescale, "width": width, "height": height, "samples": samples, "pictures": pictures });
    println!("{facts}");
    Ok(())
}

/// The samples as the `mp4` crate reads them.
fn samples(reader: &mut Mp4Reader<BufReader<File>>, track: u32, count: u32) -> Result<Vec<Value>, Box<dyn Error>> {
    (1..=count)
        .map(|number| {
            let sample = reader.read_sample(track, number)?.ok_or("a sample is missing")?;
            let bytes = sample.bytes.len();
            Ok(json!({ "start": sample.start_time, "duration": sample.duration, "bytes": bytes, "sync": sample.is_sync }))
        })
        .collect()
}

/// The pictures of the samples whose places are on standard input.
fn decode(path: &str, mut unit: Vec<u8>) -> Result<Vec<String>, Box<dyn Error>> {
    let mut file = File::open(path)?;
    let mut decoder = Decoder::with_api_config(OpenH264API::from_source(), DecoderConfig::new())?;
    // Pictures come out after the call that completes them, not before the next.
    let options = DecodeOptions::new().flush_after_decode(Flush::NoFlush);
    let mut pictures = Vec::new();
    for line in std::io::stdin().lines() {
        let line = line?;
        let (offset, size) = line.split_once(' ').ok_or("a place is `OFFSET SIZE`")?;
        let mut sample = vec![0; size.parse()?];
        file.seek(SeekFrom::Start(offset.parse()?))?;
        file.read_exact(&mut sample)?;
        unit.extend(annex_b(&sample)?);
        if let Some(picture) = decoder.decode_with_options(&unit, options.clone())? {
            pictures.push(digest(&picture));
        }
        unit.clear();
    }
    pictures.extend(decoder.flush_remaining()?.iter().map(digest));
    Ok(pictures)
}

fn annex_b_unit(unit: &[u8]) -> Vec<u8> {
    [&START_CODE, unit].concat()
}

/// NAL units behind start codes (ITU-T H.264 annex B) instead of lengths of four bytes (ISO/IEC 14496-15 5.3.4.2).
fn annex_b(sample: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut stream = Vec::with_capacity(sample.len());
    let mut rest = sample;
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let (unit, next) =
            after.split_at_checked(u32::from_be_bytes(*length) as usize).ok_or("a NAL unit ends after its sample")?;
        stream.extend(annex_b_unit(unit));
        rest = next;
    }
    if rest.is_empty() { Ok(stream) } else { Err("bytes are left behind a sample's last NAL unit") }
}

/// MD5 of the planes without the padding of their rows, as ffmpeg's `framemd5` takes it.
fn digest(picture: &DecodedYUV) -> String {
    let (width, height) = picture.dimensions();
    let strides = picture.strides();
    let planes = [
        (picture.y(), strides.0, width, height),
        (picture.u(), strides.1, width / 2, height / 2),
        (picture.v(), strides.2, width / 2, height / 2),
    ];
    let mut context = md5::Context::new();
    for (plane, stride, width, height) in planes {
        for row in plane.chunks(stride).take(height) {
            context.consume(&row[..width]);
        }
    }
    format!("{:x}", context.finalize())
}
