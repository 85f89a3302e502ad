//! What the encoder promises, shown on its streams; ffmpeg decodes them.

use std::io::Write;
use std::process::{Command, Stdio};

use openh264_wasm::{
    EncodeError, Encoder, EncoderConfig, I420, MAX_BITRATE, MIN_BITRATE, PictureControl, Profile, RateControl,
};

const WIDTH: usize = 320;
const HEIGHT: usize = 192;

/// A picture with texture that moves by a pixel for every step.
struct Frame {
    y: Vec<u8>,
    u: Vec<u8>,
    v: Vec<u8>,
}

impl Frame {
    fn moving(step: usize) -> Self {
        let texture = |x: usize, y: usize| ((x * x / 7 + y * y / 5 + x * y / 11) % 200 + 28) as u8;
        let luma = |index: usize| texture(index % WIDTH + step, index / WIDTH);
        let chroma = |index: usize| (index % (WIDTH / 2) + step) as u8 / 2 + 64;
        let quarter = WIDTH * HEIGHT / 4;
        Self {
            y: (0..WIDTH * HEIGHT).map(luma).collect(),
            u: (0..quarter).map(chroma).collect(),
            v: (0..quarter).map(|index| 255 - chroma(index)).collect(),
        }
    }

    fn picture(&self) -> I420<'_> {
        I420 { y: &self.y, u: &self.u, v: &self.v, y_stride: WIDTH, uv_stride: WIDTH / 2 }
    }

    fn bytes(&self) -> Vec<u8> {
        [&self.y[..], &self.u, &self.v].concat()
    }
}

fn config() -> EncoderConfig {
    EncoderConfig::new(WIDTH as u32, HEIGHT as u32)
}

/// The stream as Annex B at a QP, and the indices of its IDR pictures.
fn encode_at(qp: u8, config: &EncoderConfig, frames: &[Frame], forced: &[usize]) -> (Vec<u8>, Vec<usize>) {
    let mut encoder = Encoder::new(config).expect("the configuration is valid");
    let mut stream = Vec::new();
    let mut idr = Vec::new();
    for (index, frame) in frames.iter().enumerate() {
        let control = PictureControl { idr: forced.contains(&index), ..PictureControl::constant(qp) };
        let unit = encoder.encode(&frame.picture(), &control).expect("the picture is valid");
        if unit.is_idr() {
            idr.push(index);
        }
        for nal in unit.nal_units() {
            stream.extend_from_slice(&[0, 0, 0, 1]);
            stream.extend_from_slice(nal);
        }
    }
    (stream, idr)
}

fn encode(config: &EncoderConfig, frames: &[Frame], forced: &[usize]) -> (Vec<u8>, Vec<usize>) {
    encode_at(26, config, frames, forced)
}

/// The pictures ffmpeg finds in a stream, as I420 bytes. It must have nothing to complain of.
fn decode(stream: &[u8]) -> Vec<Vec<u8>> {
    let arguments = ["-v", "error", "-f", "h264", "-i", "-", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"];
    let mut ffmpeg = Command::new("ffmpeg")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("ffmpeg is installed (npm test does it)");
    let mut input = ffmpeg.stdin.take().expect("stdin is piped");
    let stream = stream.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&stream));
    let output = ffmpeg.wait_with_output().expect("ffmpeg ends");
    writer.join().expect("the writer does not panic").expect("ffmpeg reads everything");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "ffmpeg complains");
    output.stdout.chunks(WIDTH * HEIGHT * 3 / 2).map(<[u8]>::to_vec).collect()
}

/// Peak signal-to-noise ratio in dB over all three planes.
fn psnr(left: &[u8], right: &[u8]) -> f64 {
    assert_eq!(left.len(), right.len());
    let squares: f64 = left.iter().zip(right).map(|(a, b)| f64::from(i32::from(*a) - i32::from(*b)).powi(2)).sum();
    10.0 * (255.0_f64.powi(2) * left.len() as f64 / squares.max(1.0)).log10()
}

fn frames(count: usize) -> Vec<Frame> {
    (0..count).map(Frame::moving).collect()
}

#[test]
fn every_picture_comes_back_whole_in_every_profile() {
    let frames = frames(12);
    for profile in [Profile::Baseline, Profile::Main, Profile::High] {
        let (stream, _) = encode(&EncoderConfig { profile, ..config() }, &frames, &[]);
        let decoded = decode(&stream);
        assert_eq!(decoded.len(), frames.len(), "{profile:?}");
        for (frame, decoded) in frames.iter().zip(&decoded) {
            assert!(psnr(&frame.bytes(), decoded) > 34.0, "{profile:?}");
        }
    }
}

#[test]
fn no_picture_is_dropped_at_a_starved_bit_rate() {
    let frames = frames(30);
    let rate_control = RateControl::Bitrate(20_000);
    let (stream, _) = encode(&EncoderConfig { rate_control, ..config() }, &frames, &[]);
    assert_eq!(decode(&stream).len(), frames.len());
}

#[test]
fn a_lower_constant_qp_gives_more_bytes_and_a_better_picture() {
    let frames = frames(6);
    let mut last: Option<(usize, f64)> = None;
    for qp in [0, 10, 20, 30, 40, 51] {
        let (stream, _) = encode_at(qp, &config(), &frames, &[]);
        let decoded = decode(&stream);
        let quality = psnr(&frames[5].bytes(), &decoded[5]);
        if let Some((bytes, better)) = last {
            assert!(stream.len() < bytes, "QP {qp}: {} bytes after {bytes}", stream.len());
            assert!(quality < better, "QP {qp}: {quality} dB after {better}");
        } else {
            assert!(quality > 50.0, "QP 0 is nearly lossless, not {quality} dB");
        }
        last = Some((stream.len(), quality));
    }
}

#[test]
fn idr_pictures_stand_first_and_where_they_are_forced() {
    let (_, idr) = encode(&config(), &frames(40), &[7, 8, 25]);
    assert_eq!(idr, [0, 7, 8, 25]);
}

#[test]
fn a_scene_cut_starts_no_idr_picture() {
    // Still pictures; upstream's own detection would take a cut from 16 pictures after the last IDR picture on.
    let frames: Vec<Frame> = (0..30).map(|index| Frame::moving(if index < 21 { 0 } else { 90 })).collect();
    let (_, idr) = encode(&config(), &frames, &[]);
    assert_eq!(idr, [0]);
}

#[test]
fn equal_input_gives_equal_bytes() {
    let frames = frames(10);
    for profile in [Profile::Baseline, Profile::Main, Profile::High] {
        let config = EncoderConfig { profile, ..config() };
        assert_eq!(encode(&config, &frames, &[4]), encode(&config, &frames, &[4]), "{profile:?}");
    }
}

#[test]
fn sizes_out_of_range_are_refused_and_the_largest_are_taken() {
    for (width, height) in [(14, 64), (64, 0), (65, 64), (64, 49), (8704, 16), (3840, 2464), (u32::MAX - 1, 16)] {
        let error = Encoder::new(&EncoderConfig::new(width, height)).expect_err("out of range");
        assert_eq!(error, EncodeError::Size { width, height });
    }
    for (width, height) in [(16, 16), (4096, 2304), (2160, 3840), (8688, 1072), (16, 8688)] {
        let size = (width * height) as usize;
        let (luma, chroma) = (vec![90; size], vec![128; size / 4]);
        let picture =
            I420 { y: &luma, u: &chroma, v: &chroma, y_stride: width as usize, uv_stride: width as usize / 2 };
        let mut encoder = Encoder::new(&EncoderConfig::new(width, height)).expect("in range");
        assert!(
            encoder.encode(&picture, &PictureControl::constant(26)).expect("encodes").is_idr(),
            "{width} x {height}"
        );
    }
}

#[test]
fn other_fields_out_of_range_are_refused_by_name() {
    let refused = |config: EncoderConfig| Encoder::new(&config).expect_err("out of range").to_string();
    assert!(refused(EncoderConfig { rate_control: RateControl::Given(52), ..config() }).contains("QP"));
    for rate in [0, MIN_BITRATE - 1, MAX_BITRATE + 1, u32::MAX] {
        assert!(refused(EncoderConfig { rate_control: RateControl::Bitrate(rate), ..config() }).contains("bit rate"));
    }
    for (rate, frame_rate) in [(MIN_BITRATE, 1000.0), (MIN_BITRATE, 0.001), (MAX_BITRATE, 60.0), (MAX_BITRATE, 0.001)] {
        let taken = EncoderConfig { rate_control: RateControl::Bitrate(rate), frame_rate, ..config() };
        assert!(Encoder::new(&taken).is_ok(), "{rate} bits per second at {frame_rate} pictures");
    }
    assert!(refused(EncoderConfig { frame_rate: f32::NAN, ..config() }).contains("frame_rate"));
}

#[test]
fn short_planes_are_refused() {
    let frame = Frame::moving(0);
    let mut encoder = Encoder::new(&config()).expect("valid");
    let short = I420 { v: &frame.v[1..], ..frame.picture() };
    assert_eq!(
        encoder.encode(&short, &PictureControl::constant(26)).expect_err("too short"),
        EncodeError::Plane("red difference")
    );
    let narrow = I420 { y_stride: WIDTH - 1, ..frame.picture() };
    assert_eq!(
        encoder.encode(&narrow, &PictureControl::constant(26)).expect_err("too narrow"),
        EncodeError::Plane("luma")
    );
    assert!(encoder.encode(&frame.picture(), &PictureControl::constant(26)).is_ok(), "the encoder still works");
}

#[test]
fn a_qp_that_the_buffers_are_not_sized_for_is_refused() {
    let config = EncoderConfig { rate_control: RateControl::Given(24), ..config() };
    let mut encoder = Encoder::new(&config).expect("valid");
    let frame = Frame::moving(0);
    for qp in [0, 23, 52] {
        let error = encoder.encode(&frame.picture(), &PictureControl::constant(qp)).expect_err("out of range");
        assert!(matches!(error, EncodeError::Control(_)), "QP {qp}: {error}");
    }
    assert!(encoder.encode(&frame.picture(), &PictureControl::constant(24)).is_ok(), "the encoder still works");
}

/// Pictures that no prediction helps with, so that every coefficient is as large as it gets.
fn incompressible(kind: &str) -> Vec<Frame> {
    let mut state = 1_u32;
    let mut plane = |length: usize, step: usize| -> Vec<u8> {
        let mut next = |index: usize| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            match kind {
                "noise" => state as u8,
                "black and white noise" => (state & 1) as u8 * 255,
                _ => ((index ^ (index / WIDTH) ^ step) & 1) as u8 * 255,
            }
        };
        (0..length).map(&mut next).collect()
    };
    let quarter = WIDTH * HEIGHT / 4;
    (0..3)
        .map(|step| Frame { y: plane(WIDTH * HEIGHT, step), u: plane(quarter, step), v: plane(quarter, step) })
        .collect()
}

#[test]
fn incompressible_pictures_fit_the_encoders_buffers_at_every_qp() {
    for kind in ["noise", "black and white noise", "checkerboard"] {
        let frames = incompressible(kind);
        for qp in [0, 6, 12, 18, 23, 24, 25, 30] {
            for profile in [Profile::Baseline, Profile::High] {
                let config = EncoderConfig { rate_control: RateControl::Given(qp), profile, ..config() };
                let (stream, _) = encode_at(qp, &config, &frames, &[]);
                assert_eq!(decode(&stream).len(), frames.len(), "{kind}, QP {qp}, {profile:?}");
            }
        }
    }
}
