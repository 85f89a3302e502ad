//! Sequence and picture parameter sets (ITU-T H.264 7.3.2.1.1, 7.3.2.2 and E.1.1), as far as the encoder writes them.

use super::bits::{Reader, Writer, escape, unescape};
use super::level;
use crate::error::{Error, Result};

/// The profiles whose sets say how chroma is sampled and how deep samples are: those of the encoder that do.
const PROFILE_HIGH: u8 = 100;

/// What is read is the encoder's own; what it does not write is refused rather than guessed.
fn unreadable() -> Error {
    Error::Internal("the encoder's parameter sets cannot be read".into())
}

/// A sequence parameter set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sps {
    header: u8,
    /// `profile_idc`, the constraint flags, `level_idc`.
    head: [u8; 3],
    id: u32,
    /// Bits of `frame_num`.
    pub(super) frame_number_bits: u32,
    /// Bits of `pic_order_cnt_lsb`; `None` where pictures are shown in their own order (type 2).
    pub(crate) order_bits: Option<u32>,
    /// `max_num_ref_frames`, and `max_dec_frame_buffering` with it.
    pub(crate) reference_frames: u32,
    gaps: bool,
    /// Macroblocks across and down.
    size: [u32; 2],
    direct_8x8_inference: bool,
    crop: Option<[u32; 4]>,
    vui: Vui,
}

/// Video usability information, up to where the buffering stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Vui {
    aspect_ratio: Option<u32>,
    /// `video_format` and the range, and the three codes of the colour description.
    signal: Option<(u32, Option<[u32; 3]>)>,
    /// Both denominators and both lengths of vectors, then `max_num_reorder_frames`.
    restrictions: [u32; 5],
}

impl Sps {
    /// # Errors
    /// [`Error::Internal`] where this is not a set as the encoder writes it.
    pub(crate) fn read(unit: &[u8]) -> Result<Self> {
        let payload = unescape(unit);
        let set = unit.first().and_then(|header| Self::parse(*header, &mut Reader::new(&payload)));
        set.ok_or_else(unreadable)
    }

    fn parse(header: u8, bits: &mut Reader<'_>) -> Option<Self> {
        let head = [bits.bits(8)? as u8, bits.bits(8)? as u8, bits.bits(8)? as u8];
        let id = bits.unsigned()?;
        if head[0] == PROFILE_HIGH {
            // 4:2:0, 8 bits, no bypass, no scaling matrices.
            let plain = [bits.unsigned()?, bits.unsigned()?, bits.unsigned()?, bits.bits(2)?] == [1, 0, 0, 0];
            plain.then_some(())?;
        }
        let frame_number_bits = bits.unsigned()? + 4;
        let order_bits = match bits.unsigned()? {
            0 => Some(bits.unsigned()? + 4),
            2 => None,
            _ => return None,
        };
        let reference_frames = bits.unsigned()?;
        let gaps = bits.flag()?;
        let size = [bits.unsigned()? + 1, bits.unsigned()? + 1];
        bits.flag()?.then_some(())?; // frame_mbs_only_flag
        let direct_8x8_inference = bits.flag()?;
        let crop = if bits.flag()? {
            Some([bits.unsigned()?, bits.unsigned()?, bits.unsigned()?, bits.unsigned()?])
        } else {
            None
        };
        bits.flag()?.then_some(())?; // vui_parameters_present_flag
        let vui = Vui::parse(bits)?;
        (bits.unsigned()? == reference_frames).then_some(())?; // max_dec_frame_buffering
        Some(Self {
            header,
            head,
            id,
            frame_number_bits,
            order_bits,
            reference_frames,
            gaps,
            size,
            direct_8x8_inference,
            crop,
            vui,
        })
    }

    /// The NAL unit.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut bits = Writer::default();
        self.head.iter().for_each(|&byte| bits.bits(u32::from(byte), 8));
        bits.unsigned(self.id);
        if self.head[0] == PROFILE_HIGH {
            [1, 0, 0].iter().for_each(|&value| bits.unsigned(value));
            bits.bits(0, 2);
        }
        bits.unsigned(self.frame_number_bits - 4);
        match self.order_bits {
            Some(order_bits) => [0, order_bits - 4].iter().for_each(|&value| bits.unsigned(value)),
            None => bits.unsigned(2),
        }
        bits.unsigned(self.reference_frames);
        bits.flag(self.gaps);
        self.size.iter().for_each(|&side| bits.unsigned(side - 1));
        bits.flag(true);
        bits.flag(self.direct_8x8_inference);
        bits.flag(self.crop.is_some());
        self.crop.iter().flatten().for_each(|&offset| bits.unsigned(offset));
        bits.flag(true);
        self.vui.write(&mut bits);
        bits.unsigned(self.reference_frames);
        escape(self.header, &bits.end())
    }

    /// How many different `pic_order_cnt_lsb` there are.
    pub(crate) fn order_count(&self) -> u32 {
        1 << self.order_bits.unwrap_or(0)
    }

    /// The reference pictures that the level lets a decoder keep: MaxDpbFrames (A.3.1 h).
    pub(crate) fn most_reference_frames(&self) -> u32 {
        (level::of(self.head[2]).kept / self.macroblocks()).clamp(1, 16)
    }

    /// Macroblocks of a picture.
    pub(super) fn macroblocks(&self) -> u32 {
        self.size[0] * self.size[1]
    }
}

impl Vui {
    fn parse(bits: &mut Reader<'_>) -> Option<Self> {
        let aspect_ratio = if bits.flag()? { Some(bits.bits(8)?) } else { None };
        let _overscan_info_present = bits.flag()?;
        let signal = if bits.flag()? {
            let format_and_range = bits.bits(4)?;
            let description = bits.flag()?;
            let codes = if description { Some([bits.bits(8)?, bits.bits(8)?, bits.bits(8)?]) } else { None };
            Some((format_and_range, codes))
        } else {
            None
        };
        // chroma_loc_info, timing_info, both hrd_parameters, pic_struct: absent; bitstream_restriction, vectors over edges: there.
        (bits.bits(7)? == 0b11).then_some(())?;
        let mut restrictions = [0; 5];
        for value in &mut restrictions {
            *value = bits.unsigned()?;
        }
        Some(Self { aspect_ratio, signal, restrictions })
    }

    fn write(&self, bits: &mut Writer) {
        bits.flag(self.aspect_ratio.is_some());
        self.aspect_ratio.iter().for_each(|&ratio| bits.bits(ratio, 8));
        bits.flag(false);
        bits.flag(self.signal.is_some());
        if let Some((format_and_range, codes)) = self.signal {
            bits.bits(format_and_range, 4);
            bits.flag(codes.is_some());
            codes.iter().flatten().for_each(|&code| bits.bits(code, 8));
        }
        bits.bits(0b11, 7);
        self.restrictions.iter().for_each(|&value| bits.unsigned(value));
    }
}

/// A picture parameter set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pps {
    header: u8,
    pub(super) id: u32,
    sps_id: u32,
    /// `entropy_coding_mode_flag`.
    pub(super) cabac: bool,
    /// `pic_init_qp_minus26`, `pic_init_qs_minus26`, `chroma_qp_index_offset`.
    offsets: [i32; 3],
    /// `deblocking_filter_control_present_flag`.
    pub(super) deblocking_control: bool,
}

impl Pps {
    /// # Errors
    /// [`Error::Internal`] where this is not a set as the encoder writes it.
    pub(crate) fn read(unit: &[u8]) -> Result<Self> {
        let payload = unescape(unit);
        let set = unit.first().and_then(|header| Self::parse(*header, &mut Reader::new(&payload)));
        set.ok_or_else(unreadable)
    }

    fn parse(header: u8, bits: &mut Reader<'_>) -> Option<Self> {
        let (id, sps_id) = (bits.unsigned()?, bits.unsigned()?);
        let cabac = bits.flag()?;
        // bottom_field_pic_order, one slice group, one reference picture each.
        ([bits.bit()?, bits.unsigned()?, bits.unsigned()?, bits.unsigned()?] == [0; 4]).then_some(())?;
        (bits.bits(3)? == 0).then_some(())?; // weighted_pred_flag, weighted_bipred_idc
        let offsets = [bits.signed()?, bits.signed()?, bits.signed()?];
        let deblocking_control = bits.flag()?;
        (bits.bits(2)? == 0).then_some(())?; // constrained_intra_pred_flag, redundant_pic_cnt_present_flag
        Some(Self { header, id, sps_id, cabac, offsets, deblocking_control })
    }

    /// The NAL unit.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut bits = Writer::default();
        bits.unsigned(self.id);
        bits.unsigned(self.sps_id);
        bits.flag(self.cabac);
        bits.flag(false);
        [0; 3].iter().for_each(|&value| bits.unsigned(value));
        bits.bits(0, 3);
        self.offsets.iter().for_each(|&value| bits.signed(value));
        bits.flag(self.deblocking_control);
        bits.bits(0, 2);
        escape(self.header, &bits.end())
    }

    /// The QP that slices' differences are taken from.
    pub(super) fn initial_qp(&self) -> i32 {
        26 + self.offsets[0]
    }
}
