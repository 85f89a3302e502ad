//! The stream of a group: the encoder's access units with pictures between them that the encoder never sees.

use std::collections::VecDeque;

use openh264_wasm::AccessUnit;

use super::samples::EncodedGroup;
use crate::error::{Error, Result};
use crate::h264::{Pps, SliceHeader, Sps, nal, nal_type, repeat_picture, rewrite_slice};

/// Reference pictures that a decoder keeps, where its level allows: as many back a picture may be shown again for nothing.
pub(super) const REFERENCES: usize = 4;

/// Units of `pic_order_cnt_lsb` from one picture to the next (ITU-T H.264 8.2.1: a frame has two fields).
const ORDER_STEP: u32 = 2;

/// Bits of `pic_order_cnt_lsb`, the most there may be. From a reference picture to the next less than half of the numbers may pass
/// (8.2.1.1): that is as long as a picture can be held before it is coded again.
const ORDER_BITS: u32 = 16;

/// Joins access units into samples, renumbers them, and puts repeated pictures in.
#[derive(Debug, Default)]
pub(super) struct Stream {
    group: EncodedGroup,
    /// The stream's parameter sets: the encoder's, with more reference pictures, which slices do not mention, and with pictures that say
    /// their place. The encoder's own order of type 2 allows no two pictures in a row that are no references (7.4.2.1.1), and a
    /// stream without access unit delimiters could not tell them apart (7.4.1.2.4).
    sets: Option<(Sps, Pps)>,
    /// The sequence parameter set that the encoder's slices are written for.
    encoders: Option<Sps>,
    /// Pictures since the last IDR picture.
    pictures: u32,
    /// The numbers, by whoever calls, of the reference pictures that a decoder has.
    references: VecDeque<usize>,
    /// The header of the last reference picture, and its place since the last IDR picture.
    last_reference: Option<(SliceHeader, u32)>,
    /// What is added to the encoder's `idr_pic_id`, which begins at 0.
    pub(super) first_idr_id: u32,
}

/// How many `idr_pic_id` there are (ITU-T H.264 7.4.3).
const IDR_IDS: u32 = 1 << 16;

impl Stream {
    /// Takes an access unit as the next sample. `number` names the picture for [`repeat`](Self::repeat).
    pub(super) fn append(&mut self, access_unit: &AccessUnit<'_>, number: usize) -> Result<()> {
        if access_unit.is_idr() {
            self.pictures = 0;
            self.references.clear();
        }
        let mut sps = None;
        for unit in access_unit.nal_units() {
            match nal_type(unit) {
                Some(nal::SPS) => sps = Some(unit),
                Some(nal::PPS) => self.take_sets(sps.ok_or_else(misplaced)?, unit)?,
                _ => self.append_slice(unit, number)?,
            }
        }
        self.group.end_sample(access_unit.is_idr())?;
        self.pictures += 1;
        Ok(())
    }

    fn take_sets(&mut self, sps: &[u8], pps: &[u8]) -> Result<()> {
        let (mut sps, pps) = (Sps::read(sps)?, Pps::read(pps)?);
        self.encoders = Some(sps.clone());
        sps.order_bits = Some(ORDER_BITS);
        sps.reference_frames = sps.most_reference_frames().min(REFERENCES as u32);
        self.group.take_sets(sps.write(), pps.write())?;
        self.sets = Some((sps, pps));
        Ok(())
    }

    fn append_slice(&mut self, unit: &[u8], number: usize) -> Result<()> {
        let ((sps, pps), encoders) = self.sets.as_ref().zip(self.encoders.as_ref()).ok_or_else(misplaced)?;
        let mut header = SliceHeader::read(unit, encoders, pps)?;
        let order = self.pictures * ORDER_STEP % sps.order_count();
        let idr_id = header.idr_id.map(|id| (id + self.first_idr_id) % IDR_IDS);
        (header.order, header.idr_id) = (order, idr_id);
        let slice =
            rewrite_slice(unit, (encoders, sps), pps, |header| (header.order, header.idr_id) = (order, idr_id))?;
        self.group.append_nal(&slice)?;
        if header.is_reference() {
            self.references.push_back(number);
            if self.references.len() > sps.reference_frames as usize {
                self.references.pop_front();
            }
            self.last_reference = Some((header, self.pictures));
        }
        Ok(())
    }

    /// Shows a picture again as the next sample, if a decoder still has it; else does nothing and says so.
    pub(super) fn repeat(&mut self, number: usize, qp: u8) -> Result<bool> {
        let (Some((sps, pps)), Some((after, last))) = (&self.sets, &self.last_reference) else { return Ok(false) };
        if (self.pictures - last) * ORDER_STEP >= sps.order_count() / 2 {
            return Ok(false);
        }
        let Some(at) = self.references.iter().rposition(|&reference| reference == number) else { return Ok(false) };
        let back = (self.references.len() - 1 - at) as u32;
        let order = self.pictures * ORDER_STEP % sps.order_count();
        self.group.append_nal(&repeat_picture(after, back, order, qp, sps, pps))?;
        self.group.end_sample(false)?;
        self.pictures += 1;
        Ok(true)
    }

    /// Samples since the start or the last [`finish`](Self::finish).
    pub(super) fn finished(&self) -> usize {
        self.group.sizes.len()
    }

    /// Bytes of the last sample.
    pub(super) fn last_size(&self) -> u32 {
        self.group.sizes.last().copied().unwrap_or(0)
    }

    /// Hands over what was encoded since the start or the last call.
    pub(super) fn finish(&mut self) -> EncodedGroup {
        std::mem::take(&mut self.group)
    }
}

fn misplaced() -> Error {
    Error::Internal("the encoder's parameter sets are missing".into())
}
