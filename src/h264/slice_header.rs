//! Slice headers (ITU-T H.264 7.3.3) of P and I slices, read, changed and written.

use super::bits::{Reader, Writer, escape, unescape};
use super::nal;
use super::parameter_sets::{Pps, Sps};
use crate::error::{Error, Result};

/// `slice_type` of a P slice; 5 more says that all slices of the picture are.
const P_SLICE: u32 = 0;
const I_SLICE: u32 = 2;

/// The header of a slice that is a whole picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SliceHeader {
    /// `nal_ref_idc` and `nal_unit_type`.
    pub(super) unit: u8,
    pub(super) slice_type: u32,
    /// `frame_num`.
    pub(crate) frame_number: u32,
    /// `idr_pic_id` of an IDR picture.
    pub(crate) idr_id: Option<u32>,
    /// `pic_order_cnt_lsb`, where the sequence has it.
    pub(crate) order: u32,
    /// `num_ref_idx_l0_active_minus1`, where it is written.
    pub(super) active_references: Option<u32>,
    /// `ref_pic_list_modification`: pairs of an operation and its number, without the 3 at the end.
    pub(super) list_changes: Vec<(u32, u32)>,
    /// `dec_ref_pic_marking` of an IDR picture: two flags. Others slide (8.2.5.3).
    pub(super) idr_marking: u32,
    /// `cabac_init_idc` of a P slice.
    pub(super) cabac_init: u32,
    /// `slice_qp_delta`.
    pub(super) qp_delta: i32,
    /// `disable_deblocking_filter_idc` and both offsets.
    pub(super) deblocking: (u32, [i32; 2]),
}

impl SliceHeader {
    /// Reads a slice's NAL unit.
    ///
    /// # Errors
    /// [`Error::Internal`] where this is not a header as the encoder writes it.
    pub(crate) fn read(unit: &[u8], sps: &Sps, pps: &Pps) -> Result<Self> {
        let head = unescape(&unit[..unit.len().min(64)]);
        let header = unit.first().and_then(|header| Self::parse(*header, &mut Reader::new(&head), sps, pps));
        header.ok_or_else(unreadable)
    }

    /// Whether later pictures may refer to this one.
    pub(crate) fn is_reference(&self) -> bool {
        self.unit & 0x60 != 0
    }

    fn is_p(&self) -> bool {
        self.slice_type % 5 == P_SLICE
    }

    fn parse(unit: u8, bits: &mut Reader<'_>, sps: &Sps, pps: &Pps) -> Option<Self> {
        let is_idr = unit & 0x1F == nal::IDR_SLICE;
        (bits.unsigned()? == 0).then_some(())?; // first_mb_in_slice
        let slice_type = bits.unsigned()?;
        [P_SLICE, I_SLICE].contains(&(slice_type % 5)).then_some(())?;
        (bits.unsigned()? == pps.id).then_some(())?;
        let frame_number = bits.bits(sps.frame_number_bits)?;
        let idr_id = if is_idr { Some(bits.unsigned()?) } else { None };
        let order = sps.order_bits.map_or(Some(0), |count| bits.bits(count))?;
        let mut header = Self {
            unit,
            slice_type,
            frame_number,
            idr_id,
            order,
            active_references: None,
            list_changes: Vec::new(),
            idr_marking: 0,
            cabac_init: 0,
            qp_delta: 0,
            deblocking: (0, [0; 2]),
        };
        if header.is_p() {
            header.active_references = if bits.flag()? { Some(bits.unsigned()?) } else { None };
            if bits.flag()? {
                loop {
                    match bits.unsigned()? {
                        3 => break,
                        operation => header.list_changes.push((operation, bits.unsigned()?)),
                    }
                }
            }
        }
        if is_idr {
            header.idr_marking = bits.bits(2)?;
        } else if header.is_reference() {
            (!bits.flag()?).then_some(())?; // adaptive_ref_pic_marking_mode_flag
        }
        if pps.cabac && header.is_p() {
            header.cabac_init = bits.unsigned()?;
        }
        header.qp_delta = bits.signed()?;
        if pps.deblocking_control {
            header.deblocking.0 = bits.unsigned()?;
            if header.deblocking.0 != 1 {
                header.deblocking.1 = [bits.signed()?, bits.signed()?];
            }
        }
        Some(header)
    }

    pub(super) fn write(&self, bits: &mut Writer, sps: &Sps, pps: &Pps) {
        bits.unsigned(0);
        bits.unsigned(self.slice_type);
        bits.unsigned(pps.id);
        bits.bits(self.frame_number, sps.frame_number_bits);
        self.idr_id.iter().for_each(|&id| bits.unsigned(id));
        if let Some(count) = sps.order_bits {
            bits.bits(self.order, count);
        }
        if self.is_p() {
            bits.flag(self.active_references.is_some());
            self.active_references.iter().for_each(|&count| bits.unsigned(count));
            bits.flag(!self.list_changes.is_empty());
            if !self.list_changes.is_empty() {
                self.list_changes
                    .iter()
                    .flat_map(|&(what, number)| [what, number])
                    .for_each(|code| bits.unsigned(code));
                bits.unsigned(3);
            }
        }
        if self.idr_id.is_some() {
            bits.bits(self.idr_marking, 2);
        } else if self.is_reference() {
            bits.flag(false);
        }
        if pps.cabac && self.is_p() {
            bits.unsigned(self.cabac_init);
        }
        bits.signed(self.qp_delta);
        if pps.deblocking_control {
            bits.unsigned(self.deblocking.0);
            if self.deblocking.0 != 1 {
                self.deblocking.1.iter().for_each(|&offset| bits.signed(offset));
            }
        }
    }
}

/// A slice's NAL unit with its header changed, and written for the parameter set `to` where it was of `from`.
///
/// # Errors
/// [`Error::Internal`] where the header cannot be read.
pub(crate) fn rewrite_slice(
    unit: &[u8],
    (from, to): (&Sps, &Sps),
    pps: &Pps,
    change: impl FnOnce(&mut SliceHeader),
) -> Result<Vec<u8>> {
    let payload = unescape(unit);
    let mut bits = Reader::new(&payload);
    let first = *unit.first().ok_or_else(unreadable)?;
    let mut header = SliceHeader::parse(first, &mut bits, from, pps).ok_or_else(unreadable)?;
    change(&mut header);
    let mut writer = Writer::default();
    header.write(&mut writer, to, pps);
    if pps.cabac {
        writer.align_with_ones();
        writer.bytes(payload.get(bits.position().div_ceil(8)..).ok_or_else(unreadable)?);
    } else {
        let rest = payload.len() * 8 - bits.position();
        (0..rest).filter_map(|_| bits.bit()).for_each(|bit| writer.bit(bit));
    }
    let mut payload = writer.into_bytes();
    // A shift of CAVLC's bits may leave zeros after the last one, which would be no end of a NAL unit.
    while payload.last() == Some(&0) {
        payload.pop();
    }
    Ok(escape(header.unit, &payload))
}

fn unreadable() -> Error {
    Error::Internal("a slice of the encoder's cannot be read".into())
}
