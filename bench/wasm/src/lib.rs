//! The encode-only loop for the browser. JavaScript writes pictures into memory it asks for, then encodes them one by
//! one; plain numbers cross, so no bindings are needed.

#[path = "../../native/src/plan.rs"]
mod plan;

use openh264_wasm::Encoder;
use plan::Plan;

/// One run: where the pictures lie, and the encoder.
pub struct Run {
    plan: Plan,
    encoder: Encoder,
    frames: Vec<u8>,
    next: usize,
}

/// Room for `length` bytes, zeroed; never freed on its own.
#[unsafe(no_mangle)]
pub extern "C" fn allocate(length: usize) -> *mut u8 {
    Box::leak(vec![0; length].into_boxed_slice()).as_mut_ptr()
}

/// Starts a run over pictures and a CONFIG text, both in memory from `allocate`; null where the text is wrong.
///
/// # Safety
/// Both ranges come from `allocate` and are given to no other call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn start(text: *mut u8, text_length: usize, frames: *mut u8, length: usize) -> *mut Run {
    // SAFETY: the caller's promise.
    let (text, frames) = unsafe {
        (Vec::from_raw_parts(text, text_length, text_length), Vec::from_raw_parts(frames, length, length))
    };
    let run = std::str::from_utf8(&text)
        .ok()
        .and_then(|text| Plan::parse(text).ok())
        .and_then(|plan| Some(Run { encoder: Encoder::new(&plan.config()).ok()?, plan, frames, next: 0 }));
    run.map_or(std::ptr::null_mut(), |run| Box::into_raw(Box::new(run)))
}

/// Encodes the next picture; the bytes of its NAL units with 4-byte lengths, or -1 on failure or at the end.
///
/// # Safety
/// `run` is from `start` and not finished.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn encode_next(run: *mut Run) -> i32 {
    // SAFETY: the caller's promise.
    let Run { plan, encoder, frames, next } = unsafe { &mut *run };
    let Some(frame) = plan.frames(frames).nth(*next) else { return -1 };
    let force_idr = *next % plan.keyframe_interval == 0;
    *next += 1;
    let Ok(access_unit) = encoder.encode(&plan.picture(frame), &plan.control(force_idr)) else { return -1 };
    access_unit.nal_units().map(|nal| nal.len() as i32 + 4).sum()
}

/// Begins again with the first picture and a fresh encoder; false where none could be built.
///
/// # Safety
/// `run` is from `start` and not finished.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn restart(run: *mut Run) -> bool {
    // SAFETY: the caller's promise.
    let run = unsafe { &mut *run };
    run.next = 0;
    Encoder::new(&run.plan.config()).map(|encoder| run.encoder = encoder).is_ok()
}
