//! Slices whose macroblocks are all skipped.

use crate::config::MAX_QP;
use crate::ffi;

/// `slice_data` (ITU-T H.264 7.3.4) of a P slice in which every macroblock is skipped, for CABAC with `cabac_init_idc` 0, from
/// where the header is aligned to the end of the NAL unit. `qp` is the slice's, at most 51.
pub fn skipped_slice(qp: u8, macroblocks: u32) -> Vec<u8> {
    let mut data = vec![0; macroblocks as usize / 4 + 16];
    // SAFETY: the function writes no further than the capacity that it is told.
    let length = unsafe {
        ffi::oh_skipped_slice(i32::from(qp.min(MAX_QP)), macroblocks as i32, data.as_mut_ptr(), data.len() as i32)
    };
    data.truncate(length as usize);
    data
}
