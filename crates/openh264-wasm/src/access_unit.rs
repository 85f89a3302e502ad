//! One encoded picture.

use std::mem::MaybeUninit;

use crate::ffi;

/// The NAL units of one picture. Borrows from the encoder, until its next picture.
#[derive(Debug)]
pub struct AccessUnit<'a> {
    nals: [&'a [u8]; ffi::MAX_NALS],
    count: usize,
    frame_type: i32,
}

impl<'a> AccessUnit<'a> {
    /// # Safety
    /// `raw` was filled by `oh_encoder_encode`, and what it points to lives and stays unchanged for `'a`.
    pub(crate) unsafe fn from_ffi(raw: &MaybeUninit<ffi::AccessUnit>) -> Self {
        let raw = raw.as_ptr();
        // SAFETY: the caller's promise: the two numbers and the first `nal_count` entries are set. The rest may not be,
        // so no reference to the whole is made.
        let (frame_type, count) = unsafe { ((*raw).frame_type, (*raw).nal_count as usize) };
        let mut nals: [&'a [u8]; ffi::MAX_NALS] = [&[]; ffi::MAX_NALS];
        for (index, slot) in nals.iter_mut().enumerate().take(count) {
            // SAFETY: as above; the bridge never counts past `MAX_NALS`.
            let entry = unsafe { (*raw).nals[index] };
            // SAFETY: the bridge's data and length describe one NAL unit in the encoder's buffer.
            *slot = strip_start_code(unsafe { std::slice::from_raw_parts(entry.data, entry.length) });
        }
        Self { nals, count, frame_type }
    }

    /// Whether decoding can start here: an instantaneous decoding refresh picture.
    pub fn is_idr(&self) -> bool {
        self.frame_type == ffi::FRAME_TYPE_IDR
    }

    /// The NAL units in decoding order, without start codes, with emulation prevention bytes (ITU-T H.264 7.3.1). The
    /// parameter sets stand before the slice of every IDR picture.
    pub fn nal_units(&self) -> impl Iterator<Item = &'a [u8]> + use<'a, '_> {
        self.nals[..self.count].iter().copied()
    }

    pub(crate) fn is_dropped(&self) -> bool {
        self.frame_type == ffi::FRAME_TYPE_SKIP || self.count == 0
    }
}

/// Takes off the Annex B start code, three bytes or four (ITU-T H.264 B.1.1).
fn strip_start_code(nal: &[u8]) -> &[u8] {
    nal.strip_prefix(&[0, 0, 0, 1]).or_else(|| nal.strip_prefix(&[0, 0, 1])).unwrap_or(nal)
}
