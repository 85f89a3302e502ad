//! Whole encodes, with kernels and without.

use std::cell::RefCell;

use openh264_wasm::{Complexity, Encoder, EncoderConfig, I420, MAX_QP, PictureControl, Profile, RateControl, kernels};

/// One encoder, the picture it is given and the stream it has made.
struct Session {
    encoder: Encoder,
    width: usize,
    qp: u8,
    picture: Vec<u8>,
    stream: Vec<u8>,
}

thread_local! {
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
}

/// Starts an encoder. Numbers stand for the variants of the configuration's enums, from 0, in their order; a `qp` below 0
/// asks for that many thousand bits per second instead. Gives where the I420 picture goes, or null.
#[unsafe(no_mangle)]
extern "C" fn encode_start(
    with_kernels: bool,
    width: u32,
    height: u32,
    qp: i32,
    profile: usize,
    complexity: usize,
) -> *mut u8 {
    kernels::enable(with_kernels);
    let config = EncoderConfig {
        rate_control: match u8::try_from(qp) {
            Ok(qp) => RateControl::Given(qp),
            Err(_) => RateControl::Bitrate(qp.unsigned_abs() * 1000),
        },
        profile: [Profile::Baseline, Profile::Main, Profile::High][profile],
        complexity: [Complexity::Low, Complexity::Medium, Complexity::High][complexity],
        ..EncoderConfig::new(width, height)
    };
    SESSION.with_borrow_mut(|session| {
        *session = Encoder::new(&config).ok().map(|encoder| Session {
            encoder,
            width: width as usize,
            qp: u8::try_from(qp).unwrap_or(MAX_QP),
            picture: vec![0; (width * height * 3 / 2) as usize],
            stream: Vec::new(),
        });
        session.as_mut().map_or(std::ptr::null_mut(), |session| session.picture.as_mut_ptr())
    })
}

/// Encodes the picture as it stands; whether that went well.
#[unsafe(no_mangle)]
extern "C" fn encode_picture(idr: bool) -> bool {
    SESSION.with_borrow_mut(|session| {
        let Some(Session { encoder, width, qp, picture, stream }) = session else { return false };
        let luma = picture.len() / 3 * 2;
        let (y, chroma) = picture.split_at(luma);
        let (u, v) = chroma.split_at(luma / 4);
        let picture = I420 { y, u, v, y_stride: *width, uv_stride: *width / 2 };
        let control = PictureControl { idr, ..PictureControl::constant(*qp) };
        let Ok(unit) = encoder.encode(&picture, &control) else { return false };
        for nal in unit.nal_units() {
            stream.extend_from_slice(&[0, 0, 0, 1]);
            stream.extend_from_slice(nal);
        }
        true
    })
}

/// Where the Annex B stream stands.
#[unsafe(no_mangle)]
extern "C" fn stream_data() -> *const u8 {
    SESSION.with_borrow(|session| session.as_ref().map_or(std::ptr::null(), |session| session.stream.as_ptr()))
}

/// How many bytes it has.
#[unsafe(no_mangle)]
extern "C" fn stream_length() -> usize {
    SESSION.with_borrow(|session| session.as_ref().map_or(0, |session| session.stream.len()))
}
