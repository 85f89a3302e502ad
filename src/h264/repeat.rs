//! Pictures that repeat an earlier one exactly: every macroblock skipped, a few bytes for a whole picture.

use openh264_wasm::skipped_slice;

use super::bits::{Writer, escape};
use super::nal;
use super::parameter_sets::{Pps, Sps};
use super::slice_header::SliceHeader;

/// A picture that shows a reference picture again: a P slice of skipped macroblocks without vectors (ITU-T H.264 8.4.1.1) and
/// without the deblocking filter. It is no reference itself, so nothing else in the stream depends on it.
///
/// `after` is the header of the last picture that is a reference; `back` says how many reference pictures before that the
/// wanted one is, 0 for itself. `order` is the picture's own `pic_order_cnt_lsb`, `qp` the one that its macroblocks say.
pub(crate) fn repeat_picture(after: &SliceHeader, back: u32, order: u32, qp: u8, sps: &Sps, pps: &Pps) -> Vec<u8> {
    let header = SliceHeader {
        unit: nal::SLICE,
        slice_type: 5,
        // That of the next reference picture (7.4.3).
        frame_number: (after.frame_number + 1) % (1 << sps.frame_number_bits),
        idr_id: None,
        order,
        active_references: None,
        // picNumL0Pred begins at the picture's own number (8.2.4.3.1): one more than the last reference picture's.
        list_changes: if back == 0 { Vec::new() } else { vec![(0, back)] },
        idr_marking: 0,
        cabac_init: 0,
        qp_delta: i32::from(qp) - pps.initial_qp(),
        deblocking: (1, [0; 2]),
    };
    let mut bits = Writer::default();
    header.write(&mut bits, sps, pps);
    if pps.cabac {
        bits.align_with_ones();
        bits.bytes(&skipped_slice(qp, sps.macroblocks()));
        return escape(header.unit, &bits.into_bytes());
    }
    bits.unsigned(sps.macroblocks()); // mb_skip_run
    escape(header.unit, &bits.end())
}
